#pragma once
#include "rules/scope.h"

namespace yimen::rules {

// Reads the text of an expression: white space, comments, names, literals. After the first mistake it stands at the end,
// so that whoever reads on finds nothing more.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    void skip();
    bool done() { return skip(), at_ >= text_.size(); }
    // Takes an operator or bracket.
    bool take(std::string_view symbol);
    bool see(std::string_view symbol);
    // Takes a word that no letter continues.
    bool word(std::string_view);
    bool see_word(std::string_view);

    // Where a name would end if it stood here; 0 when it does not.
    size_t match(std::string_view name);
    void move(size_t to) { at_ = to; }
    size_t at() const { return at_; }
    std::string_view text() const { return text_; }
    char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    // A word of letters and digits; empty when none stands here.
    std::string_view identifier();
    // A name of any form up to one of the characters (not taken), tidied; empty when something else stands before it.
    std::string name_before(std::string_view ends);
    // "x of y" up to the word `in` (taken).
    std::string name_before_in();
    std::optional<Decimal> number();
    std::optional<std::string> string();

    void fail(std::string en, std::string zh);
    bool failed() const { return failed_; }
    struct Mistake {
        size_t position = 0;
        std::string en, zh;
    };
    const Mistake& mistake() const { return mistake_; }
    // For trying one reading before another.
    struct Place {
        size_t at;
        bool failed;
    };
    Place place() const { return {at_, failed_}; }
    void back(Place p) { at_ = p.at, failed_ = p.failed; }

  private:
    char32_t code_point(size_t& at) const;
    bool name_part(size_t at, bool start) const;
    bool escape(std::string& out);

    std::string_view text_;
    size_t at_ = 0;
    bool failed_ = false;
    Mistake mistake_;
};

}  // namespace yimen::rules
