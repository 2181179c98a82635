#include "catalogue/computed.h"

namespace yimen::catalogue {

namespace {

constexpr char between = '\x1f';  // stands in no file of XML

bool word_character(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// Of text and number told apart.
std::string value_text(const rules::Value& value) { return fmt::format("value {}{}", static_cast<int>(value.kind()), value.text()); }

void add_once(std::vector<size_t>& to, size_t element) {
    if (std::ranges::find(to, element) == to.end()) to.push_back(element);
}

}  // namespace

bool mentions(std::string_view text, std::string_view name) {
    for (size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1))
        if ((at == 0 || !word_character(text[at - 1])) && (at + name.size() == text.size() || !word_character(text[at + name.size()])))
            return true;
    return false;
}

std::vector<size_t> Computed::Uses::all() const {
    auto out = inputs;
    for (auto& rule : outputs)
        for (auto e : rule) add_once(out, e);
    for (auto e : otherwise) add_once(out, e);
    return out;
}

Computed::Computed(const ItemVersion& item, const ReadRules& read)
    : read_(read), question_of_(read.elements.size()), uses_(read.elements.size()), behind_(read.elements.size()) {
    for (auto& question : item.questions) number_.push_back(question.kind == Question::Kind::number);
    for (uint32_t q = 0; q < read.inputs.size(); ++q)
        if (read.inputs[q]) question_of_[*read.inputs[q]] = q;
    for (size_t e = 0; e < read.elements.size(); ++e) look(e);
    for (size_t e = 0; e < read.elements.size(); ++e) {
        std::vector<bool> seen(read.elements.size());
        behind_[e] = find_behind(e, seen);
    }
}

void Computed::add(std::vector<size_t>& to, size_t element, std::string_view text) const {
    for (auto required : read_.elements[element].required)
        if (mentions(text, read_.elements[required].name)) add_once(to, required);
}

void Computed::look(size_t e) {
    auto& element = read_.elements[e];
    if (auto table = read_.model.table_of(e))
        look(e, *table);
    else if (!element.expression.empty())
        add(uses_[e].otherwise, e, element.expression);
    else
        uses_[e].otherwise = element.required;
}

void Computed::look(size_t e, const rules::TableParts& table) {
    auto& uses = uses_[e];
    for (auto& column : table.columns) {
        auto& required = read_.elements[e].required;
        auto input = std::ranges::find_if(required, [&](auto r) { return question_of_[r] && read_.elements[r].name == column.input; });
        if (input != required.end() && column.points)
            uses.tested.push_back(*input);
        else
            add(uses.inputs, e, column.input);
        if (!column.points)
            for (auto& cell : column.cells) add(uses.inputs, e, cell);
        add(uses.inputs, e, column.allowed);
    }
    for (auto& rule : table.rules) {
        auto& mentioned = uses.outputs.emplace_back();
        auto& text = uses.rules.emplace_back();
        for (size_t o = 0; o < rule.texts.size(); ++o) {
            text += rule.texts[o] + between;
            if (!rule.outputs[o]) add(mentioned, e, rule.texts[o]);
        }
    }
    for (auto& text : table.defaults) add(uses.otherwise, e, text);
    uses.defaults = table.defaults;
    // Of others (PRIORITY, sums) and of tables that cannot be told apart by name, all rules count.
    uses.follows =
        (table.first || table.all) && std::ranges::count(read_.elements, read_.elements[e].name, &rules::Model::Element::name) == 1;
}

// A circle, which is a fault anyway, ends where it comes back to.
QuestionSet Computed::find_behind(size_t e, std::vector<bool>& seen) {
    if (seen[e]) return 0;
    seen[e] = true;
    if (auto q = question_of_[e]) return number_[*q] ? QuestionSet(1) << *q : 0;
    QuestionSet all = 0;
    for (auto other : uses_[e].all()) all |= find_behind(other, seen);
    return all;
}

QuestionSet Computed::used_by(size_t e) const {
    QuestionSet all = 0;
    for (auto other : uses_[e].all())
        if (question_of_[other]) all |= behind_[other];
    return all;
}

bool Computed::any() const {
    return std::ranges::any_of(read_.decisions, [&](auto& d) { return may_be_computed(d.name) && behind_[d.element]; });
}

Computed::Both Computed::at(std::span<const rules::Model::Given> given) {
    Both out;
    if (!any()) return out;
    given_ = given;
    known_.assign(read_.elements.size(), std::nullopt);
    for (auto& decision : read_.decisions) {
        if (!may_be_computed(decision.name) || !behind_[decision.element]) continue;
        auto& found = of(decision.element);
        if (found.questions) (decision.name == "fee" ? out.fee : out.promised_days) = found;
    }
    return out;
}

const Computation& Computed::of(size_t e) {
    if (!known_[e]) {
        known_[e] = Computation{};  // a circle ends here
        known_[e] = made(e);
    }
    return *known_[e];
}

Computation Computed::made(size_t e) {
    if (auto q = question_of_[e]; q && number_[*q]) return {number_of(fmt::format("question {}", *q)), behind_[e]};
    QuestionSet questions = 0;
    std::string formula;
    if (behind_[e]) formula = settled(uses_[e]) ? of_rules(e, questions) : of_all(e, questions);
    if (!questions) formula = value_text(value_of(e));
    return {number_of(formula), questions};
}

// Whether it is known which rules match.
bool Computed::settled(const Uses& uses) const {
    return uses.follows && std::ranges::all_of(uses.inputs, [&](auto e) { return behind_[e] == 0; });
}

std::string Computed::of_rules(size_t e, QuestionSet& questions) {
    ++evaluations_;
    rules::Model::Asked asked;
    asked.limits = limits_of_a_leaf();
    asked.explain = true;
    auto formula = fmt::format("rules of {}{}", e, between);
    bool matched = false;
    for (auto& rule : read_.model.evaluate(e, given_, asked).matched) {
        if (rule.decision != read_.elements[e].name) continue;
        matched = true;
        formula += uses_[e].rules[rule.rule - 1] + between;
        join(formula, questions, uses_[e].outputs[rule.rule - 1]);
    }
    if (!matched) {
        for (auto& text : uses_[e].defaults) formula += text + between;
        join(formula, questions, uses_[e].otherwise);
    }
    return formula;
}

std::string Computed::of_all(size_t e, QuestionSet& questions) {
    auto formula = fmt::format("all of {}{}", e, between);
    for (auto input : uses_[e].tested) formula += value_text(value_of(input)) + between;
    join(formula, questions, uses_[e].all());
    return formula;
}

void Computed::join(std::string& formula, QuestionSet& questions, const std::vector<size_t>& mentioned) {
    for (auto e : mentioned) {
        auto& one = of(e);
        formula += fmt::format("{}={}{}", e, one.formula, between);
        questions |= one.questions;
    }
}

rules::Value Computed::value_of(size_t e) {
    for (auto& given : given_)
        if (given.element == e) return given.value;
    ++evaluations_;
    rules::Model::Asked asked;
    asked.limits = limits_of_a_leaf();
    return read_.model.evaluate(e, given_, asked).value;
}

uint32_t Computed::number_of(const std::string& formula) {
    return formulas_.try_emplace(formula, static_cast<uint32_t>(formulas_.size() + 1)).first->second;
}

}  // namespace yimen::catalogue
