#include "document/sheet.h"

// Tables of a notice: a strong rule above() and below, a hairline between rows, the heads again on each page.
namespace yimen::document {

std::vector<double> Sheet::widths(const Notice::Table& table) const {
    double sum = 0;
    std::vector<double> all;
    for (size_t i = 0; i < table.heads.size(); ++i) {
        all.push_back(i < table.widths.size() ? table.widths[i] : 1);
        sum += all.back();
    }
    for (auto& width : all) width *= text_width / sum;
    return all;
}

TextStyle Sheet::cell(bool head) const {
    if (head) return {.size = 9.5, .leading = 1.55, .bold = true, .colour = quiet_ink};
    return {.size = 10, .leading = 1.55, .family = serif};
}

double Sheet::height_of(const std::vector<std::string>& cells, const std::vector<double>& columns, bool head) const {
    double height = 0;
    for (size_t i = 0; i < std::min(cells.size(), columns.size()); ++i)
        height = std::max(height, block(cells[i], cell(head), columns[i] - 2 * beside).height());
    return height + 2 * above();
}

void Sheet::row(const std::vector<std::string>& cells, const std::vector<double>& columns, bool head) {
    const double height = height_of(cells, columns, head);
    if (head) {
        use(canvas_.get(), table_head);
        cairo_rectangle(canvas_.get(), left, y_, text_width, height);
        cairo_fill(canvas_.get());
        rule(canvas_.get(), left, y_, text_width, 0.9, ink);
    }
    double x = left;
    for (size_t i = 0; i < std::min(cells.size(), columns.size()); x += columns[i++])
        block(cells[i], cell(head), columns[i] - 2 * beside).draw(canvas_.get(), x + beside, y_ + above());
    y_ += height;
    rule(canvas_.get(), left, y_, text_width, head ? 0.6 : 0.4, head ? quiet_ink : hairline);
}

// A row higher than a page: as many lines of each cell as fit, then on under the heads.
void Sheet::cells_over_pages(const std::vector<std::string>& cells, const std::vector<std::string>& heads,
                             const std::vector<double>& columns) {
    std::vector<TextBlock> blocks;
    int lines = 0;
    for (size_t i = 0; i < std::min(cells.size(), columns.size()); ++i) {
        blocks.push_back(block(cells[i], cell(false), columns[i] - 2 * beside));
        lines = std::max(lines, blocks.back().lines());
    }
    const double height = blocks[0].line_height();
    for (int from = 0; from < lines;) {
        const int to = std::min(lines, from + static_cast<int>((room() - 2 * above()) / height));
        double x = left;
        for (size_t i = 0; i < blocks.size(); x += columns[i++])
            if (from < blocks[i].lines()) blocks[i].draw(canvas_.get(), x + beside, y_ + above(), from, std::min(to, blocks[i].lines()));
        y_ += (to - from) * height + 2 * above();
        from = to;
        rule(canvas_.get(), left, y_, text_width, 0.4, hairline);
        if (from < lines) next_page(), row(heads, columns, true);
    }
}

double Sheet::beginning(const Notice::Table& table) const {
    const auto columns = widths(table);
    const double first = table.rows.empty() ? 0 : height_of(table.rows[0], columns, false);
    return height_of(table.heads, columns, true) + std::min(first, (paper_height - top - bottom) / 2);
}

// The heads never stand alone at the foot of a page.
void Sheet::table(const Notice::Table& table) {
    if (table.heads.empty() || table.rows.empty()) return;
    const auto columns = widths(table);
    const double heads = height_of(table.heads, columns, true), page = paper_height - top - bottom;
    keep_together(beginning(table));
    row(table.heads, columns, true);
    for (auto& cells : table.rows) {
        const double height = height_of(cells, columns, false);
        if (height > page - heads) {
            cells_over_pages(cells, table.heads, columns);
            continue;
        }
        if (height > room()) next_page(), row(table.heads, columns, true);
        row(cells, columns, false);
    }
    line(0.9, ink);
}

}  // namespace yimen::document
