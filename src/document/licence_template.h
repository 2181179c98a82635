#pragma once
// Only for the sources of this folder: a licence's SVG, taken apart into the drawing and what is put into it.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document/drawing.h"

namespace yimen::document {

struct Box {
    double x, y, width, height;
};

// A text with its values, and the box it must keep to: centred on the line the template wrote it on.
struct FilledText {
    std::string text, family;
    TextStyle style;
    Box box;
};

// Where the rows of a shared template flow, and in which letters.
struct RowsPlace {
    Box box;
    std::string family;
    double size;
};

struct FilledTemplate {
    std::string svg, title;  // without the texts that hold values, and without the places of QR code and seal
    double width, height;    // points
    std::vector<FilledText> texts;
    std::optional<Box> qr, seal;
    std::optional<RowsPlace> rows;
};

// Throws std::runtime_error for a template that cannot be read, or names a value that is not given.
FilledTemplate fill(std::string_view svg, const std::vector<std::pair<std::string, std::string>>& values);

}  // namespace yimen::document
