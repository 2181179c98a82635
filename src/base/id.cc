#include "base/id.h"

#include <atomic>
#include <chrono>

namespace yimen {

namespace {

constexpr int node_bits = 9, sequence_bits = 12;
constexpr int64_t epoch = 1704067200000;  // 2024-01-01T00:00:00Z, in milliseconds since 1970
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr size_t text_length = 13;

std::atomic<int64_t> node{0};
std::atomic<int64_t> last{0};  // milliseconds and sequence of the id made last

int64_t now() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count() - epoch;
}

}  // namespace

void set_node(int number) { node = number; }

// Milliseconds and sequence are one counter: where the clock stands still or steps back, or 4096 ids of one millisecond are
// used up, it simply goes on counting.
int64_t next_id() {
    int64_t before = last.load(), mine;
    do {
        mine = std::max(before + 1, now() << sequence_bits);
    } while (!last.compare_exchange_weak(before, mine));
    int64_t milliseconds = mine >> sequence_bits, sequence = mine & ((1 << sequence_bits) - 1);
    return milliseconds << (node_bits + sequence_bits) | node.load() << sequence_bits | sequence;
}

std::string id_text(int64_t value) {
    std::string text(text_length, '0');
    for (size_t i = text_length; i-- > 0; value >>= 5) text[i] = alphabet[static_cast<size_t>(value & 31)];
    return text;
}

std::optional<int64_t> parse_id_text(std::string_view text) {
    if (text.size() != text_length || text[0] > '7') return std::nullopt;
    int64_t value = 0;
    for (char c : text) {
        auto digit = alphabet.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        value = value << 5 | static_cast<int64_t>(digit);
    }
    return value;
}

}  // namespace yimen
