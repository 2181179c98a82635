#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace yimen {

// A number that names one row for ever: 42 bits of milliseconds since 2024, 9 bits of node, 12 bits of sequence.
// Each Tag makes a type of its own: a CaseId cannot be passed for a TicketId.
template <class Tag>
struct Id {
    int64_t value = 0;
    auto operator<=>(const Id&) const = default;
    explicit operator bool() const { return value != 0; }
};

// Makes ids for this process. `node` (0–511) is leased from the database by app at start; until then it is 0.
// Never gives the same id twice on a node, also when the wall clock steps back. Safe from any thread, without a round trip.
int64_t next_id();
void set_node(int node);

template <class Tag>
Id<Tag> make_id() {
    return {next_id()};
}

// 13 characters of Crockford's base 32, fit for an address. parse_id refuses anything else, also what no Id can be.
std::string id_text(int64_t);
std::optional<int64_t> parse_id_text(std::string_view);

template <class Tag>
std::string to_text(Id<Tag> id) {
    return id_text(id.value);
}
template <class Tag>
std::optional<Id<Tag>> parse_id(std::string_view text) {
    if (auto value = parse_id_text(text)) return Id<Tag>{*value};
    return std::nullopt;
}

}  // namespace yimen

template <class Tag>
struct std::hash<yimen::Id<Tag>> {
    size_t operator()(yimen::Id<Tag> id) const { return std::hash<int64_t>{}(id.value); }
};
