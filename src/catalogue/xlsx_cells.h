#pragma once
#include <pugixml.hpp>

#include "base/result.h"
#include "catalogue/catalogue.h"

namespace yimen::catalogue {

// A small part as XML. Refuses with a sentence what is no UTF-8, declares types or entities, or has too many tags.
Result<std::unique_ptr<pugi::xml_document>, Text> read_xlsx_xml(const std::string& name, std::string& bytes);
// A name without the prefix of its namespace.
std::string_view local_name(std::string_view);
std::string_view local_name(const pugi::xml_node&);
pugi::xml_node child_of(const pugi::xml_node&, std::string_view local);

// Many texts in one: a million cost little more than their bytes.
class XlsxTexts {
  public:
    void add(std::string_view text) {
        text_ += text;
        ends_.push_back(text_.size());
    }
    size_t size() const { return ends_.size(); }
    std::string_view operator[](size_t at) const {
        const size_t begin = at ? ends_[at - 1] : 0;
        return std::string_view(text_).substr(begin, ends_[at] - begin);
    }

  private:
    std::string text_;
    std::vector<size_t> ends_;
};

// What the cells of all sheets refer to.
struct XlsxBook {
    XlsxTexts strings;        // shared
    std::vector<bool> dates;  // by style: its numbers are days
    bool from_1904 = false;
};
std::vector<bool> date_styles(const pugi::xml_node& style_sheet);

// A cell as its tags say it: `value` of <v>, `inside` of <is>.
struct XlsxCell {
    std::string reference, type, style, value, inside;
};
// The text of a cell as the cell says what it is; refuses with a sentence what cannot be read.
Result<std::string, Text> cell_text(const XlsxCell&, const XlsxBook&);
// _x000D_ stands for a character that XML could not hold (ST_Xstring).
std::string without_escapes(std::string_view text);
// "AB12" → 27 (from 0); nothing where it is no place.
std::optional<size_t> column_of(std::string_view reference);

}  // namespace yimen::catalogue
