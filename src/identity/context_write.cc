#include "crypto/crypto.h"
#include "identity/context.h"
#include "identity/store_answers.h"

namespace yimen::identity {

namespace {

// Of one person, for one path: a key that somebody else sends, or that is sent elsewhere, is another key.
db::Blob key_hash(const Context& context, std::string_view key) {
    auto& who = context.who();
    auto text = fmt::format("{}\n{}\n{}\n{}\n{}", who.person.value, who.staff.value, who.signed_in() ? "" : context.request.client,
                            context.request.path, key);
    return {std::string(crypto::view(crypto::sm3(text)))};
}

StoredAnswer stored(const web::Response& response) {
    StoredAnswer answer{response.status, "", ""};
    for (auto& [name, value] : response.headers)
        if (name == "Location") answer.location = value;
    if (auto* body = std::get_if<std::string>(&response.body); body && answer.location.empty()) answer.body = *body;
    return answer;
}

web::Response again(const StoredAnswer& answer) {
    if (!answer.location.empty() && answer.status == 303) return web::see_other(answer.location);
    auto response = web::text(answer.status, answer.body);
    response.headers.clear();
    response.header("Content-Type", "application/json");
    if (!answer.location.empty()) response.header("Location", answer.location);
    response.header("Idempotency-Replayed", "true");
    return response;
}

}  // namespace

// The key is stored with the act, in one transaction: nobody looks it up before. A second request with the same key either meets
// the stored key when it commits, or was refused by what the first one did; then the first answer is looked for.
web::Response Context::write(const std::function<web::Response(db::Tx&)>& f) const {
    auto key = request.header("idempotency-key");
    if (key.empty()) key = request.form.get("_key");
    if (key.empty()) {
        if (!request.wants_json()) return refused(400, "site", "key_missing");
        return site.database.write([&](db::Tx& tx) {
            auto confirmed = confirming(tx);
            auto answer = f(tx);
            confirmed();
            return answer;
        });
    }
    if (key.size() > 200) return refused(400, "site", "key_missing");
    auto hash = key_hash(*this, key);
    auto first = [&]() -> std::optional<web::Response> {
        auto found = site.database.read([&](db::Tx& tx) { return find_answer(tx, site.division, hash); });
        return found ? std::optional(again(*found)) : std::nullopt;
    };
    try {
        auto response = site.database.write([&](db::Tx& tx) {
            auto confirmed = confirming(tx);
            auto answer = f(tx);
            confirmed();
            if (web::keeps(answer)) keep_answer(tx, site.division, hash, stored(answer), now_);
            return answer;
        });
        if (web::keeps(response)) return response;
        if (auto answered = first()) return std::move(*answered);
        return response;
    } catch (const db::Duplicate&) {
        if (auto answered = first()) return std::move(*answered);
        throw;
    }
}

}  // namespace yimen::identity
