#include "cases/pages_form.h"
#include "cases/typing.h"
#include "catalogue/divisions.h"

// From the boxes of a page to values, and from them into the case.
namespace yimen::cases {

using catalogue::Field;
using identity::Context;
using Kind = Field::Kind;

namespace {

// More rows than any form takes; what is sent beyond is no page of ours.
constexpr int most_rows = 101;

int rows_sent(std::string_view count) {
    int rows = 0;
    for (char c : count) rows = c >= '0' && c <= '9' ? std::min(rows * 10 + (c - '0'), most_rows) : most_rows;
    return rows;
}

// One box, or the three of a date.
boost::json::value typed_text(const Field& field, const std::string& name, const web::Fields& form) {
    if (field.kind != Kind::date) return boost::json::value(canonical(field, form.get(name)));
    return boost::json::value(date_typed(form.get(name + "-year"), form.get(name + "-month"), form.get(name + "-day")));
}

boost::json::object typed_parts(const std::vector<Field>& parts, const std::string& name, const web::Fields& form) {
    boost::json::object values;
    for (auto& part : parts) values[part.name] = typed_text(part, fmt::format("{}-{}", name, part.name), form);
    return values;
}

boost::json::value typed_table(const Field& field, const web::Fields& form) {
    boost::json::array rows;
    auto count = rows_sent(form.get(field.name + "-rows"));
    for (int row = 0; row < count; ++row) rows.push_back(typed_parts(field.columns, fmt::format("{}-{}", field.name, row), form));
    return rows;
}

// Without the box for the place, as programs and older pages send it, an address is its text.
boost::json::value typed_address(const Field& field, const web::Fields& form) {
    auto street = canonical(field, form.get(field.name));
    auto place = form.find(field.name + "-place");
    if (!place || (street.empty() && place->empty())) return boost::json::value(street);
    return catalogue::address_at(*place, street);
}

boost::json::value typed_choices(const Field& field, const web::Fields& form) {
    boost::json::array several;
    for (auto one : form.all(field.name)) several.push_back(boost::json::value(one));
    return several;
}

// A text from a register that nobody has touched stays as the register has it.
bool untouched(const boost::json::value& typed, const boost::json::value* kept) {
    return kept && kept->is_string() && typed.is_object() && !typed.get_object().contains("division") &&
           typed.get_object().at("street") == *kept;
}

}  // namespace

boost::json::value typed_value(const Field& field, const web::Fields& form, Instant now) {
    switch (field.kind) {
        case Kind::choices:
            return typed_choices(field, form);
        case Kind::person:
        case Kind::organisation:
            return typed_parts(catalogue::parts_of(field.kind), field.name, form);
        case Kind::address:
            return typed_address(field, form);
        case Kind::table:
            return typed_table(field, form);
        case Kind::signature:
            return canonical(field, boost::json::value(form.get(field.name)), now);
        default:
            return typed_text(field, field.name, form);
    }
}

boost::json::value with_row(const Field& field, boost::json::value table) {
    if (!table.is_array()) table = boost::json::array();
    if (static_cast<int>(table.get_array().size()) < field.rows_high) table.get_array().push_back(boost::json::object());
    return table;
}

boost::json::value without_row(boost::json::value table, size_t row) {
    if (auto* rows = table.if_array(); rows && row < rows->size()) rows->erase(rows->begin() + static_cast<std::ptrdiff_t>(row));
    return table;
}

void drop_empty_rows(boost::json::value& table) {
    auto* rows = table.if_array();
    if (!rows) return;
    boost::json::array kept;
    for (auto& row : *rows)
        if (!nothing(&row)) kept.push_back(row);
    table = std::move(kept);
}

catalogue::Values changed_fields(const Context& c, const Filling& filling, const catalogue::Section& section, bool going_on) {
    auto sent = c.request.form.all("_field");
    catalogue::Values values;
    for (auto& field : section.fields) {
        bool typed_in = !field.value && field.kind != Kind::files && !filling.fixed(field);
        if (!typed_in || std::ranges::find(sent, field.name) == sent.end()) continue;
        auto value = typed_value(field, c.request.form, c.now());
        auto* kept = filling.file.form.if_contains(field.name);
        if (going_on && field.kind == Kind::table) drop_empty_rows(value);
        if (!same(&value, kept) && !untouched(value, kept)) values[field.name] = std::move(value);
    }
    return values;
}

std::optional<Refusal> keep_fields(const Context& c, const StaffParts& parts, Filling& filling, const catalogue::Values& values) {
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

}  // namespace yimen::cases
