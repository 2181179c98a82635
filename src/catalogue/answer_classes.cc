#include "catalogue/answer_classes.h"

namespace yimen::catalogue {

namespace {

using rules::Decimal;
using rules::Rounding;
using rules::Value;

std::vector<Decimal> sorted(std::span<const Value> points) {
    std::vector<Decimal> all;
    for (auto& p : points)
        if (p.is(rules::Kind::number)) all.push_back(p.number());
    std::ranges::sort(all, [](auto& a, auto& b) { return a < b; });
    auto rest = std::ranges::unique(all, [](auto& a, auto& b) { return a == b; });
    all.erase(rest.begin(), rest.end());
    return all;
}

// A possible answer strictly between two points (none: without an end there).
std::optional<Decimal> inside(const Decimal* low, const Decimal* high, bool whole) {
    // Answers are never below nought, which is one of them.
    if (!low || low->negative()) {
        if (!high || Decimal(0) < *high) return Decimal(0);
        return std::nullopt;
    }
    auto next = whole ? low->round(0, Rounding::floor) + Decimal(1) : high ? (*low + *high) / Decimal(2) : *low + Decimal(1);
    if (high && !(next < *high)) return std::nullopt;
    return next;
}

std::optional<Decimal> at(const Decimal& point, bool whole) {
    return point.negative() || (whole && !point.whole()) ? std::nullopt : std::optional(point);
}

}  // namespace

AnswerClasses AnswerClasses::of(const Question& question, std::span<const Value> points) {
    AnswerClasses out;
    if (question.kind != Question::Kind::number) {
        for (auto& v : domain_of(question).values) {
            out.class_of_.push_back(static_cast<uint32_t>(out.samples_.size()));
            out.samples_.push_back(v);
        }
        return out;
    }
    out.points_ = sorted(points);
    // Regions without a possible answer are given to whatever stands before.
    auto add = [&](const std::optional<Decimal>& sample) {
        if (sample) out.samples_.push_back(Value::number(*sample));
        out.class_of_.push_back(static_cast<uint32_t>(out.samples_.empty() ? 0 : out.samples_.size() - 1));
    };
    for (size_t i = 0; i <= out.points_.size(); ++i) {
        auto* low = i == 0 ? nullptr : &out.points_[i - 1];
        auto* high = i == out.points_.size() ? nullptr : &out.points_[i];
        add(inside(low, high, question.whole));
        if (high) add(at(*high, question.whole));
    }
    return out;
}

size_t AnswerClasses::of_answer(const Question& question, std::string_view answer) const {
    if (question.kind == Question::Kind::yes_no) return class_of_[answer == "yes" ? 0 : 1];
    if (question.kind == Question::Kind::choice)
        return class_of_[static_cast<size_t>(std::ranges::find(question.choices, answer, &Choice::value) - question.choices.begin())];
    if (points_.empty()) return 0;
    auto number = rules::Decimal::parse(answer).value_or(Decimal(0));
    auto point = std::ranges::lower_bound(points_, number, [](auto& a, auto& b) { return a < b; });
    auto region = static_cast<size_t>(point - points_.begin()) * 2;
    return class_of_[point != points_.end() && *point == number ? region + 1 : region];
}

Value value_of(const Question& question, std::string_view answer) {
    if (question.kind == Question::Kind::yes_no) return Value::boolean(answer == "yes");
    if (question.kind == Question::Kind::choice) return Value::string(std::string(answer));
    auto number = Decimal::parse(answer);
    return number ? Value::number(*number) : Value();
}

rules::Domain domain_of(const Question& question) {
    rules::Domain domain{question.name, {}, std::nullopt, false};
    if (question.kind == Question::Kind::yes_no) domain.values = {Value::boolean(true), Value::boolean(false)};
    for (auto& choice : question.choices) domain.values.push_back(Value::string(choice.value));
    if (question.kind == Question::Kind::number) domain.low = Decimal(0), domain.whole = question.whole;
    return domain;
}

}  // namespace yimen::catalogue
