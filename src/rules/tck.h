#pragma once
#include <filesystem>
#include <functional>

#include "rules/rules.h"

// Runs folders of the DMN Technology Compatibility Kit: models (*.dmn) with the cases beside them (*-test-*.xml).
namespace yimen::rules {

struct TckFailure {
    std::string file, test, result;  // the case's id and the name of the result
    std::string reason;
};

struct TckReport {
    size_t passed = 0, failed = 0;     // cases
    std::vector<TckFailure> failures;  // of each case that failed, the first result that did
};

// Walks the directory, in the order of names. A case passes when each of its results is the one expected; one that expects an
// error, when it gives null.
TckReport run_tck(const std::filesystem::path& directory, Instant now);

}  // namespace yimen::rules
