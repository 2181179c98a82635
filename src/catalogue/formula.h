#pragma once
#include <functional>
#include <set>

#include "catalogue/catalogue.h"
#include "rules/rules.h"

// FEEL in forms: what makes a field visible, required, computed or valid.
namespace yimen::catalogue {

class Formula {
  public:
    using Names = std::set<std::string, std::less<>>;
    using Lookup = std::function<rules::Value(std::string_view name)>;

    // `names`: the questions and fields that it may speak of.
    static Result<Formula, rules::Fault> read(std::string_view text, const Names& names);
    // Null where something in it is, or where it would take too long.
    rules::Value evaluate(const Lookup&, Date today) const;

    // Names of questions and fields in it, each once.
    const std::vector<std::string>& uses() const { return uses_; }
    // What names are compared with as a written text: {"premises", "food"}; to see whether they can ever be that.
    struct Compared {
        std::string name, text;
    };
    const std::vector<Compared>& compared() const { return compared_; }
    // Whether it asks for today's date: its value then changes although nobody has typed anything.
    bool asks_the_clock() const { return asks_the_clock_; }

  private:
    std::vector<std::string> uses_;
    std::vector<Compared> compared_;
    bool asks_the_clock_ = false;
    rules::Expression expression_;
};

}  // namespace yimen::catalogue
