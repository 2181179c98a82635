#include "cases/pages_staff.h"
#include "identity/store_register.h"

// One case with everything beside it: what the three panes show.
namespace yimen::cases {

using catalogue::Field;
using identity::Context;
using web::words;

namespace {

std::string size_words(int64_t bytes) {
    return bytes < 1 << 20 ? fmt::format("{} KB", (bytes + 1023) >> 10) : fmt::format("{:.1f} MB", double(bytes) / (1 << 20));
}

std::string choice_label(const std::vector<catalogue::Choice>& choices, std::string_view value, Language language) {
    for (auto& choice : choices)
        if (choice.value == value) return choice.label.in(language);
    return std::string(value);
}

std::string text_of(const boost::json::value* value) {
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::string several(const Field& field, const boost::json::value* value, Language language) {
    std::string joined;
    if (!value || !value->is_array()) return joined;
    for (auto& one : value->as_array())
        joined += (joined.empty() ? "" : words(language, "window.comma")) + choice_label(field.choices, text_of(&one), language);
    return joined;
}

bool personal(const Field& field) { return field.kind == Field::Kind::phone || field.kind == Field::Kind::resident_number; }

std::string yes_or_no(std::string_view value, Language language) {
    return value.empty() ? "" : words(language, value == "yes" ? "window.yes" : "window.no");
}

std::string answer_words(const Field& field, const boost::json::value* value, Language language, bool revealed) {
    auto text = text_of(value);
    switch (field.kind) {
        case Field::Kind::choice: return choice_label(field.choices, text, language);
        case Field::Kind::choices: return several(field, value, language);
        case Field::Kind::yes_no:
        case Field::Kind::declaration: return yes_or_no(text, language);
        case Field::Kind::phone: return revealed ? text : identity::masked_phone(text);
        case Field::Kind::resident_number: return revealed ? text : identity::masked_number(text);
        case Field::Kind::date:
            if (auto day = parse_date(text)) return for_people(*day, language);
            return text;
        default: return text.empty() || field.unit.zh.empty() ? text : text + " " + field.unit.in(language);
    }
}

// The text itself is under "value": an empty one is shown as left open.
boost::json::array form_view(const Case& file, const catalogue::ItemVersion& version, Language language, bool revealed) {
    boost::json::array sections;
    for (auto& section : version.form) {
        boost::json::array rows;
        for (auto& field : section.fields)
            if (catalogue::shown(version, field, file.form, file.answers))
                rows.push_back(web::View{{"field", field.name},
                                         {"label", field.label.in(language)},
                                         {"value", answer_words(field, file.form.if_contains(field.name), language, revealed)},
                                         {"masked", personal(field) && !revealed}});
        if (!rows.empty()) sections.push_back(web::View{{"title", section.title.in(language)}, {"rows", std::move(rows)}});
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
    return rows;
}

web::View document_view(const Case& file, const Document& document) {
    return {{"id", to_text(document.id)},
            {"name", document.name},
            {"size", size_words(document.size)},
            {"image", document.media_type.starts_with("image/")},
            {"path", fmt::format("/cases/{}/documents/{}", to_text(file.id), to_text(document.id))}};
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
                                      {"missing", kind == "needed" && files.empty()},
                                      {"has_files", !files.empty()},
                                      {"files", std::move(files)}});
    }
    return materials;
}

web::View limit_view(const Context& c, std::string_view which, const calendar::DueDate& due) {
    boost::json::array because;
    for (auto& step : c.language() == Language::en ? due.because_en : due.because_zh) because.push_back(boost::json::value(step));
    return {{"name", words(c.language(), fmt::format("window.limit_{}", which))},
            {"date", for_people(due.date, c.language())},
            {"provisional", due.provisional},
            {"because", std::move(because)}};
}

// Names of staff, each looked up once.
class Names {
  public:
    Names(db::Tx& tx, const Context& c, const Case& file) : tx_(tx), c_(c), file_(file) {}
    std::string of(const ledger::Actor& actor) {
        if (actor.kind == "person") return actor.id == file_.person.value ? words(c_.language(), "window.the_applicant") : words(c_.language(), "window.somebody");
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
        web::View view{{"at", for_people(line.at, c.language())}, {"who", names.of(line.actor)}, {"event", words(c.language(), "window.event_" + event)}};
        for (auto* said : {"opinion", "reason"})
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
                                {"path", fmt::format("/cases/{}/notices/{}", to_text(file.id), to_text(notice.id))}});
    return all;
}

// Numbers stay masked until somebody asks for them, which is recorded.
web::View applicant_view(db::Tx& tx, const Context& c, const Case& file, bool revealed) {
    auto person = identity::find_person(tx, c.site.division, file.person);
    web::View view{{"name", file.applicant_name}, {"agent", person ? person->name : ""}, {"number", person ? person->id_masked : ""}, {"phone", person ? person->phone_masked : ""}};
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

std::string situation_title(const Case& file, const catalogue::ItemVersion& version, Language language) {
    for (auto& situation : version.situations)
        if (situation.name == file.situation) return situation.title.in(language);
    return file.situation;
}

boost::json::array limits_view(db::Tx& tx, const Context& c, const StaffParts& parts, const Case& file, const catalogue::ItemVersion& version) {
    auto found = limits(file, version, suspensions(tx, file.division, file.id), parts.days, c.today());
    boost::json::array all;
    if (found.acceptance) all.push_back(limit_view(c, "acceptance", *found.acceptance));
    if (found.promised) all.push_back(limit_view(c, "promised", *found.promised));
    if (found.statutory) all.push_back(limit_view(c, "statutory", *found.statutory));
    return all;
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
                   {"light_word", light.empty() ? "" : words(language, fmt::format("window.light_{}", light))},
                   {"online", file.channel == "online"},
                   {"revealed", revealed},
                   {"may_reveal", !revealed && identity::permits(c.who(), identity::Act::reveal_personal, file.subject(), c.today())},
                   {"submitted", file.submitted_at ? for_people(*file.submitted_at, language) : ""},
                   {"guidance", guidance_view(file, *version, language)},
                   {"sections", form_view(file, *version, language, revealed)}};
    c.read([&](db::Tx& tx) {
        auto held = identity::held_documents(tx, file.division, file.person, file.organisation, c.today());
        view["materials"] = materials_view(file, *version, documents(tx, file.division, file.id), held, language);
        view["applicant"] = applicant_view(tx, c, file, revealed);
        view["limits"] = limits_view(tx, c, parts, file, *version);
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
