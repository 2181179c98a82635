#pragma once
// Only for the sources of this folder: A4 pages that text, facts and tables flow down.
#include "document/document.h"
#include "document/drawing.h"

namespace yimen::document {

using Context = std::unique_ptr<PangoContext, Releases<g_object_unref>>;

constexpr double paper_width = 595.28, paper_height = 841.89;
constexpr double left = 74, right = 74, top = 74, bottom = 82;  // points; about 26 mm at the sides, as GB/T 9704 has it
constexpr double text_width = paper_width - left - right;

// The faces of a notice: all that is said in a serif, headings and the heads of tables in a sans. Cairo 1.16 keeps a face
// small only where it understands every character's outline; of Noto Sans it often does not, and the file grows by 900 KB.
constexpr const char* serif = "Noto Serif CJK SC";
constexpr double beside = 6;  // white on both sides of a fact or a cell

// How a notice is set: what stands at the foot of every page, the number of pages in all (0: only counting them), and how wide
// the white between lines and parts is.
struct Setting {
    std::string words;
    int pages = 0;
    double ease = 1;
};

class Sheet {
  public:
    Sheet(const Notice&, Setting);

    // Text in lines over the full width. A page break never leaves one line of a paragraph alone.
    void text(std::string_view words, TextStyle);
    void facts(const std::vector<std::pair<std::string, std::string>>&);
    void table(const Notice::Table&);
    // What must stand together for a table to begin on a page: its heads and first row.
    double beginning(const Notice::Table&) const;
    void skip(double points) { y_ += points * setting_.ease; }
    double ease() const { return setting_.ease; }
    void line(double thickness, Colour);
    // Begins the next page unless so much is left on this one.
    void keep_together(double height);

    double y() const { return y_; }
    double room() const { return paper_height - bottom - y_; }
    void go_to(double y) { y_ = y; }
    int page() const { return page_; }
    cairo_t* canvas() const { return canvas_.get(); }
    PangoContext* context() const { return context_.get(); }
    TextBlock block(std::string_view words, TextStyle, double width) const;

    void next_page();

    // The bytes of the PDF, nothing where pages were only counted; the sheet is done then.
    std::string finish();

  private:
    void describe();
    void fact(std::string_view name, std::string_view value, double name_width);
    void end_page();
    double above() const { return 4.5 * setting_.ease; }  // white over and under what stands in a fact or a cell
    std::vector<double> widths(const Notice::Table&) const;
    TextStyle cell(bool head) const;
    double height_of(const std::vector<std::string>& cells, const std::vector<double>& columns, bool head) const;
    void row(const std::vector<std::string>& cells, const std::vector<double>& columns, bool head);
    void cells_over_pages(const std::vector<std::string>& cells, const std::vector<std::string>& heads, const std::vector<double>& columns);

    const Notice& notice_;
    Setting setting_;
    std::string bytes_;
    Surface surface_;
    Canvas canvas_;
    Context context_;
    double y_ = top;
    int page_ = 1;
};

}  // namespace yimen::document
