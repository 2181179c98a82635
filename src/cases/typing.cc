#include "cases/typing.h"

#include "base/text.h"

namespace yimen::cases {

using Kind = catalogue::Field::Kind;

namespace {

std::string without(std::string text, std::string_view marks) {
    std::erase_if(text, [&](char c) { return marks.find(c) != std::string_view::npos; });
    return text;
}

std::string capitals(std::string text) {
    for (auto& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

bool digits(std::string_view text, size_t most) {
    return !text.empty() && text.size() <= most && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "1,200.5": groups of three, so that a comma meant as a decimal point is not read as thousands.
bool grouped(std::string_view text) {
    auto groups = split(text.substr(0, text.find('.')), ',');
    if (groups.size() < 2 || !digits(groups[0], 3)) return false;
    return std::all_of(groups.begin() + 1, groups.end(), [](auto& group) { return group.size() == 3 && digits(group, 3); });
}

std::string number_typed(std::string_view typed) {
    std::string folded(trim(fold(typed)));
    if (grouped(folded)) folded = without(std::move(folded), ",");
    return folded.find_first_not_of("0123456789.") == std::string::npos ? folded : std::string(typed);
}

std::string lines_typed(std::string_view typed) { return without(std::string(typed), "\r"); }

std::string part(std::string_view typed) { return std::string(first_characters(trim(fold(typed)), 12)); }

std::string two_digits(const std::string& text) { return text.size() == 1 ? "0" + text : text; }

}  // namespace

std::string canonical(const catalogue::Field& field, std::string_view typed) {
    auto text = trim(typed);
    switch (field.kind) {
        case Kind::number:
        case Kind::money:
            return number_typed(text);
        case Kind::phone:
            return without(fold(text), " ");
        case Kind::credit_code:
        case Kind::resident_number:
            return capitals(without(fold(text), " -"));
        case Kind::long_text:
            return lines_typed(text);
        case Kind::date: {
            auto boxes = date_boxes(text);
            return date_typed(boxes[0], boxes[1], boxes[2]);
        }
        default:
            return std::string(text);
    }
}

namespace {

boost::json::object canonical_parts(const std::vector<catalogue::Field>& parts, const boost::json::object& values, Instant now) {
    auto kept = values;
    for (auto& part : parts)
        if (auto* value = kept.if_contains(part.name)) *value = canonical(part, *value, now);
    return kept;
}

}  // namespace

boost::json::value canonical(const catalogue::Field& field, const boost::json::value& value, Instant now) {
    if (auto* text = value.if_string()) {
        if (field.kind == Kind::signature && !text->empty())
            return boost::json::object{{"name", trim(std::string_view(*text))}, {"at", to_iso(now)}};
        return boost::json::value(canonical(field, std::string_view(*text)));
    }
    if (auto* object = value.if_object()) {
        auto kept = canonical_parts(catalogue::parts_of(field.kind), *object, now);
        if (field.kind == Kind::signature) kept["at"] = to_iso(now);
        return kept;
    }
    auto* rows = field.kind == Kind::table ? value.if_array() : nullptr;
    if (!rows) return value;
    boost::json::array kept;
    for (auto& row : *rows)
        kept.push_back(row.is_object() ? boost::json::value(canonical_parts(field.columns, row.get_object(), now)) : row);
    return kept;
}

std::string date_typed(std::string_view year, std::string_view month, std::string_view day) {
    auto y = part(year), m = part(month), d = part(day);
    if (y.empty() && m.empty() && d.empty()) return "";
    if (digits(y, 4) && digits(m, 2) && digits(d, 2)) return fmt::format("{}-{}-{}", y, two_digits(m), two_digits(d));
    for (auto* one : {&y, &m, &d}) *one = without(std::move(*one), "-");
    return fmt::format("{}-{}-{}", y, m, d);
}

std::array<std::string, 3> date_boxes(std::string_view value) {
    std::array<std::string, 3> boxes;
    auto parts = split(value, '-');
    for (size_t i = 0; i < boxes.size() && i < parts.size(); ++i) {
        boxes[i] = std::string(parts[i]);
        if (i > 0 && boxes[i].size() == 2 && boxes[i][0] == '0') boxes[i].erase(0, 1);
    }
    return boxes;
}

bool same(const boost::json::value* a, const boost::json::value* b) { return nothing(a) ? nothing(b) : b && *a == *b; }

bool only_declares(const catalogue::Section& section) {
    return std::all_of(section.fields.begin(), section.fields.end(),
                       [](auto& field) { return field.kind == Kind::declaration || field.kind == Kind::signature; });
}

Progress progress(const catalogue::ItemVersion& version, size_t section, const catalogue::Values& values, const catalogue::Answers& answers,
                  Date today) {
    auto errors = catalogue::check_form(version, section, values, answers, today);
    if (errors.empty()) return Progress::done;
    bool typed = std::any_of(errors.begin(), errors.end(), [&](auto& error) { return !nothing(values.if_contains(error.field)); });
    return typed ? Progress::wrong : Progress::not_yet;
}

}  // namespace yimen::cases
