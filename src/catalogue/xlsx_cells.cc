#include "catalogue/xlsx_cells.h"

#include <charconv>

#include "base/clock.h"
#include "base/text.h"

namespace yimen::catalogue {

namespace {

constexpr ptrdiff_t most_tags = 6'000'000;

bool hex_digit(char c) { return std::isxdigit(static_cast<unsigned char>(c)); }

// _x000D_ stands for a character that XML could not hold (ST_Xstring).
std::string without_escapes(std::string_view text) {
    std::string plain;
    for (size_t i = 0; i < text.size(); ++i) {
        auto code = text.substr(i, 7);
        if (code.size() == 7 && code.starts_with("_x") && code[6] == '_' && std::ranges::all_of(code.substr(2, 4), hex_digit)) {
            unsigned value = 0;
            std::from_chars(code.data() + 2, code.data() + 6, value, 16);
            if (value > 0 && value < 0x80) {
                plain += static_cast<char>(value);
                i += 6;
                continue;
            }
        }
        plain += text[i];
    }
    return plain;
}

// <is> and <si>: one <t>, or several runs <r><t>; readings (<rPh>) are no part of it.
std::string rich_text(const pugi::xml_node& node) {
    std::string text;
    for (auto& part : node) {
        if (local_name(part) == "t") text += part.text().get();
        if (local_name(part) == "r") text += child_of(part, "t").text().get();
    }
    return without_escapes(text);
}

// A format is one of dates where y or d stand in it outside of quotes and brackets.
bool shows_dates(std::string_view format) {
    bool quoted = false, bracketed = false;
    for (size_t i = 0; i < format.size(); ++i) {
        const char c = format[i];
        if (c == '\\') ++i;
        else if (c == '"') quoted = !quoted;
        else if (c == '[') bracketed = true;
        else if (c == ']') bracketed = false;
        else if (!quoted && !bracketed && (c == 'y' || c == 'Y' || c == 'd' || c == 'D')) return true;
    }
    return false;
}

bool built_in_date(int format) { return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 31) || format == 36 || (format >= 50 && format <= 58); }

Result<std::string, std::string> date_text(std::string_view number, bool from_1904) {
    double days = 0;
    auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), days);
    if (error != std::errc() || end != number.data() + number.size() || !(days >= 0 && days < 2'958'466)) return refuse(fmt::format("\"{}\" is no date", first_characters(number, 40)));
    using namespace std::chrono;
    const auto first = from_1904 ? sys_days(year(1904) / 1 / 1) : sys_days(year(1899) / 12 / 30);
    return to_iso(Date(first + std::chrono::days(static_cast<int>(days))));
}

}  // namespace

Result<std::unique_ptr<pugi::xml_document>, std::string> read_xlsx_xml(const std::string& name, std::string& bytes) {
    if (!valid_utf8(bytes)) return refuse(fmt::format("its part {} is no UTF-8", name));
    if (bytes.find("<!DOCTYPE") != std::string::npos || bytes.find("<!ENTITY") != std::string::npos)
        return refuse(fmt::format("its part {} declares document types or entities, which no workbook does", name));
    if (std::ranges::count(bytes, '<') > most_tags || std::ranges::count(bytes, '=') > most_tags) return refuse(fmt::format("its part {} has more than {} tags: divide it, or use CSV", name, most_tags));
    auto document = std::make_unique<pugi::xml_document>();
    if (auto read = document->load_buffer_inplace(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_utf8); !read)
        return refuse(fmt::format("its part {} is damaged ({}): save it again", name, read.description()));
    return document;
}

std::string_view local_name(const pugi::xml_node& node) {
    std::string_view name = node.name();
    auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view local) {
    return node.find_child([&](auto& child) { return local_name(child) == local; });
}

std::vector<std::string> shared_strings(const pugi::xml_node& sst) {
    std::vector<std::string> all;
    for (auto& one : sst)
        if (local_name(one) == "si") all.push_back(rich_text(one));
    return all;
}

std::vector<bool> date_styles(const pugi::xml_node& style_sheet) {
    std::set<int> formats;
    for (auto& format : child_of(style_sheet, "numFmts"))
        if (shows_dates(format.attribute("formatCode").value())) formats.insert(format.attribute("numFmtId").as_int(-1));
    std::vector<bool> styles;
    for (auto& style : child_of(style_sheet, "cellXfs")) {
        const int format = style.attribute("numFmtId").as_int(0);
        styles.push_back(built_in_date(format) || formats.contains(format));
    }
    return styles;
}

Result<std::string, std::string> cell_text(const pugi::xml_node& cell, const XlsxBook& book) {
    const std::string_view type = cell.attribute("t").value();
    if (type == "inlineStr") return rich_text(child_of(cell, "is"));
    const std::string_view value = child_of(cell, "v").text().get();
    if (value.empty()) return std::string();
    if (type == "s") {
        size_t at = 0;
        auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), at);
        if (error != std::errc() || end != value.data() + value.size() || at >= book.strings.size()) return refuse(std::string("refers to a text that the workbook does not hold"));
        return book.strings[at];
    }
    if (type == "e") return refuse(fmt::format("holds the error {} of a formula: write what it should be", first_characters(value, 20)));
    if (type == "str") return without_escapes(value);
    if (type == "d") return std::string(value);
    const auto style = cell.attribute("s").as_uint(0);
    if ((type.empty() || type == "n") && style < book.dates.size() && book.dates[style]) return date_text(value, book.from_1904);
    return std::string(value);
}

std::optional<size_t> column_of(std::string_view reference) {
    size_t column = 0, letters = 0;
    for (; letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z'; ++letters) {
        if (letters == 4) return std::nullopt;
        column = column * 26 + static_cast<size_t>(reference[letters] - 'A') + 1;
    }
    if (letters == 0) return std::nullopt;
    return column - 1;
}

}  // namespace yimen::catalogue
