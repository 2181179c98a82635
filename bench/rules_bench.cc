#include <benchmark/benchmark.h>

#include "rules/rules.h"

// A decision table of 100 rules over three inputs, evaluated on one core; and the kinds of expression that forms use.
namespace {

using namespace yimen;
using namespace yimen::rules;

constexpr const char* premises[] = {"food", "laundry", "garage", "clinic", "school", "hotel", "factory", "office", "site", "market"};

// For each kind of premises ten bands of discharge; the district's pipes matter in every other one.
std::string table_of_100_rules() {
    std::string rules;
    for (int i = 0; i < 100; ++i) {
        int band = i % 10;
        auto discharge = band == 9 ? std::string("&gt;= 450") : fmt::format("[{}..{})", band * 50, band * 50 + 50);
        rules += fmt::format(
            "<rule><inputEntry><text>\"{}\"</text></inputEntry><inputEntry><text>{}</text></inputEntry>"
            "<inputEntry><text>{}</text></inputEntry><outputEntry><text>\"class {}\"</text></outputEntry></rule>",
            premises[i / 10], discharge, band % 2 ? "-" : "true, false", i);
    }
    return "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' namespace='urn:bench' name='bench'>"
           "<inputData id='p' name='premises'><variable name='premises' typeRef='string'/></inputData>"
           "<inputData id='d' name='discharge'><variable name='discharge' typeRef='number'/></inputData>"
           "<inputData id='n' name='network'><variable name='network' typeRef='boolean'/></inputData>"
           "<decision id='c' name='class'><variable name='class' typeRef='string'/>"
           "<informationRequirement><requiredInput href='#p'/></informationRequirement>"
           "<informationRequirement><requiredInput href='#d'/></informationRequirement>"
           "<informationRequirement><requiredInput href='#n'/></informationRequirement>"
           "<decisionTable hitPolicy='UNIQUE'>"
           "<input><inputExpression><text>premises</text></inputExpression></input>"
           "<input><inputExpression><text>discharge</text></inputExpression></input>"
           "<input><inputExpression><text>network</text></inputExpression></input>"
           "<output name='class'/>" +
           rules + "</decisionTable></decision></definitions>";
}

void table(benchmark::State& state) {
    auto model = Model::read(table_of_100_rules());
    if (!model || !model->faults().empty()) return state.SkipWithError("the table does not compile");
    auto decision = *model->find("class"), p = *model->find("premises"), d = *model->find("discharge"), n = *model->find("network");
    std::vector<std::array<Model::Given, 3>> asked;
    for (int i = 0; i < 1000; ++i)
        asked.push_back({{{p, Value::string(premises[i % 10])}, {d, Value::number(i * 7 % 520)}, {n, Value::boolean(i % 3 == 0)}}});
    size_t i = 0;
    for (auto _ : state) {
        auto outcome = model->evaluate(decision, asked[i++ % asked.size()], {});
        if (outcome.value.null()) state.SkipWithError("no rule matched");
        benchmark::DoNotOptimize(outcome);
    }
    state.SetItemsProcessed(int64_t(state.iterations()));
}
BENCHMARK(table)->Name("decision table of 100 rules");

void expression(benchmark::State& state, const char* text) {
    std::vector<std::string> names{"a", "b"};
    auto compiled = Expression::read(text, names);
    Value values[] = {Value::number(12), Value::string("abc")};
    for (auto _ : state) benchmark::DoNotOptimize(compiled->evaluate(values, {}));
    state.SetItemsProcessed(int64_t(state.iterations()));
}
BENCHMARK_CAPTURE(expression, arithmetic, "a * 3 + 2 > 20");
BENCHMARK_CAPTURE(expression, condition, "if starts with(b, \"a\") and a in [1..20] then \"yes\" else \"no\"");
BENCHMARK_CAPTURE(expression, loop, "sum(for i in 1..10 return i * a)");

}  // namespace

BENCHMARK_MAIN();
