#include "cases/pages_form.h"

#include <charconv>

#include "cases/typing.h"

// What a section that saves itself gets back: pieces of the page, each put in the place of the one with its name. Boxes that
// somebody may be typing into are never among them.
namespace yimen::cases {

using catalogue::Field;
using identity::Context;

namespace {

// What stands in one part of a value; a part is "number" of a person or "2-amount" of a table.
const boost::json::value* part_of(const boost::json::value* value, std::string_view part) {
    if (!value || part.empty()) return value;
    if (auto* object = value->if_object()) return object->if_contains(part);
    auto* rows = value->if_array();
    size_t row = 0;
    auto read = std::from_chars(part.data(), part.data() + part.size(), row);
    auto dash = static_cast<size_t>(read.ptr - part.data());
    if (!rows || read.ec != std::errc() || row >= rows->size() || dash >= part.size()) return nullptr;
    return part_of(&(*rows)[row], part.substr(dash + 1));
}

// What is still empty is no mistake yet, and what somebody is in the middle of typing is not one before they are done.
std::vector<catalogue::FormError> worth_saying(const Context& c, const Filling& filling, const catalogue::Section& section) {
    auto typing = c.request.form.get("_typing");
    std::vector<catalogue::FormError> errors;
    auto at = static_cast<size_t>(&section - &filling.version->form[0]);
    for (auto& error : catalogue::check_form(*filling.version, at, filling.file.form, filling.file.answers, c.today()))
        if (error.field != typing && !nothing(part_of(filling.file.form.if_contains(error.field), error.part))) errors.push_back(error);
    return errors;
}

web::View place_view(std::string id, std::string error) { return {{"id", std::move(id)}, {"error", std::move(error)}}; }

std::string found_in(const std::map<std::string, std::string>& texts, const std::string& name) {
    auto found = texts.find(name);
    return found == texts.end() ? "" : found->second;
}

// The places beside the boxes where what is wrong is told, as the page has them.
void add_places(boost::json::array& places, const web::View& field, const Beside& wrong) {
    std::string name(field.at("name").as_string());
    places.push_back(place_view(name + "-error", wrong.whole));
    auto add = [&](const boost::json::array& cells) {
        for (auto& cell : cells) {
            std::string of_cell(cell.at("cell").as_string());
            places.push_back(place_view(of_cell + "-error", found_in(wrong.parts, of_cell.substr(name.size() + 1))));
        }
    };
    add(field.at("cells").as_array());
    if (auto* rows = field.if_contains("grid"))
        for (auto& row : rows->as_array()) add(row.at("cells").as_array());
    if (field.contains("groups"))
        for (auto* part : {"place", "street"})
            places.push_back(place_view(fmt::format("{}-{}-error", name, part), found_in(wrong.parts, part)));
}

}  // namespace

namespace {

void add_section(const Context& c, const Filling& filling, const catalogue::Section& section, boost::json::array& fields,
                 boost::json::array& places) {
    auto language = c.language();
    auto beside = beside_fields(worth_saying(c, filling, section), language);
    auto seen = c.request.form.all("_seen"), sent = c.request.form.all("_field");
    for (auto& field : section.fields) {
        auto view = field_view(filling, field, filling.file.form, language, beside[field.name]);
        bool shown = !view.at("hidden").as_bool(), was = std::ranges::find(seen, field.name) != seen.end();
        if (shown != was || (shown && field.value)) {
            view["live"] = true;
            fields.push_back(std::move(view));
            continue;
        }
        bool filled = !nothing(filling.file.form.if_contains(field.name)) || std::ranges::find(sent, field.name) != sent.end();
        if (shown && filled && view.at("typed").as_bool() && field.name != c.request.form.get("_typing"))
            add_places(places, view, beside[field.name]);
    }
}

}  // namespace

web::Response live_answer(const Context& c, const Filling& filling, const std::vector<const catalogue::Section*>& sections,
                          std::string saved) {
    boost::json::array fields, places;
    for (auto* section : sections) add_section(c, filling, *section, fields, places);
    web::View view{{"saved", std::move(saved)}, {"fields", std::move(fields)}, {"places", std::move(places)}};
    return c.page(200, "cases/live", std::move(view));
}

}  // namespace yimen::cases
