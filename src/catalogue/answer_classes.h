#pragma once
#include <span>

#include "catalogue/catalogue.h"
#include "rules/rules.h"

namespace yimen::catalogue {

// The answers to a question in classes that no rule tells apart: choices, yes and no, or the numbers at and between the
// points that rules name.
class AnswerClasses {
  public:
    // One answer of each kind that rules could tell apart, in order; those of numbers around `points`.
    static AnswerClasses of(const Question&, std::span<const rules::Value> points);
    // Merges those with equal marks; a mark for each sample, in order.
    template <class Mark>
    void merge(const std::vector<Mark>& marks);

    const std::vector<rules::Value>& samples() const { return samples_; }
    size_t count() const { return samples_.size(); }
    // The class of an answer that is possible.
    size_t of_answer(const Question&, std::string_view answer) const;

  private:
    std::vector<rules::Value> samples_;   // one of each class
    std::vector<uint32_t> class_of_;      // of each choice (yes, no), or of each region
    std::vector<rules::Decimal> points_;  // rising; region 2i lies below points_[i], region 2i + 1 is the point itself
};

// The answer as rules see it.
rules::Value value_of(const Question&, std::string_view answer);
// What it can be, for the checks of tables.
rules::Domain domain_of(const Question&);

template <class Mark>
void AnswerClasses::merge(const std::vector<Mark>& marks) {
    std::map<Mark, uint32_t> known;
    std::vector<uint32_t> merged;
    std::vector<rules::Value> kept;
    for (size_t i = 0; i < marks.size(); ++i) {
        auto [found, fresh] = known.try_emplace(marks[i], static_cast<uint32_t>(kept.size()));
        if (fresh) kept.push_back(samples_[i]);
        merged.push_back(found->second);
    }
    for (auto& c : class_of_) c = merged[c];
    samples_ = std::move(kept);
}

}  // namespace yimen::catalogue
