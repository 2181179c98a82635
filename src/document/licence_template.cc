#include "document/licence_template.h"

#include <charconv>
#include <pugixml.hpp>
#include <sstream>
#include <stdexcept>

namespace yimen::document {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

[[noreturn]] void wrong(std::string_view what) { throw std::runtime_error(fmt::format("A licence's template {}", what)); }

// An attribute of the element, or of the nearest element around it: SVG's properties are inherited.
std::string inherited(pugi::xml_node node, const char* name, const char* otherwise) {
    for (; node; node = node.parent())
        if (auto found = node.attribute(name)) return found.value();
    return otherwise;
}

// Values are put into the drawing by us, where no transformation reaches them.
void refuse_transformed(pugi::xml_node node) {
    for (; node; node = node.parent())
        if (node.attribute("transform")) wrong("moves a value by a transformation: write where it is");
}

Colour colour(const std::string& text) {
    unsigned rgb = 0;
    const auto* end = text.data() + text.size();
    if (text.size() != 7 || text[0] != '#' || std::from_chars(text.data() + 1, end, rgb, 16).ptr != end)
        wrong("has a value in no colour of the form #rrggbb");
    return {(rgb >> 16) / 255.0, ((rgb >> 8) & 0xff) / 255.0, (rgb & 0xff) / 255.0};
}

// Line breaks and other control characters are not for a line of a licence.
std::string one_line(std::string text) {
    for (auto& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return text;
}

const std::string& value_of(const Values& values, std::string_view name) {
    for (auto& [key, value] : values)
        if (key == name) return value;
    wrong(fmt::format("names a value that is not given: {{{{{}}}}}", name));
}

// What is put in is never read again, so braces in a value are only braces.
std::string with_values(std::string_view text, const Values& values) {
    std::string filled;
    for (size_t open; (open = text.find("{{")) != std::string_view::npos;) {
        const auto close = text.find("}}", open);
        if (close == std::string_view::npos) wrong("opens {{ and does not close it");
        filled += text.substr(0, open);
        filled += one_line(value_of(values, text.substr(open + 2, close - open - 2)));
        text = text.substr(close + 2);
    }
    return filled += text;
}

FilledText filled_text(pugi::xml_node node, const Values& values) {
    refuse_transformed(node);
    FilledText made;
    made.text = with_values(node.text().as_string(), values);
    made.family = inherited(node, "font-family", "Noto Sans CJK SC");
    made.style.size = std::stod(inherited(node, "font-size", "11"));
    made.style.leading = 1.4;
    made.style.bold = inherited(node, "font-weight", "normal") == "bold";
    made.style.colour = colour(inherited(node, "fill", "#000000"));
    const auto anchor = inherited(node, "text-anchor", "start");
    made.style.alignment = anchor == "middle" ? PANGO_ALIGN_CENTER : anchor == "end" ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
    const double width = node.attribute("data-width").as_double();
    if (width <= 0) wrong("has a value without data-width");
    const double height = node.attribute("data-height").as_double(made.style.size * made.style.leading);
    const double left = node.attribute("x").as_double() - (anchor == "middle" ? width / 2 : anchor == "end" ? width : 0);
    // The faces used here rise 0.88 of their size and fall 0.12: the middle of a line lies 0.38 above its base line.
    made.box = {left, node.attribute("y").as_double() - 0.38 * made.style.size - height / 2, width, height};
    return made;
}

std::vector<pugi::xml_node> texts_with_values(pugi::xml_node root) {
    std::vector<pugi::xml_node> found;
    for (auto& one : root.select_nodes("//text[contains(., '{{')]")) found.push_back(one.node());
    return found;
}

std::optional<Box> taken_out(pugi::xml_node root, const char* query) {
    auto node = root.select_node(query).node();
    if (!node) return std::nullopt;
    refuse_transformed(node);
    const Box box{node.attribute("x").as_double(), node.attribute("y").as_double(), node.attribute("width").as_double(),
                  node.attribute("height").as_double()};
    node.parent().remove_child(node);
    return box;
}

std::optional<RowsPlace> rows_taken_out(pugi::xml_node root) {
    auto node = root.select_node("//rect[@id='rows']").node();
    if (!node) return std::nullopt;
    auto family = inherited(node, "font-family", "Noto Serif CJK SC");
    const double size = std::stod(inherited(node, "font-size", "13"));
    return RowsPlace{*taken_out(root, "//rect[@id='rows']"), std::move(family), size};
}

}  // namespace

FilledTemplate fill(std::string_view svg, const Values& values) {
    pugi::xml_document file;
    if (auto read = file.load_buffer(svg.data(), svg.size()); !read) wrong(fmt::format("is no XML: {}", read.description()));
    auto root = file.document_element();
    FilledTemplate made;
    double x = 0, y = 0;
    if (!(std::istringstream(root.attribute("viewBox").value()) >> x >> y >> made.width >> made.height) || x != 0 || y != 0)
        wrong("has no viewBox that begins at 0 0, in points");
    made.title = with_values(root.child("title").text().as_string(), values);
    root.child("title").text().set(made.title.c_str());
    for (auto& node : texts_with_values(root)) {
        made.texts.push_back(filled_text(node, values));
        node.parent().remove_child(node);
    }
    made.qr = taken_out(root, "//rect[@id='qr']");
    made.seal = taken_out(root, "//rect[@id='seal']");
    made.rows = rows_taken_out(root);
    std::ostringstream drawing;
    file.save(drawing, "", pugi::format_raw);
    made.svg = std::move(drawing).str();
    return made;
}

}  // namespace yimen::document
