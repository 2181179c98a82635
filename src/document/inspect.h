#pragma once
// Only for the sources of this folder: one inspection for each kind of file. Free of what C++20 brought (see file_type.h).
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "document/file_type.h"

namespace yimen::document {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

constexpr uint64_t most_pixels = 100'000'000;

// Each reads from the beginning to the end and gives the reason for a refusal, or nothing.
std::optional<FileRefusal> inspect_pdf(const std::string& path);
std::optional<FileRefusal> inspect_png(std::FILE*);
std::optional<FileRefusal> inspect_jpeg(std::FILE*);

}  // namespace yimen::document
