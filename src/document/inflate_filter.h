#pragma once
// Only for the sources of this folder: how much the PDF library may inflate.
#include <cstddef>

namespace yimen::document {

// While one lives, streams decoded by its thread may give `bytes` in all; what is more is thrown as InflatedTooMuch,
// which the PDF library, expecting only std::exception, lets pass. Without one there is no limit.
class InflatingBudget {
  public:
    explicit InflatingBudget(size_t bytes);
    InflatingBudget(const InflatingBudget&) = delete;
    ~InflatingBudget();
};
struct InflatedTooMuch {};

// Puts our filters in place of the library's, once for the program.
void limit_inflating();

}  // namespace yimen::document
