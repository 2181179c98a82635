#pragma once
#include <pugixml.hpp>

#include "base/result.h"

namespace yimen::catalogue {

// One part as XML. Refuses with a sentence what is no UTF-8, declares types or entities, or has too many tags.
Result<std::unique_ptr<pugi::xml_document>, std::string> read_xlsx_xml(const std::string& name, std::string& bytes);
// A name without the prefix of its namespace.
std::string_view local_name(const pugi::xml_node&);
pugi::xml_node child_of(const pugi::xml_node&, std::string_view local);

// What the cells of all sheets refer to.
struct XlsxBook {
    std::vector<std::string> strings;  // shared
    std::vector<bool> dates;           // by style: its numbers are days
    bool from_1904 = false;
};
std::vector<std::string> shared_strings(const pugi::xml_node& sst);
std::vector<bool> date_styles(const pugi::xml_node& style_sheet);
// The text of a cell as the cell says what it is; refuses with a sentence what cannot be read.
Result<std::string, std::string> cell_text(const pugi::xml_node& cell, const XlsxBook&);
// "AB12" → 27 (from 0); nothing where it is no place.
std::optional<size_t> column_of(std::string_view reference);

}  // namespace yimen::catalogue
