#include "app/commands.h"
#include "base/clock.h"
#include "rules/tck.h"

namespace yimen::app {

int run_rules_kit(const std::string& directory) {
    if (!std::filesystem::is_directory(directory)) throw std::runtime_error(directory + ": is no directory");
    auto report = rules::run_tck(directory, SystemClock().now());
    for (auto& f : report.failures)
        fmt::print("{}{}{}{}{}: {}\n", f.file, f.test.empty() ? "" : ", case ", f.test, f.result.empty() ? "" : ", ", f.result, f.reason);
    fmt::print("{} passed, {} failed\n", report.passed, report.failed);
    return report.failed || !report.passed ? 1 : 0;
}

}  // namespace yimen::app
