#include "catalogue/xlsx_cells.h"

#include <charconv>

#include "base/clock.h"
#include "base/text.h"
#include "catalogue/exchange_table.h"

namespace yimen::catalogue {

namespace {

constexpr ptrdiff_t most_tags = 1'000'000;

bool hex_digit(char c) { return std::isxdigit(static_cast<unsigned char>(c)); }

// A format is one of dates where y or d stand in it outside of quotes and brackets.
bool shows_dates(std::string_view format) {
    bool quoted = false, bracketed = false;
    for (size_t i = 0; i < format.size(); ++i) {
        const char c = format[i];
        if (c == '\\')
            ++i;
        else if (c == '"')
            quoted = !quoted;
        else if (c == '[')
            bracketed = true;
        else if (c == ']')
            bracketed = false;
        else if (!quoted && !bracketed && (c == 'y' || c == 'Y' || c == 'd' || c == 'D'))
            return true;
    }
    return false;
}

bool built_in_date(int format) {
    return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 31) || format == 36 ||
           (format >= 50 && format <= 58);
}

Result<std::string, Text> date_text(std::string_view number, bool from_1904) {
    double days = 0;
    auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), days);
    if (error != std::errc() || end != number.data() + number.size() || !(days >= 0 && days < 2'958'466))
        return refuse(told("“{}”不是日期", "\"{}\" is no date", first_characters(number, 40)));
    using namespace std::chrono;
    const auto first = from_1904 ? sys_days(year(1904) / 1 / 1) : sys_days(year(1899) / 12 / 30);
    return to_iso(Date(first + std::chrono::days(static_cast<int>(days))));
}

}  // namespace

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

Result<std::unique_ptr<pugi::xml_document>, Text> read_xlsx_xml(const std::string& name, std::string& bytes) {
    if (!valid_utf8(bytes)) return refuse(told("其中的 {} 不是 UTF-8", "its part {} is no UTF-8", name));
    if (bytes.find("<!DOCTYPE") != std::string::npos || bytes.find("<!ENTITY") != std::string::npos)
        return refuse(told("其中的 {} 声明了文档类型或实体，工作簿不会这样",
                           "its part {} declares document types or entities, which no workbook does", name));
    if (std::ranges::count(bytes, '<') > most_tags || std::ranges::count(bytes, '=') > most_tags)
        return refuse(told("其中的 {} 超过 {} 个标记：请拆分，或使用 CSV", "its part {} has more than {} tags: divide it, or use CSV", name,
                           most_tags));
    auto document = std::make_unique<pugi::xml_document>();
    if (auto read = document->load_buffer_inplace(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata_single,
                                                  pugi::encoding_utf8);
        !read)
        return refuse(told("其中的 {} 已损坏（{}）：请重新保存", "its part {} is damaged ({}): save it again", name, read.description()));
    return document;
}

std::string_view local_name(const pugi::xml_node& node) { return local_name(std::string_view(node.name())); }

std::string_view local_name(std::string_view name) {
    auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view local) {
    return node.find_child([&](auto& child) { return local_name(child) == local; });
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

Result<std::string, Text> cell_text(const XlsxCell& cell, const XlsxBook& book) {
    auto& [reference, type, style, value, inside] = cell;
    if (type == "inlineStr") return without_escapes(inside);
    if (value.empty()) return std::string();
    if (type == "s") {
        size_t at = 0;
        auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), at);
        if (error != std::errc() || end != value.data() + value.size() || at >= book.strings.size())
            return refuse(Text{"指向工作簿中没有的文字：请重新保存", "refers to a text that the workbook does not hold"});
        return std::string(book.strings[at]);
    }
    if (type == "e")
        return refuse(told("是公式的错误值 {}：请写上应有的内容", "holds the error {} of a formula: write what it should be",
                           first_characters(value, 20)));
    if (type == "str") return without_escapes(value);
    if (type == "d") return value;
    size_t format = 0;
    std::from_chars(style.data(), style.data() + style.size(), format);
    if ((type.empty() || type == "n") && format < book.dates.size() && book.dates[format]) return date_text(value, book.from_1904);
    return value;
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
