#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/codes.h"
#include "base/id.h"

namespace yimen::db {

// Bytes in a column of type BLOB (BYTEA on PostgreSQL); everything else is BIGINT or TEXT. There are no other column types.
struct Blob {
    std::string bytes;
    bool operator==(const Blob&) const = default;
};
struct BlobView {
    std::string_view bytes;
};

// A bound parameter. Text and blobs are views: they must outlive the call (ask/later copy what they need).
class Param {
  public:
    Param(std::nullopt_t) {}
    Param(int64_t v) : value(v) {}
    Param(int v) : value(int64_t{v}) {}
    Param(bool v) : value(int64_t{v}) {}
    Param(std::string_view v) : value(v) {}
    Param(const char* v) : value(std::string_view(v)) {}
    Param(const std::string& v) : value(std::string_view(v)) {}
    Param(BlobView v) : value(v) {}
    Param(const Blob& v) : value(BlobView{v.bytes}) {}
    Param(Instant v) : value(int64_t{v.time_since_epoch().count()}) {}
    Param(Date v) : owned(to_iso(v)), value(std::string_view(owned)) {}  // stored as ISO text
    Param(Division v) : value(int64_t{v.code()}) {}
    template <class Tag>
    Param(Id<Tag> v) : value(v.value) {}
    template <class T>
    Param(const std::optional<T>& v) {
        if (v) *this = Param(*v);
    }
    Param(const Param& o) { *this = o; }
    Param& operator=(const Param& o) {
        owned = o.owned;
        value = o.value;
        if (!owned.empty()) value = std::string_view(owned);
        return *this;
    }

  private:
    std::string owned;

  public:
    std::variant<std::monostate, int64_t, std::string_view, BlobView> value;
};

// One cell as read. Views stay valid as long as the Rows they came from.
using Cell = std::variant<std::monostate, int64_t, std::string_view, BlobView>;

namespace detail {
template <class T>
struct Read;
[[noreturn]] void wrong_type(const char* wanted);
template <class V>
const V& need(const Cell& c, const char* wanted) {
    if (auto v = std::get_if<V>(&c)) return *v;
    wrong_type(wanted);
}
template <>
struct Read<int64_t> {
    static int64_t from(const Cell& c) { return need<int64_t>(c, "BIGINT"); }
};
template <>
struct Read<int> {
    static int from(const Cell& c) { return static_cast<int>(need<int64_t>(c, "BIGINT")); }
};
template <>
struct Read<bool> {
    static bool from(const Cell& c) { return need<int64_t>(c, "BIGINT") != 0; }
};
template <>
struct Read<std::string_view> {
    static std::string_view from(const Cell& c) { return need<std::string_view>(c, "TEXT"); }
};
template <>
struct Read<std::string> {
    static std::string from(const Cell& c) { return std::string(need<std::string_view>(c, "TEXT")); }
};
template <>
struct Read<Blob> {
    static Blob from(const Cell& c) { return {std::string(need<BlobView>(c, "BLOB").bytes)}; }
};
template <>
struct Read<BlobView> {
    static BlobView from(const Cell& c) { return need<BlobView>(c, "BLOB"); }
};
template <>
struct Read<Instant> {
    static Instant from(const Cell& c) { return Instant(std::chrono::milliseconds(need<int64_t>(c, "BIGINT"))); }
};
template <>
struct Read<Date> {
    static Date from(const Cell& c) {
        if (auto d = parse_date(need<std::string_view>(c, "TEXT"))) return *d;
        wrong_type("date");
    }
};
template <>
struct Read<Division> {
    static Division from(const Cell& c) { return Division(static_cast<int>(need<int64_t>(c, "BIGINT"))); }
};
template <class Tag>
struct Read<Id<Tag>> {
    static Id<Tag> from(const Cell& c) { return {need<int64_t>(c, "BIGINT")}; }
};
template <class T>
struct Read<std::optional<T>> {
    static std::optional<T> from(const Cell& c) {
        if (std::holds_alternative<std::monostate>(c)) return std::nullopt;
        return Read<T>::from(c);
    }
};
}  // namespace detail

// What the views of an answer point into; a Row keeps it alive on its own.
struct Held {
    std::vector<Cell> cells;
    std::shared_ptr<void> bytes;
};

class Row {
  public:
    Row(std::shared_ptr<const Held> held, size_t begin, size_t count) : held_(std::move(held)), begin_(begin), count_(count) {}
    size_t size() const { return count_; }
    // Column by position, from 0. Throws std::logic_error for a wrong type, or a null read as a plain T.
    template <class T>
    T get(size_t column) const {
        if (column >= count_) detail::wrong_type("column");
        return detail::Read<T>::from(held_->cells[begin_ + column]);
    }

  private:
    std::shared_ptr<const Held> held_;
    size_t begin_, count_;
};

// All rows of an answer, held in memory.
class Rows {
  public:
    Rows() = default;
    Rows(size_t columns, std::vector<Cell> cells, std::shared_ptr<void> bytes)
        : columns_(columns), held_(std::make_shared<const Held>(Held{std::move(cells), std::move(bytes)})) {}
    size_t size() const { return columns_ ? held_->cells.size() / columns_ : 0; }
    bool empty() const { return size() == 0; }
    Row operator[](size_t i) const { return {held_, i * columns_, columns_}; }
    std::optional<Row> first() const { return empty() ? std::nullopt : std::optional<Row>((*this)[0]); }

    class iterator {
      public:
        iterator(const Rows* rows, size_t at) : rows_(rows), at_(at) {}
        Row operator*() const { return (*rows_)[at_]; }
        iterator& operator++() { return ++at_, *this; }
        bool operator!=(const iterator& o) const { return at_ != o.at_; }

      private:
        const Rows* rows_;
        size_t at_;
    };
    iterator begin() const { return {this, 0}; }
    iterator end() const { return {this, size()}; }

  private:
    size_t columns_ = 0;
    std::shared_ptr<const Held> held_;
};

}  // namespace yimen::db
