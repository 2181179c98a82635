#include "base/text.h"
#include "catalogue/divisions.h"
#include "catalogue/forms.h"

// Values as people read them.
namespace yimen::catalogue {

namespace {

using Kind = Field::Kind;

std::string_view text_of(const boost::json::value* value) {
    auto* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

std::string_view between(Language language) { return language == Language::en ? ", " : "，"; }

std::string label_of(const Field& field, std::string_view value, Language language) {
    auto found = std::ranges::find(field.choices, value, &Choice::value);
    return found == field.choices.end() ? std::string(value) : found->label.in(language);
}

// Whatever says something, one after the other.
std::string joined(const std::vector<std::string>& words, std::string_view mark) {
    std::string all;
    for (auto& one : words)
        if (!one.empty()) all += (all.empty() ? "" : std::string(mark)) + one;
    return all;
}

std::string row_words(const std::vector<Field>& columns, const boost::json::value& row, Language language, const Masked& masked) {
    auto* cells = row.if_object();
    std::vector<std::string> words;
    for (auto& column : columns) words.push_back(value_words(column, cells ? cells->if_contains(column.name) : nullptr, language, masked));
    return joined(words, between(language));
}

std::string list_words(const Field& field, const boost::json::array& list, Language language, const Masked& masked) {
    std::vector<std::string> words;
    for (auto& one : list) {
        if (field.kind == Kind::table)
            words.push_back(row_words(field.columns, one, language, masked));
        else if (auto* file = one.if_object())
            words.emplace_back(text_of(file->if_contains("name")));
        else
            words.push_back(label_of(field, text_of(&one), language));
    }
    return joined(words, field.kind == Kind::table ? (language == Language::en ? "; " : "；") : language == Language::en ? ", " : "、");
}

// "2026-11-24T02:00:00Z" as people write it.
std::string signature_words(const boost::json::object& signature, Language language) {
    std::string name(text_of(signature.if_contains("name"))), at(text_of(signature.if_contains("at")));
    if (name.empty() || at.empty()) return name;
    auto when = parse_instant(at);
    return when ? fmt::format("{}{}{}", name, between(language), for_people(*when, language)) : name;
}

std::string parts_words(const Field& field, const boost::json::object& parts, Language language, const Masked& masked) {
    if (field.kind == Kind::signature) return signature_words(parts, language);
    std::vector<std::string> words;
    for (auto& part : parts_of(field.kind)) words.push_back(value_words(part, parts.if_contains(part.name), language, masked));
    return joined(words, between(language));
}

std::string text_words(const Field& field, const std::string& text, Language language, const Masked& masked) {
    switch (field.kind) {
        case Kind::choice:
            return label_of(field, text, language);
        case Kind::yes_no:
        case Kind::declaration:
            return text == "yes" ? (language == Language::en ? "Yes" : "是") : (language == Language::en ? "No" : "否");
        case Kind::phone:
        case Kind::resident_number:
            return masked ? masked(field.kind, text) : text;
        case Kind::date:
            if (auto day = parse_date(text)) return for_people(*day, language);
            return text;
        case Kind::money:
            return text + (language == Language::en ? " yuan" : " 元");
        default:
            return field.unit.zh.empty() ? text : text + " " + field.unit.in(language);
    }
}

}  // namespace

std::string value_words(const Field& field, const boost::json::value* value, Language language, const Masked& masked) {
    if (nothing(value)) return "";
    if (field.kind == Kind::address) return address_text(value, language);
    if (auto* list = value->if_array()) return list_words(field, *list, language, masked);
    if (auto* parts = value->if_object()) return parts_words(field, *parts, language, masked);
    std::string text(text_of(value));
    return text.empty() ? text : text_words(field, text, language, masked);
}

}  // namespace yimen::catalogue
