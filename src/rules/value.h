#pragma once
#include <atomic>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/decimal.h"

namespace yimen::rules {

// What is counted by its users and shared between threads. Never changed once somebody else holds it.
struct Shared {
    virtual ~Shared() = default;
    mutable std::atomic<uint32_t> users{0};
};

template <class T>
class Ref {
  public:
    Ref() = default;
    explicit Ref(const T* shared) : shared_(shared) { take(); }
    Ref(const Ref& other) : Ref(other.shared_) {}
    Ref(Ref&& other) noexcept : shared_(std::exchange(other.shared_, nullptr)) {}
    Ref& operator=(Ref other) noexcept {
        std::swap(shared_, other.shared_);
        return *this;
    }
    ~Ref() {
        if (shared_ && shared_->users.fetch_sub(1, std::memory_order_acq_rel) == 1) delete shared_;
    }
    const T* get() const { return shared_; }
    const T* operator->() const { return shared_; }
    const T& operator*() const { return *shared_; }
    explicit operator bool() const { return shared_; }

  private:
    void take() {
        if (shared_) shared_->users.fetch_add(1, std::memory_order_relaxed);
    }
    const T* shared_ = nullptr;
};

struct Text final : Shared {
    explicit Text(std::string s) : text(std::move(s)) {}
    const std::string text;
};
// A name in a context: the same name written once in a model is one object, so equal pointers need no reading.
using Name = Ref<Text>;
inline Name name_of(std::string_view text) { return Name(new Text(std::string(text))); }
inline bool same(const Name& a, const Name& b) { return a.get() == b.get() || a->text == b->text; }

// Proleptic Gregorian, years -999,999,999 to 999,999,999.
struct CivilDate {
    int32_t year = 1970;
    uint8_t month = 1, day = 1;
    bool operator==(const CivilDate&) const = default;
    auto operator<=>(const CivilDate&) const = default;
};

struct Moment;
struct RangeValue;
struct ListValue;
struct ContextValue;
struct FunctionValue;

enum class Kind : uint8_t { null, boolean, number, date, months, duration, string, time, date_time, range, list, context, function };

// A FEEL value, 24 bytes; copying one never copies what it holds.
class Value {
  public:
    Value() : kind_(Kind::null), bits_{} {}
    Value(const Value& other) : kind_(other.kind_), bits_(other.bits_) {
        if (shared()) bits_.shared->users.fetch_add(1, std::memory_order_relaxed);
    }
    Value(Value&& other) noexcept : kind_(std::exchange(other.kind_, Kind::null)), bits_(other.bits_) {}
    Value& operator=(const Value& other) {
        Value copy(other);
        swap(copy);
        return *this;
    }
    Value& operator=(Value&& other) noexcept {
        Value taken(std::move(other));
        swap(taken);
        return *this;
    }
    ~Value() {
        if (shared() && bits_.shared->users.fetch_sub(1, std::memory_order_acq_rel) == 1) delete bits_.shared;
    }
    void swap(Value& other) noexcept {
        std::swap(kind_, other.kind_);
        std::swap(bits_, other.bits_);
    }

    static Value boolean(bool b) {
        Value v;
        v.kind_ = Kind::boolean;
        v.bits_.boolean = b;
        return v;
    }
    // Null when it is not finite.
    static Value number(const Decimal& d) {
        Value v;
        if (!d.finite()) return v;
        v.kind_ = Kind::number;
        v.bits_.number = d;
        return v;
    }
    static Value number(int64_t n) { return number(Decimal(n)); }
    static Value date(CivilDate d) {
        Value v;
        v.kind_ = Kind::date;
        v.bits_.date = d;
        return v;
    }
    static Value months(int64_t n) {
        Value v;
        v.kind_ = Kind::months;
        v.bits_.months = n;
        return v;
    }
    // Days and time, in nanoseconds.
    static Value duration(__int128 nanoseconds);
    static Value string(std::string);
    static Value string(const Name& text) { return Value(Kind::string, text.get()); }
    static Value time(Moment);
    static Value date_time(Moment);
    static Value range(RangeValue);
    static Value list(std::vector<Value>);
    static Value context(std::vector<std::pair<Name, Value>>);
    static Value function(const FunctionValue* f);

    Kind kind() const { return kind_; }
    bool is(Kind kind) const { return kind_ == kind; }
    bool null() const { return kind_ == Kind::null; }
    bool is_true() const { return kind_ == Kind::boolean && bits_.boolean; }
    bool is_false() const { return kind_ == Kind::boolean && !bits_.boolean; }

    // Each only for its kind.
    bool boolean() const { return bits_.boolean; }
    const Decimal& number() const { return bits_.number; }
    CivilDate date() const { return bits_.date; }
    int64_t months() const { return bits_.months; }
    __int128 duration() const { return __int128(bits_.wide.high) << 64 | bits_.wide.low; }
    const std::string& string() const { return static_cast<const Text*>(bits_.shared)->text; }
    const Moment& moment() const;
    const RangeValue& range() const;
    const std::vector<Value>& list() const;
    const std::vector<std::pair<Name, Value>>& context() const;
    const FunctionValue& function() const;
    // The member of a context, or nullptr.
    const Value* member(std::string_view name) const;
    const Value* member(const Name& name) const;
    const void* address() const { return bits_.shared; }

    // How many levels of lists, contexts and ranges, and how many values in all: what bounds every walk over it.
    uint32_t depth() const;
    uint32_t weight() const;

    // As FEEL's string() gives it; strings inside lists and contexts are quoted.
    std::string text() const;

  private:
    Value(Kind kind, const Shared* shared) : kind_(kind) {
        bits_.shared = shared;
        shared->users.fetch_add(1, std::memory_order_relaxed);
    }
    bool shared() const { return kind_ >= Kind::string; }

    Kind kind_;
    union Bits {
        Bits() : wide{} {}
        bool boolean;
        Decimal number;
        CivilDate date;
        int64_t months;
        struct {
            int64_t high;
            uint64_t low;
        } wide;
        const Shared* shared;
    } bits_;
};

using Members = std::vector<std::pair<Name, Value>>;

// Three-valued: nothing where FEEL says null.
using Truth3 = std::optional<bool>;
inline Value truth(Truth3 t) { return t ? Value::boolean(*t) : Value(); }
// FEEL's `=`: null only equals null; whether values of two other kinds are equal is null.
Truth3 equal(const Value&, const Value&);
inline bool same_value(const Value& a, const Value& b) { return equal(a, b).value_or(false); }
// FEEL's is(): equal also in how it was written (offset and zone of a time).
bool identical(const Value&, const Value&);
// -1, 0, 1; nothing when the two have no order.
std::optional<int> compare(const Value&, const Value&);

struct RangeValue {
    enum class Written : uint8_t { interval, comparison, different };
    Value low, high;  // null: without an end there
    bool low_included = false, high_included = false;
    Written written = Written::interval;
};
Truth3 includes(const RangeValue&, const Value&);

}  // namespace yimen::rules
