#include "identity/store_answers.h"

namespace yimen::identity {

std::optional<StoredAnswer> find_answer(db::Tx& tx, Division division, const db::Blob& key) {
    auto row = tx.query("SELECT status, location, body FROM idempotency WHERE division = $1 AND key_hash = $2", division, key).first();
    if (!row) return std::nullopt;
    return StoredAnswer{row->get<int>(0), row->get<std::string>(1), row->get<std::string>(2)};
}

void keep_answer(db::Tx& tx, Division division, const db::Blob& key, const StoredAnswer& answer, Instant now) {
    tx.later("INSERT INTO idempotency (division, key_hash, status, location, body, made_at) VALUES ($1, $2, $3, $4, $5, $6)", division, key,
             answer.status, answer.location, answer.body, now);
}

int64_t forget_answers(db::Tx& tx, Division division, Instant before) {
    return tx.run("DELETE FROM idempotency WHERE division = $1 AND made_at < $2", division, before);
}

}  // namespace yimen::identity
