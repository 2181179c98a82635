#include "document/drawing.h"

#include <stdexcept>

namespace yimen::document {
namespace {

using Iterator = std::unique_ptr<PangoLayoutIter, Releases<pango_layout_iter_free>>;
using Description = std::unique_ptr<PangoFontDescription, Releases<pango_font_description_free>>;
using FontOptions = std::unique_ptr<cairo_font_options_t, Releases<cairo_font_options_destroy>>;

int units(double points) { return static_cast<int>(points * PANGO_SCALE); }

// Where a line's base line lies below its top: the faces used here rise 0.88 of their size and fall 0.12.
double base_line(const TextStyle& style) { return style.size * (style.leading / 2 + 0.38); }

}  // namespace

void use(cairo_t* canvas, Colour colour, double opacity) { cairo_set_source_rgba(canvas, colour.red, colour.green, colour.blue, opacity); }

void rule(cairo_t* canvas, double x, double y, double width, double thickness, Colour colour) {
    use(canvas, colour);
    cairo_rectangle(canvas, x, y - thickness / 2, width, thickness);
    cairo_fill(canvas);
}

void check(cairo_t* canvas) {
    if (const auto status = cairo_status(canvas); status != CAIRO_STATUS_SUCCESS)
        throw std::runtime_error(fmt::format("Drawing a document failed: {}", cairo_status_to_string(status)));
}

cairo_status_t append_to_string(void* out, const unsigned char* bytes, unsigned size) {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

std::vector<std::string> characters(std::string_view text) {
    std::vector<std::string> all;
    for (char byte : text) {
        if ((byte & 0xc0) != 0x80 || all.empty()) all.emplace_back();
        all.back() += byte;
    }
    return all;
}

std::unique_ptr<PangoContext, Releases<g_object_unref>> text_context() {
    // Pango's default font map belongs to the calling thread.
    std::unique_ptr<PangoContext, Releases<g_object_unref>> context(pango_font_map_create_context(pango_cairo_font_map_get_default()));
    const FontOptions options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context.get(), options.get());
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    return context;
}

TextBlock::TextBlock(PangoContext* context, std::string_view text, const TextStyle& style, double width)
    : style_(style), layout_(pango_layout_new(context)) {
    const Description font(pango_font_description_new());
    pango_font_description_set_family(font.get(), style.family);
    pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get(), units(style.size));
    pango_layout_set_font_description(layout_.get(), font.get());
    const Attributes attributes(pango_attr_list_new());
    pango_attr_list_insert(attributes.get(),
                           pango_attr_language_new(pango_language_from_string(style.language == Language::zh ? "zh-cn" : "en")));
    pango_layout_set_attributes(layout_.get(), attributes.get());
    pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout_.get(), style.alignment);
    pango_layout_set_indent(layout_.get(), units(style.indent));
    pango_layout_set_width(layout_.get(), units(width));
    pango_layout_set_text(layout_.get(), text.data(), static_cast<int>(text.size()));
}

double TextBlock::natural_width() const {
    PangoRectangle logical;
    pango_layout_get_extents(layout_.get(), nullptr, &logical);
    return logical.width / static_cast<double>(PANGO_SCALE);
}

void TextBlock::draw(cairo_t* canvas, double x, double y, int first, int last) const {
    use(canvas, style_.colour);
    const Iterator lines(pango_layout_get_iter(layout_.get()));
    for (int i = 0; i < last; ++i, pango_layout_iter_next_line(lines.get())) {
        if (i < first) continue;
        PangoRectangle logical;
        pango_layout_iter_get_line_extents(lines.get(), nullptr, &logical);
        cairo_move_to(canvas, x + logical.x / static_cast<double>(PANGO_SCALE), y + (i - first) * line_height() + base_line(style_));
        pango_cairo_show_layout_line(canvas, pango_layout_iter_get_line_readonly(lines.get()));
    }
}

void TextBlock::trace(cairo_t* canvas) const { pango_cairo_layout_line_path(canvas, pango_layout_get_line_readonly(layout_.get(), 0)); }

}  // namespace yimen::document
