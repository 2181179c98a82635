#include "catalogue/read_rules.h"

namespace yimen::catalogue {

namespace {

using rules::Value;

bool whole_between(const Value& v, int64_t low, int64_t high) {
    auto n = v.is(rules::Kind::number) ? v.number().integer() : std::nullopt;
    return n && *n >= low && *n <= high;
}

std::optional<Fen> fen_of(const Value& v) {
    if (!v.is(rules::Kind::number)) return std::nullopt;
    auto fen = (v.number() * rules::Decimal(100)).integer();
    return fen && *fen >= 0 && *fen <= 100'000'000'000 ? std::optional(Fen{*fen}) : std::nullopt;
}

std::string names_of(const ItemVersion& item, bool situations) {
    std::vector<std::string> names;
    for (auto& s : item.situations) names.push_back(s.name);
    if (!situations) names.clear();
    for (auto& m : item.materials)
        if (!situations) names.push_back(m.code);
    return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::optional<size_t> situation_named(const ItemVersion& item, std::string_view name) {
    auto found = std::ranges::find(item.situations, name, &Situation::name);
    return found == item.situations.end() ? std::nullopt : std::optional(static_cast<size_t>(found - item.situations.begin()));
}

std::optional<uint32_t> material_coded(const ItemVersion& item, std::string_view code) {
    auto* found = item.material(code);
    return found ? std::optional(static_cast<uint32_t>(found - item.materials.data())) : std::nullopt;
}

std::optional<std::string> wrong_output(const ItemVersion& item, std::string_view decision, std::string_view output, const Value& v) {
    const auto text = v.text();
    if (decision == "situation" && !(v.is(rules::Kind::string) && situation_named(item, v.string())))
        return fmt::format("there is no situation {}: it may be {} (in double quotes)", text, names_of(item, true));
    if (decision == "materials" && output == "need" && !(v.is(rules::Kind::string) && (text == "needed" || text == "later")))
        return fmt::format("need cannot be {}: write \"needed\" or \"later\"", text);
    if (decision == "materials" && output == "material" && !(v.is(rules::Kind::string) && item.material(v.string())))
        return fmt::format("there is no material {}: it may be {} (in double quotes)", text, names_of(item, false));
    if (decision == "fee" && !v.null() && !fen_of(v))
        return fmt::format("a fee cannot be {}: write an amount in yuan with at most two places", text);
    if (decision == "on_the_spot" && !v.null() && !v.is(rules::Kind::boolean))
        return fmt::format("on_the_spot cannot be {}: write true or false", text);
    if (decision == "review_plan" && !v.null() && text != "sole" && text != "examiner_verifier" && text != "three_level")
        return fmt::format("there is no review plan {}: it may be \"sole\", \"examiner_verifier\" or \"three_level\"", text);
    if (decision == "promised_days" && !v.null() && !whole_between(v, 0, 365))
        return fmt::format("promised_days cannot be {}: write a whole number of days up to 365", text);
    return std::nullopt;
}

uint32_t Outcomes::settled(size_t situation, const std::array<Value, 4>& given) {
    auto s = item_.situations[situation];
    if (auto fee = fen_of(given[0])) s.fee = *fee;
    if (given[1].is(rules::Kind::boolean)) s.on_the_spot = given[1].boolean();
    if (given[2].is(rules::Kind::string)) s.review_plan = given[2].string();
    if (whole_between(given[3], 0, 365)) s.promised.days = static_cast<int>(*given[3].number().integer());
    // What a rule gives that the situation has anyway is no other outcome.
    auto [found, fresh] = situations_.try_emplace({situation, s.fee.value, s.on_the_spot, s.review_plan, s.promised.days},
                                                  static_cast<uint32_t>(out_.situations.size()));
    if (fresh) out_.situations.push_back(std::move(s));
    return found->second;
}

Diagram::Ref Outcomes::leaf(std::optional<size_t> situation, const std::array<Value, 4>& given, std::vector<uint8_t> needs, Computation fee,
                            Computation promised_days) {
    // What is made from the online form never comes later.
    for (size_t m = 0; m < needs.size(); ++m)
        if (needs[m] && item_.materials[m].exempt_source == "form") needs[m] = 1;
    Decided decided{situation ? settled(*situation, given) : Decided::open, std::move(needs), fee, promised_days};
    auto [found, fresh] = outcomes_.try_emplace(std::move(decided), static_cast<uint32_t>(out_.outcomes.size()));
    if (fresh) out_.outcomes.push_back(found->first);
    return Diagram::leaf(found->second);
}

}  // namespace yimen::catalogue
