#include <cmath>

#include "document/drawing.h"

namespace yimen::document {
namespace {

// Lengths of the seal are in 1/60 of its radius.
constexpr double drawn_radius = 60, ring = 3.2, letters_stand_at = 41;

void draw_door(cairo_t* c) {
    cairo_set_line_width(c, 2.6);
    cairo_set_line_cap(c, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(c, CAIRO_LINE_JOIN_ROUND);
    cairo_move_to(c, -13, 17), cairo_line_to(c, -13, -9), cairo_stroke(c);
    cairo_move_to(c, -5, -15), cairo_line_to(c, 13, -15), cairo_line_to(c, 13, 17), cairo_stroke(c);
    cairo_move_to(c, -13, -18), cairo_line_to(c, -9, -14), cairo_stroke(c);
}

// The name stands along the upper arc; a long one goes further round and is set smaller, so that no letters touch.
void draw_name(cairo_t* c, PangoContext* context, const std::vector<std::string>& letters) {
    const auto count = static_cast<double>(letters.size());
    const double arc = std::min(4.5, 0.46 * count), step = arc / std::max(count - 1, 1.0);
    const double size = std::min(14.5, step * letters_stand_at * 0.96);
    for (size_t i = 0; i < letters.size(); ++i) {
        cairo_save(c);
        cairo_rotate(c, count > 1 ? static_cast<double>(i) * step - arc / 2 : 0);
        const TextBlock letter(context, letters[i], {.size = size, .bold = true, .family = "Noto Serif CJK SC"}, 60);
        cairo_move_to(c, -letter.natural_width() / 2, -letters_stand_at);
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
    cairo_new_path(c);
    cairo_push_group(c);
    use(c, vermilion);
    cairo_set_line_width(c, ring);
    cairo_arc(c, 0, 0, drawn_radius - ring / 2, 0, 2 * M_PI);
    cairo_stroke(c);
    draw_door(c);
    draw_name(c, context, characters(authority));
    cairo_pop_group_to_source(c);
    cairo_set_operator(c, CAIRO_OPERATOR_MULTIPLY);
    cairo_paint_with_alpha(c, 0.88);
    cairo_restore(c);
}

}  // namespace yimen::document
