#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

#include "document/document.h"
#include "document/licence_rows.h"
#include "document/licence_template.h"

namespace yimen::document {
namespace {

using Drawing = std::unique_ptr<RsvgHandle, Releases<g_object_unref>>;

constexpr double smallest = 4;  // points: what the eye still reads on paper
constexpr double step = 0.25;

void draw_svg(cairo_t* canvas, const FilledTemplate& filled) {
    GError* error = nullptr;
    const Drawing drawing(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(filled.svg.data()), filled.svg.size(), &error));
    const RsvgRectangle page{0, 0, filled.width, filled.height};
    if (drawing && rsvg_handle_render_document(drawing.get(), canvas, &page, &error)) return;
    std::string why = error ? error->message : "no reason given";
    g_clear_error(&error);
    throw std::runtime_error(fmt::format("A licence's template cannot be drawn: {}", why));
}

TextBlock set(PangoContext* context, const FilledText& text, std::string_view words, double size) {
    auto style = text.style;
    style.size = size;
    style.family = text.family.c_str();
    return TextBlock(context, words, style, text.box.width);
}

// Where even the smallest letters do not fit, as much as fits and an ellipsis; the record keeps the whole.
TextBlock shortened(PangoContext* context, const FilledText& text) {
    const auto letters = characters(text.text);
    size_t fits = 0, too_many = letters.size();
    const auto beginning = [&](size_t count) {
        std::string words;
        for (size_t i = 0; i < count; ++i) words += letters[i];
        return words + "…";
    };
    while (too_many - fits > 1) {
        const auto half = (fits + too_many) / 2;
        (set(context, text, beginning(half), smallest).height() <= text.box.height ? fits : too_many) = half;
    }
    return set(context, text, beginning(fits), smallest);
}

TextBlock fitted(PangoContext* context, const FilledText& text) {
    constexpr double rounding = 0.01;
    for (double size = text.style.size; size >= smallest; size -= step)
        if (auto block = set(context, text, text.text, size); block.height() <= text.box.height + rounding) return block;
    return shortened(context, text);
}

void draw_text(cairo_t* canvas, PangoContext* context, const FilledText& text) {
    if (text.text.empty()) return;
    const auto block = fitted(context, text);
    block.draw(canvas, text.box.x, text.box.y + (text.box.height - block.height()) / 2);
}

}  // namespace

std::string licence_pdf(std::string_view svg, const std::vector<std::pair<std::string, std::string>>& values, std::string_view qr,
                        std::string_view seal, const std::vector<LicenceRow>& rows) {
    const auto filled = fill(svg, values);
    std::string bytes;
    const Surface surface(cairo_pdf_surface_create_for_stream(append_to_string, &bytes, filled.width, filled.height));
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, filled.title.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_AUTHOR, std::string(seal).c_str());
    const Canvas canvas(cairo_create(surface.get()));
    const auto context = text_context();
    draw_svg(canvas.get(), filled);
    for (auto& text : filled.texts) draw_text(canvas.get(), context.get(), text);
    if (filled.rows) draw_rows(canvas.get(), context.get(), *filled.rows, rows);
    if (filled.qr) draw_qr(canvas.get(), qr_code(qr), filled.qr->x, filled.qr->y, filled.qr->width);
    // The seal lies over the text it makes good.
    if (auto box = filled.seal)
        draw_seal(canvas.get(), context.get(), seal, box->x + box->width / 2, box->y + box->height / 2, box->width / 2);
    cairo_show_page(canvas.get());
    check(canvas.get());
    cairo_surface_finish(surface.get());
    return bytes;
}

}  // namespace yimen::document
