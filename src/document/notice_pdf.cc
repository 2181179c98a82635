#include "document/sheet.h"

// A notice of an authority: head, what it says, and the signature under the seal, after GB/T 9704 where that fits.
namespace yimen::document {

namespace {

constexpr double body_size = 12, qr_side = 78;

TextStyle small() { return {.size = 8, .leading = 1.6, .colour = quiet_ink, .family = serif}; }

void head(Sheet& sheet, const Notice& notice) {
    sheet.text(notice.authority, {.size = 14, .leading = 1.5, .alignment = PANGO_ALIGN_CENTER, .family = serif});
    sheet.skip(2);
    sheet.text(notice.title, {.size = 23, .leading = 1.45, .bold = true, .alignment = PANGO_ALIGN_CENTER, .family = serif});
    sheet.skip(4);
    sheet.text(notice.number, {.size = 10, .alignment = PANGO_ALIGN_CENTER, .colour = quiet_ink, .family = serif});
    sheet.skip(8);
    sheet.line(1.4, ink);
    sheet.skip(16);
    if (notice.addressee.empty()) return;
    sheet.text(notice.addressee, {.size = body_size, .leading = 1.75, .family = serif});
    sheet.skip(2);
}

TextStyle body(const Sheet& sheet, Language language) {
    const bool chinese = language == Language::zh;
    return {.size = body_size,
            .leading = (chinese ? 0.9 : 0.7) + 0.9 * std::max(sheet.ease(), 0.76),
            .indent = chinese ? 2 * body_size : 0,
            .family = serif};
}

void paragraph(Sheet& sheet, const Notice& notice, const std::string& words) {
    sheet.text(words, body(sheet, notice.language));
    sheet.skip(notice.language == Language::zh ? 2 : 5);
}

// A heading is never the last on a page: something of what it is over stands with it.
void block(Sheet& sheet, const Notice& notice, const Notice::Block& b, const Notice::Block* next) {
    if (!b.heading.empty()) {
        sheet.keep_together(40 + (next && next->table ? sheet.beginning(*next->table) : 2 * body_size * 1.8));
        sheet.skip(8);
        sheet.text(b.heading, {.size = body_size, .leading = 1.6, .bold = true});
        sheet.skip(4);
    }
    if (!b.paragraph.empty()) paragraph(sheet, notice, b.paragraph);
    if (!b.facts.empty() || b.table) sheet.skip(4);
    if (!b.facts.empty()) sheet.line(0.9, ink);
    sheet.facts(b.facts);
    if (!b.facts.empty()) sheet.line(0.9, ink);
    if (b.table) sheet.table(*b.table);
    if (!b.facts.empty() || b.table) sheet.skip(10);
}

// The date ends four characters before the margin, the authority's name is centred above it, and the seal is pressed over
// both so that they lie a little below its middle (GB/T 9704-2012, 7.3.5).
void signature(Sheet& sheet, const Notice& notice, double began) {
    TextStyle style{.size = body_size, .leading = 1.75, .family = serif};
    auto date = sheet.block(notice.place_and_date, style, text_width);
    auto name = sheet.block(notice.signed_by, style, text_width);
    const double line = date.line_height(), width = std::max(date.natural_width(), name.natural_width());
    const double reach = std::max(4 * body_size, seal_radius - width / 2);
    const double middle = paper_width - right - reach - width / 2, y = began + seal_radius - 0.7 * line;
    name.draw(sheet.canvas(), middle - name.natural_width() / 2, y);
    date.draw(sheet.canvas(), middle - date.natural_width() / 2, y + line);
    draw_seal(sheet.canvas(), sheet.context(), notice.seal, middle, began + seal_radius, seal_radius);
}

void code(Sheet& sheet, const Notice& notice, double began) {
    draw_qr(sheet.canvas(), qr_code(notice.qr), left, began, qr_side);
    auto style = small();
    style.alignment = PANGO_ALIGN_LEFT;
    sheet.block(notice.qr_caption, style, 190).draw(sheet.canvas(), left, began + qr_side + 6);
}

double small_print(const Sheet& sheet, const Notice& notice, double width) {
    double height = 0;
    for (auto& line : notice.footer) height += sheet.block(line, small(), width).height();
    return height;
}

// Signature and code beside each other, and the small print under both.
class SealedFoot {
  public:
    SealedFoot(Sheet& sheet, const Notice& notice) : sheet_(sheet), notice_(notice) {
        if (!notice.qr.empty()) pressed_ = std::max(pressed_, qr_side + 6 + sheet.block(notice.qr_caption, small(), 190).height());
    }
    double height() const { return 14 + pressed_ + 12 + small_print(sheet_, notice_, text_width); }
    void draw() {
        const double began = sheet_.y() + 14;
        if (!notice_.qr.empty()) code(sheet_, notice_, began);
        signature(sheet_, notice_, began);
        sheet_.go_to(began + pressed_ + 12);
        for (auto& line : notice_.footer) sheet_.text(line, small());
    }

  private:
    Sheet& sheet_;
    const Notice& notice_;
    double pressed_ = 2 * seal_radius;
};

// Where nothing is sealed: the code, and beside it the date and the small print.
class PlainFoot {
  public:
    PlainFoot(Sheet& sheet, const Notice& notice) : sheet_(sheet), notice_(notice) {}
    double height() const {
        const double print = date().height() + small_print(sheet_, notice_, width());
        return 14 + std::max(print, notice_.qr.empty() ? 0 : qr_side + 6 + small().size * small().leading);
    }
    void draw() {
        const double end = sheet_.y() + height(), x = left + text_width - width();
        double y = sheet_.y() + 14;
        if (!notice_.qr.empty()) code(sheet_, notice_, y);
        date().draw(sheet_.canvas(), x, y);
        y += date().height();
        for (auto& line : notice_.footer) {
            auto words = sheet_.block(line, small(), width());
            words.draw(sheet_.canvas(), x, y);
            y += words.height();
        }
        sheet_.go_to(end);
    }

  private:
    double width() const { return notice_.qr.empty() ? text_width : text_width - qr_side - 24; }
    TextBlock date() const { return sheet_.block(notice_.place_and_date, {.size = 10.5, .leading = 1.6, .family = serif}, width()); }
    Sheet& sheet_;
    const Notice& notice_;
};

double foot_height(Sheet& sheet, const Notice& notice) {
    return notice.seal.empty() ? PlainFoot(sheet, notice).height() : SealedFoot(sheet, notice).height();
}

void foot(Sheet& sheet, const Notice& notice) {
    sheet.keep_together(foot_height(sheet, notice));
    if (notice.seal.empty())
        PlainFoot(sheet, notice).draw();
    else
        SealedFoot(sheet, notice).draw();
}

// A signature does not stand on a page of its own: the last paragraph goes there with it, under its heading where it has one.
void keep_with_signature(Sheet& sheet, const Notice& notice, size_t at) {
    const size_t last = notice.blocks.size() - 1;
    const bool headed = at + 1 == last && !notice.blocks[at].heading.empty() && notice.blocks[at].paragraph.empty();
    if ((at != last && !headed) || notice.blocks[last].paragraph.empty()) return;
    const double words = sheet.block(notice.blocks[last].paragraph, body(sheet, notice.language), text_width).height();
    const double needed = words + (headed ? 40 : 0) + 8 + foot_height(sheet, notice);
    if (needed > sheet.room() && needed < paper_height - top - bottom && sheet.y() > top) sheet.next_page();
}

struct Drawn {
    int pages;
    std::string pdf;
};

Drawn drawn(const Notice& notice, int pages, double ease) {
    auto running = notice.number.empty() ? notice.title : fmt::format("{}  {}", notice.title, notice.number);
    Sheet sheet(notice, {std::move(running), pages, ease});
    head(sheet, notice);
    for (size_t i = 0; i < notice.blocks.size(); ++i) {
        keep_with_signature(sheet, notice, i);
        block(sheet, notice, notice.blocks[i], i + 1 < notice.blocks.size() ? &notice.blocks[i + 1] : nullptr);
    }
    foot(sheet, notice);
    return {sheet.page(), sheet.finish()};
}

}  // namespace

// Set with wide leading; closer where that saves a page. The pages are counted before they are drawn, since each says of how many
// it is.
std::string notice_pdf(const Notice& notice) {
    constexpr double wide = 1, close = 0.6;
    int pages = drawn(notice, 0, wide).pages;
    double ease = wide;
    if (pages > 1) {
        if (const int closer = drawn(notice, 0, close).pages; closer < pages) pages = closer, ease = close;
    }
    return drawn(notice, pages, ease).pdf;
}

}  // namespace yimen::document
