#pragma once
#include "editing/importer.h"
#include "editing/pages_shared.h"
#include "editing/store_imports.h"

// What the pages of imports and their API share.
namespace yimen::editing {

// More than is taken, so that a file that is too large is told so on the page.
constexpr uint64_t largest_import_upload = largest_import_file + (64 << 20);

// Keeps the uploaded bytes and hands them in; `wrong` is what is wrong with the files, where it is that.
struct Handed {
    std::optional<Import> import;
    std::vector<catalogue::Text> wrong;
    Response answer;  // of the act, where the files are right
};
Handed take_upload(const Context&, const Parts&, const std::function<Response(const Import&)>& answer);

std::optional<ImportId> import_of(const Context&);   // of the address
std::optional<Import> shown_import(const Context&);  // nothing too where this person may not see it
void tell_import(const Context&, db::Tx&, const Parts&, ImportId);
int64_t page_of(const Context&);  // from 1
// The kinds of lines there are: "fault", "new", "next".
std::string kind_of(const Context&, const Import&);

// The tables as a file: "csv" (a ZIP archive) or "xlsx", of one department or of all.
Response export_file(const Context&, const Parts&);

}  // namespace yimen::editing
