#pragma once
#include <pugixml.hpp>

#include "rules/rules.h"

namespace yimen::rules {

using Xml = pugi::xml_node;

// Reads well-formed XML without a document type declaration (so without entities but XML's own five).
Result<std::shared_ptr<pugi::xml_document>, Fault> read_xml(std::string_view bytes);

// Where the lines of a file begin, and the line (from 1) of an element by them; 0 without them.
std::shared_ptr<const std::vector<size_t>> lines_of(std::string_view bytes);
int line_of(Xml, const std::shared_ptr<const std::vector<size_t>>& lines);
int line_at(size_t offset, const std::vector<size_t>& lines);

// The name without its prefix.
std::string_view local(Xml);
Xml child(Xml, std::string_view name);
std::vector<Xml> children(Xml, std::string_view name);
std::string_view attribute(Xml, const char* name);
// The text of an element and of what stands in it; of a child by its name, trimmed.
std::string text_in(Xml);
std::string text_of_child(Xml, std::string_view name);

}  // namespace yimen::rules
