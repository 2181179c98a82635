#include "cases/pages_case_parts.h"
#include "cases/pages_form.h"
#include "cases/typing.h"
#include "catalogue/divisions.h"

// Fields of several boxes: people, organisations, addresses, tables, files.
namespace yimen::cases {

using catalogue::Field;
using web::words;
using Kind = Field::Kind;

namespace {

const boost::json::value* member(const boost::json::value* value, std::string_view name) {
    auto* object = value ? value->if_object() : nullptr;
    return object ? object->if_contains(name) : nullptr;
}

// One box with a label of its own: a part of a person, a cell of a table. Every name that the template asks for is there, since what
// is missing would be looked for in the field around it.
web::View cell_view(const Field& cell, const std::string& name, const boost::json::value* value, Language language,
                    const std::string& error) {
    auto text = text_of(value);
    bool chooses = cell.kind == Kind::choice || cell.kind == Kind::yes_no;
    auto box = "f-" + name + (cell.kind == Kind::date ? "-year" : "");
    web::View view{{"cell", name},
                   {"box", box},
                   {"label", cell.label.in(language)},
                   {"cell_hint", cell.hint.in(language)},
                   {"optional", !cell.required},
                   {"value", text},
                   {"error", error},
                   {"is_line", !chooses && cell.kind != Kind::date},
                   {"is_select", chooses},
                   {"is_date", cell.kind == Kind::date}};
    add_look(view, cell, language);
    view["choices"] = chooses ? choices_view(cell, box, value, language) : boost::json::array();
    auto boxes = date_boxes(text);
    for (size_t i = 0; i < boxes.size(); ++i) view[std::array{"year", "month", "day"}[i]] = boxes[i];
    return view;
}

std::string error_of(const Beside& wrong, const std::string& part) {
    auto found = wrong.parts.find(part);
    return found == wrong.parts.end() ? "" : found->second;
}

boost::json::array cells_view(const std::vector<Field>& cells, const std::string& name, const boost::json::value* value, Language language,
                              const Beside& wrong, const std::string& row = "") {
    boost::json::array views;
    for (auto& cell : cells)
        views.push_back(
            cell_view(cell, fmt::format("{}-{}", name, cell.name), member(value, cell.name), language, error_of(wrong, row + cell.name)));
    return views;
}

void add_table(web::View& view, const Field& field, const boost::json::value* value, Language language, const Beside& wrong) {
    auto* kept = value ? value->if_array() : nullptr;
    auto typed = kept ? static_cast<int>(kept->size()) : 0;
    auto count = std::max(typed, field.rows_low);
    boost::json::array rows;
    for (int row = 0; row < count; ++row) {
        auto number = std::to_string(row);
        rows.push_back(web::View{{"row_title", words(language, "cases.row", {{"number", row + 1}})},
                                 {"row_box", fmt::format("f-{}-{}", field.name, row)},
                                 {"remove", count > field.rows_low ? fmt::format("remove:{}:{}", field.name, row) : ""},
                                 {"cells", cells_view(field.columns, field.name + "-" + number, row < typed ? &(*kept)[row] : nullptr,
                                                      language, wrong, number + "-")}});
    }
    view["grid"] = std::move(rows);
    view["rows_sent"] = count;
    view["add"] = count < field.rows_high ? "add:" + field.name : "";
    view["full"] = count >= field.rows_high ? words(language, "cases.rows_full", {{"most", field.rows_high}}) : "";
}

// The towns of the district that is served, the other districts of the city, and everywhere else.
void add_address(web::View& view, const boost::json::value* value, Language language, const Beside& wrong) {
    auto chosen = value ? catalogue::place_of(*value) : "";
    auto& city = catalogue::city();
    auto place = [&](const std::string& code, const std::string& name) {
        return web::View{{"code", code}, {"place", name}, {"chosen", code == chosen}};
    };
    boost::json::array groups, others;
    for (auto& district : city.districts) {
        if (district.towns.empty()) others.push_back(place(district.code, district.name.in(language)));
        boost::json::array towns;
        for (auto& town : district.towns) towns.push_back(place(town.code, town.name.in(language)));
        if (!towns.empty()) groups.push_back(web::View{{"group", district.name.in(language)}, {"places", std::move(towns)}});
    }
    groups.push_back(
        web::View{{"group", words(language, "cases.other_districts", {{"city", city.name.in(language)}})}, {"places", std::move(others)}});
    view["groups"] = std::move(groups);
    view["elsewhere"] = chosen == catalogue::outside;
    view["place_error"] = error_of(wrong, "place");
    view["street_error"] = error_of(wrong, "street");
    auto* street = member(value, "street");
    if (street) view["value"] = text_of(street);
}

void add_files(web::View& view, const Filling& filling, const Field& field, Language language) {
    auto material = as_material(field);
    boost::json::array files;
    for (auto& d : filling.documents)
        if (!d.removed && d.material == material.code)
            files.push_back(web::View{{"file", d.name},
                                      {"size", size_words(d.size)},
                                      {"href", fmt::format("{}/documents/{}", filling.base, to_text(d.id))},
                                      {"detach", "detach:" + to_text(d.id)}});
    view["has_files"] = !files.empty();
    view["files"] = std::move(files);
    view["types"] = types_words(material, language);
    view["accept"] = accepted_types(material);
    view["most_mb"] = largest_document >> 20;
}

}  // namespace

void add_parts(web::View& view, const Filling& filling, const Field& field, const boost::json::value* value, Language language,
               const Beside& wrong) {
    view["cells"] = boost::json::array();
    switch (field.kind) {
        case Kind::person:
        case Kind::organisation:
            view["cells"] = cells_view(catalogue::parts_of(field.kind), field.name, value, language, wrong);
            break;
        case Kind::table:
            add_table(view, field, value, language, wrong);
            break;
        case Kind::address:
            add_address(view, value, language, wrong);
            break;
        case Kind::files:
            add_files(view, filling, field, language);
            break;
        default:
            break;
    }
}

}  // namespace yimen::cases
