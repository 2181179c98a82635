#pragma once
// Only for the sources of this folder, and free of what C++20 brought, since qpdf's headers are compiled as C++17.
#include <string>
#include <string_view>

namespace yimen::document {

struct AttachedFile {
    std::string name, media_type, description;  // UTF-8
    std::string made_at;                        // "D:20261124093000+08'00'"
    std::string bytes;
};
std::string with_attached_file(std::string_view pdf, const AttachedFile&);

}  // namespace yimen::document
