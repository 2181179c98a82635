#pragma once
#include <optional>
#include <string>
#include <vector>

#include "catalogue/load.h"
#include "db/database.h"

// What was published of one item, for whoever writes its next version; and items taken off the shelf.
namespace yimen::catalogue {

struct PublishedVersion {
    ItemVersionId id;
    std::string item;
    int version = 0;
    Date from;
    Instant published_at{};
    std::string by_kind;
    int64_t by = 0;
};
// The newest first.
std::vector<PublishedVersion> versions_of(db::Tx&, Division, std::string_view item);
// The stored content of one version: {"department": …, "item": …, "form": …?, "rules": …?, "golden": …?}.
std::optional<boost::json::object> content_of(db::Tx&, Division, std::string_view item, int version);

// The stored content of what was published behind this point, in order, at most so many at a time.
struct PublishedPoint {
    int64_t stamp = 0, id = 0;
};
struct StoredContent {
    std::string item;
    int version = 0;
    std::string from;
    boost::json::object content;
    PublishedPoint point;
};
std::vector<StoredContent> contents_after(db::Tx&, Division, PublishedPoint, int most);
bool published_after(db::Tx&, Division, PublishedPoint);

// No longer offered from `from` on. Kept once an item: a later withdrawal takes the place of an earlier one.
struct Withdrawal {
    std::string item;
    Date from;
    std::string reason;
};
std::optional<Withdrawal> withdrawal_of(db::Tx&, Division, std::string_view item);
std::vector<Withdrawal> withdrawals(db::Tx&, Division);
// Raises the stamp, so that every node sees it; the caller records it in the ledger.
void withdraw(db::Tx&, Division, const Withdrawal&, int64_t by_staff, Instant now);

}  // namespace yimen::catalogue
