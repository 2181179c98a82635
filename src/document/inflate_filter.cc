#include "document/inflate_filter.h"

#include <qpdf/Pl_Flate.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFStreamFilter.hh>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace yimen::document {
namespace {

thread_local std::optional<size_t> budget;

class Meter final : public Pipeline {
  public:
    explicit Meter(Pipeline* next) : Pipeline("meter", next) {}
    void write(const unsigned char* data, size_t size) override {
        if (budget) {
            if (size > *budget) throw InflatedTooMuch{};
            *budget -= size;
        }
        getNext()->write(data, size);
    }
    void finish() override { getNext()->finish(); }
};

unsigned char paeth(int left, int above, int corner) {
    const int guess = left + above - corner;
    const int a = std::abs(guess - left), b = std::abs(guess - above), c = std::abs(guess - corner);
    return static_cast<unsigned char>(a <= b && a <= c ? left : b <= c ? above : corner);
}

// PNG's predictors (ISO 32000-1, 7.4.4.4): each row is a predictor's number and `columns` differences.
class Unpredict final : public Pipeline {
  public:
    Unpredict(Pipeline* next, size_t columns, size_t pixel) : Pipeline("unpredict", next), pixel_(pixel) {
        row_.reserve(columns + 1);
        columns_ = columns;
        above_.assign(columns, 0);
    }
    void write(const unsigned char* data, size_t size) override {
        for (size_t i = 0; i < size; ++i) {
            row_.push_back(data[i]);
            if (row_.size() == columns_ + 1) give_row();
        }
    }
    void finish() override {
        if (row_.size() > 1) give_row();
        getNext()->finish();
    }

  private:
    void give_row() {
        const auto kind = row_.front();
        row_.erase(row_.begin());
        for (size_t i = 0; i < row_.size(); ++i) {
            const int left = i < pixel_ ? 0 : row_[i - pixel_], above = above_[i], corner = i < pixel_ ? 0 : above_[i - pixel_];
            const int guess = kind == 1   ? left
                              : kind == 2 ? above
                              : kind == 3 ? (left + above) / 2
                              : kind == 4 ? paeth(left, above, corner)
                                          : 0;
            row_[i] = static_cast<unsigned char>(row_[i] + guess);
        }
        getNext()->write(row_.data(), row_.size());
        std::copy(row_.begin(), row_.end(), above_.begin());
        row_.clear();
    }
    size_t columns_, pixel_;
    std::vector<unsigned char> row_, above_;
};

class Inflate final : public QPDFStreamFilter {
  public:
    bool setDecodeParms(QPDFObjectHandle parameters) override {
        if (parameters.isNull()) return true;
        if (!parameters.isDictionary()) return false;
        predictor_ = number(parameters, "/Predictor", 1);
        const auto colours = number(parameters, "/Colors", 1), bits = number(parameters, "/BitsPerComponent", 8);
        const auto columns = number(parameters, "/Columns", 1);
        if (colours < 1 || colours > 32 || bits < 1 || bits > 16 || columns < 1 || columns > 1 << 20) return false;
        columns_ = static_cast<size_t>((columns * colours * bits + 7) / 8);
        pixel_ = static_cast<size_t>(std::max(1LL, colours * bits / 8));
        return predictor_ == 1 || (predictor_ >= 10 && predictor_ <= 15);
    }
    Pipeline* getDecodePipeline(Pipeline* next) override {
        if (predictor_ >= 10) next = keep(std::make_unique<Unpredict>(next, columns_, pixel_));
        next = keep(std::make_unique<Meter>(next));
        return keep(std::make_unique<Pl_Flate>("inflate", next, Pl_Flate::a_inflate));
    }

  private:
    static long long number(QPDFObjectHandle& parameters, const std::string& key, long long otherwise) {
        auto value = parameters.getKey(key);
        return value.isInteger() ? value.getIntValue() : otherwise;
    }
    Pipeline* keep(std::unique_ptr<Pipeline> part) { return parts_.emplace_back(std::move(part)).get(); }
    long long predictor_ = 1;
    size_t columns_ = 1, pixel_ = 1;
    std::vector<std::unique_ptr<Pipeline>> parts_;
};

// Filters that nobody uses for a file's structure, and that inflate without a measure of ours.
class Refuse final : public QPDFStreamFilter {
  public:
    bool setDecodeParms(QPDFObjectHandle) override { return false; }
    Pipeline* getDecodePipeline(Pipeline* next) override { return next; }
};

}  // namespace

InflatingBudget::InflatingBudget(size_t bytes) { budget = bytes; }
InflatingBudget::~InflatingBudget() { budget.reset(); }

void limit_inflating() {
    static std::once_flag once;
    std::call_once(once, [] {
        QPDF::registerStreamFilter("/FlateDecode", [] { return std::make_shared<Inflate>(); });
        for (const char* unused : {"/LZWDecode", "/RunLengthDecode"})
            QPDF::registerStreamFilter(unused, [] { return std::make_shared<Refuse>(); });
    });
}

}  // namespace yimen::document
