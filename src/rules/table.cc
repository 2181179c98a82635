#include "rules/table.h"

#include "rules/builtins.h"
#include "rules/program.h"

namespace yimen::rules {

// Reads the inputs into their slots; false when one has a value that its clause does not allow.
bool Table::fill(Frame& f) const {
    for (auto& column : columns) {
        auto& at = f.slots[column.slot];
        at = column.value->eval(f);
        if (column.type) at = converted(f.run, std::move(at), column.type, false);
        if (!column.allowed || at.null()) continue;
        if (!column.allowed->eval(f).is_true()) {
            f.run.null(fmt::format("“{}” has a value that is not allowed", column.label),
                       fmt::format("“{}”的取值不在允许范围内", column.label));
            return false;
        }
    }
    return true;
}

Value Table::eval(Frame& f) const {
    if (f.run.deep() || !fill(f)) return {};
    std::vector<uint32_t> hits;
    enum : int8_t { unknown = -1 };
    size_t all = 0;
    for (auto& column : columns) all += column.cells.size();
    std::array<int8_t, 512> few;
    std::vector<int8_t> many(all > few.size() ? all : 0);
    auto* tried = many.empty() ? few.data() : many.data();
    std::fill_n(tried, all, int8_t(unknown));
    for (uint32_t r = 0; r < rules.size(); ++r) {
        bool hit = true;
        size_t first = 0;
        for (size_t c = 0; hit && c < columns.size(); first += columns[c].cells.size(), ++c) {
            auto cell = rules[r].cells[c];
            if (cell < 0) continue;
            auto& known = tried[first + size_t(cell)];
            if (known == unknown) known = columns[c].cells[size_t(cell)]->eval(f).is_true();
            hit = known;
        }
        if (!hit) continue;
        hits.push_back(r);
        if (policy == Policy::first) break;
    }
    if (!f.run.step(rules.size())) return {};
    if (f.run.matched)
        for (auto r : hits) explain(f, r);
    return hits.empty() ? otherwise(f) : outcome(f, hits);
}

Value Table::row(Frame& f, const Rule& rule) const {
    auto one = [&](size_t i) {
        auto value = rule.outputs[i]->eval(f);
        return outputs[i].type ? converted(f.run, std::move(value), outputs[i].type) : value;
    };
    if (outputs.size() == 1) return one(0);
    Members members;
    members.reserve(outputs.size());
    for (size_t i = 0; i < outputs.size(); ++i) members.emplace_back(outputs[i].name, one(i));
    return f.run.context(std::move(members));
}

Value Table::otherwise(Frame& f) const {
    bool any = std::ranges::any_of(outputs, [](auto& o) { return bool(o.otherwise); });
    bool many =
        policy == Policy::rule_order || policy == Policy::output_order || (policy == Policy::collect && aggregation == Aggregation::none);
    if (!any) return {};
    Value out;
    if (outputs.size() == 1) {
        out = outputs[0].otherwise->eval(f);
    } else {
        Members members;
        for (auto& o : outputs) members.emplace_back(o.name, o.otherwise ? o.otherwise->eval(f) : Value());
        out = f.run.context(std::move(members));
    }
    return many && !out.is(Kind::list) ? f.run.list({out}) : out;
}

size_t Table::priority(const Output& output, const Value& value) const {
    for (size_t i = 0; i < output.order.size(); ++i)
        if (same_value(output.order[i], value)) return i;
    return output.order.size();
}

void Table::by_priority(std::vector<Value>& rows) const {
    auto rank = [&](const Value& row) {
        std::vector<size_t> out;
        for (auto& o : outputs) {
            auto* value = outputs.size() == 1 ? &row : row.is(Kind::context) ? row.member(o.name) : nullptr;
            out.push_back(value ? priority(o, *value) : o.order.size());
        }
        return out;
    };
    std::ranges::stable_sort(rows, {}, rank);
}

Value Table::outcome(Frame& f, const std::vector<uint32_t>& hits) const {
    if (policy == Policy::unique && hits.size() > 1)
        return f.run.null(fmt::format("rules {} and {} of a unique table both match", hits[0] + 1, hits[1] + 1),
                          fmt::format("唯一命中的决策表中第 {} 与第 {} 行同时命中", hits[0] + 1, hits[1] + 1));
    if (hits.size() == 1 && (policy == Policy::unique || policy == Policy::first || policy == Policy::any || policy == Policy::priority))
        return row(f, rules[hits[0]]);
    std::vector<Value> rows;
    rows.reserve(hits.size());
    for (auto r : hits) rows.push_back(row(f, rules[r]));
    switch (policy) {
        case Policy::unique:
        case Policy::first:
            return rows[0];
        case Policy::any:
            for (auto& other : rows)
                if (!same_value(other, rows[0]))
                    return f.run.null("matching rules of an any table differ in their output", "任意命中的决策表中命中各行的输出不一致");
            return rows[0];
        case Policy::priority:
            by_priority(rows);
            return rows[0];
        case Policy::output_order:
            by_priority(rows);
            break;
        case Policy::collect:
            return aggregated(f, std::move(rows));
        case Policy::rule_order:
            break;
    }
    return f.run.list(std::move(rows));
}

Value Table::aggregated(Frame& f, std::vector<Value> rows) const {
    if (aggregation == Aggregation::count) return Value::number(int64_t(rows.size()));
    auto list = f.run.list(std::move(rows));
    if (aggregation == Aggregation::none || list.null()) return list;
    static const Builtin* functions[] = {builtin("sum"), builtin("min"), builtin("max")};
    auto* function = functions[aggregation == Aggregation::sum ? 0 : aggregation == Aggregation::min ? 1 : 2];
    if (outputs.size() == 1) return function->call(f.run, {&list, 1});
    Members members;
    for (auto& o : outputs) {
        std::vector<Value> column;
        for (auto& row : list.list()) column.push_back(row.is(Kind::context) && row.member(o.name) ? *row.member(o.name) : Value());
        auto values = f.run.list(std::move(column));
        members.emplace_back(o.name, function->call(f.run, {&values, 1}));
    }
    return f.run.context(std::move(members));
}

void Table::explain(Frame& f, uint32_t r) const {
    Matched out{decision, r + 1, {}, rules[r].annotation};
    for (size_t c = 0; c < columns.size(); ++c)
        if (auto cell = rules[r].cells[c]; cell >= 0)
            out.because.push_back({columns[c].label, columns[c].texts[size_t(cell)], f.slots[columns[c].slot]});
    f.run.matched->push_back(std::move(out));
}

}  // namespace yimen::rules
