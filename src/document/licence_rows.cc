#include "document/licence_rows.h"

namespace yimen::document {
namespace {

constexpr double smallest = 5, step = 0.25;  // points
constexpr double gutter = 22, gap = 10;      // between the two columns; between a label and its value
constexpr double widest_label = 0.26;        // of the box
constexpr Colour label_ink{0x0b / 255.0, 0x35 / 255.0, 0x58 / 255.0};
constexpr Colour line_ink{0xc9 / 255.0, 0xb4 / 255.0, 0x8a / 255.0};

struct Cell {
    TextBlock label, value;
    double x, width;
    double height() const { return std::max(label.height(), value.height()); }
};
using Line = std::vector<Cell>;

// The rows set in letters of one size.
class Setting {
  public:
    Setting(PangoContext* context, const RowsPlace& place, const std::vector<LicenceRow>& rows, double size, size_t most)
        : context_(context), place_(place), size_(size) {
        for (auto& row : rows) label_width_ = std::max(label_width_, label(row, place.box.width).natural_width());
        label_width_ = std::min(label_width_, place.box.width * widest_label);
        for (auto& row : rows) add(row, most);
    }

    double height() const {
        double sum = 0;
        for (auto& line : lines_) sum += height_of(line) + least_space();
        return sum;
    }

    // What is left over is shared between the lines, as far as they still belong together.
    void draw(cairo_t* canvas) const {
        if (lines_.empty()) return;
        const double spare = std::max(0.0, place_.box.height - height()) / static_cast<double>(lines_.size());
        const double space = least_space() + std::min(spare, size_ * 0.85);
        double y = place_.box.y;
        for (auto& line : lines_) {
            for (auto& cell : line) {
                cell.label.draw(canvas, cell.x, y + space / 2);
                cell.value.draw(canvas, cell.x + label_width_ + gap, y + space / 2);
                rule(canvas, cell.x, y + height_of(line) + space, cell.width, 0.4, line_ink);
            }
            y += height_of(line) + space;
        }
    }

  private:
    double least_space() const { return size_ * 0.5; }
    double half() const { return (place_.box.width - gutter) / 2; }

    static double height_of(const Line& line) {
        double height = 0;
        for (auto& cell : line) height = std::max(height, cell.height());
        return height;
    }

    TextStyle style(Colour colour, bool bold) const {
        TextStyle style;
        style.size = size_;
        style.leading = 1.4;
        style.colour = colour;
        style.bold = bold;
        style.family = place_.family.c_str();
        return style;
    }
    TextBlock label(const LicenceRow& row, double width) const { return TextBlock(context_, row.label, style(label_ink, true), width); }
    Cell cell(const LicenceRow& row, const std::string& value, double x, double width) const {
        return {label(row, label_width_), TextBlock(context_, value, style(ink, false), width - label_width_ - gap), x, width};
    }

    void add(const LicenceRow& row, size_t most) {
        auto letters = characters(row.value);
        std::string value = row.value;
        if (letters.size() > most) {
            value.clear();
            for (size_t i = 0; i < most; ++i) value += letters[i];
            value += "…";
        }
        const bool second = !lines_.empty() && lines_.back().size() == 1 && lines_.back()[0].width < place_.box.width;
        auto narrow = cell(row, value, second ? place_.box.x + half() + gutter : place_.box.x, half());
        if (narrow.value.lines() <= 1 && narrow.label.lines() <= 1) {
            if (second)
                lines_.back().push_back(std::move(narrow));
            else
                lines_.push_back(one(std::move(narrow)));
            return;
        }
        lines_.push_back(one(cell(row, value, place_.box.x, place_.box.width)));
    }

    static Line one(Cell cell) {
        Line line;
        line.push_back(std::move(cell));
        return line;
    }

    PangoContext* context_;
    const RowsPlace& place_;
    double size_, label_width_ = 0;
    std::vector<Line> lines_;
};

}  // namespace

void draw_rows(cairo_t* canvas, PangoContext* context, const RowsPlace& place, const std::vector<LicenceRow>& rows) {
    constexpr size_t everything = SIZE_MAX;
    for (double size = place.size; size >= smallest; size -= step)
        if (const Setting set(context, place, rows, size, everything); set.height() <= place.box.height) return set.draw(canvas);
    size_t fits = 0, too_many = 2000;
    while (too_many - fits > 1) {
        const auto half = (fits + too_many) / 2;
        (Setting(context, place, rows, smallest, half).height() <= place.box.height ? fits : too_many) = half;
    }
    Setting(context, place, rows, smallest, fits).draw(canvas);
}

}  // namespace yimen::document
