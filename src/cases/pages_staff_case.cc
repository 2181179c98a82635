#include "cases/about_licence.h"
#include "cases/pages_case_parts.h"
#include "identity/store_register.h"

// One case with everything beside it: what the three panes show.
namespace yimen::cases {

using identity::Context;
using web::words;

namespace {

web::View document_view(const Case& file, const Document& document) {
    return {{"id", to_text(document.id)},
            {"name", document.name},
            {"size", size_words(document.size)},
            {"image", document.media_type.starts_with("image/")},
            {"path", fmt::format("/window/cases/{}/documents/{}", to_text(file.id), to_text(document.id))}};
}

// Each material that the answers call for, with what was handed in for it.
boost::json::array materials_view(const Case& file, const catalogue::ItemVersion& version, const std::vector<Document>& documents,
                                  const catalogue::Held& held, Language language) {
    boost::json::array materials;
    auto outcome = catalogue::guide(version, file.answers, held);
    if (!outcome) return materials;
    constexpr std::string_view needs[] = {"needed", "exempt", "later"};
    for (auto& need : outcome->materials) {
        boost::json::array files;
        for (auto& document : documents)
            if (!document.removed && document.material == need.material->code) files.push_back(document_view(file, document));
        auto kind = needs[static_cast<int>(need.need)];
        materials.push_back(web::View{{"code", need.material->code},
                                      {"name", need.material->name.in(language)},
                                      {"need", words(language, fmt::format("window.need_{}", kind))},
                                      {"because", need.because.in(language)},
                                      {"look", look_path(file, need.licence)},
                                      {"missing", kind == "needed" && files.empty()},
                                      {"has_files", !files.empty()},
                                      {"files", std::move(files)}});
    }
    return materials;
}

// What was uploaded in the form itself stands beside the materials.
void add_files_of_form(boost::json::array& materials, const Case& file, const catalogue::ItemVersion& version,
                       const std::vector<Document>& documents, Language language) {
    for (auto& section : version.form)
        for (auto& field : section.fields) {
            if (field.kind != catalogue::Field::Kind::files) continue;
            boost::json::array files;
            for (auto& document : documents)
                if (!document.removed && document.material == fmt::format("{}{}", of_field, field.name))
                    files.push_back(document_view(file, document));
            if (!files.empty())
                materials.push_back(web::View{{"code", fmt::format("field-{}", field.name)},
                                              {"name", field.label.in(language)},
                                              {"need", ""},
                                              {"because", ""},
                                              {"missing", false},
                                              {"of_form", true},
                                              {"has_files", true},
                                              {"files", std::move(files)}});
        }
}

// Names of staff, each looked up once.
class Names {
  public:
    Names(db::Tx& tx, const Context& c, const Case& file) : tx_(tx), c_(c), file_(file) {}
    std::string of(const ledger::Actor& actor) {
        if (actor.kind == "person")
            return actor.id == file_.person.value ? words(c_.language(), "window.the_applicant") : words(c_.language(), "window.somebody");
        if (actor.kind != "staff") return words(c_.language(), "window.the_system");
        auto& name = names_[actor.id];
        if (!name.empty()) return name;
        auto member = identity::find_staff(tx_, c_.site.division, {actor.id});
        return name = member ? member->name : words(c_.language(), "window.somebody");
    }

  private:
    db::Tx& tx_;
    const Context& c_;
    const Case& file_;
    std::map<int64_t, std::string> names_;
};

boost::json::array history_view(db::Tx& tx, const Context& c, const Case& file) {
    Names names(tx, c, file);
    boost::json::array lines;
    for (auto& line : ledger::history(tx, c.site.division, {file.id.value})) {
        auto* after = line.after.if_object();
        auto event = after ? text_of(after->if_contains("event")) : "";
        if (event == "save" || event.empty()) continue;
        web::View view{{"at", for_people(line.at, c.language())},
                       {"who", names.of(line.actor)},
                       {"event", words(c.language(), "window.event_" + event)}};
        for (auto* said : {"opinion", "reason", "licence"})
            if (auto text = text_of(after->if_contains(said)); !text.empty()) view["said"] = text;
        lines.push_back(std::move(view));
    }
    std::reverse(lines.begin(), lines.end());
    return lines;
}

boost::json::array notices_view(db::Tx& tx, const Context& c, const Case& file) {
    boost::json::array all;
    for (auto& notice : notices(tx, c.site.division, file.id))
        all.push_back(web::View{{"kind", words(c.language(), "window.notice_" + notice.kind)},
                                {"number", notice.number},
                                {"at", for_people(shanghai_date(notice.made_at), c.language())},
                                {"path", fmt::format("/window/cases/{}/notices/{}", to_text(file.id), to_text(notice.id))}});
    return all;
}

// Numbers stay masked until somebody asks for them, which is recorded.
web::View applicant_view(db::Tx& tx, const Context& c, const Case& file, bool revealed) {
    auto person = identity::find_person(tx, c.site.division, file.person);
    web::View view{{"name", file.applicant_name},
                   {"agent", person ? person->name : ""},
                   {"number", person ? person->id_masked : ""},
                   {"phone", person ? person->phone_masked : ""}};
    if (auto organisation = file.organisation ? identity::find_organisation(tx, c.site.division, file.organisation) : std::nullopt) {
        view["organisation"] = true;
        view["credit_code"] = organisation->credit_code;
        view["legal_representative"] = organisation->legal_representative;
    }
    if (!revealed) return view;
    auto known = identity::known(tx, c.site.keys.fields, c.site.division, file.person, {});
    view["number"] = known["person.number"];
    view["phone"] = known["person.phone"];
    return view;
}

}  // namespace

web::View case_view(const Context& c, const StaffParts& parts, const Case& file, bool revealed) {
    auto version = parts.catalogue.version(file.item_version);
    if (!version) throw std::runtime_error("a case is pinned to an item version that is gone");
    auto language = c.language();
    auto number = CaseNumber::parse(file.number);
    Row row{file.id,           file.number,      file.item,           file.situation,    file.applicant_name, file.state,
            file.submitted_at, file.accepted_on, file.acceptance_due, file.promised_due, file.statutory_due};
    auto light = light_of(row, parts.days, c.today());
    web::View view{{"id", to_text(file.id)},
                   {"number", number ? number->printed() : words(language, "window.no_number")},
                   {"item", version->name.in(language)},
                   {"situation", situation_title(file, *version, language)},
                   {"state", state_view(file.state, language)},
                   {"light", light},
                   {"light_shape", light_shape(light)},
                   {"applicant_name", file.applicant_name},
                   {"light_word", light_word(row, light, language)},
                   {"online", file.channel == "online"},
                   {"revealed", revealed},
                   {"may_reveal", !revealed && identity::permits(c.who(), identity::Act::reveal_personal, file.subject(), c.today())},
                   {"submitted", file.submitted_at ? for_people(*file.submitted_at, language) : ""},
                   {"guidance", guidance_view(file, *version, language)},
                   {"sections", form_view(file, *version, language, revealed)}};
    c.read([&](db::Tx& tx) {
        auto desk = desk_of(c, tx, parts);
        auto held = held_by(desk, file);
        auto handed_in = documents(tx, file.division, file.id);
        view["materials"] = materials_view(file, *version, handed_in, held, language);
        add_files_of_form(view["materials"].as_array(), file, *version, handed_in, language);
        view["about_licence"] = about_licence_view(desk, file, language);
        view["applicant"] = applicant_view(tx, c, file, revealed);
        view["limits"] = limits_view(tx, c, parts, file, *version);
        view["has_limits"] = !view["limits"].as_array().empty();
        view["notices"] = notices_view(tx, c, file);
        view["history"] = history_view(tx, c, file);
    });
    auto shown = parse_id<DocumentTag>(c.request.query.get("document"));
    for (auto& material : view["materials"].as_array())
        for (auto& document : material.at("files").as_array()) {
            bool chosen = shown && document.at("id").as_string() == to_text(*shown);
            document.as_object()["current"] = chosen;
            if (chosen || (!shown && !view.contains("viewer"))) view["viewer"] = document;
        }
    return view;
}

}  // namespace yimen::cases
