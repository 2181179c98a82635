#include <cmath>

#include "document/drawing.h"

namespace yimen::document {
namespace {

void door(cairo_t* c) {
    cairo_set_line_width(c, 2.6);
    cairo_set_line_cap(c, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(c, CAIRO_LINE_JOIN_ROUND);
    cairo_move_to(c, -13, 17), cairo_line_to(c, -13, -9), cairo_stroke(c);
    cairo_move_to(c, -5, -15), cairo_line_to(c, 13, -15), cairo_line_to(c, 13, 17), cairo_stroke(c);
    cairo_move_to(c, -13, -18), cairo_line_to(c, -9, -14), cairo_stroke(c);
}

// Letters stand on the arc; a long name takes more of the ring and smaller letters.
void along_the_arc(cairo_t* c, PangoContext* context, const std::vector<std::string>& letters) {
    const auto count = static_cast<double>(letters.size());
    const double arc = std::min(4.5, 0.46 * count), step = count > 1 ? arc / (count - 1) : 0;
    const double foot = seal_radius - 19, size = std::min(14.5, count > 1 ? step * foot * 0.98 : 14.5);
    for (size_t i = 0; i < letters.size(); ++i) {
        cairo_save(c);
        cairo_rotate(c, count > 1 ? static_cast<double>(i) * step - arc / 2 : 0);
        const TextBlock letter(context, letters[i], {.size = size, .bold = true, .family = "Noto Serif CJK SC"}, 60);
        cairo_move_to(c, -letter.natural_width() / 2, -foot);
        letter.trace(c);
        cairo_fill(c);
        cairo_restore(c);
    }
}

}  // namespace

// Multiplied onto what is written under it, as ink is, so that the date stays readable.
void draw_seal(cairo_t* c, PangoContext* context, std::string_view name, double x, double y, double radius) {
    const auto letters = characters(name);
    if (letters.empty()) return;
    cairo_save(c);
    cairo_translate(c, x, y);
    cairo_scale(c, radius / seal_radius, radius / seal_radius);
    cairo_push_group(c);
    use(c, vermilion);
    cairo_set_line_width(c, 3.2);
    cairo_arc(c, 0, 0, seal_radius - 1.6, 0, 2 * M_PI);
    cairo_stroke(c);
    door(c);
    along_the_arc(c, context, letters);
    cairo_pop_group_to_source(c);
    cairo_set_operator(c, CAIRO_OPERATOR_MULTIPLY);
    cairo_paint_with_alpha(c, 0.86);
    cairo_restore(c);
}

}  // namespace yimen::document
