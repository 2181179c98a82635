#pragma once
#include "editing/parts.h"

// How boxes are written down, for the files that describe parts.
namespace yimen::editing {

inline std::vector<Option> options(std::initializer_list<std::string_view> values) {
    std::vector<Option> all;
    for (auto value : values) all.push_back({std::string(value), {}});
    return all;
}
inline Box words(std::string name, bool required = true) {
    return {.name = std::move(name), .kind = Box::Kind::words, .required = required};
}
inline Box lines(std::string name, bool required = true) {
    return {.name = std::move(name), .kind = Box::Kind::words_lines, .required = required};
}
inline Box line(std::string name, bool required = true, std::string_view shape = {}) {
    return {.name = std::move(name), .kind = Box::Kind::line, .required = required, .shape = shape};
}
inline Box number(std::string name, int64_t low, int64_t high, std::string otherwise = {}, bool required = false) {
    return {.name = std::move(name),
            .kind = Box::Kind::number,
            .required = required,
            .otherwise = std::move(otherwise),
            .low = low,
            .high = high};
}
inline Box flag(std::string name, std::string otherwise = "false") {
    return {.name = std::move(name), .kind = Box::Kind::flag, .otherwise = std::move(otherwise)};
}
inline Box one_of(std::string name, std::vector<Option> from, std::string otherwise = {}) {
    bool required = otherwise.empty();
    return {.name = std::move(name),
            .kind = Box::Kind::one_of,
            .required = required,
            .options = std::move(from),
            .otherwise = std::move(otherwise)};
}
inline Box some_of(std::string name, std::vector<Option> from, bool required, std::string otherwise = {}) {
    return {.name = std::move(name),
            .kind = Box::Kind::some_of,
            .required = required,
            .options = std::move(from),
            .otherwise = std::move(otherwise)};
}
inline Box texts(std::string name, bool required = false) {
    return {.name = std::move(name), .kind = Box::Kind::texts, .required = required};
}
inline Box feel(std::string name, bool required = false) {
    return {.name = std::move(name), .kind = Box::Kind::feel, .required = required};
}
inline Box choices() {
    return {.name = "choices", .kind = Box::Kind::rows, .within = {line("value", true, "word"), words("label"), words("hint", false)}};
}
inline Box only_for(std::string_view kinds, Box box) { return box.only_for = kinds, box; }
inline Box grouped(std::string_view group, Box box) { return box.group = group, box; }
inline Box suggested(Box box, std::vector<Option> from) { return box.suggested = std::move(from), box; }

catalogue::Text words_in(const json::object&, std::string_view key);

// --- parts_form.cc ---
Part sections_part();
// "fields-2", "columns-2-3".
std::optional<Part> form_part(std::string_view name, const json::object& content);
// Of "fields-2" the second section of the form, of "columns-2-3" its third field.
json::object* holder_in_form(const Part&, json::object& form);

}  // namespace yimen::editing
