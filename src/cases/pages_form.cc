#include "cases/pages_form.h"
#include "cases/typing.h"

// One section of a form a page. What was typed is kept first, right or wrong; then everything that is wrong is named at once.
namespace yimen::cases {

using identity::Context;
using web::Response;
using web::words;

namespace {

constexpr uint64_t largest_form = 256 << 10;

std::optional<size_t> section_of_address(const Context& c, const catalogue::ItemVersion& version) {
    for (size_t at = 0; at < version.form.size(); ++at)
        if (version.form[at].name == c.request.param("section") && !only_declares(version.form[at])) return at;
    return std::nullopt;
}

boost::json::value typed_value(const catalogue::Field& field, const web::Fields& form) {
    using Kind = catalogue::Field::Kind;
    auto typed = [&](std::string_view part) { return form.get(fmt::format("{}{}", field.name, part)); };
    if (field.kind == Kind::date) return boost::json::value(date_typed(typed("-year"), typed("-month"), typed("-day")));
    if (field.kind != Kind::choices) return boost::json::value(canonical(field, typed("")));
    boost::json::array several;
    for (auto one : form.all(field.name)) several.push_back(boost::json::value(one));
    return several;
}

// Of the fields that the page had (each names itself in "_field", so that an empty group of boxes is seen too), those that differ
// from what is kept.
catalogue::Values changed(const Filling& filling, const catalogue::Section& section, const web::Fields& form) {
    auto sent = form.all("_field");
    catalogue::Values values;
    for (auto& field : section.fields) {
        if (std::ranges::find(sent, field.name) == sent.end() || filling.fixed(field)) continue;
        auto value = typed_value(field, form);
        if (!same(&value, filling.file.form.if_contains(field.name))) values[field.name] = std::move(value);
    }
    return values;
}

// Saving the same again changes nothing, so no key is needed; and what was typed stays although the answer is an error.
std::optional<Refusal> keep(const Context& c, const StaffParts& parts, Filling& filling, const catalogue::Values& values) {
    if (values.empty()) return std::nullopt;
    auto saved = c.site.database.write([&](db::Tx& tx) {
        auto desk = desk_of(c, tx, parts);
        return save(desk, filling.file.id, values);
    });
    if (!saved) return saved.error();
    filling.file = std::move(*saved);
    if (filling.asked)
        for (auto& [name, value] : values) filling.asked->mended.emplace(name);
    return std::nullopt;
}

std::set<std::string> shown_names(const Filling& filling, const catalogue::Section& section) {
    std::set<std::string> names;
    for (auto& field : section.fields)
        if (catalogue::shown(*filling.version, field, filling.file.form, filling.file.answers)) names.insert(field.name);
    return names;
}

Response section_page(const Context& c, const Filling& filling, size_t at, int status, const std::vector<catalogue::FormError>& errors) {
    auto language = c.language();
    auto& section = filling.version->form[at];
    std::map<std::string, std::string> beside;
    boost::json::array summary, fields;
    for (auto& error : errors) {
        auto text = error.message.in(language);
        beside[error.field] = text;
        summary.push_back(web::View{{"href", "#" + first_box(*filling.version->field(error.field))}, {"text", text}});
    }
    for (auto& field : section.fields) fields.push_back(field_view(filling, field, filling.file.form, language, beside[field.name]));
    auto steps = steps_view(c, filling, section.name);
    auto current = std::ranges::find_if(steps, [](auto& step) { return step.at("current").as_bool(); });
    auto& item = filling.version->name.in(language);
    web::View view{{"title", fmt::format("{}{} · {}", errors.empty() ? "" : words(language, "cases.error_prefix"), section.title.in(language), item)},
                   {"item", item},
                   {"heading", section.title.in(language)},
                   {"intro", section.intro.in(language)},
                   {"base", filling.base},
                   {"at_window", bool(c.who().staff)},
                   {"applicant", filling.file.applicant_name},
                   {"section", section.name},
                   {"return", c.request.query.get("return") == "check" || c.request.form.get("return") == "check"},
                   {"at", current == steps.end() ? 1 : current - steps.begin() + 1},
                   {"of", steps.size()},
                   {"steps", std::move(steps)},
                   {"fields", std::move(fields)},
                   {"has_errors", !errors.empty()},
                   {"errors", std::move(summary)},
                   {"saved_at", for_people(filling.file.changed_at, language)}};
    return c.page(status, "cases/section", std::move(view));
}

Response show(const Context& c, const Filling& filling) {
    auto at = section_of_address(c, *filling.version);
    return at ? section_page(c, filling, *at, 200, {}) : c.refused(404, "cases", "not_found");
}

// The island saves quietly while somebody types, and learns which fields are seen now.
Response saved_answer(const Context& c, const Filling& filling, const catalogue::Section& section) {
    boost::json::array shown;
    for (auto& name : shown_names(filling, section)) shown.push_back(boost::json::value(name));
    auto minute = for_people(filling.file.changed_at, c.language());
    return web::json(200, boost::json::object{{"saved", words(c.language(), "cases.saved_at", {{"time", minute.substr(minute.size() - 5)}})}, {"shown", std::move(shown)}});
}

Response next_page(const Context& c, const Filling& filling, size_t at, const std::set<std::string>& seen) {
    auto& section = filling.version->form[at];
    auto here = fmt::format("{}/form/{}", filling.base, section.name);
    if (c.request.form.get("then") == "later") return c.go(filling.base, "cases.notice_saved");
    auto errors = catalogue::check_form(*filling.version, at, filling.file.form, filling.file.answers, c.today());
    // What has just come into sight is asked for, not held against anybody.
    bool only_new = !errors.empty() && std::ranges::none_of(errors, [&](auto& error) { return seen.contains(error.field); });
    if (only_new) return c.go(fmt::format("{}#{}", here, first_box(*filling.version->field(errors.front().field))), "cases.notice_more_to_fill");
    if (!errors.empty()) return section_page(c, filling, at, 422, errors);
    return c.go(c.request.form.get("return") == "check" ? filling.base + "/check" : step_after(filling, at));
}

Response take(const Context& c, const StaffParts& parts, Filling& filling) {
    auto at = section_of_address(c, *filling.version);
    if (!at) return c.refused(404, "cases", "not_found");
    auto& section = filling.version->form[*at];
    auto seen = shown_names(filling, section);
    if (auto refusal = keep(c, parts, filling, changed(filling, section, c.request.form))) return c.refused(status_of(*refusal), "cases", code(*refusal));
    return c.request.wants_json() ? saved_answer(c, filling, section) : next_page(c, filling, *at, seen);
}

}  // namespace

void add_form_pages(identity::Routes& routes, const StaffParts& parts, const Place& place) {
    auto section = fmt::format("{}/{{id}}/form/{{section}}", place.base);
    routes.get(section, place.fill, [parts, place](Context& c) { return with_filling(c, parts, place, [&](Filling& f) { return show(c, f); }); });
    routes.post(section, place.fill, [parts, place](Context& c) { return with_filling(c, parts, place, [&](Filling& f) { return take(c, parts, f); }); },
                {.max_body = largest_form});
    add_material_pages(routes, parts, place);
    add_check_pages(routes, parts, place);
}

}  // namespace yimen::cases
