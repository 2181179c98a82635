#pragma once
#include <optional>

#include "base/codes.h"
#include "db/database.h"

// The first answer to each request that carried an idempotency key.
namespace yimen::identity {

struct StoredAnswer {
    int status = 200;
    std::string location, body;
};
std::optional<StoredAnswer> find_answer(db::Tx&, Division, const db::Blob& key);
// Travels with the commit; a key already there ends the transaction in db::Duplicate.
void keep_answer(db::Tx&, Division, const db::Blob& key, const StoredAnswer&, Instant now);
// Keys older than `before` may come again. Returns how many went.
int64_t forget_answers(db::Tx&, Division, Instant before);

}  // namespace yimen::identity
