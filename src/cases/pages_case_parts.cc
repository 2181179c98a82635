#include "cases/pages_case_parts.h"
#include "catalogue/forms.h"
#include "identity/store_register.h"

namespace yimen::cases {

using catalogue::Field;
using identity::Context;
using web::words;

std::string size_words(int64_t bytes) {
    return bytes < 1 << 20 ? fmt::format("{} KB", (bytes + 1023) >> 10) : fmt::format("{:.1f} MB", double(bytes) / (1 << 20));
}

std::string text_of(const boost::json::value* value) {
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

namespace {

std::string choice_label(const std::vector<catalogue::Choice>& choices, std::string_view value, Language language) {
    for (auto& choice : choices)
        if (choice.value == value) return choice.label.in(language);
    return std::string(value);
}

bool personal(const Field& field) {
    return field.kind == Field::Kind::phone || field.kind == Field::Kind::resident_number || field.kind == Field::Kind::person ||
           std::ranges::any_of(field.columns, personal);
}

std::string masked(Field::Kind kind, const std::string& text) {
    return kind == Field::Kind::phone ? identity::masked_phone(text) : identity::masked_number(text);
}

// A table as a table: heads, and rows of cells.
web::View table_view(const Field& field, const boost::json::value& value, Language language, bool revealed) {
    boost::json::array heads, rows;
    for (auto& column : field.columns) heads.push_back(boost::json::value(column.label.in(language)));
    for (auto& row : value.as_array()) {
        boost::json::array cells;
        for (size_t i = 0; i < field.columns.size(); ++i) {
            auto* one = row.is_object() ? row.get_object().if_contains(field.columns[i].name) : nullptr;
            cells.push_back(web::View{{"head", heads[i]}, {"text", answer_words(field.columns[i], one, language, revealed)}});
        }
        rows.push_back(web::View{{"cells", std::move(cells)}});
    }
    return {{"heads", std::move(heads)}, {"rows", std::move(rows)}};
}

std::string yes_or_no(std::string_view value, Language language) {
    return value.empty() ? "" : words(language, value == "yes" ? "window.yes" : "window.no");
}

web::View limit_view(const Context& c, std::string_view which, const calendar::DueDate& due) {
    boost::json::array because;
    for (auto& step : c.language() == Language::en ? due.because_en : due.because_zh) because.push_back(boost::json::value(step));
    return {{"name", words(c.language(), fmt::format("window.limit_{}", which))},
            {"date", for_people(due.date, c.language())},
            {"provisional", due.provisional},
            {"because", std::move(because)}};
}

}  // namespace

std::string answer_words(const Field& field, const boost::json::value* value, Language language, bool revealed) {
    return revealed ? catalogue::value_words(field, value, language) : catalogue::value_words(field, value, language, masked);
}

namespace {

web::View row_view(const Field& field, const boost::json::value* value, Language language, bool revealed) {
    web::View row{{"field", field.name},
                  {"label", field.label.in(language)},
                  {"value", answer_words(field, value, language, revealed)},
                  {"masked", personal(field) && !revealed}};
    if (field.kind == Field::Kind::table && value && value->is_array() && !value->get_array().empty())
        row["table"] = table_view(field, *value, language, revealed);
    return row;
}

}  // namespace

boost::json::array form_view(const Case& file, const catalogue::ItemVersion& version, Language language, bool revealed) {
    boost::json::array sections;
    for (auto& section : version.form) {
        boost::json::array rows;
        for (auto& field : section.fields)
            if (catalogue::shown(version, field, file.form, file.answers))
                rows.push_back(row_view(field, file.form.if_contains(field.name), language, revealed));
        if (!rows.empty())
            sections.push_back(web::View{{"section", section.name}, {"title", section.title.in(language)}, {"rows", std::move(rows)}});
    }
    return sections;
}

boost::json::array guidance_view(const Case& file, const catalogue::ItemVersion& version, Language language) {
    boost::json::array rows;
    for (auto* question : catalogue::asked_questions(version, file.answers)) {
        auto answer = file.answers.find(question->name);
        if (answer == file.answers.end()) continue;
        using Kind = catalogue::Question::Kind;
        auto text = question->kind == Kind::choice   ? choice_label(question->choices, answer->second, language)
                    : question->kind == Kind::yes_no ? yes_or_no(answer->second, language)
                                                     : answer->second + " " + question->unit.in(language);
        rows.push_back(web::View{{"label", question->label.in(language)}, {"value", text}});
    }
    // What follows from the answers under the version that the case is pinned to, whatever the item takes today.
    if (auto situation = catalogue::settled(version, file.situation, file.answers); situation && situation->fee.value > 0)
        rows.push_back(web::View{{"label", words(language, "cases.begin_fee")},
                                 {"value", fmt::format("{} {}", yuan_text(situation->fee), words(language, "cases.yuan"))}});
    return rows;
}

std::string situation_title(const Case& file, const catalogue::ItemVersion& version, Language language) {
    for (auto& situation : version.situations)
        if (situation.name == file.situation) return situation.title.in(language);
    return file.situation;
}

boost::json::array limits_view(db::Tx& tx, const Context& c, const StaffParts& parts, const Case& file,
                               const catalogue::ItemVersion& version) {
    auto found = limits(file, version, suspensions(tx, file.division, file.id), parts.days, c.today());
    boost::json::array all;
    if (found.acceptance) all.push_back(limit_view(c, "acceptance", *found.acceptance));
    if (found.promised) all.push_back(limit_view(c, "promised", *found.promised));
    if (found.statutory) all.push_back(limit_view(c, "statutory", *found.statutory));
    return all;
}

std::string printed_number(const Case& file, Language language) {
    auto number = CaseNumber::parse(file.number);
    return number ? number->printed() : words(language, "window.no_number");
}

boost::json::array licences_view(const std::vector<HeldLicence>& all, LicenceId chosen, Language language) {
    boost::json::array views;
    for (auto& one : all)
        views.push_back(
            web::View{{"at", views.size() + 1},
                      {"id", to_text(one.id)},
                      {"name", one.name.in(language)},
                      {"number", one.number},
                      {"holder", one.holder_name},
                      {"until", one.for_good ? web::words(language, "cases.licence_for_good")
                                             : web::words(language, "cases.licence_until", {{"date", for_people(one.valid_to, language)}})},
                      {"chosen", one.id == chosen}});
    return views;
}

std::string look_path(const Case& file, std::string_view licence) {
    return licence.empty() ? "" : fmt::format("/window/cases/{}/licences/{}", to_text(file.id), licence);
}

namespace {

struct LicenceLook {
    std::string_view status, colour, shape;
};
constexpr LicenceLook licence_looks[] = {{"valid", "green", "✓"},    {"suspended", "yellow", "‖"}, {"changed", "grey", "→"},
                                         {"expired", "orange", "◷"}, {"cancelled", "red", "✕"},    {"revoked", "red", "✕"}};

}  // namespace

boost::json::value about_licence_view(Desk& desk, const Case& file, Language language) {
    auto found = file.licence && desk.library ? desk.library->find(desk.tx, file.division, file.licence) : std::nullopt;
    if (!found) return nullptr;
    auto status = found->status_on(desk.today());
    web::View view{{"name", found->name.in(language)},
                   {"number", found->number},
                   {"holder", found->holder_name},
                   {"status", status},
                   {"word", web::words(language, fmt::format("licences.status_{}", status))},
                   {"validity", found->for_good ? web::words(language, "cases.licence_for_good")
                                                : web::words(language, "window.licence_term",
                                                             {{"from", for_people(found->valid_from, language)},
                                                              {"to", for_people(found->valid_to, language)}})},
                   {"look", look_path(file, to_text(found->id))}};
    for (auto& look : licence_looks)
        if (look.status == status) view["colour"] = look.colour, view["shape"] = look.shape;
    return view;
}

boost::json::array materials_json(const Case& file, const catalogue::ItemVersion& version, const catalogue::Held& held, Language language) {
    constexpr std::string_view needs[] = {"needed", "exempt", "later"};
    boost::json::array all;
    auto outcome = catalogue::guide(version, file.answers, held);
    if (!outcome) return all;
    for (auto& need : outcome->materials)
        all.push_back(boost::json::object{{"code", need.material->code},
                                          {"name", need.material->name.in(language)},
                                          {"need", needs[static_cast<int>(need.need)]},
                                          {"because", need.because.in(language)},
                                          {"licence", need.licence.empty() ? boost::json::value() : boost::json::value(need.licence)}});
    return all;
}

std::shared_ptr<const catalogue::ItemSummary> item_granting(const catalogue::Catalogue& catalogue, std::string_view type, Date today) {
    for (auto& item : catalogue.all(today))
        if (item->online() && item->licence && item->licence->type == type && item->licence->effect == catalogue::LicenceEffect::newly)
            return item;
    return nullptr;
}

}  // namespace yimen::cases
