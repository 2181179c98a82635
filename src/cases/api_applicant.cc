#include "cases/about_licence.h"
#include "cases/pages_applicant.h"
#include "cases/pages_case_parts.h"
#include "cases/pages_form.h"
#include "cases/typing.h"
#include "identity/store.h"

// The applicant's case for programs: the same acts, JSON in and out.
namespace yimen::cases {

using identity::Act;
using identity::Context;
using web::Response;

namespace {

namespace json = boost::json;

Response refusal(const Context& c, Refusal refused) { return c.refused(status_of(refused), "cases", code(refused)); }

// With the page that shows it to whoever asks.
json::object own_json(const identity::Who& who, const Case& file) {
    auto object = case_json(file);
    object["path"] = (who.staff ? "/window/drafts/" : "/cases/") + to_text(file.id);
    return object;
}

json::object document_json(const Document& d) {
    return {{"id", to_text(d.id)}, {"material", d.material}, {"name", d.name}, {"media_type", d.media_type}, {"size", d.size}};
}

json::object missing_json(const Missing& missing, Language language) {
    json::array fields, materials;
    for (auto& error : missing.fields) {
        json::object wrong{{"field", error.field}, {"message", error.message.in(language)}};
        if (!error.part.empty()) wrong["part"] = error.part;
        fields.push_back(std::move(wrong));
    }
    for (auto& code : missing.materials) materials.push_back(json::value(code));
    return {{"fields", std::move(fields)}, {"materials", std::move(materials)}};
}

}  // namespace

catalogue::Answers answers_of(const json::object& body) {
    catalogue::Answers answers;
    auto* sent = body.if_contains("answers");
    if (auto* object = sent ? sent->if_object() : nullptr)
        for (auto& [name, value] : *object)
            if (value.is_string()) answers.emplace(std::string(name), std::string(value.as_string()));
    return answers;
}

Response licence_not_chosen(const Context& c, const std::vector<HeldLicence>& all) {
    json::array licences;
    for (auto& one : all)
        licences.push_back(json::object{
            {"id", to_text(one.id)}, {"number", one.number}, {"name", one.name.in(c.language())}, {"valid_to", to_iso(one.valid_to)}});
    auto which = code(Refusal::licence_not_chosen);
    return web::problem(422, which, web::words(c.language(), fmt::format("cases.error_{}", which)), {{"licences", std::move(licences)}});
}

namespace {

Response begin_draft(const Context& c, const StaffParts& parts) {
    auto body = json_body(c);
    auto version = parts.catalogue.in_force(text_in(body, "item"), c.today());
    if (!version || !version->online()) return refusal(c, Refusal::item_not_offered);
    auto answers = answers_of(body);
    auto asked = parse_id<LicenceTag>(text_in(body, "licence")).value_or(LicenceId{});
    return c.write([&](db::Tx& tx) -> Response {
        auto begun = begin_for(c, tx, parts, *version, answers, asked);
        auto desk = desk_of(c, tx, parts);
        if (!begun && begun.error() == Refusal::licence_not_chosen) return licence_not_chosen(c, choices(desk, *version, applicant_of(c)));
        if (!begun) return refusal(c, begun.error());
        return web::json(201, own_json(c.who(), *begun));
    });
}

// By cursor: cases that begin meanwhile move none of the others from one page to the next.
Response list(const Context& c) {
    constexpr int a_page = 100;
    auto& who = c.who();
    auto after = c.request.query.get("after");
    auto before = parse_id<CaseTag>(after);
    if (!after.empty() && !before) return c.refused(400, "cases", "cursor_unreadable");
    auto all = c.read([&](db::Tx& tx) {
        return cases_of(tx, c.site.keys.fields, c.site.division, who.person, who.acting_for, a_page + 1, before.value_or(CaseId{}));
    });
    bool more = all.size() > a_page;
    if (more) all.pop_back();
    json::array rows;
    for (auto& file : all) rows.push_back(own_json(who, file));
    auto next = more ? json::value(to_text(all.back().id)) : json::value();
    return web::json(200, json::object{{"cases", std::move(rows)}, {"next", std::move(next)}});
}

Response show(const Context& c, const StaffParts& parts) {
    auto file = own_case(c, Act::see_own_case);
    if (!file) return refusal(c, Refusal::not_found);
    auto filling = filling_of(c, parts, at_home, std::move(*file));
    auto object = own_json(c.who(), filling.file);
    json::object answers;
    for (auto& [name, value] : filling.file.answers) answers[name] = value;
    json::array documents;
    for (auto& d : filling.documents)
        if (!d.removed) documents.push_back(document_json(d));
    object["answers"] = std::move(answers);
    auto situation = catalogue::settled(*filling.version, filling.file.situation, filling.file.answers);
    object["fee"] = situation ? json::value(yuan_text(situation->fee)) : json::value();
    object["form"] = filling.file.form;
    object["documents"] = std::move(documents);
    object["materials"] = materials_json(filling.file, *filling.version, filling.held, c.language());
    if (next(filling.file.state, Event::save)) object["missing"] = missing_json(filling.missing(c.today()), c.language());
    return web::json(200, std::move(object));
}

// One text, or null for nothing.
bool plain(const json::value& value) { return value.is_string() || value.is_null(); }

// The parts of a person or an address, the cells of a row.
bool parts(const json::value& value) {
    return value.is_object() && std::ranges::all_of(value.get_object(), [](auto& one) { return plain(one.value()); });
}

// Texts, parts by name, lists of texts for several choices, lists of rows for a table, or null for nothing.
const json::object* fields_of(const json::object& body) {
    auto* sent = body.if_contains("fields");
    auto* fields = sent ? sent->if_object() : nullptr;
    auto listed = [](auto& one) { return one.is_string() || parts(one); };
    for (auto& [name, value] : fields ? *fields : json::object())
        if (!plain(value) && !parts(value) && !(value.is_array() && std::ranges::all_of(value.get_array(), listed))) return nullptr;
    return fields;
}

// In the form in which values are kept; names that the form does not have are left for the act to refuse.
catalogue::Values kept_form(const catalogue::ItemVersion& version, const json::object& fields, Instant now) {
    auto values = fields;
    for (auto& [name, value] : values)
        if (auto* field = version.field(name)) value = canonical(*field, value, now);
    return values;
}

// What is still wrong is told with what was kept, so that a program can mend it without asking again.
Response keep(const Context& c, const StaffParts& parts) {
    auto id = parse_id<CaseTag>(c.request.param("id"));
    auto body = json_body(c);
    auto* fields = fields_of(body);
    if (!id) return refusal(c, Refusal::not_found);
    if (!fields) return c.refused(400, "cases", "fields_unreadable");
    return c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx, parts);
        auto locked = lock(tx, c.site.keys.fields, c.site.division, *id);
        auto version = locked ? parts.catalogue.version(locked->file.item_version) : nullptr;
        if (!version) return refusal(c, Refusal::not_found);
        auto saved = save(desk, std::move(*locked), kept_form(*version, *fields, c.now()));
        if (!saved) return refusal(c, saved.error());
        auto wrong = catalogue::check_form(*version, std::nullopt, saved->form, saved->answers, c.today());
        std::erase_if(wrong, [&](auto& error) { return nothing(saved->form.if_contains(error.field)); });
        return web::json(200, json::object{{"id", to_text(saved->id)},
                                           {"changed_at", to_iso(saved->changed_at)},
                                           {"wrong", missing_json({std::move(wrong), {}}, c.language()).at("fields")}});
    });
}

Response file_refused(const Context& c, const catalogue::Material& material, const RefusedFile& file) {
    return web::problem(422, fmt::format("file_{}", file.code),
                        web::words(c.language(), fmt::format("cases.error_file_{}", file.code),
                                   {{"name", file.name}, {"types", types_words(material, c.language())}}));
}

// One file a request: what is refused is refused as a whole.
Response attach_file(const Context& c, const StaffParts& parts, const Place& place) {
    auto file = own_case(c, place.fill);
    if (!file) return refusal(c, Refusal::not_found);
    auto version = parts.catalogue.version(file->item_version);
    auto material = version ? taken_for(*version, c.request.form.get("material")) : std::nullopt;
    if (!material) return refusal(c, Refusal::unknown_material);
    auto uploads = inspected(c, *material);
    if (!uploads.refused.empty()) return file_refused(c, *material, uploads.refused.front());
    return c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx, parts);
        json::array added;
        for (auto& one : uploads.good) {
            put_content(tx, c.site.division, one.content);
            auto attached = attach(desk, file->id, one.document);
            if (!attached) return refusal(c, attached.error());
            added.push_back(document_json(*attached));
        }
        return web::json(201, json::object{{"documents", std::move(added)}});
    });
}

Response detach_file(const Context& c, const StaffParts& parts) {
    auto id = parse_id<CaseTag>(c.request.param("id"));
    auto document = parse_id<DocumentTag>(c.request.param("document"));
    if (!id || !document) return refusal(c, Refusal::not_found);
    return c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx, parts);
        auto outcome = detach(desk, *id, *document);
        return outcome ? web::text(204, "") : refusal(c, outcome.error());
    });
}

// What stands in the way is named at once.
Response incomplete(const Context& c, const StaffParts& parts, const Place& place, Refusal refused) {
    auto file = own_case(c, place.fill);
    if (!file || (refused != Refusal::form_incomplete && refused != Refusal::materials_missing)) return refusal(c, refused);
    auto filling = filling_of(c, parts, place, std::move(*file));
    return web::problem(422, code(refused), web::words(c.language(), fmt::format("cases.error_{}", code(refused))),
                        missing_json(filling.missing(c.today()), c.language()));
}

// What government holds of whom the case is about, not of whom its agent happens to act for now.
using HandIn = std::function<Result<Case, Refusal>(Desk&, Locked, const catalogue::Held&)>;
Response hand_in(const Context& c, const StaffParts& parts, const Place& place, const HandIn& act) {
    auto id = parse_id<CaseTag>(c.request.param("id"));
    if (!id) return refusal(c, Refusal::not_found);
    std::optional<Refusal> refused;
    auto answer = c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx, parts);
        auto locked = lock(tx, c.site.keys.fields, c.site.division, *id);
        if (!locked) return refusal(c, Refusal::not_found);
        auto held = held_by(desk, locked->file);
        auto outcome = act(desk, std::move(*locked), held);
        if (!outcome) refused = outcome.error();
        if (!outcome) return refusal(c, outcome.error());
        tell_worklists(c, tx);
        return web::json(200, own_json(c.who(), *outcome));
    });
    return answer.status < 400 || !refused ? answer : incomplete(c, parts, place, *refused);
}

Response submit_it(const Context& c, const StaffParts& parts, const Place& place) {
    auto number = parts.numbers.next(c.site.division, c.today());
    return hand_in(c, parts, place,
                   [&](Desk& desk, Locked locked, const catalogue::Held& held) { return submit(desk, std::move(locked), held, number); });
}

Response resubmit_it(const Context& c, const StaffParts& parts, const Place& place) {
    return hand_in(c, parts, place,
                   [](Desk& desk, Locked locked, const catalogue::Held& held) { return resubmit(desk, std::move(locked), held); });
}

Response withdraw_it(const Context& c, const StaffParts& parts) {
    auto id = parse_id<CaseTag>(c.request.param("id"));
    auto reason = text_in(json_body(c), "reason");
    if (!id) return refusal(c, Refusal::not_found);
    return c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx, parts);
        auto outcome = withdraw(desk, *id, reason);
        if (!outcome) return refusal(c, outcome.error());
        tell_worklists(c, tx);
        return web::json(200, own_json(c.who(), *outcome));
    });
}

}  // namespace

void add_filling_api(identity::Routes& routes, const StaffParts& parts, const Place& place) {
    constexpr uint64_t largest_body = 256 << 10;
    auto at = [&](std::string_view path) { return fmt::format("{}/{{id}}{}", place.base, path); };
    routes.add(web::Method::patch, at("/form"), place.fill, [parts](Context& c) { return keep(c, parts); }, {.max_body = largest_body});
    routes.post(at("/documents"), place.fill, [parts, place](Context& c) { return attach_file(c, parts, place); },
                {.max_body = largest_body, .max_upload = largest_upload});
    routes.add(web::Method::del, at("/documents/{document}"), place.fill, [parts](Context& c) { return detach_file(c, parts); });
    routes.post(at("/submit"), place.hand_in, [parts, place](Context& c) { return submit_it(c, parts, place); });
    routes.post(at("/resubmit"), place.correct, [parts, place](Context& c) { return resubmit_it(c, parts, place); });
}

void add_applicant_api(identity::Routes& routes, const StaffParts& parts) {
    routes.get("/api/cases", Act::see_own_case, list);
    routes.post("/api/cases", Act::draft_case, [parts](Context& c) { return begin_draft(c, parts); });
    routes.get("/api/cases/{id}", Act::see_own_case, [parts](Context& c) { return show(c, parts); });
    add_filling_api(routes, parts, {"/api/cases", Act::draft_case, Act::submit_case, Act::correct_case});
    routes.post("/api/cases/{id}/withdraw", Act::withdraw_case, [parts](Context& c) { return withdraw_it(c, parts); });
}

}  // namespace yimen::cases
