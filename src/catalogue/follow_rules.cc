#include "catalogue/read_rules.h"

namespace yimen::catalogue {

namespace {

// Beyond so many different states of the tables the rules are too entangled to be followed.
constexpr size_t most_states = 100'000, most_steps = 2'000'000, most_rules = 2'000;

class Following {
  public:
    Following(const ItemVersion& item, const ReadRules& read, Decisions& out) : item_(item), read_(read), out_(out), outcomes_(item, out) {}

    bool run() {
        gather();
        if (out_.rules.size() > most_rules) return false;
        words_ = out_.rules.size() / 64 + 1;
        for (uint32_t q = 0; q < item_.questions.size(); ++q) classify(q);
        free_of_questions();
        known_.resize(item_.questions.size() + 1);
        out_.used.resize(out_.rules.size());
        RuleSet all(words_, ~uint64_t(0));
        out_.diagram.set_root(from(0, all));
        return states_ <= most_states && steps_ <= most_steps;
    }

  private:
    struct Cell {
        uint32_t question;
        size_t table, column, cell;
    };

    // The rules of all tables get their places, and the groups of which one counts.
    void gather() {
        for (auto& decision : read_.decisions) {
            std::map<uint32_t, size_t> group_of;
            for (size_t r = 0; r < decision.table->rules.size(); ++r) {
                auto& rule = decision.table->rules[r];
                auto place = static_cast<uint32_t>(out_.rules.size());
                add_rule(decision, rule, r + 1);
                const bool materials = decision.name == "materials";
                const size_t code = decision.table->outputs[0] == "material" ? 0 : 1;
                auto material = materials ? *material_coded(item_, rule.outputs[code]->string()) : 0;
                later_.push_back(materials && rule.outputs[1 - code]->text() == "later");
                auto [found, fresh] = group_of.try_emplace(material, out_.groups.size());
                if (fresh) out_.groups.push_back({std::string(decision.name), material, {}});
                out_.groups[found->second].rules.push_back(place);
            }
        }
    }

    void add_rule(const KnownDecision& decision, const rules::TableParts::Rule& rule, size_t number) {
        auto& told =
            out_.rules.emplace_back(RuleTold{std::string(decision.name), number, rule.line, {}, because_of(item_, rule.annotation)});
        outputs_.push_back(&rule.outputs);
        auto& cells = cells_.emplace_back();
        for (size_t c = 0; c < rule.cells.size(); ++c) {
            if (rule.cells[c] < 0) continue;
            auto* question = item_.question(decision.table->columns[c].input);
            auto q = static_cast<uint32_t>(question - item_.questions.data());
            cells.push_back({q, decision.table->table, c, static_cast<size_t>(rule.cells[c])});
            if (std::ranges::find(told.questions, q) == told.questions.end()) told.questions.push_back(q);
        }
    }

    // The answers to one question in classes, and the rules that each leaves open.
    void classify(uint32_t q) {
        std::vector<rules::Value> points;
        std::map<std::pair<size_t, size_t>, std::vector<std::vector<bool>>> fits;  // of each column, by sample
        for (auto& decision : read_.decisions)
            for (size_t c = 0; c < decision.table->columns.size(); ++c) {
                auto& column = decision.table->columns[c];
                if (column.input != item_.questions[q].name) continue;
                points.insert(points.end(), column.points->begin(), column.points->end());
                fits[{decision.table->table, c}];
            }
        auto classes = AnswerClasses::of(item_.questions[q], points);
        for (auto& [place, by_sample] : fits)
            for (auto& sample : classes.samples()) by_sample.push_back(read_.model.fits(place.first, place.second, sample));
        std::vector<RuleSet> open(classes.count(), RuleSet(words_, ~uint64_t(0)));
        for (size_t r = 0; r < cells_.size(); ++r)
            for (auto& cell : cells_[r]) {
                if (cell.question != q) continue;
                auto& by_sample = fits[{cell.table, cell.column}];
                for (size_t s = 0; s < open.size(); ++s)
                    if (!by_sample[s][cell.cell]) open[s][r / 64] &= ~(uint64_t(1) << r % 64);
            }
        classes.merge(open);
        std::vector<RuleSet> merged;
        RuleSet any(words_, 0);
        for (auto& one : open)
            if (std::ranges::find(merged, one) == merged.end()) merged.push_back(one);
        for (auto& one : merged)
            for (size_t w = 0; w < words_; ++w) any[w] |= one[w];
        out_.classes.push_back(std::move(classes));
        out_.fitting.push_back(std::move(merged));
        out_.any.push_back(std::move(any));
    }

    // Before each question, the rules about which nothing later decides.
    void free_of_questions() {
        free_.assign(item_.questions.size() + 1, RuleSet(words_, ~uint64_t(0)));
        for (size_t r = 0; r < cells_.size(); ++r)
            for (auto& cell : cells_[r])
                for (uint32_t q = 0; q <= cell.question; ++q) free_[q][r / 64] &= ~(uint64_t(1) << r % 64);
    }

    static bool has(const RuleSet& set, uint32_t r) { return set[r / 64] >> r % 64 & 1; }

    // Where a rule is certain to match, those behind it do not matter.
    void prune(size_t q, RuleSet& open) const {
        for (auto& group : out_.groups) {
            bool certain = false;
            for (auto r : group.rules)
                if (certain)
                    open[r / 64] &= ~(uint64_t(1) << r % 64);
                else
                    certain = has(open, r) && has(free_[q], r);
        }
    }

    Diagram::Ref from(uint32_t q, RuleSet open) {
        if (states_ > most_states || steps_ > most_steps) return Diagram::leaf(0);
        if (q == item_.questions.size()) return leaf(open);
        prune(q, open);
        if (auto found = known_[q].find(open); found != known_[q].end()) return found->second;
        ++states_;
        std::vector<Diagram::Ref> children;
        for (auto& fitting : out_.fitting[q]) {
            RuleSet left(open);
            for (size_t w = 0; w < words_; ++w) left[w] &= fitting[w];
            children.push_back(from(q + 1, std::move(left)));
            ++steps_;
        }
        return known_[q][std::move(open)] = out_.diagram.node(q, children);
    }

    Diagram::Ref leaf(const RuleSet& open) {
        std::optional<size_t> situation;
        if (std::ranges::none_of(read_.decisions, [](auto& d) { return d.name == "situation"; })) situation = 0;
        std::array<rules::Value, 4> given;
        std::vector<uint8_t> needs(item_.materials.size(), 1);
        for (auto& group : out_.groups) {
            auto counts = std::ranges::find_if(group.rules, [&](auto r) { return has(open, r); });
            const bool matched = counts != group.rules.end();
            if (matched) out_.used[*counts] = true;
            if (group.decision == "materials") {
                needs[group.material] = !matched ? 0 : later_[*counts] ? 2 : 1;
            } else if (group.decision == "situation") {
                if (matched) situation = situation_named(item_, (*outputs_[*counts])[0]->string());
            } else if (matched) {
                auto place = std::ranges::find(known_decisions, group.decision) - std::begin(known_decisions);
                given[static_cast<size_t>(place) - 2] = *(*outputs_[*counts])[0];
            }
        }
        return outcomes_.leaf(situation, given, std::move(needs));
    }

    const ItemVersion& item_;
    const ReadRules& read_;
    Decisions& out_;
    Outcomes outcomes_;
    std::vector<std::vector<Cell>> cells_;  // of each rule
    std::vector<const std::vector<std::optional<rules::Value>>*> outputs_;
    std::vector<bool> later_;
    std::vector<RuleSet> free_;
    std::vector<std::map<RuleSet, Diagram::Ref>> known_;
    size_t words_ = 1, states_ = 0, steps_ = 0;
};

}  // namespace

bool plain(const ItemVersion& item, const ReadRules& read) {
    return std::ranges::all_of(read.decisions, [&](auto& decision) {
        auto& table = decision.table;
        if (!table || table->has_default || !(table->first || table->all)) return false;
        if (!std::ranges::all_of(table->columns, [&](auto& c) { return c.points && item.question(c.input); })) return false;
        return std::ranges::all_of(table->rules,
                                   [](auto& rule) { return std::ranges::all_of(rule.outputs, [](auto& output) { return bool(output); }); });
    });
}

bool follow_rules(const ItemVersion& item, const ReadRules& read, const std::string& file, Decisions& out, std::vector<Fault>& faults) {
    if (Following(item, read, out).run()) return true;
    faults.push_back(
        {file, 1, "too many combinations of answers to follow: use fewer questions, or fewer rules that cut across each other"});
    return false;
}

}  // namespace yimen::catalogue
