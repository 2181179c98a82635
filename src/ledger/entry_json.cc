#include "ledger/entry_json.h"

#include <charconv>
#include <stdexcept>

#include <boost/json.hpp>

namespace yimen::ledger {

namespace json = boost::json;

namespace from_json {

std::string text(const json::object& o, std::string_view key) { return std::string(o.at(key).as_string()); }

std::string bytes(const json::object& o, std::string_view key) {
    if (auto found = crypto::from_hex(text(o, key))) return *found;
    throw std::invalid_argument(fmt::format("\"{}\" is not hexadecimal", key));
}

int64_t id(const json::object& o, std::string_view key) {
    const auto digits = text(o, key);
    int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) {
        throw std::invalid_argument(fmt::format("\"{}\" is not a number", key));
    }
    return value;
}

}  // namespace from_json

using namespace from_json;

json::object to_json(const EntryRow& e) {
    return {{"division", e.division},
            {"chain", std::to_string(e.chain)},
            {"seq", e.seq},
            {"id", std::to_string(e.id)},
            {"kind", e.kind},
            {"actor_kind", e.actor_kind},
            {"actor_id", std::to_string(e.actor_id)},
            {"actor_role", e.actor_role},
            {"actor_session", e.actor_session},
            {"act", e.act},
            {"at", e.at},
            {"before", e.before},
            {"after", e.after},
            {"subject_digest", crypto::hex(e.subject_digest)},
            {"prev", crypto::hex(e.prev)},
            {"hash", crypto::hex(e.hash)}};
}

EntryRow entry_from(const json::object& o) {
    const auto number = [&](std::string_view key) { return o.at(key).as_int64(); };
    return {number("division"),
            id(o, "chain"),
            number("seq"),
            id(o, "id"),
            text(o, "kind"),
            text(o, "actor_kind"),
            id(o, "actor_id"),
            text(o, "actor_role"),
            text(o, "actor_session"),
            text(o, "act"),
            number("at"),
            text(o, "before"),
            text(o, "after"),
            bytes(o, "subject_digest"),
            bytes(o, "prev"),
            bytes(o, "hash")};
}

}  // namespace yimen::ledger
