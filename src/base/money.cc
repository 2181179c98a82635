#include "base/money.h"

namespace yimen {

std::string yuan_text(Fen amount) {
    // Unsigned, so that the least int64_t has an absolute value too.
    const uint64_t fen = amount.value < 0 ? 0 - static_cast<uint64_t>(amount.value) : static_cast<uint64_t>(amount.value);
    return fmt::format("{}{}.{:02}", amount.value < 0 ? "-" : "", fen / 100, fen % 100);
}

}  // namespace yimen
