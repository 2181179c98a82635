#include "cases/pages_form.h"

#include <charconv>

#include "base/text.h"
#include "cases/store.h"
#include "cases/typing.h"

// One section of a form a page. What was typed is kept first, right or wrong; then everything that is wrong is named at once.
namespace yimen::cases {

using catalogue::Field;
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

bool takes_files(const catalogue::Section& section) {
    return std::ranges::any_of(section.fields, [](auto& field) { return field.kind == Field::Kind::files; });
}

Response section_page(const Context& c, const Filling& filling, size_t at, int status, const std::vector<catalogue::FormError>& errors) {
    auto language = c.language();
    auto& section = filling.version->form[at];
    auto beside = beside_fields(errors, language);
    boost::json::array summary, fields;
    for (auto& error : errors)
        summary.push_back(
            web::View{{"href", "#" + box_of(*filling.version->field(error.field), error.part)}, {"text", error.message.in(language)}});
    for (auto& field : section.fields) fields.push_back(field_view(filling, field, filling.file.form, language, beside[field.name]));
    auto steps = steps_view(c, filling, section.name);
    auto current = std::ranges::find_if(steps, [](auto& step) { return step.at("current").as_bool(); });
    auto& item = filling.version->name.in(language);
    web::View view{
        {"title", fmt::format("{}{} · {}", errors.empty() ? "" : words(language, "cases.error_prefix"), section.title.in(language), item)},
        {"item", item},
        {"heading", section.title.in(language)},
        {"intro", section.intro.in(language)},
        {"base", filling.base},
        {"at_window", bool(c.who().staff)},
        {"applicant", filling.file.applicant_name},
        {"section", section.name},
        {"takes_files", takes_files(section)},
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

// "add:vehicles", "remove:vehicles:2", "detach:01J…", "upload:photos": a button inside the form that leads back to it.
struct Then {
    std::string act, field;
    size_t row = 0;
};
std::optional<Then> then_of(const Context& c) {
    auto parts = split(c.request.form.get("then"), ':');
    if (parts.size() < 2) return std::nullopt;
    Then then{std::string(parts[0]), std::string(parts[1]), 0};
    auto number = parts.size() > 2 ? parts[2] : std::string_view();
    std::from_chars(number.data(), number.data() + number.size(), then.row);
    return then;
}

// Rows come and go with what is kept, so that pressing twice by mistake makes one row.
void change_rows(const Filling& filling, const Then& then, catalogue::Values& values) {
    auto* field = filling.version->field(then.field);
    if (!field || field->kind != Field::Kind::table) return;
    auto* typed = values.if_contains(field->name);
    auto* kept = filling.file.form.if_contains(field->name);
    boost::json::value table = typed ? *typed : kept ? *kept : boost::json::value(boost::json::array());
    if (then.act == "add") values[field->name] = with_row(*field, std::move(table));
    if (then.act == "remove") values[field->name] = without_row(std::move(table), then.row);
}

// Files chosen in the section, each for its field; what cannot be taken is told beside it.
std::vector<catalogue::FormError> take_files(const Context& c, const StaffParts& parts, const Filling& filling,
                                             const catalogue::Section& section) {
    std::vector<catalogue::FormError> wrong;
    for (auto& field : section.fields) {
        if (field.kind != Field::Kind::files) continue;
        std::vector<web::Upload> of_field;
        for (auto& upload : c.request.uploads)
            if (upload.field == field.name) of_field.push_back(upload);
        if (of_field.empty()) continue;
        auto material = as_material(field);
        auto uploads = inspected(of_field, c, material);
        if (!uploads.refused.empty()) {
            auto text = refused_words(c, material, uploads.refused);
            wrong.push_back({field.name, {text, text}, ""});
        }
        if (uploads.good.empty()) continue;
        auto answer = c.write([&](db::Tx& tx) -> Response {
            auto desk = desk_of(c, tx, parts);
            for (auto& one : uploads.good) {
                put_content(tx, filling.file.division, one.content);
                if (auto attached = attach(desk, filling.file.id, one.document); !attached)
                    return c.refused(status_of(attached.error()), "cases", code(attached.error()));
            }
            return c.go(filling.base);
        });
        if (answer.status >= 400)
            wrong.push_back({field.name,
                             {words(Language::zh, "cases.error_too_many_documents"), words(Language::en, "cases.error_too_many_documents")},
                             ""});
    }
    return wrong;
}

Response back_here(const Context& c, const Filling& filling, const catalogue::Section& section, const std::string& box,
                   std::string_view notice = {}) {
    auto query = c.request.form.get("return") == "check" ? "?return=check" : "";
    return c.go(fmt::format("{}/form/{}{}#{}", filling.base, section.name, query, box), notice);
}

// Where a button inside the form leads: back to the row that is new, or to the field.
Response after_button(const Context& c, const StaffParts& parts, const Filling& filling, const catalogue::Section& section,
                      const Then& then) {
    if (then.act == "detach") {
        auto document = parse_id<DocumentTag>(then.field);
        if (!document) return c.refused(404, "cases", "not_found");
        return c.write([&](db::Tx& tx) -> Response {
            auto desk = desk_of(c, tx, parts);
            auto removed = detach(desk, filling.file.id, *document);
            if (!removed) return c.refused(status_of(removed.error()), "cases", code(removed.error()));
            return back_here(c, filling, section, "fields", "cases.notice_removed");
        });
    }
    auto* field = filling.version->field(then.field);
    if (!field) return c.refused(404, "cases", "not_found");
    if (then.act == "upload") return back_here(c, filling, section, first_box(*field), "cases.notice_uploaded");
    auto* table = filling.file.form.if_contains(field->name);
    auto rows = table && table->is_array() ? table->get_array().size() : 0;
    auto row = then.act == "add" ? rows : std::min(then.row + 1, rows);
    return back_here(c, filling, section, row == 0 ? first_box(*field) : fmt::format("f-{}-{}", field->name, row - 1));
}

// The first field to be filled in that was not seen before.
const Field* first_new(const Filling& filling, const catalogue::Section& section, const std::set<std::string>& seen) {
    auto now = shown_names(filling, section);
    for (auto& field : section.fields)
        if (!field.value && now.contains(field.name) && !seen.contains(field.name)) return &field;
    return nullptr;
}

Response next_page(const Context& c, const Filling& filling, size_t at, const std::set<std::string>& seen) {
    auto& section = filling.version->form[at];
    if (c.request.form.get("then") == "later") return c.go(filling.base, "cases.notice_saved");
    auto errors = catalogue::check_form(*filling.version, at, filling.file.form, filling.file.answers, c.today());
    // What has just come into sight is asked for, not held against anybody; also where it is filled in already.
    bool only_new = std::ranges::none_of(errors, [&](auto& error) { return seen.contains(error.field); });
    auto* first = first_new(filling, section, seen);
    if (only_new && first) return back_here(c, filling, section, first_box(*first), "cases.notice_more_to_fill");
    if (!errors.empty()) return section_page(c, filling, at, 422, errors);
    return c.go(c.request.form.get("return") == "check" ? filling.base + "/check" : step_after(filling, at));
}

Response take(const Context& c, const StaffParts& parts, const Place& place, Filling& filling) {
    auto at = section_of_address(c, *filling.version);
    if (!at) return c.refused(404, "cases", "not_found");
    auto& section = filling.version->form[*at];
    auto seen = shown_names(filling, section);
    auto then = then_of(c);
    auto values = changed_fields(c, filling, section, !then);
    if (then) change_rows(filling, *then, values);
    if (auto refusal = keep_fields(c, parts, filling, values)) return c.refused(status_of(*refusal), "cases", code(*refusal));
    if (!c.request.uploads.empty()) {
        auto wrong = take_files(c, parts, filling, section);
        if (auto now = own_case(c, place.fill)) filling = filling_of(c, parts, place, std::move(*now));
        if (!wrong.empty()) return section_page(c, filling, *at, 422, wrong);
    }
    return then ? after_button(c, parts, filling, section, *then) : next_page(c, filling, *at, seen);
}

// The island saves quietly while somebody types; the answer puts in place what follows from it.
Response take_live(const Context& c, const StaffParts& parts, Filling& filling) {
    auto at = section_of_address(c, *filling.version);
    if (!at) return c.refused(404, "cases", "not_found");
    auto& section = filling.version->form[*at];
    auto values = changed_fields(c, filling, section, false);
    if (auto refusal = keep_fields(c, parts, filling, values)) return c.refused(status_of(*refusal), "cases", code(*refusal));
    auto minute = for_people(filling.file.changed_at, c.language());
    return live_answer(c, filling, {&section}, words(c.language(), "cases.saved_at", {{"time", minute.substr(minute.size() - 5)}}));
}

}  // namespace

std::set<std::string> shown_names(const Filling& filling, const catalogue::Section& section) {
    std::set<std::string> names;
    for (auto& field : section.fields)
        if (catalogue::shown(*filling.version, field, filling.file.form, filling.file.answers)) names.insert(field.name);
    return names;
}

void add_form_pages(identity::Routes& routes, const StaffParts& parts, const Place& place) {
    auto section = fmt::format("{}/{{id}}/form/{{section}}", place.base);
    routes.get(section, place.fill,
               [parts, place](Context& c) { return with_filling(c, parts, place, [&](Filling& f) { return show(c, f); }); });
    routes.post(section, place.fill,
                [parts, place](Context& c) { return with_filling(c, parts, place, [&](Filling& f) { return take(c, parts, place, f); }); },
                {.max_body = largest_form, .max_upload = largest_upload});
    routes.post(section + "/live", place.fill,
                [parts, place](Context& c) { return with_filling(c, parts, place, [&](Filling& f) { return take_live(c, parts, f); }); },
                {.max_body = largest_form});
    add_material_pages(routes, parts, place);
    add_check_pages(routes, parts, place);
}

}  // namespace yimen::cases
