#include "rules/check.h"

namespace yimen::rules {

namespace {

// The ways through a table may be many more than its rules; beyond so many it is said to be unchecked.
constexpr size_t most_ways = 200'000, most_work = 200'000'000, most_findings = 20;

class TableCheck {
  public:
    TableCheck(const Table& table, std::span<const Domain> domains, std::vector<Finding>& out)
        : table_(table), domains_(domains), out_(out) {}

    void run() {
        for (auto& column : table_.columns) {
            auto regions = regions_of(table_, column, domains_);
            if (regions.empty()) return unchecked();
            columns_.push_back(std::move(regions));
        }
        reached_.resize(table_.rules.size());
        std::vector<bool> all(table_.rules.size(), true);
        walk(0, all);
        if (spent()) return unchecked();
        for (size_t r = 0; r < reached_.size(); ++r)
            if (!reached_[r])
                find(Finding::Kind::unreachable, {r + 1}, fmt::format("rule {} never counts", r + 1),
                     fmt::format("第 {} 行永远不会生效", r + 1));
    }

  private:
    void unchecked() {
        find(Finding::Kind::unchecked, {}, "this table is not checked: its cells are not constants, or there are too many combinations",
             "此表未检查：单元格不是常量，或组合过多");
    }

    bool spent() const { return ways_ > most_ways || work_ > most_work; }

    void find(Finding::Kind kind, std::vector<size_t> rules, std::string en, std::string zh) {
        if (found_++ >= most_findings) return;
        auto line = rules.empty() ? table_.line : table_.rules[rules.back() - 1].line;
        out_.push_back({kind, table_.decision, std::move(rules), std::move(en), std::move(zh), line});
    }

    // What was chosen for each column so far: "floor area (500..600), premises "food"".
    std::string where() const {
        std::string out;
        for (size_t c = 0; c < chosen_.size(); ++c) {
            auto& text = columns_[c][chosen_[c]].text;
            if (!text.empty()) out += (out.empty() ? "" : ", ") + table_.columns[c].label + " " + text;
        }
        return out.empty() ? "*" : out;
    }

    void walk(size_t column, const std::vector<bool>& open) {
        ++ways_;
        if (spent()) return;
        if (std::ranges::none_of(open, std::identity())) return gap();
        if (column == table_.columns.size()) return leaf(open);
        std::set<std::vector<bool>> seen;
        for (size_t i = 0; i < columns_[column].size(); ++i) {
            auto& region = columns_[column][i];
            if ((work_ += open.size()) > most_work) return;
            std::vector<bool> left(open);
            for (size_t r = 0; r < left.size(); ++r) left[r] = left[r] && region.rules[r];
            // Regions that leave the same rules need only one look.
            if (!seen.insert(left).second) continue;
            chosen_.push_back(i);
            walk(column + 1, left);
            chosen_.pop_back();
        }
    }

    void gap() {
        bool needs = table_.policy == Policy::unique || table_.policy == Policy::any || table_.policy == Policy::priority ||
                     table_.policy == Policy::first;
        bool answered = std::ranges::any_of(table_.outputs, [](auto& o) { return bool(o.otherwise); });
        if (needs && !answered)
            find(Finding::Kind::gap, {}, fmt::format("no rule is for {}", where()), fmt::format("没有规则适用于：{}", where()));
    }

    void leaf(const std::vector<bool>& open) {
        std::vector<size_t> rules;
        for (size_t r = 0; r < open.size(); ++r)
            if (open[r]) rules.push_back(r);
        reached_[rules[0]] = true;
        if (table_.policy == Policy::first) return;
        for (auto r : rules) reached_[r] = true;
        if (rules.size() < 2 || (table_.policy != Policy::unique && !(table_.policy == Policy::any && differ(rules)))) return;
        if (!overlaps_.emplace(rules[0], rules[1]).second) return;
        find(Finding::Kind::overlap, {rules[0] + 1, rules[1] + 1},
             fmt::format("rules {} and {} both match {}", rules[0] + 1, rules[1] + 1, where()),
             fmt::format("第 {} 行与第 {} 行同时适用于：{}", rules[0] + 1, rules[1] + 1, where()));
    }

    bool differ(const std::vector<size_t>& rules) const {
        for (size_t o = 0; o < table_.outputs.size(); ++o) {
            auto* first = table_.rules[rules[0]].outputs[o]->constant();
            for (auto r : rules) {
                auto* other = table_.rules[r].outputs[o]->constant();
                if (!first || !other || !same_value(*first, *other)) return true;
            }
        }
        return false;
    }

    const Table& table_;
    std::span<const Domain> domains_;
    std::vector<Finding>& out_;
    std::vector<std::vector<Region>> columns_;
    std::vector<size_t> chosen_;
    std::vector<bool> reached_;
    std::set<std::pair<size_t, size_t>> overlaps_;
    size_t ways_ = 0, work_ = 0, found_ = 0;
};

}  // namespace

std::vector<Finding> Model::check(std::span<const Domain> domains) const {
    std::vector<Finding> out;
    for (auto& table : program_->tables) TableCheck(*table, domains, out).run();
    return out;
}

std::optional<TableParts> Model::table_of(size_t element) const {
    auto& place = program_->elements[element].table;
    if (!place) return std::nullopt;
    auto& table = *program_->tables[*place];
    TableParts out;
    out.decision = table.decision;
    out.table = *place;
    out.line = table.line;
    out.first = table.policy == Policy::first || table.policy == Policy::unique || table.policy == Policy::any;
    out.all = (table.policy == Policy::collect && table.aggregation == Aggregation::none) || table.policy == Policy::rule_order;
    for (auto& output : table.outputs) {
        out.outputs.push_back(output.name->text);
        out.has_default = out.has_default || output.otherwise;
        if (output.otherwise) out.defaults.push_back(output.otherwise_text);
    }
    for (auto& column : table.columns)
        out.columns.push_back({column.label, column.input, column.texts, points_of(column), column.line, column.allowed_text});
    for (auto& rule : table.rules) {
        auto& one = out.rules.emplace_back(TableParts::Rule{rule.cells, {}, rule.annotation, rule.line, rule.texts});
        for (auto& output : rule.outputs) {
            auto* value = output->constant();
            one.outputs.push_back(value ? std::optional(*value) : std::nullopt);
        }
    }
    return out;
}

std::vector<bool> Model::fits(size_t table, size_t column, const Value& value) const {
    auto& tested = program_->tables[table]->columns[column];
    Run run(program_.get(), Limits{}, Instant{});
    Frame frame(run, tested.slot + 1);
    std::vector<bool> out;
    for (auto& cell : tested.cells) {
        frame.slots[tested.slot] = value;
        out.push_back(cell->eval(frame).is_true());
    }
    return out;
}

}  // namespace yimen::rules
