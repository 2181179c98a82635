#pragma once

// What an uploaded file is, and why one is refused. By itself, since qpdf's headers are compiled as C++17 and most of ours cannot be.
namespace yimen::document {

enum class FileType { pdf, png, jpeg };
enum class FileRefusal { unknown_type, damaged, encrypted, active_content, too_large, empty };

}  // namespace yimen::document
