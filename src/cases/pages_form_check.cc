#include "cases/about_licence.h"
#include "cases/pages_case_parts.h"
#include "cases/pages_form.h"
#include "cases/typing.h"
#include "identity/store.h"

// All answers on one page, the declaration, and handing in.
namespace yimen::cases {

using identity::Context;
using web::Response;
using web::words;

namespace {

// Declarations are made anew with each handing in, here and nowhere else.
boost::json::array declarations_view(const Filling& filling, const Context& c, const std::map<std::string, Beside>& errors) {
    boost::json::array all;
    for (auto& section : filling.version->form)
        if (only_declares(section))
            for (auto& field : section.fields) {
                if (!catalogue::shown(*filling.version, field, filling.file.form, filling.file.answers)) continue;
                auto error = errors.find(field.name);
                catalogue::Values typed{{field.name, typed_value(field, c.request.form, c.now())}};
                all.push_back(field_view(filling, field, typed, c.language(), error == errors.end() ? Beside{} : error->second));
            }
    return all;
}

catalogue::Values declared(const catalogue::ItemVersion& version, const web::Fields& form, Instant now) {
    catalogue::Values values;
    for (auto& section : version.form)
        if (only_declares(section))
            for (auto& field : section.fields) {
                auto value = typed_value(field, form, now);
                bool untrue = field.kind == catalogue::Field::Kind::declaration && value != "yes";
                values[field.name] = untrue ? boost::json::value("") : std::move(value);
            }
    return values;
}

const catalogue::Section& section_with(const catalogue::ItemVersion& version, std::string_view name) {
    for (auto& section : version.form)
        for (auto& field : section.fields)
            if (field.name == name) return section;
    throw std::logic_error("a form error names a field that the form does not have");
}

// Sections as they were filled in, each with the way to change it.
boost::json::array answers_view(const Filling& filling, Language language, const std::map<std::string, Beside>& errors) {
    auto sections = form_view(filling.file, *filling.version, language, true);
    boost::json::array shown;
    for (auto& section : sections) {
        auto name = text_of(section.as_object().if_contains("section"));
        auto& of_version = *std::ranges::find(filling.version->form, name, &catalogue::Section::name);
        if (only_declares(of_version)) continue;
        for (auto& row : section.at("rows").as_array()) {
            auto& field = *filling.version->field(row.at("field").as_string());
            auto error = errors.find(field.name);
            row.as_object()["error"] = error == errors.end() ? "" : error->second.text();
            row.as_object()["fixed"] = filling.fixed(field) || field.value;
            row.as_object()["asked"] = filling.asked && filling.asked->field(field.name);
            row.as_object()["change"] = fmt::format("{}/form/{}?return=check#{}", filling.base, name, first_box(field));
        }
        shown.push_back(std::move(section));
    }
    return shown;
}

boost::json::array handed_in_view(const Filling& filling, Language language) {
    boost::json::array materials;
    auto outcome = catalogue::guide(*filling.version, filling.file.answers, filling.held);
    if (!outcome) return materials;
    for (auto& need : outcome->materials) {
        boost::json::array files;
        for (auto& d : filling.documents)
            if (!d.removed && d.material == need.material->code)
                files.push_back(web::View{
                    {"file", d.name}, {"size", size_words(d.size)}, {"href", fmt::format("{}/documents/{}", filling.base, to_text(d.id))}});
        constexpr std::string_view kinds[] = {"needed", "exempt", "later"};
        materials.push_back(web::View{{"code", need.material->code},
                                      {"name", need.material->name.in(language)},
                                      {"exempt", need.need == catalogue::Need::exempt},
                                      {"need", words(language, fmt::format("window.need_{}", kinds[static_cast<int>(need.need)]))},
                                      {"because", need.because.in(language)},
                                      {"lacking", need.need == catalogue::Need::needed && files.empty()},
                                      {"has_files", !files.empty()},
                                      {"files", std::move(files)}});
    }
    return materials;
}

// What stands in the way, each with the way to it. Declarations count only once somebody tried to hand in.
struct Ways {
    boost::json::array list;
    std::map<std::string, Beside> by_field;
};
Ways in_the_way(const Context& c, const Filling& filling, bool tried) {
    Ways ways;
    auto missing = filling.missing(c.today());
    for (auto& error : missing.fields) {
        auto& section = section_with(*filling.version, error.field);
        bool here = only_declares(section);
        if (here && !tried) continue;
        auto& field = *filling.version->field(error.field);
        auto box = box_of(field, error.part);
        auto text =
            field.kind == catalogue::Field::Kind::declaration ? words(c.language(), "cases.error_declare") : error.message.in(c.language());
        (error.part.empty() ? ways.by_field[error.field].whole : ways.by_field[error.field].parts[error.part]) = text;
        ways.list.push_back(web::View{
            {"href", here ? "#" + box : fmt::format("{}/form/{}?return=check#{}", filling.base, section.name, box)}, {"text", text}});
    }
    for (auto& code : missing.materials) {
        auto text = words(c.language(), "cases.material_lacking", {{"name", filling.version->material(code)->name.in(c.language())}});
        ways.list.push_back(web::View{{"href", fmt::format("{}/materials#file-{}", filling.base, code)}, {"text", text}});
    }
    return ways;
}

Response check_page(const Context& c, const Filling& filling, int status, bool tried) {
    auto language = c.language();
    auto ways = in_the_way(c, filling, tried);
    auto steps = steps_view(c, filling, "check");
    auto& item = filling.version->name.in(language);
    auto heading = words(language, filling.correcting() ? "cases.check_again" : "cases.check");
    bool wrong = tried && !ways.list.empty();
    web::View view{{"title", fmt::format("{}{} · {}", wrong ? words(language, "cases.error_prefix") : "", heading, item)},
                   {"heading", heading},
                   {"item", item},
                   {"situation", situation_title(filling.file, *filling.version, language)},
                   {"applicant", filling.file.applicant_name},
                   {"base", filling.base},
                   {"at_window", bool(c.who().staff)},
                   {"correcting", filling.correcting()},
                   {"at", steps.size()},
                   {"of", steps.size()},
                   {"steps", std::move(steps)},
                   {"guidance", guidance_view(filling.file, *filling.version, language)},
                   {"sections", answers_view(filling, language, ways.by_field)},
                   {"materials", handed_in_view(filling, language)},
                   {"declarations", declarations_view(filling, c, ways.by_field)},
                   {"has_errors", wrong},
                   {"not_yet", !wrong && !ways.list.empty()},
                   {"left", ways.list.size()},
                   {"errors", std::move(ways.list)}};
    return c.page(status, "cases/check", std::move(view));
}

// Declared and handed in, or neither.
Result<Case, Refusal> declare_and_hand_in(Desk& desk, const Case& file, const catalogue::Values& values, const catalogue::Held& held,
                                          Event event, const std::optional<CaseNumber>& number) {
    if (!values.empty())
        if (auto saved = save(desk, file.id, values); !saved) return saved;
    if (event == Event::resubmit) return resubmit(desk, file.id, held);
    if (!number) return refuse(Refusal::not_possible_now);
    return submit(desk, file.id, held, *number);
}

// The number is taken before the transaction; a second click finds the answer of the first.
Response hand_in_page(const Context& c, const StaffParts& parts, const Place& place, Event event) {
    auto file = own_case(c, event == Event::submit ? place.hand_in : place.correct);
    if (!file) return c.refused(404, "cases", code(Refusal::not_found));
    auto version = parts.catalogue.version(file->item_version);
    auto values = declared(*version, c.request.form, c.now());
    std::optional<CaseNumber> number;
    if (event == Event::submit && file->state == State::draft) number = parts.numbers.next(c.site.division, c.today());
    auto incomplete = false;
    auto answer = c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx, parts);
        auto held = held_by(desk, *file);
        auto outcome = declare_and_hand_in(desk, *file, values, held, event, number);
        if (outcome) {
            tell_worklists(c, tx);
            return c.go(fmt::format("{}/{}/submitted", place.base, to_text(file->id)));
        }
        incomplete = outcome.error() == Refusal::form_incomplete || outcome.error() == Refusal::materials_missing;
        return c.refused(status_of(outcome.error()), "cases", code(outcome.error()));
    });
    if (answer.status < 400 || !incomplete) return answer;
    return with_filling(c, parts, place, [&](Filling& filling) {
        for (auto& [name, value] : values) filling.file.form[name] = value;
        return check_page(c, filling, 422, true);
    });
}

}  // namespace

void add_check_pages(identity::Routes& routes, const StaffParts& parts, const Place& place) {
    auto at = [&](std::string_view path) { return fmt::format("{}/{{id}}{}", place.base, path); };
    routes.get(at("/check"), place.fill, [parts, place](Context& c) {
        return with_filling(c, parts, place, [&](Filling& f) { return check_page(c, f, 200, false); });
    });
    routes.post(at("/submit"), place.hand_in, [parts, place](Context& c) { return hand_in_page(c, parts, place, Event::submit); });
    routes.post(at("/resubmit"), place.correct, [parts, place](Context& c) { return hand_in_page(c, parts, place, Event::resubmit); });
}

}  // namespace yimen::cases
