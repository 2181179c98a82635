#include "catalogue/check_rules.h"
#include "catalogue/guide_step.h"
#include "catalogue/rules_testing.h"
#include "fuzz.h"

// Any bytes as the rules of an item are checked to an end; without a fault guidance leads to an outcome by every first and
// every last answer, asking each question once at most.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace yimen;
    using namespace yimen::catalogue;
    RulesOfItem made;
    made.questions = {choice("premises", {"food", "shop", "office"}), number("area"), number("seats", true), yes_no("open")};
    auto item = made.item();
    item.rules = std::make_shared<const ItemRules>(std::string(fuzz::text(data, size)));
    auto faults = check_rules(item, "rules.dmn");
    for (auto& fault : faults) fuzz::must(!fault.message.empty() && valid_utf8(fault.message));
    if (!faults.empty()) return 0;
    for (bool last : {false, true}) {
        Answers answers;
        while (auto* next = next_question(item, answers)) {
            fuzz::must(!answers.contains(next->name) && questions_left(item, answers) > 0);
            answers[next->name] = next->kind == Question::Kind::yes_no   ? last ? "yes" : "no"
                                  : next->kind == Question::Kind::number ? last ? "9999" : "0"
                                  : last                                 ? next->choices.back().value
                                                                         : next->choices[0].value;
        }
        // A fee that cannot be is refused by the questions it is computed from, one of which is then asked again.
        auto outcome = guide(item, answers, {});
        auto step = guide_step(item, answers, {}, {});
        fuzz::must(outcome ? !step.question : !outcome.error().empty() && step.refused && !step.not_computed.empty());
    }
    return 0;
}
