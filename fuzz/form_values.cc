#include "catalogue/forms.h"
#include "catalogue/testing.h"
#include "fuzz.h"

// Any JSON as the values of a form with a field of every kind is checked, computed and read in words to an end; what is computed is
// the same when computed again, and what is checked names fields that there are.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace yimen;
    using namespace yimen::catalogue;
    boost::json::error_code error;
    auto parsed = boost::json::parse(fuzz::text(data, size), error);
    auto* values = error ? nullptr : parsed.if_object();
    if (!values) return 0;
    auto& item = embedded_item("drainage-permit-new");
    Answers answers{{"premises", "construction"}, {"applicant", "organisation"}};
    constexpr Date today{std::chrono::year(2026), std::chrono::November, std::chrono::day(24)};
    compute(item, *values, answers);
    auto again = *values;
    compute(item, again, answers);
    fuzz::must(again == *values);
    for (auto& wrong : check_form(item, {}, *values, answers, today, "李娜"))
        fuzz::must(item.field(wrong.field) && !wrong.message.zh.empty() && !wrong.message.en.empty());
    for (auto& section : item.form)
        for (auto& field : section.fields) value_words(field, values->if_contains(field.name), Language::zh);
    return 0;
}
