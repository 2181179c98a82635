#pragma once
#include <unordered_map>

#include "catalogue/formula.h"

namespace yimen::catalogue {

// A form with its values as formulas see them. Each field is looked at when something asks for it, and once.
class FormSeen {
  public:
    FormSeen(const ItemVersion& item, const Values& values, const Answers& answers, Date today)
        : item_(item), values_(values), answers_(answers), today_(today) {}

    bool shown(const Field&);
    bool required(const Field&);
    // As FEEL sees it: null where it is not shown, not filled in or not of its kind.
    rules::Value value(const Field&);
    // Of a computed field, as it is kept; null where nothing follows.
    boost::json::value computed(const Field&);
    rules::Value evaluate(const Formula&);

  private:
    struct State {
        std::optional<bool> shown;
        std::optional<rules::Value> value;
        bool looking = false;  // a field that depends on itself sees nothing; such forms are refused when they are read
    };
    rules::Value named(std::string_view name);
    rules::Value answer(std::string_view name) const;
    bool look_whether_shown(const Field&);

    const ItemVersion& item_;
    const Values& values_;
    const Answers& answers_;
    Date today_;
    std::unordered_map<const Field*, State> states_;
};

// A kept value as FEEL sees it, and the other way round (text, number, money, date, yes_no and choice).
rules::Value feel_value(const Field&, const boost::json::value*);
boost::json::value kept_value(const Field&, const rules::Value&);

}  // namespace yimen::catalogue
