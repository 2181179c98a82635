#include "document/sheet.h"

#include <cairo-pdf.h>

namespace yimen::document {

// Pages are counted on a surface that makes no file: embedding fonts is most of the work.
Sheet::Sheet(const Notice& notice, Setting setting)
    : notice_(notice),
      setting_(std::move(setting)),
      surface_(setting_.pages ? cairo_pdf_surface_create_for_stream(append_to_string, &bytes_, paper_width, paper_height)
                              : cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nullptr)),
      canvas_(cairo_create(surface_.get())),
      context_(text_context()) {
    if (setting_.pages) describe();
}

// The date stands in the file too, so that the same notice makes the same bytes whenever it is asked for.
void Sheet::describe() {
    auto say = [&](cairo_pdf_metadata_t what, const std::string& words) {
        if (!words.empty()) cairo_pdf_surface_set_metadata(surface_.get(), what, words.c_str());
    };
    say(CAIRO_PDF_METADATA_TITLE, notice_.number.empty() ? notice_.title : notice_.title + " " + notice_.number);
    say(CAIRO_PDF_METADATA_AUTHOR, notice_.authority);
    say(CAIRO_PDF_METADATA_CREATOR, "Yimen");
    say(CAIRO_PDF_METADATA_CREATE_DATE, notice_.made_at ? to_iso(*notice_.made_at) : "");
}

std::string Sheet::finish() {
    end_page();
    check(canvas_.get());
    cairo_surface_finish(surface_.get());
    return std::move(bytes_);
}

TextBlock Sheet::block(std::string_view words, TextStyle style, double width) const {
    style.language = notice_.language;
    return {context_.get(), words, style, width};
}

namespace {

TextStyle fact_style() { return {.size = 10.5, .leading = 1.6, .colour = quiet_ink, .family = serif}; }

}  // namespace

void Sheet::text(std::string_view words, TextStyle style) {
    if (words.empty()) return;
    auto whole = block(words, style, text_width);
    const double height = whole.line_height();
    for (int from = 0; from < whole.lines();) {
        const int left_over = whole.lines() - from;
        int fit = std::min(left_over, static_cast<int>(room() / height));
        if (fit == left_over - 1 && fit > 1) --fit;
        if (fit < std::min(2, left_over)) {
            next_page();
            continue;
        }
        whole.draw(canvas_.get(), left, y_, from, from + fit);
        y_ += fit * height;
        from += fit;
        if (from < whole.lines()) next_page();
    }
}

// The names take as much room as the longest needs, up to half the width.
void Sheet::facts(const std::vector<std::pair<std::string, std::string>>& all) {
    double widest = 70;
    for (auto& [name, value] : all) widest = std::max(widest, block(name, fact_style(), text_width).natural_width());
    const double name_width = std::min(widest + 4 * beside, text_width / 2);
    for (auto& [name, value] : all) fact(name, value, name_width);
}

void Sheet::fact(std::string_view name, std::string_view value, double name_width) {
    auto style = fact_style();
    auto names = block(name, style, name_width - beside);
    style.colour = ink;
    auto values = block(value, style, text_width - name_width - 2 * beside);
    const double height = std::max(names.height(), values.height()) + 2 * above();
    keep_together(height);
    names.draw(canvas_.get(), left + beside, y_ + above());
    values.draw(canvas_.get(), left + beside + name_width, y_ + above());
    y_ += height;
    rule(canvas_.get(), left, y_, text_width, 0.4, hairline);
}

void Sheet::line(double thickness, Colour colour) { rule(canvas_.get(), left, y_, text_width, thickness, colour); }

void Sheet::keep_together(double height) {
    if (height > room()) next_page();
}

void Sheet::next_page() {
    end_page();
    ++page_;
    y_ = top;
}

void Sheet::end_page() {
    const double y = paper_height - bottom + 34;
    TextStyle small{.size = 8, .leading = 1.5, .colour = quiet_ink, .family = serif};
    rule(canvas_.get(), left, y - 5, text_width, 0.4, hairline);
    block(setting_.words, small, text_width - 100).draw(canvas_.get(), left, y);
    small.alignment = PANGO_ALIGN_RIGHT;
    auto number = notice_.language == Language::en ? fmt::format("Page {} of {}", page_, setting_.pages)
                                                   : fmt::format("第 {} 页，共 {} 页", page_, setting_.pages);
    block(number, small, text_width).draw(canvas_.get(), left, y);
    cairo_show_page(canvas_.get());
}

}  // namespace yimen::document
