#pragma once
#include "editing/editing.h"

// Lists of items handed in as the national interchange tables: tried first, and published only when a second person confirms the
// trial. Nothing of the catalogue changes before that, and nothing is ever half imported. For the centre's analysts alone.
namespace yimen::editing {

using ImportId = Id<struct ImportTag>;

// waiting → trying → faulty | ready → confirmed → publishing → published; outdated where the catalogue changed meanwhile so that
// something else would come of it; dropped by somebody; failed where it could not be read for a reason of ours.
enum class ImportState { waiting, trying, faulty, ready, confirmed, publishing, published, outdated, dropped, failed };
std::string_view name(ImportState);  // texts "editing.import_state_<name>"

struct ImportFile {
    std::string name;
    int64_t size = 0;
};
struct Import {
    Division division;
    ImportId id;
    ImportState state = ImportState::waiting;
    std::vector<ImportFile> files;
    std::string digest;  // over names and bytes
    identity::StaffId uploaded_by, confirmed_by;
    std::string uploaded_by_name, confirmed_by_name;
    Instant uploaded_at{};
    std::optional<Instant> confirmed_at, ended_at;
    std::string plan;  // digest over what would be published
    int64_t added = 0, next_versions = 0, unchanged = 0, fault_count = 0;
    int64_t done = 0, total = 0;  // rows

    bool under_way() const {
        return state == ImportState::waiting || state == ImportState::trying || state == ImportState::confirmed ||
               state == ImportState::publishing;
    }
};

// What is wrong with a file before it is read: no table of that name, no CSV, no workbook, too large, several workbooks.
std::optional<catalogue::Text> wrong_with_file(std::string_view file_name, int64_t size, std::string_view first_bytes, size_t files);
constexpr int64_t largest_import_file = 256 << 20;

// Whether this person may import at all: an analyst of the centre, of no department.
bool may_import(const identity::Who&, Date today);
// The pieces are kept already under the id; from here on they are an import that waits for its trial.
Result<Import, Refusal> hand_in(Desk&, ImportId, std::vector<ImportFile>, std::string digest);
// The second pair of eyes: refuses whoever handed it in, and a trial other than `plan`, the one that was seen.
Result<Import, Refusal> confirm(Desk&, ImportId, std::string_view plan);
// Not wanted any more; the bytes are thrown away.
Result<Import, Refusal> drop(Desk&, ImportId);

// For ledger verification: the digest over the import's row of today.
std::optional<std::string> import_digest(db::Tx&, Division, ledger::ChainId);

}  // namespace yimen::editing
