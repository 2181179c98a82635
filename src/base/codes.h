#pragma once
#include <compare>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace yimen {

// The parsers read a code from the left and name the first character that is wrong. Lower-case letters are read as capitals.
// Making a code from parts that cannot be in one (`make`, `mod37_36`) is a programming error: std::invalid_argument.

// Why a code is not one, and at which character (0-based; the length where it ends too early).
struct CodeError {
    enum class Kind { length, character, division, date, check, structure };
    Kind kind;
    size_t position;
    bool operator==(const CodeError&) const = default;
};
// One sentence that says which character is wrong and what would be right in form, never the right check digit.
std::string describe(const CodeError&, Language);

// GB/T 2260, six digits; a known province prefix is required.
class Division {
  public:
    static Result<Division, CodeError> parse(std::string_view);
    constexpr explicit Division(int code = 310120) : code_(code) {}
    int code() const { return code_; }
    std::string text() const;
    auto operator<=>(const Division&) const = default;

  private:
    int code_;
};

// GB 11643 resident identity number. Refuses impossible dates, unknown province prefixes and birth dates after `today`.
class ResidentNumber {
  public:
    static Result<ResidentNumber, CodeError> parse(std::string_view, Date today);
    const std::string& text() const { return text_; }
    Date born() const;
    bool male() const;
    // "310120********1234": what pages show.
    std::string masked() const;
    auto operator<=>(const ResidentNumber&) const = default;

  private:
    std::string text_;
};

// GB 32100 unified social credit code.
class CreditCode {
  public:
    static Result<CreditCode, CodeError> parse(std::string_view);
    const std::string& text() const { return text_; }
    auto operator<=>(const CreditCode&) const = default;

  private:
    std::string text_;
};

// National catalogue: implementing authority's credit code (18) + level (1) + basic code (12).
class TaskCode {
  public:
    static Result<TaskCode, CodeError> parse(std::string_view);
    static TaskCode make(const CreditCode&, int level, std::string_view basic_code);
    const std::string& text() const { return text_; }
    auto operator<=>(const TaskCode&) const = default;

  private:
    std::string text_;
};

// GB/T 36904 electronic licence identifier: 1.2.156.3005.2.<type 21>.<issuer>.<serial>.<version 3>.<check>.
class LicenceIdentifier {
  public:
    static Result<LicenceIdentifier, CodeError> parse(std::string_view);
    // `type_code`: issuing authority's credit code + 3 digits; version 1–999. ISO/IEC 7064 MOD 37,36 check character.
    static LicenceIdentifier make(std::string_view type_code, const CreditCode& issuer, std::string_view serial, int version);
    const std::string& text() const { return text_; }
    auto operator<=>(const LicenceIdentifier&) const = default;

  private:
    std::string text_;
};

// A case's public number: division (6), Shanghai date yyyymmdd (8), sequence (6, from 000001), ISO/IEC 7064 MOD 37,36 check
// character: "31012020261124000123K". Groups of the printed form "310120-20261124-000123-K" are accepted on input.
class CaseNumber {
  public:
    static Result<CaseNumber, CodeError> parse(std::string_view);
    static CaseNumber make(Division, Date, int64_t sequence);
    const std::string& text() const { return text_; }
    std::string printed() const;
    auto operator<=>(const CaseNumber&) const = default;

  private:
    std::string text_;
};

// ISO/IEC 7064 MOD 37,36 over 0-9A-Z: the check character of `body`.
char mod37_36(std::string_view body);

}  // namespace yimen
