#include "cases/about_licence.h"
#include "cases/pages_case_parts.h"
#include "cases/pages_form.h"
#include "cases/typing.h"

#include "identity/store.h"

// An application that can be changed, read with all that belongs to it, and the way through it.
namespace yimen::cases {

using identity::Context;
using web::Response;
using web::words;

namespace {

std::set<std::string, std::less<>> texts_of(const boost::json::value* list) {
    std::set<std::string, std::less<>> texts;
    if (auto* all = list ? list->if_array() : nullptr)
        for (auto& one : *all)
            if (one.is_string()) texts.emplace(one.as_string());
    return texts;
}

// What was saved or handed in after the notice went out.
void find_mended(db::Tx& tx, const Filling& filling, const Notice& notice, Asked& asked) {
    for (auto& line : ledger::history(tx, filling.file.division, {filling.file.id.value})) {
        auto* after = line.after.if_object();
        if (line.seq <= notice.ledger_seq || !after) continue;
        asked.mended.merge(texts_of(after->if_contains("fields")));
    }
    for (auto& document : filling.documents)
        if (!document.removed && document.added_at >= notice.made_at) asked.mended.insert(document.material);
}

std::optional<Asked> asked_of(db::Tx& tx, const Filling& filling) {
    if (!filling.correcting()) return std::nullopt;
    auto all = notices(tx, filling.file.division, filling.file.id);
    auto newest = std::find_if(all.rbegin(), all.rend(), [](auto& notice) { return notice.kind == "correction"; });
    if (newest == all.rend()) return std::nullopt;
    auto& content = newest->content;
    Asked asked{texts_of(content.if_contains("materials")), texts_of(content.if_contains("fields")), {}, text_in(content, "remark"), {}};
    if (auto* remarks = content.if_contains("remarks"); remarks && remarks->is_object()) asked.remarks = remarks->as_object();
    find_mended(tx, filling, *newest, asked);
    return asked;
}

// Which fields of the section are seen now; a section without any is no step.
bool is_step(const Filling& filling, const catalogue::Section& section) {
    return !only_declares(section) && std::ranges::any_of(section.fields, [&](auto& field) {
        return catalogue::shown(*filling.version, field, filling.file.form, filling.file.answers);
    });
}

// "done", "todo", "wrong", "asked" (to be corrected), "mended".
std::string_view state_of(const Filling& filling, size_t at, Date today) {
    auto& section = filling.version->form[at];
    auto stands = progress(*filling.version, at, filling.file.form, filling.file.answers, today);
    if (stands == Progress::wrong) return "wrong";
    if (stands == Progress::not_yet) return "todo";
    if (!filling.asked) return "done";
    auto is_asked = [&](auto& field) { return filling.asked->field(field.name); };
    if (std::ranges::none_of(section.fields, is_asked)) return "unasked";
    bool all_mended =
        std::ranges::all_of(section.fields, [&](auto& field) { return !is_asked(field) || filling.asked->mended.contains(field.name); });
    return all_mended ? "mended" : "asked";
}

std::string_view state_of_materials(const Filling& filling, const Missing& missing) {
    if (!missing.materials.empty()) return "todo";
    if (!filling.asked) return "done";
    if (filling.asked->materials.empty()) return "unasked";
    return std::ranges::all_of(filling.asked->materials, [&](auto& code) { return filling.asked->mended.contains(code); }) ? "mended"
                                                                                                                           : "asked";
}

web::View step_view(const Context& c, const Filling& filling, std::string_view name, std::string title, std::string_view path,
                    std::string_view state, std::string_view current) {
    constexpr std::pair<std::string_view, std::string_view> shapes[] = {
        {"done", "✓"}, {"mended", "✓"}, {"unasked", "✓"}, {"todo", "○"}, {"blocked", "○"}, {"ready", "→"}, {"wrong", "!"}, {"asked", "!"}};
    constexpr std::pair<std::string_view, std::string_view> colours[] = {{"done", "green"}, {"mended", "green"}, {"unasked", "grey"},
                                                                         {"todo", "blue"},  {"blocked", "grey"}, {"ready", "blue"},
                                                                         {"wrong", "red"},  {"asked", "yellow"}};
    auto of = [&](auto& table) { return std::ranges::find(table, state, [](auto& pair) { return pair.first; })->second; };
    return {{"name", name},
            {"title", std::move(title)},
            {"href", fmt::format("{}{}", filling.base, path)},
            {"state", words(c.language(), fmt::format("cases.step_{}", state))},
            {"shape", of(shapes)},
            {"colour", of(colours)},
            {"done", state == "done" || state == "mended" || state == "unasked"},
            {"attention", state == "wrong" || state == "asked"},
            {"current", name == current}};
}

}  // namespace

std::string Asked::remark_on(std::string_view what) const { return text_in(remarks, what); }

bool Filling::fixed(const catalogue::Field& field) const { return field.locked && known.contains(field.name); }

std::optional<Case> own_case(const Context& c, identity::Act act) {
    auto id = parse_id<CaseTag>(c.request.param("id"));
    if (!id) return std::nullopt;
    bool permitted = false;
    auto found = c.read([&](db::Tx& tx) {
        auto file = find(tx, c.site.keys.fields, c.site.division, *id);
        if (!file) return file;
        auto subject = act == identity::Act::see_own_case ? subject_now(tx, *file) : file->subject();
        permitted = identity::permits(c.who(), act, subject, c.today());
        return file;
    });
    if (!found || !permitted) return std::nullopt;
    if (c.who().staff && found->state == State::draft && !found->helped_by) return std::nullopt;
    return found;
}

Filling filling_of(const Context& c, const StaffParts& parts, const Place& place, Case file) {
    Filling filling{std::move(file), nullptr, "", {}, {}, {}, {}, {}};
    auto& f = filling.file;
    filling.version = parts.catalogue.version(f.item_version);
    if (!filling.version) throw std::runtime_error("a case is pinned to an item version that is gone");
    filling.base = fmt::format("{}/{}", place.base, to_text(f.id));
    c.read([&](db::Tx& tx) {
        filling.documents = documents(tx, f.division, f.id);
        filling.facts = identity::known(tx, c.site.keys.fields, f.division, f.person, f.organisation);
        auto desk = desk_of(c, tx, parts);
        filling.held = held_by(desk, f);
        filling.facts.merge(licence_facts(desk, f.licence));
        filling.asked = asked_of(tx, filling);
    });
    filling.known = catalogue::prefill(*filling.version, filling.facts, f.answers);
    return filling;
}

Response with_filling(const Context& c, const StaffParts& parts, const Place& place, const FillingPage& page) {
    auto file = own_case(c, place.fill);
    if (!file) return c.refused(404, "cases", code(Refusal::not_found));
    if (!next(file->state, Event::save)) return c.go(fmt::format("{}/{}", place.base, to_text(file->id)));
    auto filling = filling_of(c, parts, place, std::move(*file));
    return page(filling);
}

boost::json::array steps_view(const Context& c, const Filling& filling, std::string_view current) {
    boost::json::array steps;
    auto language = c.language();
    auto& form = filling.version->form;
    for (size_t at = 0; at < form.size(); ++at)
        if (is_step(filling, form[at]))
            steps.push_back(step_view(c, filling, form[at].name, form[at].title.in(language), "/form/" + form[at].name,
                                      state_of(filling, at, c.today()), current));
    auto missing = filling.missing(c.today());
    steps.push_back(step_view(c, filling, "materials", words(language, "cases.materials"), "/materials",
                              state_of_materials(filling, missing), current));
    // Declarations are made on that very page.
    bool ready = std::ranges::all_of(steps, [](auto& step) { return step.at("done").as_bool(); });
    steps.push_back(step_view(c, filling, "check", words(language, filling.correcting() ? "cases.check_again" : "cases.check"), "/check",
                              ready ? "ready" : "blocked", current));
    for (size_t i = 0; i < steps.size(); ++i) steps[i].as_object()["at"] = i + 1;
    return steps;
}

Response tasks_page(const Context& c, const Filling& filling) {
    auto language = c.language();
    auto steps = steps_view(c, filling, "");
    auto done = std::ranges::count_if(steps, [](auto& step) { return step.at("done").as_bool(); });
    auto asked = asked_view(c, filling);
    web::View view{{"title", filling.version->name.in(language)},
                   {"item", filling.version->name.in(language)},
                   {"situation", situation_title(filling.file, *filling.version, language)},
                   {"applicant", filling.file.applicant_name},
                   {"number", filling.file.number.empty() ? "" : printed_number(filling.file, language)},
                   {"state", state_view(filling.file.state, language)},
                   {"base", filling.base},
                   {"at_window", bool(c.who().staff)},
                   {"correcting", filling.correcting()},
                   {"asked", std::move(asked)},
                   {"asked_remark", filling.asked ? filling.asked->remark : ""},
                   {"done", done},
                   {"of", steps.size() - 1},
                   {"steps", std::move(steps)},
                   {"changed", for_people(filling.file.changed_at, language)}};
    return c.page(200, "cases/tasks", std::move(view));
}

boost::json::array asked_view(const Context& c, const Filling& filling) {
    boost::json::array list;
    if (!filling.asked) return list;
    auto& asked = *filling.asked;
    auto add = [&](const std::string& label, std::string path, const std::string& what) {
        list.push_back(web::View{
            {"label", label}, {"href", filling.base + path}, {"remark", asked.remark_on(what)}, {"mended", asked.mended.contains(what)}});
    };
    for (auto& section : filling.version->form)
        for (auto& field : section.fields)
            if (asked.field(field.name))
                add(field.label.in(c.language()),
                    only_declares(section) ? "/check#" + first_box(field) : fmt::format("/form/{}#{}", section.name, first_box(field)),
                    field.name);
    for (auto& material : filling.version->materials)
        if (asked.materials.contains(material.code)) add(material.name.in(c.language()), "/materials#m-" + material.code, material.code);
    return list;
}

std::string step_after(const Filling& filling, size_t section) {
    auto& form = filling.version->form;
    for (size_t at = section + 1; at < form.size(); ++at)
        if (is_step(filling, form[at])) return fmt::format("{}/form/{}", filling.base, form[at].name);
    return filling.base + "/materials";
}

}  // namespace yimen::cases
