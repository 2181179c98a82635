#include "catalogue/xlsx_stream.h"

#include <expat.h>

#include <charconv>

#include "catalogue/exchange_table.h"

namespace yimen::catalogue {

namespace {

// One part through the parser. What a handler throws waits until the parser has returned, since C cannot pass it on.
class Tags {
  public:
    Tags() : parser_(XML_ParserCreate("UTF-8"), XML_ParserFree) {
        if (!parser_) throw std::bad_alloc();
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(
            parser_.get(),
            [](void* self, const char* name, const char** attributes) {
                guarded(self, [&](Tags& t) { t.deeper(local_name(name), attributes); });
            },
            [](void* self, const char* name) { guarded(self, [&](Tags& t) { --t.depth_, t.end(local_name(name)); }); });
        XML_SetCharacterDataHandler(parser_.get(), [](void* self, const char* text, int size) {
            guarded(self, [&](Tags& t) { t.text({text, static_cast<size_t>(size)}); });
        });
        XML_SetStartDoctypeDeclHandler(parser_.get(), [](void* self, const char*, const char*, const char*, int) {
            guarded(self, [](Tags& t) { t.refuse_types(); });
        });
    }
    virtual ~Tags() = default;
    Tags(const Tags&) = delete;

    bool read(XlsxPackage& package, const std::string& part) {
        part_ = part;
        auto read = package.each_piece(part, [&](std::string_view piece) {
            feed(piece, false);
            return true;
        });
        if (!read) throw std::move(read.error());
        if (*read) feed({}, true);
        return *read;
    }

  protected:
    virtual void begin(std::string_view name, const char** attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view) = 0;

    static std::string_view attribute(const char** attributes, std::string_view name) {
        for (; *attributes; attributes += 2)
            if (*attributes == name) return attributes[1];
        return {};
    }

  private:
    static constexpr int deepest = 100;

    template <class F>
    static void guarded(void* self, F&& f) {
        auto& tags = *static_cast<Tags*>(self);
        if (tags.failure_) return;
        try {
            f(tags);
        } catch (...) {
            tags.failure_ = std::current_exception();
            XML_StopParser(tags.parser_.get(), XML_FALSE);
        }
    }
    void deeper(std::string_view name, const char** attributes) {
        if (++depth_ > deepest) throw told("其中的 {} 层次过深", "its part {} is nested too deeply", part_);
        begin(name, attributes);
    }
    void refuse_types() const {
        throw told("其中的 {} 声明了文档类型或实体，工作簿不会这样",
                   "its part {} declares document types or entities, which no workbook does", part_);
    }

    void feed(std::string_view piece, bool last) {
        const auto status = XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), last);
        if (failure_) std::rethrow_exception(failure_);
        if (status != XML_STATUS_OK) {
            const std::string why = XML_ErrorString(XML_GetErrorCode(parser_.get()));
            throw told("其中的 {} 已损坏（{}）：请重新保存", "its part {} is damaged ({}): save it again", part_, why);
        }
    }

    std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser_;
    std::exception_ptr failure_;
    std::string part_;
    int depth_ = 0;
};

// <si>: one <t>, or several runs <r><t>; readings (<rPh>) are no part of it.
class SharedStrings final : public Tags {
  public:
    SharedStrings(XlsxTexts& texts, size_t most) : texts_(texts), most_(most) {}

  private:
    void begin(std::string_view name, const char**) override {
        if (name == "si") text_.clear();
        if (name == "rPh") reading_ = true;
        taking_ = name == "t" && !reading_;
    }
    void end(std::string_view name) override {
        taking_ = false;
        if (name == "rPh") reading_ = false;
        if (name == "si") texts_.add(without_escapes(text_));
    }
    void text(std::string_view text) override {
        if (!taking_) return;
        if (text.size() > most_)
            throw told("共用文字过多：请拆分，或使用 CSV", "the shared texts are too long: divide the workbook, or use CSV");
        most_ -= text.size();
        text_ += text;
    }

    XlsxTexts& texts_;
    size_t most_;
    std::string text_;
    bool taking_ = false, reading_ = false;
};

class Sheet final : public Tags {
  public:
    Sheet(size_t most_cells, size_t most_bytes, const std::function<void(XlsxRow&)>& take)
        : most_cells_(most_cells), most_bytes_(most_bytes), take_(take) {}

  private:
    void begin(std::string_view name, const char** attributes) override {
        into_ = nullptr;
        if (name == "sheetData") in_data_ = true;
        if (!in_data_) return;
        if (name == "row")
            begin_row(attributes);
        else if (name == "c")
            begin_cell(attributes);
        else if (name == "rPh")
            reading_ = true;
        else if (in_cell_ && name == "v")
            into_ = &row_.cells[used_ - 1].value;
        else if (in_cell_ && name == "t" && !reading_)
            into_ = &row_.cells[used_ - 1].inside;
    }
    void begin_row(const char** attributes) {
        const auto number = attribute(attributes, "r");
        row_.has_number = !number.empty();
        row_.number = 0;
        std::from_chars(number.data(), number.data() + number.size(), row_.number);
        used_ = bytes_ = 0;
        in_row_ = true;
    }
    void begin_cell(const char** attributes) {
        in_cell_ = in_row_ && used_ < most_cells_;
        if (!in_cell_) return;
        // A cell's texts keep their memory from row to row.
        if (used_ == row_.cells.size()) row_.cells.emplace_back();
        auto& cell = row_.cells[used_++];
        cell.reference = attribute(attributes, "r");
        cell.type = attribute(attributes, "t");
        cell.style = attribute(attributes, "s");
        cell.value.clear();
        cell.inside.clear();
    }
    void end(std::string_view name) override {
        into_ = nullptr;
        if (name == "sheetData")
            in_data_ = false;
        else if (name == "rPh")
            reading_ = false;
        else if (name == "c")
            in_cell_ = false;
        else if (name == "row" && in_row_) {
            in_row_ = false;
            row_.cells.resize(used_);
            take_(row_);
        }
    }
    void text(std::string_view text) override {
        if (!into_) return;
        if (bytes_ < most_bytes_) *into_ += text;
        bytes_ += text.size();
    }

    size_t most_cells_, most_bytes_, used_ = 0, bytes_ = 0;
    const std::function<void(XlsxRow&)>& take_;
    XlsxRow row_;
    std::string* into_ = nullptr;
    bool in_data_ = false, in_row_ = false, in_cell_ = false, reading_ = false;
};

}  // namespace

void read_shared_strings(XlsxPackage& package, XlsxBook& book, size_t most_bytes) {
    SharedStrings(book.strings, most_bytes).read(package, "xl/sharedStrings.xml");
}

bool read_sheet_rows(XlsxPackage& package, const std::string& part, size_t most_cells, size_t most_bytes,
                     const std::function<void(XlsxRow&)>& take) {
    return Sheet(most_cells, most_bytes, take).read(package, part);
}

}  // namespace yimen::catalogue
