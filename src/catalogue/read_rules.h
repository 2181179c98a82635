#pragma once
#include "catalogue/item_rules.h"

// Inside the compiling of an item's rules.
namespace yimen::catalogue {

// The decisions that mean something to an item, in this order.
inline constexpr std::string_view known_decisions[] = {"situation", "materials", "fee", "on_the_spot", "review_plan", "promised_days"};

// Those that may be computed from numbers as they are given, not only from what cells say of them.
inline bool may_be_computed(std::string_view decision) { return decision == "fee" || decision == "promised_days"; }

// A decision of rules.dmn that means something to the item.
struct KnownDecision {
    std::string_view name;
    size_t element = 0;
    int line = 0;
    std::optional<rules::TableParts> table;
};

struct ReadRules {
    rules::Model model;
    std::vector<rules::Model::Element> elements;
    std::vector<KnownDecision> decisions;          // of known_decisions, those that are there
    std::vector<rules::TableParts> tables;         // of all decisions that are one
    std::vector<std::optional<size_t>> inputs;     // of each question its element
    std::vector<std::vector<uint32_t>> questions;  // of each element: the questions it depends on, directly or not
    int line_of(std::string_view decision) const;
};
// Nothing, with faults, where it cannot be read at all; what names and types are wrong is added to the faults.
std::optional<ReadRules> read_rules(const ItemVersion&, std::string_view text, const std::string& file, std::vector<Fault>&);

// Gathers what comes out, each thing once.
class Outcomes {
  public:
    Outcomes(const ItemVersion& item, Decisions& out) : item_(item), out_(out) {}
    // `given`: what fee, on_the_spot, review_plan and promised_days came to, in this order; null replaces nothing.
    Diagram::Ref leaf(std::optional<size_t> situation, const std::array<rules::Value, 4>& given, std::vector<uint8_t> needs,
                      Computation fee = {}, Computation promised_days = {});

  private:
    uint32_t settled(size_t situation, const std::array<rules::Value, 4>& given);

    const ItemVersion& item_;
    Decisions& out_;
    std::map<std::tuple<size_t, int64_t, bool, std::string, int>, uint32_t> situations_;
    std::map<Decided, uint32_t> outcomes_;
};

// What the model itself gives for answers.
class Evaluating {
  public:
    struct Result {
        std::optional<size_t> situation;
        std::array<rules::Value, 4> given;  // fee, on_the_spot, review_plan, promised_days
        std::vector<uint8_t> needs;
    };
    Evaluating(const ItemVersion& item, const ReadRules& read, const std::string& file);
    // Adds a fault for what cannot be an outcome, once for each. What is computed from the answers themselves is left out.
    Result evaluate(std::span<const rules::Model::Given>, std::vector<Fault>&, bool fee_is_computed = false,
                    bool days_are_computed = false);
    // Something took too long, or too much is wrong: no use in going on.
    bool stopped() const { return stopped_; }

  private:
    rules::Value value_of(const KnownDecision&, std::span<const rules::Model::Given>, std::vector<Fault>&);
    void complain(const KnownDecision&, std::string_view output, const rules::Value&, std::vector<Fault>&);
    void need(const KnownDecision&, const rules::Value&, std::vector<uint8_t>& needs, std::vector<Fault>&);

    const ItemVersion& item_;
    const ReadRules& read_;
    const std::string& file_;
    std::set<uint32_t> named_;  // the materials that the table names, whether a rule matches or not
    std::set<std::pair<int, std::string>> wrong_;
    bool stopped_ = false;
};

// What is wrong with a value as what the decision gives; nothing where it is fine. Materials: of either output.
std::optional<std::string> wrong_output(const ItemVersion&, std::string_view decision, std::string_view output, const rules::Value&);
std::optional<size_t> situation_named(const ItemVersion&, std::string_view);
std::optional<uint32_t> material_coded(const ItemVersion&, std::string_view);

// Whether tables can be followed rule by rule: inputs are questions by themselves, cells constants, one rule counts.
bool plain(const ItemVersion&, const ReadRules&);
// The two ways of making decisions; false, with a fault, where there are too many combinations.
bool follow_rules(const ItemVersion&, const ReadRules&, const std::string& file, Decisions&, std::vector<Fault>&);
bool try_answers(const ItemVersion&, ReadRules&, const std::string& file, Decisions&, std::vector<Fault>&);

}  // namespace yimen::catalogue
