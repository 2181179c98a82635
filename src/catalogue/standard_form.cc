#include "catalogue/standard_form.h"

#include "catalogue/forms.h"

namespace yimen::catalogue {

namespace {

constexpr std::string_view of_persons = "data/catalogue/forms/person.yaml", of_organisations = "data/catalogue/forms/organisation.yaml";

boost::json::value sections_in(std::string_view path) {
    auto tree = read_yaml(path, embedded_file(path).value_or(""));
    if (!tree) throw std::logic_error(to_text(tree.error()));
    return tree->value;
}

Form read_whole(const std::string& name, const boost::json::value& value) {
    std::vector<Fault> faults;
    ItemVersion item;
    item.form = read_form({name, &value, nullptr}, {}, faults);
    if (faults.empty()) check_form(item, {name, &value, nullptr}, faults);
    if (!faults.empty()) throw std::logic_error(to_text(faults.front()));
    return item.form;
}

boost::json::object shown_to(boost::json::object section, std::string_view whom) {
    section["name"] = fmt::format("{}_{}", std::string_view(section.at("name").as_string()), whom);
    section["visible"] = fmt::format("{} = \"{}\"", who_applies, whom);
    return section;
}

// The person's sections in order; where the organisation's of that name differs, each is shown to its own.
boost::json::value both(const boost::json::value& persons, const boost::json::value& organisations) {
    boost::json::array sections;
    auto& others = organisations.at("sections").as_array();
    for (auto& section : persons.at("sections").as_array()) {
        auto other = std::ranges::find_if(others, [&](auto& one) { return one.at("name") == section.at("name"); });
        if (other != others.end() && *other == section) {
            sections.push_back(section);
            continue;
        }
        sections.push_back(shown_to(section.as_object(), "person"));
        if (other != others.end()) sections.push_back(shown_to(other->as_object(), "organisation"));
    }
    return boost::json::object{{"sections", std::move(sections)}};
}

bool for_whom(const std::vector<std::string>& applicants, std::string_view kind) {
    return std::ranges::find(applicants, kind) != applicants.end();
}

}  // namespace

boost::json::object standard_form_content(const std::vector<std::string>& applicants) {
    auto persons = sections_in(of_persons), organisations = sections_in(of_organisations);
    if (for_whom(applicants, "person") && for_whom(applicants, "organisation")) return both(persons, organisations).as_object();
    return (for_whom(applicants, "person") ? persons : organisations).as_object();
}

const Form& standard_form(const std::vector<std::string>& applicants) {
    struct Forms {
        Form person, organisation, both;
    };
    static const Forms forms = [] {
        auto persons = sections_in(of_persons), organisations = sections_in(of_organisations);
        return Forms{read_whole(std::string(of_persons), persons), read_whole(std::string(of_organisations), organisations),
                     read_whole("data/catalogue/forms", both(persons, organisations))};
    }();
    if (for_whom(applicants, "person") && for_whom(applicants, "organisation")) return forms.both;
    return for_whom(applicants, "person") ? forms.person : forms.organisation;
}

std::vector<Fault> check_standard_forms(const std::map<std::string, std::string_view>& files) {
    std::vector<Fault> faults;
    for (auto& [path, bytes] : files) {
        if (path != of_persons && path != of_organisations) continue;
        auto tree = read_yaml(path, bytes);
        if (!tree) {
            faults.push_back(tree.error());
            continue;
        }
        Piece piece{path, &tree->value, &tree->lines};
        ItemVersion item;
        auto before = faults.size();
        item.form = read_form(piece, {}, faults);
        if (faults.size() == before) check_form(item, piece, faults);
    }
    return faults;
}

}  // namespace yimen::catalogue
