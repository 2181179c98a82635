#include <cairo-pdf.h>

#include "document/document.h"
#include "document/drawing.h"

// A notice of an authority on A4, flowing over as many pages as it needs.
namespace yimen::document {

namespace {

constexpr double paper_width = 595.28, paper_height = 841.89;
constexpr double left = 71, right = 71, top = 71, bottom = 75;  // margins of 25 mm
constexpr double text_width = paper_width - left - right;

class Sheet {
 public:
  explicit Sheet(const Notice& notice)
      : notice_(notice),
        surface_(cairo_pdf_surface_create_for_stream(append_to_string, &bytes_, paper_width, paper_height)),
        canvas_(cairo_create(surface_.get())),
        context_(text_context()) {
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, notice.title.c_str());
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_AUTHOR, notice.authority.c_str());
  }

  std::string finish() {
    end_page();
    check(canvas_.get());
    cairo_surface_finish(surface_.get());
    return std::move(bytes_);
  }

  void head() {
    text(notice_.authority, {.size = 13, .alignment = PANGO_ALIGN_CENTER, .colour = quiet_ink});
    y_ += 4;
    text(notice_.title, {.size = 21, .leading = 1.4, .bold = true, .alignment = PANGO_ALIGN_CENTER});
    if (!notice_.number.empty()) text(notice_.number, {.size = 10.5, .alignment = PANGO_ALIGN_CENTER, .colour = quiet_ink});
    y_ += 8;
    rule(canvas_.get(), left, y_, text_width, 1.2, ink);
    y_ += 16;
  }

  void block(const Notice::Block& b) {
    if (!b.heading.empty()) {
      keep_together(60);
      y_ += 6;
      text(b.heading, {.size = 13, .bold = true});
      y_ += 2;
    }
    if (!b.paragraph.empty()) text(b.paragraph, {.size = 11});
    for (auto& [name, value] : b.facts) fact(name, value);
    if (b.table) table(*b.table);
    y_ += 6;
  }

  void foot() {
    constexpr double qr_side = 74;
    keep_together(notice_.qr.empty() ? 130 : 150);
    y_ += 12;
    const double began = y_;
    if (!notice_.qr.empty()) {
      draw_qr(canvas_.get(), qr_code(notice_.qr), left, y_, qr_side);
      TextBlock(context_.get(), notice_.qr_caption, small(), 200).draw(canvas_.get(), left, y_ + qr_side + 4);
    }
    if (!notice_.seal.empty()) draw_seal(canvas_.get(), context_.get(), notice_.seal, paper_width - right - 62, began + 52, 56);
    TextStyle signature{.size = 11.5, .alignment = PANGO_ALIGN_RIGHT};
    TextBlock name(context_.get(), notice_.seal, signature, text_width), place(context_.get(), notice_.place_and_date, signature, text_width);
    name.draw(canvas_.get(), left, began + 30);
    place.draw(canvas_.get(), left, began + 52);
    y_ = began + 118;
    for (auto& line : notice_.footer) text(line, small());
  }

 private:
  static TextStyle small() { return {.size = 8.5, .leading = 1.5, .colour = quiet_ink}; }

  void text(const std::string& words, TextStyle style) {
    if (words.empty()) return;
    style.language = notice_.language;
    TextBlock block(context_.get(), words, style, text_width);
    for (int line = 0; line < block.lines(); ++line) {
      keep_together(block.line_height());
      block.draw(canvas_.get(), left, y_, line, line + 1);
      y_ += block.line_height();
    }
  }

  void fact(const std::string& name, const std::string& value) {
    constexpr double name_width = 118;
    TextStyle style{.size = 11, .colour = quiet_ink, .language = notice_.language};
    TextBlock names(context_.get(), name, style, name_width - 10);
    style.colour = ink;
    TextBlock values(context_.get(), value, style, text_width - name_width);
    const double height = std::max(names.height(), values.height());
    keep_together(height + 6);
    names.draw(canvas_.get(), left, y_);
    values.draw(canvas_.get(), left + name_width, y_);
    y_ += height + 3;
    rule(canvas_.get(), left, y_, text_width, 0.4, hairline);
    y_ += 3;
  }

  std::vector<double> widths(const Notice::Table& table) const {
    const size_t columns = table.heads.size();
    double sum = 0;
    std::vector<double> all;
    for (size_t i = 0; i < columns; ++i) all.push_back(i < table.widths.size() ? table.widths[i] : 1), sum += all.back();
    for (auto& w : all) w *= text_width / sum;
    return all;
  }

  // Draws one row whole; a row higher than what is left begins the next page, under the heads again.
  void table(const Notice::Table& t) {
    if (t.heads.empty()) return;
    const auto columns = widths(t);
    row(t.heads, columns, true);
    for (auto& cells : t.rows) {
      if (y_ + height_of(cells, columns, false) > paper_height - bottom) next_page(), row(t.heads, columns, true);
      row(cells, columns, false);
    }
    y_ += 6;
  }
  TextStyle cell_style(bool is_head) const {
    return {.size = 9.5, .leading = 1.55, .bold = is_head, .language = notice_.language};
  }
  double height_of(const std::vector<std::string>& cells, const std::vector<double>& columns, bool is_head) const {
    double height = 0;
    for (size_t i = 0; i < std::min(cells.size(), columns.size()); ++i)
      height = std::max(height, TextBlock(context_.get(), cells[i], cell_style(is_head), columns[i] - 10).height());
    return height + 8;
  }
  void row(const std::vector<std::string>& cells, const std::vector<double>& columns, bool is_head) {
    const double height = height_of(cells, columns, is_head);
    keep_together(height);
    if (is_head) {
      use(canvas_.get(), table_head);
      cairo_rectangle(canvas_.get(), left, y_, text_width, height);
      cairo_fill(canvas_.get());
    }
    double x = left;
    for (size_t i = 0; i < std::min(cells.size(), columns.size()); ++i) {
      TextBlock(context_.get(), cells[i], cell_style(is_head), columns[i] - 10).draw(canvas_.get(), x + 5, y_ + 4);
      x += columns[i];
    }
    y_ += height;
    rule(canvas_.get(), left, y_, text_width, is_head ? 0.8 : 0.4, hairline);
  }

  void keep_together(double height) {
    if (y_ + height > paper_height - bottom) next_page();
  }
  void next_page() {
    end_page();
    ++page_;
    y_ = top;
  }
  void end_page() {
    auto number = notice_.language == Language::en ? fmt::format("Page {}", page_) : fmt::format("第 {} 页", page_);
    TextBlock(context_.get(), number, {.size = 8.5, .alignment = PANGO_ALIGN_CENTER, .colour = quiet_ink}, text_width)
        .draw(canvas_.get(), left, paper_height - bottom + 30);
    cairo_show_page(canvas_.get());
  }

  const Notice& notice_;
  std::string bytes_;
  Surface surface_;
  Canvas canvas_;
  std::unique_ptr<PangoContext, Releases<g_object_unref>> context_;
  double y_ = top;
  int page_ = 1;
};

}  // namespace

std::string notice_pdf(const Notice& notice) {
  Sheet sheet(notice);
  sheet.head();
  for (auto& block : notice.blocks) sheet.block(block);
  sheet.foot();
  return sheet.finish();
}

}  // namespace yimen::document
