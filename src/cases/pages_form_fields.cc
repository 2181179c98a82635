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
    return several && std::ranges::any_of(*several, [&](auto& one) { return one.is_string() && std::string_view(one.as_string()) == choice; });
}

boost::json::array choices_view(const Field& field, const boost::json::value* value, Language language) {
    boost::json::array choices;
    auto add = [&](std::string_view name, const std::string& label, const std::string& hint) {
        auto id = choices.empty() ? first_box(field) : fmt::format("{}-{}", first_box(field), choices.size() + 1);
        choices.push_back(web::View{{"box", id}, {"value", name}, {"choice", label}, {"choice_hint", hint}, {"chosen", chosen(value, name)}});
    };
    if (field.kind == Kind::yes_no)
        for (auto* answer : {"yes", "no"}) add(answer, words(language, fmt::format("window.{}", answer)), "");
    for (auto& choice : field.choices) add(choice.value, choice.label.in(language), choice.hint.in(language));
    return choices;
}

// Which box it is typed into, as the template asks.
std::string_view shape_of(Kind kind) {
    switch (kind) {
        case Kind::long_text: return "lines";
        case Kind::date: return "date";
        case Kind::choice:
        case Kind::yes_no: return "radios";
        case Kind::choices: return "boxes";
        case Kind::declaration: return "declaration";
        default: return "line";
    }
}

// How the box looks: its width, the keyboard that a phone shows, what a browser may offer.
void add_look(web::View& view, const Field& field, Language language) {
    std::string_view width, keyboard = "text", offered;
    if (field.kind == Kind::number || field.kind == Kind::money) width = "govuk-input--width-10", keyboard = "decimal";
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

// What a screen reader says with the field, in the order it is seen.
std::string described_by(const Field& field, const web::View& view) {
    std::string ids;
    for (auto* part : {"asked", "hint", "most", "from_register", "error"}) {
        auto& value = view.at(part);
        bool there = value.is_string() ? !value.as_string().empty() : value.is_bool() ? value.as_bool() : value.to_number<int>() > 0;
        if (there) ids += fmt::format("{}{}-{}", ids.empty() ? "" : " ", field.name, part);
    }
    return ids;
}

}  // namespace

std::string first_box(const Field& field) { return field.kind == Kind::date ? "f-" + field.name + "-year" : "f-" + field.name; }

web::View field_view(const Filling& filling, const Field& field, const catalogue::Values& values, Language language, const std::string& error) {
    auto* value = values.if_contains(field.name);
    auto known = catalogue::prefill(*filling.version, filling.facts, filling.file.answers);
    auto* from_register = known.if_contains(field.name);
    bool fixed = field.locked && from_register;
    bool asked = filling.asked && filling.asked->field(field.name);
    web::View view{{"name", field.name},
                   {"box", first_box(field)},
                   {"label", field.label.in(language)},
                   {"hint", field.hint.in(language)},
                   {"optional", !field.required},
                   {"shape", shape_of(field.kind)},
                   {"value", text_of(value)},
                   {"fixed", fixed},
                   {"from_register", !fixed && from_register && !nothing(value) && *value == *from_register},
                   {"asked", asked},
                   {"remark", asked ? filling.asked->remark_on(field.name) : ""},
                   {"hidden", !catalogue::shown(*filling.version, field, values, filling.file.answers)},
                   {"error", error}};
    if (fixed) view["value"] = answer_words(field, from_register, language, true);
    view[fmt::format("is_{}", fixed ? "fixed" : shape_of(field.kind))] = true;
    if (field.kind == Kind::date) {
        auto boxes = date_boxes(text_of(value));
        view["year"] = boxes[0], view["month"] = boxes[1], view["day"] = boxes[2];
    }
    view["choices"] = choices_view(field, value, language);
    view["ticked"] = text_of(value) == "yes";
    add_look(view, field, language);
    view["described"] = described_by(field, view);
    return view;
}

}  // namespace yimen::cases
