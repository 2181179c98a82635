#include "catalogue/read_rules.h"

namespace yimen::catalogue {

rules::Limits limits_of_a_leaf() {
    rules::Limits limits;
    limits.steps = 2'000;
    limits.bytes = 4 << 20;
    limits.stack = 256 << 10;
    return limits;
}

Evaluating::Evaluating(const ItemVersion& item, const ReadRules& read, const std::string& file) : item_(item), read_(read), file_(file) {
    for (auto& decision : read.decisions) {
        if (decision.name != "materials" || !decision.table) continue;
        for (auto& rule : decision.table->rules)
            for (auto& output : rule.outputs)
                if (output && output->is(rules::Kind::string))
                    if (auto m = material_coded(item, output->string())) named_.insert(*m);
    }
}

rules::Value Evaluating::value_of(const KnownDecision& decision, std::span<const rules::Model::Given> given, std::vector<Fault>& faults) {
    rules::Model::Asked asked;
    asked.limits = limits_of_a_leaf();
    auto outcome = read_.model.evaluate(decision.element, given, asked);
    if (outcome.stopped && !stopped_) {
        stopped_ = true;
        faults.push_back({file_, decision.line, fmt::format("\"{}\" takes too long to work out: make it simpler", decision.name)});
    }
    return outcome.value;
}

void Evaluating::complain(const KnownDecision& decision, std::string_view output, const rules::Value& value, std::vector<Fault>& faults) {
    auto wrong = wrong_output(item_, decision.name, output, value);
    if (wrong && wrong_.insert({decision.line, *wrong}).second) faults.push_back({file_, decision.line, std::move(*wrong)});
    stopped_ = stopped_ || wrong_.size() > 20;
}

void Evaluating::need(const KnownDecision& decision, const rules::Value& value, std::vector<uint8_t>& needs, std::vector<Fault>& faults) {
    for (auto m : named_) needs[m] = 0;
    std::vector<rules::Value> rows;
    if (value.is(rules::Kind::list))
        rows = value.list();
    else if (!value.null())
        rows = {value};
    std::set<uint32_t> told;
    for (auto& row : rows) {
        auto* code = row.is(rules::Kind::context) ? row.member("material") : nullptr;
        auto* how = code ? row.member("need") : nullptr;
        complain(decision, "material", code ? *code : rules::Value(), faults);
        complain(decision, "need", how ? *how : rules::Value(), faults);
        auto m = code && code->is(rules::Kind::string) ? material_coded(item_, code->string()) : std::nullopt;
        if (m && how && told.insert(*m).second) needs[*m] = how->text() == "later" ? 2 : 1;
    }
}

Evaluating::Result Evaluating::evaluate(std::span<const rules::Model::Given> given, std::vector<Fault>& faults, bool fee_is_computed,
                                        bool days_are_computed) {
    Result out{std::nullopt, {}, std::vector<uint8_t>(item_.materials.size(), 1)};
    if (read_.decisions.empty() || read_.decisions[0].name != "situation") out.situation = 0;
    for (auto& decision : read_.decisions) {
        if ((decision.name == "fee" && fee_is_computed) || (decision.name == "promised_days" && days_are_computed)) continue;
        auto value = value_of(decision, given, faults);
        if (decision.name == "materials") {
            need(decision, value, out.needs, faults);
        } else if (decision.name == "situation") {
            if (!value.null()) complain(decision, "", value, faults);
            if (value.is(rules::Kind::string)) out.situation = situation_named(item_, value.string());
        } else {
            complain(decision, "", value, faults);
            out.given[static_cast<size_t>(std::ranges::find(known_decisions, decision.name) - std::begin(known_decisions)) - 2] = value;
        }
    }
    return out;
}

}  // namespace yimen::catalogue
