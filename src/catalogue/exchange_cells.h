#pragma once
#include "base/clock.h"
#include "catalogue/exchange_table.h"

namespace yimen::catalogue {

// The faults found so far: all are counted, the first are kept.
class ExchangeFaults {
  public:
    explicit ExchangeFaults(size_t most) : most_(most) {}
    void add(ExchangeFault fault) {
        ++count_;
        if (kept_.size() < most_) kept_.push_back(std::move(fault));
    }
    size_t count() const { return count_; }
    std::vector<ExchangeFault> take() { return std::move(kept_); }

  private:
    size_t most_, count_ = 0;
    std::vector<ExchangeFault> kept_;
};

// One row's cells by the names of their columns, read as what they mean; each that is wrong becomes a fault.
class ExchangeRow {
  public:
    ExchangeRow(const ExchangeTable& table, size_t row, ExchangeFaults& faults) : table_(&table), row_(row), faults_(&faults) {}

    void fault(std::string_view column, Text message) const;
    std::string text(std::string_view column) const;  // trimmed, lines ended by \n alone
    std::string needed(std::string_view column) const;
    int64_t number(std::string_view column, int64_t low, int64_t high, int64_t when_empty) const;
    int64_t needed_number(std::string_view column, int64_t low, int64_t high) const;
    // 1 and 0, 是 and 否.
    bool yes(std::string_view column, bool when_empty) const;
    // "2026-01-01", also with slashes or without separators, and with a time behind it that is left out; nothing where empty.
    std::optional<Date> date(std::string_view column) const;
    // The word that one of the codes stands for.
    std::string code(std::string_view column, std::initializer_list<std::pair<std::string_view, std::string_view>> codes,
                     std::string_view when_empty) const;
    // Several codes in one cell, with commas or ^ between.
    std::vector<std::string> codes(std::string_view column) const;

  private:
    const ExchangeTable* table_;
    size_t row_;
    ExchangeFaults* faults_;
};

}  // namespace yimen::catalogue
