#pragma once
#include "editing/importing.h"

// The rows of imports, the bytes handed in, and what trials found.
namespace yimen::editing {

constexpr size_t piece_size = 1 << 20;
void keep_piece(db::Tx&, Division, ImportId, size_t file, size_t place, std::string_view bytes);
// Empty behind the last one.
std::string piece(db::Tx&, Division, ImportId, size_t file, size_t place);
void forget_pieces(db::Tx&, Division, ImportId);

void put(db::Tx&, const Import&);  // inserts or replaces; leaves progress and who works on it alone
std::optional<Import> find_import(db::Tx&, Division, ImportId);
std::optional<Import> find_import_locked(db::Tx&, Division, ImportId);
std::vector<Import> imports(db::Tx&, Division, int most);  // the newest first
std::string digest(const Import&);

// One that waits, or whose program has gone silent, for this program until then; nothing where there is none.
std::optional<Import> take_import(db::Tx&, Division, Instant now, Instant until);
int64_t imports_waiting(db::Tx&, Division, Instant now);
void note_progress(db::Tx&, const Import&, Instant until);

struct ImportLine {
    std::string subject;  // table or item
    int64_t number = 0;   // row or version
    std::string part;     // column
    std::string value;    // what stands there, or the first day
    catalogue::Text text;
};
constexpr int lines_a_page = 50;
void forget_lines(db::Tx&, Division, ImportId);
void add_lines(db::Tx&, Division, ImportId, std::string_view kind, int64_t first_place, std::span<const ImportLine>);
std::vector<ImportLine> lines(db::Tx&, Division, ImportId, std::string_view kind, int64_t after, int most);
int64_t count_lines(db::Tx&, Division, ImportId, std::string_view kind);

}  // namespace yimen::editing
