#pragma once
#include "catalogue/views.h"

namespace yimen::catalogue {

// One line where all agree, "from … to …" where they do not.
template <class All, class Less, class Words>
std::string span(const All& all, Language language, Less less, Words words) {
    auto [low, high] = std::ranges::minmax_element(all, less);
    auto from = words(*low), to = words(*high);
    if (from == to) return from;
    return language == Language::en ? fmt::format("{} to {}", from, to) : fmt::format("{}至 {}", from, to);
}

}  // namespace yimen::catalogue
