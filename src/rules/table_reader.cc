#include "base/text.h"
#include "rules/table.h"

namespace yimen::rules {

namespace {

Policy policy_of(std::string_view text) {
    static constexpr std::pair<std::string_view, Policy> names[] = {
        {"UNIQUE", Policy::unique},         {"ANY", Policy::any},
        {"PRIORITY", Policy::priority},     {"FIRST", Policy::first},
        {"RULE ORDER", Policy::rule_order}, {"OUTPUT ORDER", Policy::output_order},
        {"COLLECT", Policy::collect}};
    for (auto& [name, policy] : names)
        if (name == text) return policy;
    return Policy::unique;
}

Aggregation aggregation_of(std::string_view text) {
    if (text == "SUM") return Aggregation::sum;
    if (text == "COUNT") return Aggregation::count;
    if (text == "MIN") return Aggregation::min;
    return text == "MAX" ? Aggregation::max : Aggregation::none;
}

// The values of an output in falling priority, from "a", "b", "c".
std::vector<Value> order_of(const std::string& text, Scope& scope, Compiling& all) {
    if (text.empty()) return {};
    auto faults = all.program.faults.size();
    auto node = parse_expression("[" + text + "]", scope, all);
    // Allowed values that are no list of values (a range) give no order, which is no fault.
    all.program.faults.resize(faults);
    Run run(&all.program, Limits{}, Instant{});
    Frame frame(run, scope.layout()->slots);
    auto list = node->eval(frame);
    return list.is(Kind::list) ? list.list() : std::vector<Value>{};
}

// Of several columns of annotations the one named "because", else the first.
size_t place_of_because(Xml table) {
    auto columns = children(table, "annotation");
    for (size_t i = 0; i < columns.size(); ++i)
        if (attribute(columns[i], "name") == "because") return i;
    return 0;
}

// The model keeps its tables, so that they can be checked.
struct TableNode final : Node {
    explicit TableNode(std::shared_ptr<const Table> t) : table(std::move(t)) {}
    Value eval(Frame& f) const override { return table->eval(f); }
    std::shared_ptr<const Table> table;
};

// Equal cells of a column become one.
struct Cells {
    Table::Column& column;
    Scope& scope;
    Compiling& all;
    std::map<std::string, int32_t> known;

    int32_t add(const std::string& text) {
        if (text.empty() || text == "-") return -1;
        auto [found, fresh] = known.try_emplace(text, int32_t(column.cells.size()));
        if (!fresh) return found->second;
        column.cells.push_back(parse_tests(text, scope, all, column.slot));
        column.texts.push_back(text);
        return found->second;
    }
};

}  // namespace

NodeP Boxed::decision_table(Xml node) {
    auto table = std::make_shared<Table>();
    auto mark = scope.mark();
    auto before = all.part;
    table->decision = all.element;
    const auto line_before = all.line;
    auto at = [&](Xml here) { return all.line = line_of(here, all.lines); };
    table->line = at(node);
    const auto because = place_of_because(node);
    table->policy = policy_of(attribute(node, "hitPolicy"));
    table->aggregation = aggregation_of(attribute(node, "aggregation"));
    std::vector<Cells> cells;
    auto part = [&](std::string text) { all.part = before.empty() ? std::move(text) : before + ", " + text; };
    for (auto input : children(node, "input")) {
        auto& column = table->columns.emplace_back();
        part(fmt::format("input {}", table->columns.size()));
        auto expression = child(input, "inputExpression");
        column.line = at(input);
        auto text = text_of_child(expression, "text");
        column.input = text;
        column.label = std::string(attribute(input, "label").empty() ? std::string_view(text) : attribute(input, "label"));
        column.value = text.empty() ? missing(input, "expression") : parse_expression(text, scope, all);
        column.type = type_of(expression);
        column.slot = scope.layout()->slots++;
    }
    auto ask = [&](Table::Column& column) {
        Binding b;
        b.slot = column.slot;
        b.layout = scope.layout();
        b.type = column.type;
        scope.declare("?", b);
    };
    auto inputs = children(node, "input");
    for (size_t i = 0; i < inputs.size(); ++i) {
        auto& column = table->columns[i];
        part(fmt::format("input {}", i + 1));
        at(inputs[i]);
        if (auto values = text_of_child(child(inputs[i], "inputValues"), "text"); !values.empty()) {
            ask(column);
            column.allowed = parse_tests(values, scope, all, column.slot);
            column.allowed_text = values;
            scope.forget(mark);
        }
        cells.push_back({column, scope, all, {}});
    }
    for (auto output : children(node, "output")) {
        auto& clause = table->outputs.emplace_back();
        part(fmt::format("output {}", table->outputs.size()));
        at(output);
        clause.name = name_of(tidy_name(attribute(output, "name")));
        clause.type = type_of(output);
        auto values = text_of_child(child(output, "outputValues"), "text");
        if (values.empty() && clause.type) values = clause.type->allowed_text;
        if (table->policy == Policy::priority || table->policy == Policy::output_order) clause.order = order_of(values, scope, all);
        if (auto text = text_of_child(child(output, "defaultOutputEntry"), "text"); !text.empty()) {
            clause.otherwise = parse_expression(text, scope, all);
            clause.otherwise_text = text;
        }
    }
    if (table->outputs.empty()) return missing(node, "output");
    for (auto row : children(node, "rule")) {
        auto& rule = table->rules.emplace_back();
        auto number = table->rules.size();
        rule.line = at(row);
        for (auto entry : children(row, "inputEntry")) {
            if (rule.cells.size() == table->columns.size()) break;
            auto i = rule.cells.size();
            part(fmt::format("rule {}, input {}", number, i + 1));
            at(entry);
            ask(table->columns[i]);
            rule.cells.push_back(cells[i].add(text_of_child(entry, "text")));
            scope.forget(mark);
        }
        rule.cells.resize(table->columns.size(), -1);
        for (auto entry : children(row, "outputEntry")) {
            part(fmt::format("rule {}, output {}", number, rule.outputs.size() + 1));
            at(entry);
            auto text = text_of_child(entry, "text");
            rule.outputs.push_back(text.empty() || text == "-" ? constant(Value()) : parse_expression(text, scope, all));
            rule.texts.push_back(std::move(text));
        }
        while (rule.outputs.size() < table->outputs.size()) rule.outputs.push_back(constant(Value()));
        auto notes = children(row, "annotationEntry");
        if (because < notes.size()) rule.annotation = text_of_child(notes[because], "text");
    }
    all.part = before;
    all.line = line_before;
    all.program.tables.push_back(table);
    return std::make_unique<TableNode>(std::move(table));
}

}  // namespace yimen::rules
