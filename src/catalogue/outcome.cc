#include "catalogue/guidance.h"
#include "catalogue/settling.h"

namespace yimen::catalogue {

namespace {

// The licence that an item is about stands in the library, or nobody could apply.
bool is_its_licence(const ItemVersion& item, std::string_view source) {
    return item.about_a_licence() && source.substr(source.find(':') + 1) == item.licence_type;
}

MaterialNeed decide(const ItemVersion& item, const Material& m, uint8_t need, const Held& held, const Explaining& explaining) {
    auto found = m.exempt_source.empty() ? held.end() : std::ranges::find(held, m.exempt_source, &HeldSource::source);
    if (found != held.end() && !found->because.zh.empty()) return {&m, Need::exempt, found->because, found->licence};
    const bool known = found != held.end() || m.exempt_source == "form" || is_its_licence(item, m.exempt_source);
    if (!m.exempt_source.empty() && known) return {&m, Need::exempt, m.exempt_because};
    auto* rule = explaining.rule("materials", &m);
    auto why = rule ? explaining.because(*rule) : Text{};
    if (need == 2) {
        if (why.zh.empty()) return {&m, Need::later, {"可以先受理、后补交", "May follow after acceptance"}};
        return {&m, Need::later, {"可以先受理、后补交：" + why.zh, "May follow after acceptance: " + why.en}};
    }
    if (why.zh.empty()) return {&m, Need::needed, {"所有申请人都需要", "Every applicant needs it"}};
    return {&m, Need::needed, std::move(why)};
}

Text why_situation(const Situation& situation, const Explaining& explaining) {
    auto* rule = explaining.rule("situation");
    auto why = rule ? explaining.because(*rule) : Text{};
    if (!rule || why.zh.empty()) return {fmt::format("按“{}”办理", situation.title.zh), fmt::format("Handled as “{}”", situation.title.en)};
    // An expression has no rules to be counted.
    if (rule->number == 0)
        return {fmt::format("按“{}”办理：{}", situation.title.zh, why.zh), fmt::format("Handled as “{}”. {}", situation.title.en, why.en)};
    return {fmt::format("按“{}”办理：{}（情形规则第 {} 条）", situation.title.zh, why.zh, rule->number),
            fmt::format("Handled as “{}”. {} (rule {} on situations)", situation.title.en, why.en, rule->number)};
}

// Behind what another decision than the situation has changed.
void add_because(Text& text, const Explaining& explaining, std::string_view decision) {
    auto* rule = explaining.rule(decision);
    auto why = rule ? explaining.because(*rule) : Text{};
    if (why.zh.empty()) return;
    text.zh += "：" + why.zh;
    text.en += ". " + why.en;
}

Text why_limit(const Situation& s, const Explaining& explaining) {
    auto unit_zh = [](const calendar::Limit& l) { return l.working_days ? "个工作日" : "日"; };
    auto unit_en = [](const calendar::Limit& l) { return l.working_days ? "working days" : "days"; };
    auto statutory_zh = fmt::format("法定时限 {} {}", s.statutory.days, unit_zh(s.statutory));
    auto statutory_en = fmt::format("the law allows {} {}", s.statutory.days, unit_en(s.statutory));
    Text text{fmt::format("受理后 {} {}内办结（{}）", s.promised.days, unit_zh(s.promised), statutory_zh),
              fmt::format("Decided within {} {} of acceptance ({})", s.promised.days, unit_en(s.promised), statutory_en)};
    if (s.on_the_spot) text = {"符合条件的当场办结（" + statutory_zh + "）", "Decided on the spot (" + statutory_en + ")"};
    add_because(text, explaining, s.on_the_spot ? "on_the_spot" : "promised_days");
    return text;
}

Text why_fee(const Situation& s, const Explaining& explaining) {
    Text text{fmt::format("收费 {} 元", yuan_text(s.fee)), fmt::format("Fee: {} yuan", yuan_text(s.fee))};
    if (s.fee.value == 0) text = {"不收费", "Free of charge"};
    add_because(text, explaining, "fee");
    return text;
}

std::vector<std::string> unanswered(const ItemVersion& item, const std::vector<const Question*>& asked, const Answers& answers) {
    std::vector<std::string> names;
    for (auto& question : item.questions)
        if (auto answer = answers.find(question.name); answer != answers.end() && !possible(question, answer->second))
            names.push_back(question.name);
    // A missing answer and all that may follow from it.
    auto* last = asked.empty() ? nullptr : asked.back();
    const bool missing = last && !answers.contains(last->name);
    if (missing) names.push_back(last->name);
    return names;
}

}  // namespace

Result<Outcome, std::vector<std::string>> guide(const ItemVersion& item, const Answers& answers, const Held& held) {
    return guide(item, asked_questions(item, answers), answers, held);
}

Result<Outcome, std::vector<std::string>> guide(const ItemVersion& item, const std::vector<const Question*>& asked, const Answers& answers,
                                                const Held& held) {
    if (auto names = unanswered(item, asked, answers); !names.empty()) return refuse(std::move(names));
    auto& decisions = decisions_of(item);
    auto way = way_of(item, decisions, answers);
    auto settled = settle(item, decisions, way, answers);
    if (!settled.situation) return refuse(names_of(item, settled.wrong));
    auto& decided = decisions.outcomes[Diagram::outcome(way.end)];
    Explaining explaining(item, decisions, asked, answers);
    Outcome outcome{};
    outcome.situation = std::move(settled.situation);
    for (size_t m = 0; m < item.materials.size(); ++m)
        if (decided.needs[m]) outcome.materials.push_back(decide(item, item.materials[m], decided.needs[m], held, explaining));
    auto& situation = *outcome.situation;
    outcome.explanation = {why_situation(situation, explaining), why_limit(situation, explaining), why_fee(situation, explaining)};
    return outcome;
}

std::shared_ptr<const Situation> settled(const ItemVersion& item, std::string_view situation, const Answers& answers) {
    auto& decisions = decisions_of(item);
    auto way = way_of(item, decisions, answers);
    if (Diagram::is_leaf(way.end))
        if (auto place = decisions.outcomes[Diagram::outcome(way.end)].situation; place != Decided::open)
            if (decisions.situations[place].name == situation)
                if (auto found = settle(item, decisions, way, answers).situation) return found;
    auto found = std::ranges::find(item.situations, situation, &Situation::name);
    return found == item.situations.end() ? nullptr : pointer_to(*found);
}

}  // namespace yimen::catalogue
