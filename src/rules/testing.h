#pragma once
#include <gtest/gtest.h>

#include "rules/rules.h"

namespace yimen::rules {

inline Instant test_now() { return *parse_instant("2026-11-24T09:30:00+08:00"); }

// What an expression comes to, as text; "fault" when it does not compile.
inline std::string result_of(std::string_view text, const Limits& limits = {}) {
    auto expression = Expression::read(text, {});
    if (!expression) return "fault";
    Model::Asked asked;
    asked.now = test_now();
    asked.limits = limits;
    auto outcome = expression->evaluate({}, asked);
    return outcome.stopped ? "stopped" : outcome.value.text();
}

struct Case {
    const char* expression;
    const char* expected;
};

inline void check(std::span<const Case> cases) {
    for (auto& c : cases) EXPECT_EQ(result_of(c.expression), c.expected) << c.expression;
}

}  // namespace yimen::rules
