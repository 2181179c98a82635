#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "catalogue/catalogue.h"

struct zip;

namespace yimen::catalogue {

// The parts of a workbook, a ZIP archive that anybody may have made. Nothing is ever written to a disk.
class XlsxPackage {
  public:
    static constexpr size_t largest_file = 256 << 20, most_parts = 1'000;
    // A part may inflate to `freely`; beyond that, as no real sheet does, to no more than so many times what it takes in the archive.
    static constexpr size_t freely = 64 << 20, most_times = 100, largest_part = size_t{1} << 30, largest_inflated = size_t{2} << 30;

    // Refuses with a sentence what no workbook is. The bytes must live as long as the package.
    static Result<XlsxPackage, Text> open(std::string_view bytes);
    // A small part whole; empty where there is none. Refuses one that is beyond the bounds, encrypted or damaged.
    Result<std::string, Text> part(const std::string& name);
    // A part piece by piece, as it inflates, until `take` says false; false where there is none.
    Result<bool, Text> each_piece(const std::string& name, const std::function<bool(std::string_view)>& take);

  private:
    struct Closed {
        void operator()(zip*) const;
    };
    std::unique_ptr<zip, Closed> archive_;
    size_t inflated_ = 0, file_size_ = 0;
};

}  // namespace yimen::catalogue
