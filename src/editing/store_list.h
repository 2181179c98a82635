#pragma once
#include "db/database.h"
#include "editing/editing.h"

// The list of items as analysts see it: found, narrowed and paged by the database, however many there are.
namespace yimen::editing {

struct ListFilter {
    std::string text = {}, department = {};
    std::string state = {};            // "published", "draft", "checked", "withdrawn"; empty: all
    int page = 1;                      // from 1
    identity::StaffId edited_by = {};  // drafts that this person edited last; none: anybody's
};
constexpr int rows_a_page = 50;

struct ListRow {
    std::string item, department_zh, department_en, name_zh, name_en;
    int version = 0;  // the newest published; 0: none
    std::string from, withdrawn_from, draft_state, edited_by_name;
    std::optional<Instant> edited_at;
};
struct Listed {
    std::vector<ListRow> rows;
    int64_t matching = 0;
};
// Whether something was published that the list does not show yet.
bool list_is_late(db::Tx&, Division);
// Takes into the list what was published since, so many that nobody else waits long; false once nothing is left. Safe to repeat, and
// from two nodes at once.
bool bring_up_to_date(db::Tx&, Division);
// Shows the draft as it stands now: its state and editor, and where nothing is published of the item, its name and department.
void list_draft(db::Tx&, const Draft&);
// The draft is gone or published.
void unlist_draft(db::Tx&, Division, std::string_view item);
void list_withdrawal(db::Tx&, Division, std::string_view item);

Listed listed(db::Tx&, Division, const ListFilter&);

struct DepartmentRow {
    std::string name, zh, en;
};
std::vector<DepartmentRow> departments(db::Tx&, Division);
// The department as its items' content holds it; nothing for a name that no item has.
std::optional<json::object> department_of(db::Tx&, Division, std::string_view name);

}  // namespace yimen::editing
