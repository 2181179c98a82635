#pragma once
#include "db/database.h"
#include "editing/parts.h"

// The rows of drafts. Only acts change them; pages may read.
namespace yimen::editing {

std::optional<Draft> find(db::Tx&, Division, std::string_view item);
// The same, its row locked until the transaction ends.
std::optional<Draft> find_locked(db::Tx&, Division, std::string_view item);
void put(db::Tx&, const Draft&);  // inserts or replaces
void remove(db::Tx&, Division, std::string_view item);
std::string digest(const Draft&);

struct Typing {
    std::string seen;  // digest of what the page showed when it was opened
    Typed typed;
    Instant at{};
};
std::optional<Typing> typing(db::Tx&, Division, std::string_view item, identity::StaffId, std::string_view part);
void keep_typing(db::Tx&, Division, std::string_view item, identity::StaffId, std::string_view part, const Typing&);
void forget_typing(db::Tx&, Division, std::string_view item, identity::StaffId, std::string_view part);
// Of everybody: when the draft is gone.
void forget_all_typing(db::Tx&, Division, std::string_view item);

struct Present {
    identity::StaffId staff;
    std::string name, part;
    Instant at{};
};
void note_presence(db::Tx&, Division, std::string_view item, const Present&);
// Who looked since then, the last first.
std::vector<Present> present_since(db::Tx&, Division, std::string_view item, Instant);

}  // namespace yimen::editing
