#include "cases/pages_case_parts.h"
#include "cases/pages_form.h"
#include "cases/typing.h"

// One field as it is typed in or shown.
namespace yimen::cases {

using catalogue::Field;
using web::words;
using Kind = Field::Kind;

namespace {

bool chosen(const boost::json::value* value, std::string_view choice) {
    if (auto* text = value ? value->if_string() : nullptr) return std::string_view(*text) == choice;
    auto* several = value ? value->if_array() : nullptr;
    return several &&
           std::ranges::any_of(*several, [&](auto& one) { return one.is_string() && std::string_view(one.as_string()) == choice; });
}

}  // namespace

boost::json::array choices_view(const Field& field, const std::string& first, const boost::json::value* value, Language language) {
    boost::json::array choices;
    auto add = [&](std::string_view name, const std::string& label, const std::string& hint) {
        auto id = choices.empty() ? first : fmt::format("{}-{}", first, choices.size() + 1);
        choices.push_back(
            web::View{{"box", id}, {"value", name}, {"choice", label}, {"choice_hint", hint}, {"chosen", chosen(value, name)}});
    };
    if (field.kind == Kind::yes_no)
        for (auto* answer : {"yes", "no"}) add(answer, words(language, fmt::format("window.{}", answer)), "");
    for (auto& choice : field.choices) add(choice.value, choice.label.in(language), choice.hint.in(language));
    return choices;
}

namespace {

// Which box it is typed into, as the template asks.
std::string_view shape_of(Kind kind) {
    switch (kind) {
        case Kind::long_text:
            return "lines";
        case Kind::date:
            return "date";
        case Kind::choice:
        case Kind::yes_no:
            return "radios";
        case Kind::choices:
            return "boxes";
        case Kind::declaration:
            return "declaration";
        case Kind::person:
        case Kind::organisation:
            return "parts";
        case Kind::address:
            return "address";
        case Kind::table:
            return "table";
        case Kind::files:
            return "files";
        default:
            return "line";
    }
}

}  // namespace

void add_look(web::View& view, const Field& field, Language language) {
    std::string_view width, keyboard = "text", offered;
    if (field.kind == Kind::number || field.kind == Kind::money) width = "govuk-input--width-10", keyboard = "decimal";
    if (field.kind == Kind::email) keyboard = "email", offered = "email";
    if (field.kind == Kind::phone) width = "govuk-input--width-20", keyboard = "tel";
    if (field.kind == Kind::credit_code || field.kind == Kind::resident_number) width = "govuk-input--width-20";
    if (field.kind == Kind::text && field.max_characters <= 60) width = "govuk-input--width-20";
    if (field.prefill == "person.name") offered = "name";
    if (field.prefill == "person.phone") offered = "tel";
    view["width"] = width;
    view["keyboard"] = keyboard;
    view["offered"] = offered;
    view["code"] = field.kind == Kind::credit_code || field.kind == Kind::resident_number;
    view["unit"] = field.kind == Kind::money ? words(language, "cases.yuan") : field.unit.in(language);
    view["rows"] = field.max_characters > 300 ? 5 : 3;
    view["most"] = field.kind == Kind::long_text ? field.max_characters : 0;
}

namespace {

// What a screen reader says with the field, in the order it is seen.
std::string described_by(const Field& field, const web::View& view) {
    std::string ids;
    auto add = [&](std::string_view part) { ids += fmt::format("{}{}-{}", ids.empty() ? "" : " ", field.name, part); };
    for (auto* part : {"asked", "hint", "most", "from_register"}) {
        auto& value = view.at(part);
        bool there = value.is_string() ? !value.as_string().empty() : value.is_bool() ? value.as_bool() : value.to_number<int>() > 0;
        if (there) add(part);
    }
    // The place for what is wrong is always there, since it may be filled while somebody types.
    add("error");
    return ids;
}

}  // namespace

std::string first_box(const Field& field) {
    if (field.kind == Kind::date) return "f-" + field.name + "-year";
    if (field.kind == Kind::person || field.kind == Kind::organisation) return "f-" + field.name + "-name";
    return "f-" + field.name;
}

std::string box_of(const Field& field, const std::string& part) {
    if (part.empty() || part == "street") return first_box(field);
    auto column = std::ranges::find_if(field.columns, [&](auto& one) { return part.ends_with("-" + one.name); });
    bool date = column != field.columns.end() && column->kind == Kind::date;
    return fmt::format("f-{}-{}{}", field.name, part, date ? "-year" : "");
}

std::string Beside::text() const {
    auto all = whole;
    for (auto& [part, text] : parts) all += (all.empty() ? "" : " ") + text;
    return all;
}

namespace {

// Beside its box a part needs no saying which it is; the summary says that before the colon.
std::string without_place(const std::string& text, Language language) {
    std::string_view colon = language == Language::en ? ": " : "：";
    auto at = text.find(colon);
    return at == std::string::npos ? text : text.substr(at + colon.size());
}

}  // namespace

std::map<std::string, Beside> beside_fields(const std::vector<catalogue::FormError>& errors, Language language) {
    std::map<std::string, Beside> beside;
    for (auto& error : errors) {
        auto& place = error.part.empty() ? beside[error.field].whole : beside[error.field].parts[error.part];
        auto& text = error.message.in(language);
        place += (place.empty() ? "" : " ") + (error.part.empty() ? text : without_place(text, language));
    }
    return beside;
}

web::View field_view(const Filling& filling, const Field& field, const catalogue::Values& values, Language language, const Beside& wrong) {
    auto* value = values.if_contains(field.name);
    auto* from_register = filling.known.if_contains(field.name);
    bool fixed = field.locked && from_register, shown = catalogue::shown(*filling.version, field, values, filling.file.answers);
    bool asked = filling.asked && filling.asked->field(field.name);
    auto shape = !shown ? "hidden" : fixed ? "fixed" : field.value ? "computed" : shape_of(field.kind);
    web::View view{{"name", field.name},
                   {"box", first_box(field)},
                   {"label", field.label.in(language)},
                   {"hint", field.hint.in(language)},
                   {"text", field.text.in(language)},
                   {"optional", shown && !catalogue::required(*filling.version, field, values, filling.file.answers)},
                   {"shape", shape},
                   {"value", value && value->is_object() ? text_of(value->get_object().if_contains("name")) : text_of(value)},
                   {"from_register", !fixed && from_register && !nothing(value) && *value == *from_register},
                   {"asked", asked},
                   {"remark", asked ? filling.asked->remark_on(field.name) : ""},
                   {"hidden", !shown},
                   {"typed", shown && !fixed && !field.value && field.kind != Kind::files},
                   {"error", wrong.whole},
                   {"wrong", !wrong.whole.empty() || !wrong.parts.empty()}};
    view[fmt::format("is_{}", shape)] = true;
    if (fixed) view["value"] = answer_words(field, from_register, language, true);
    if (field.value) view["value"] = answer_words(field, value, language, true);
    if (field.kind == Kind::date) {
        auto boxes = date_boxes(text_of(value));
        for (size_t i = 0; i < boxes.size(); ++i) view[std::array{"year", "month", "day"}[i]] = boxes[i];
    }
    view["choices"] = choices_view(field, first_box(field), value, language);
    view["ticked"] = text_of(value) == "yes";
    add_look(view, field, language);
    add_parts(view, filling, field, value, language, wrong);
    view["described"] = described_by(field, view);
    return view;
}

}  // namespace yimen::cases
