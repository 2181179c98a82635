#pragma once
#include <tl/expected.hpp>

namespace yimen {

// The outcome of something that may be refused: a T, or a reason E. Exceptions are kept for broken infrastructure.
template <class T, class E>
using Result = tl::expected<T, E>;

// `return refuse(Refusal::not_yours);`
template <class E>
auto refuse(E reason) {
    return tl::unexpected<std::decay_t<E>>(std::move(reason));
}

// A success that carries nothing.
struct Done {
    bool operator==(const Done&) const = default;
};

}  // namespace yimen
