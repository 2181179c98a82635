#pragma once
// Only for the sources of this folder: owning pointers over Cairo and Pango, the paper's colours, and text set in
// lines.
#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace yimen::document {

template <auto Release>
struct Releases {
    template <class T>
    void operator()(T* p) const {
        Release(p);
    }
};
using Surface = std::unique_ptr<cairo_surface_t, Releases<cairo_surface_destroy>>;
using Canvas = std::unique_ptr<cairo_t, Releases<cairo_destroy>>;
using Layout = std::unique_ptr<PangoLayout, Releases<g_object_unref>>;
using Attributes = std::unique_ptr<PangoAttrList, Releases<pango_attr_list_unref>>;

struct Colour {
    double red, green, blue;
};
constexpr Colour ink{0x17 / 255.0, 0x21 / 255.0, 0x2b / 255.0};
constexpr Colour quiet_ink{0x4a / 255.0, 0x57 / 255.0, 0x63 / 255.0};
constexpr Colour hairline{0xc3 / 255.0, 0xca / 255.0, 0xcf / 255.0};
constexpr Colour table_head{0xee / 255.0, 0xf2 / 255.0, 0xf5 / 255.0};
constexpr Colour vermilion{0xc4 / 255.0, 0x32 / 255.0, 0x2b / 255.0};

void use(cairo_t*, Colour, double opacity = 1);
// A horizontal rule, `thickness` points.
void rule(cairo_t*, double x, double y, double width, double thickness, Colour);

// Cairo's errors stick to the canvas; throws std::runtime_error when there was one.
void check(cairo_t*);

struct TextStyle {
    double size = 11;       // points
    double leading = 1.65;  // distance of lines, in sizes
    bool bold = false;
    double indent = 0;  // of a paragraph's first line, in points
    PangoAlignment alignment = PANGO_ALIGN_LEFT;
    Colour colour = ink;
    Language language = Language::zh;
    const char* family = "Noto Sans CJK SC";
};

// A text set in lines no wider than `width` points, so that a page break can fall between two lines. Breaks follow
// UAX #14, under which no closing punctuation begins a line and no opening one ends it.
class TextBlock {
  public:
    TextBlock(PangoContext*, std::string_view text, const TextStyle&, double width);
    int lines() const { return pango_layout_get_line_count(layout_.get()); }
    double line_height() const { return style_.size * style_.leading; }
    double height() const { return lines() * line_height(); }
    // The widest line as it is set.
    double natural_width() const;
    // Lines first … last-1, the top of the first at y.
    void draw(cairo_t*, double x, double y, int first, int last) const;
    void draw(cairo_t* canvas, double x, double y) const { draw(canvas, x, y, 0, lines()); }
    // The outline of a text of one line as the canvas's path, beginning at the current point (on the base line).
    void trace(cairo_t*) const;

  private:
    TextStyle style_;
    Layout layout_;
};

struct QrCode;
// The code's modules, without a quiet zone, in a square of `side`.
void draw_qr(cairo_t*, const QrCode&, double x, double y, double side);

// A round seal: a ring, the authority's name along the upper arc, around a door that stands ajar. 42 mm across. Its ink lies on
// what is under it, which stays readable.
constexpr double seal_radius = 59.5;
void draw_seal(cairo_t*, PangoContext*, std::string_view authority, double x, double y, double radius = seal_radius);

// The characters of a UTF-8 text.
std::vector<std::string> characters(std::string_view);

// For Cairo's streams: appends to the std::string `out`.
cairo_status_t append_to_string(void* out, const unsigned char* bytes, unsigned size);

// A context for measuring text as a PDF sets it: no hinting, no rounding to pixels. One for each thread and document.
std::unique_ptr<PangoContext, Releases<g_object_unref>> text_context();

}  // namespace yimen::document
