#include <cmath>

#include "document/drawing.h"

namespace yimen::document {
namespace {

// Lengths of the seal are in 1/56 of its radius.
constexpr double drawn_radius = 56;

void draw_door(cairo_t* c) {
    cairo_set_line_width(c, 2.2);
    cairo_move_to(c, -14, 18), cairo_line_to(c, -14, -12), cairo_stroke(c);
    cairo_move_to(c, -7, -18), cairo_line_to(c, 14, -18), cairo_line_to(c, 14, 18), cairo_stroke(c);
    cairo_move_to(c, -14, -20), cairo_line_to(c, -11, -16), cairo_stroke(c);
}

// The name stands along the upper arc; a long one goes further round and is set smaller, so that no letters touch.
void draw_name(cairo_t* c, PangoContext* context, std::string_view authority) {
    const auto letters = characters(authority);
    const auto count = static_cast<double>(letters.size());
    const double arc = std::min(4.4, 0.42 * count);
    const double size = std::min(12.0, 44 * arc / std::max(count - 1, 1.0) * 0.95);
    for (size_t i = 0; i < letters.size(); ++i) {
        const double share = letters.size() == 1 ? 0.5 : static_cast<double>(i) / (count - 1);
        cairo_save(c);
        cairo_rotate(c, (share - 0.5) * arc);
        const TextBlock letter(context, letters[i], {.size = size, .bold = true, .colour = vermilion}, 40);
        cairo_move_to(c, -letter.natural_width() / 2, -38);
        letter.trace(c);
        cairo_fill(c);
        cairo_restore(c);
    }
}

}  // namespace

void draw_seal(cairo_t* c, PangoContext* context, std::string_view authority, double x, double y, double radius) {
    cairo_save(c);
    cairo_translate(c, x, y);
    cairo_scale(c, radius / drawn_radius, radius / drawn_radius);
    use(c, vermilion, 0.88);
    cairo_set_line_width(c, 2.4);
    cairo_arc(c, 0, 0, drawn_radius, 0, 2 * M_PI);
    cairo_stroke(c);
    draw_door(c);
    draw_name(c, context, authority);
    cairo_restore(c);
}

}  // namespace yimen::document
