#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

struct zip;

namespace yimen::catalogue {

// The parts of a workbook, a ZIP archive that anybody may have made. Nothing is ever written to a disk.
class XlsxPackage {
  public:
    static constexpr size_t largest_file = 128 << 20, most_parts = 1'000, largest_part = 64 << 20, largest_inflated = 256 << 20;

    // Refuses with a sentence what no workbook is.
    static Result<XlsxPackage, std::string> open(std::string_view bytes);
    // A part whole; empty where there is none. Refuses one that inflates beyond the bounds, is encrypted or damaged.
    Result<std::string, std::string> part(const std::string& name);

  private:
    struct Closed {
        void operator()(zip*) const;
    };
    std::unique_ptr<zip, Closed> archive_;
    size_t inflated_ = 0;
};

}  // namespace yimen::catalogue
