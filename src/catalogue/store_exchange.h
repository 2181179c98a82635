#pragma once
#include "catalogue/catalogue.h"
#include "db/database.h"

// The stored versions as text, for export and for comparing with what is imported.
namespace yimen::catalogue {

// The JSON of a version as it is kept; nothing where there is none.
std::optional<std::string> content_text(db::Tx&, Division, ItemVersionId);
std::optional<std::string> content_text(db::Tx&, Division, std::string_view item, int version);
// Of several items at once, by item and version; all versions of them.
std::map<std::pair<std::string, int>, std::string> content_texts(db::Tx&, Division, const std::vector<std::string>& items);
// Every version's JSON, in order of item and version, a few at a time.
void each_content(db::Tx&, Division, const std::function<void(std::string_view item, int version, std::string_view content)>&);

}  // namespace yimen::catalogue
