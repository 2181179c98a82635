#include "catalogue/check_rules.h"

#include "catalogue/check_computed.h"
#include "catalogue/read_rules.h"

namespace yimen::catalogue {

namespace {

constexpr size_t most_tried = 1'000;

class Checking {
  public:
    Checking(const ItemVersion& item, const std::string& file) : item_(item), file_(file) {}

    std::vector<Fault> run() {
        auto& text = item_.rules->text();
        if (text.empty()) {
            if (!item_.questions.empty()) fault(0, "missing: write it, since item.yaml asks questions");
            if (item_.situations.size() > 1) fault(0, "missing: write it, since item.yaml has several situations");
            return std::move(faults_);
        }
        auto decisions = compile_rules(item_, text, file_, faults_);
        if (!decisions) return std::move(faults_);
        std::vector<Fault> none;
        auto read = read_rules(item_, text, file_, none);
        check_tables(*read, *decisions);
        if (faults_.empty() && !decisions->model) check_agreement(*read, *decisions);
        check_questions(*read, *decisions);
        check_situations(*read, *decisions);
        check_materials(*read, *decisions);
        if (faults_.empty()) check_computed(item_, *read, *decisions, file_, faults_);
        std::ranges::stable_sort(faults_, {}, &Fault::line);
        return std::move(faults_);
    }

  private:
    void fault(int line, std::string message) { faults_.push_back({file_, line, std::move(message)}); }

    void check_tables(const ReadRules& read, const Decisions& decisions) {
        auto domains = domains_of(item_);
        using Kind = rules::Finding::Kind;
        bool gap = false;
        for (auto& finding : read.model.check(domains)) {
            auto known = std::ranges::find(known_decisions, finding.decision);
            // Fee, limit and plan may stay open: the situation says them.
            const bool may_stay_open = known != std::end(known_decisions) && *known != "situation";
            if (finding.kind == Kind::unchecked || (finding.kind == Kind::gap && may_stay_open)) continue;
            if (finding.kind == Kind::unreachable && !decisions.used.empty()) continue;
            gap = gap || (finding.kind == Kind::gap && finding.decision == "situation");
            fault(finding.line, fmt::format("{}: {}: {}", finding.decision, finding.en, mend(finding.kind)));
        }
        const bool open = std::ranges::any_of(decisions.outcomes, [](auto& o) { return o.situation == Decided::open; });
        if (open && !gap) fault(read.line_of("situation"), "some answers lead to no situation: add a last rule of \"-\"");
        for (size_t r = 0; r < decisions.used.size(); ++r)
            if (!decisions.used[r])
                fault(decisions.rules[r].line,
                      fmt::format("{}: rule {} never counts: remove it, or move it before the rules that take its answers",
                                  decisions.rules[r].decision, decisions.rules[r].number));
    }

    // The tables were followed rule by rule: evaluated as a model (which also heeds typeRef and inputValues) they must say
    // the same. One way to each outcome is tried.
    void check_agreement(const ReadRules& read, const Decisions& decisions) {
        std::vector<bool> tried(decisions.diagram.size());
        std::set<uint32_t> reached;
        std::map<uint32_t, size_t> answers;  // of each question on the way, its class
        Evaluating evaluating(item_, read, file_);
        auto go = [&](auto& self, Diagram::Ref at) -> void {
            if (!faults_.empty() || reached.size() > most_tried) return;
            if (Diagram::is_leaf(at)) {
                if (reached.insert(Diagram::outcome(at)).second)
                    compare(read, decisions, answers, decisions.outcomes[Diagram::outcome(at)], evaluating);
                return;
            }
            if (tried[at]) return;
            tried[at] = true;
            auto q = decisions.diagram.question(at);
            for (size_t c = 0; c < decisions.classes[q].count(); ++c) {
                answers[q] = c;
                self(self, decisions.diagram.child(at, c));
            }
            answers.erase(q);
        };
        go(go, decisions.diagram.root());
    }

    void compare(const ReadRules& read, const Decisions& decisions, const std::map<uint32_t, size_t>& answers, const Decided& decided,
                 Evaluating& evaluating) {
        std::vector<rules::Model::Given> given;
        std::string told;
        for (uint32_t q = 0; q < item_.questions.size(); ++q) {
            auto found = answers.find(q);
            auto& sample = decisions.classes[q].samples()[found == answers.end() ? 0 : found->second];
            if (read.inputs[q]) given.push_back({*read.inputs[q], sample});
            if (found != answers.end()) told += fmt::format("{}{} {}", told.empty() ? "" : ", ", item_.questions[q].name, sample.text());
        }
        auto result = evaluating.evaluate(given, faults_);
        Decisions scratch;
        auto leaf = Outcomes(item_, scratch).leaf(result.situation, result.given, std::move(result.needs));
        auto& evaluated = scratch.outcomes[Diagram::outcome(leaf)];
        const bool same = evaluated.needs == decided.needs && evaluated.situation != Decided::open &&
                          alike(scratch.situations[evaluated.situation], decisions.situations[decided.situation]);
        if (!same && faults_.empty())
            fault(read.line_of(evaluated.needs == decided.needs ? "situation" : "materials"),
                  fmt::format("evaluated for {} this gives something else than its rules say: look at typeRef and inputValues", told));
    }

    static bool alike(const Situation& a, const Situation& b) {
        return a.name == b.name && a.fee == b.fee && a.on_the_spot == b.on_the_spot && a.review_plan == b.review_plan &&
               a.promised.days == b.promised.days;
    }

    static std::string_view mend(rules::Finding::Kind kind) {
        if (kind == rules::Finding::Kind::gap) return "add one, or a last rule of \"-\" with hitPolicy FIRST";
        if (kind == rules::Finding::Kind::overlap) return "tell them apart, or use hitPolicy FIRST";
        return "remove it, or move it before the rules that take its answers";
    }

    void check_questions(const ReadRules& read, const Decisions& decisions) {
        std::vector<bool> asked(item_.questions.size());
        for (uint32_t n = 0; n < decisions.diagram.size(); ++n) asked[decisions.diagram.question(n)] = true;
        for (size_t q = 0; q < asked.size(); ++q)
            if (!asked[q])
                fault(
                    read.inputs[q] ? read.elements[*read.inputs[q]].line : 1,
                    fmt::format("question \"{}\" changes nothing: use it in a rule, or remove it from item.yaml", item_.questions[q].name));
    }

    void check_situations(const ReadRules& read, const Decisions& decisions) {
        std::set<std::string> reached;
        for (auto& outcome : decisions.outcomes)
            if (outcome.situation != Decided::open) reached.insert(decisions.situations[outcome.situation].name);
        for (auto& situation : item_.situations)
            if (!reached.contains(situation.name))
                fault(read.line_of("situation"),
                      fmt::format("no answers lead to situation \"{}\": add a rule for it, or remove it from item.yaml", situation.name));
        for (auto& situation : decisions.situations) {
            if (situation.on_the_spot && situation.review_plan == "three_level")
                fault(read.line_of("on_the_spot"),
                      fmt::format("situation \"{}\" can be decided on the spot only with review_plan sole or examiner_verifier",
                                  situation.name));
            if (situation.promised.working_days == situation.statutory.working_days && situation.promised.days > situation.statutory.days)
                fault(read.line_of("promised_days"),
                      fmt::format("{} days are promised for \"{}\", but the law allows {}: a promise may only be shorter",
                                  situation.promised.days, situation.name, situation.statutory.days));
        }
    }

    void check_materials(const ReadRules& read, const Decisions& decisions) {
        for (size_t m = 0; m < item_.materials.size(); ++m)
            if (std::ranges::none_of(decisions.outcomes, [&](auto& o) { return o.needs[m] != 0; }))
                fault(read.line_of("materials"),
                      fmt::format("material \"{}\" can never be needed: mend its rules, or remove it from item.yaml",
                                  item_.materials[m].code));
    }

    const ItemVersion& item_;
    const std::string& file_;
    std::vector<Fault> faults_;
};

}  // namespace

std::vector<rules::Domain> domains_of(const ItemVersion& item) {
    std::vector<rules::Domain> domains;
    for (auto& question : item.questions) domains.push_back(domain_of(question));
    return domains;
}

std::vector<Fault> check_rules(const ItemVersion& item, const std::string& file) { return Checking(item, file).run(); }

}  // namespace yimen::catalogue
