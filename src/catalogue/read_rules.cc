#include "catalogue/read_rules.h"

#include "base/text.h"

namespace yimen::catalogue {

namespace {

using rules::Model;
using rules::TableParts;

constexpr size_t most_bytes = 256 << 10, most_points = 1'000, most_points_in_all = 5'000, most_rules = 2'000, most_questions = 60,
                 most_elements = 200;

class Reading {
  public:
    Reading(const ItemVersion& item, const std::string& file, std::vector<Fault>& faults) : item_(item), file_(file), faults_(faults) {}

    std::optional<ReadRules> read(std::string_view text) {
        if (text.size() > most_bytes) return fault(0, "too large: at most 256 KiB"), std::nullopt;
        if (item_.questions.size() > most_questions) return fault(0, "too many questions: at most 60"), std::nullopt;
        auto model = Model::read(text);
        if (!model) return fault(std::max(1, model.error().line), model.error().text(Language::en)), std::nullopt;
        ReadRules read{std::move(*model), {}, {}, {}, {}, {}};
        read.elements = read.model.elements();
        if (read.elements.size() > most_elements) return fault(0, "too large: at most 200 inputs and decisions"), std::nullopt;
        for (auto& f : read.model.faults()) fault(f.line, f.text(Language::en));
        find_inputs(read);
        find_questions(read);
        find_decisions(read);
        for (auto& decision : read.decisions) check(decision);
        for (auto& table : read.tables) check_cells(table);
        return read;
    }

  private:
    void fault(int line, std::string message) { faults_.push_back({file_, line, std::move(message)}); }

    static std::string_view type_of(const Question& q) {
        return q.kind == Question::Kind::number ? "number" : q.kind == Question::Kind::yes_no ? "boolean" : "string";
    }

    void find_inputs(ReadRules& read) {
        read.inputs.resize(item_.questions.size());
        for (size_t e = 0; e < read.elements.size(); ++e) {
            auto& element = read.elements[e];
            if (element.kind != Model::Kind::input) continue;
            auto* question = item_.question(element.name);
            if (!question) {
                fault(element.line, fmt::format("there is no question \"{}\" in item.yaml: name inputData as a question", element.name));
                continue;
            }
            auto& known = read.inputs[static_cast<size_t>(question - item_.questions.data())];
            if (known) fault(element.line, fmt::format("a second inputData \"{}\": remove one", element.name));
            known = e;
            auto type = std::string_view(element.type).substr(element.type.find(':') == std::string::npos ? 0 : element.type.find(':') + 1);
            if (type != type_of(*question))
                fault(element.line,
                      fmt::format("typeRef of \"{}\" must be {}, since item.yaml asks for that", element.name, type_of(*question)));
        }
    }

    // The questions that each element depends on; a circle ends at the element it comes back to.
    void find_questions(ReadRules& read) {
        read.questions.resize(read.elements.size());
        for (size_t e = 0; e < read.elements.size(); ++e) {
            std::vector<bool> seen(read.elements.size());
            std::vector<size_t> open{e};
            while (!open.empty()) {
                auto at = open.back();
                open.pop_back();
                if (seen[at]) continue;
                seen[at] = true;
                for (size_t q = 0; q < read.inputs.size(); ++q)
                    if (read.inputs[q] == at) read.questions[e].push_back(static_cast<uint32_t>(q));
                for (auto next : read.elements[at].required)
                    if (!seen[next]) open.push_back(next);
            }
            std::ranges::sort(read.questions[e]);
        }
    }

    void find_decisions(ReadRules& read) {
        std::vector<bool> needed(read.elements.size());
        for (auto& element : read.elements)
            for (auto other : element.required) needed[other] = true;
        for (auto name : known_decisions)
            for (size_t e = 0; e < read.elements.size(); ++e)
                if (auto& element = read.elements[e]; element.kind == Model::Kind::decision && element.name == name) {
                    if (!read.decisions.empty() && read.decisions.back().name == name) {
                        fault(element.line, fmt::format("a second decision \"{}\": remove one", name));
                        continue;
                    }
                    read.decisions.push_back({name, e, element.line, read.model.table_of(e)});
                    needed[e] = true;
                }
        for (size_t e = 0; e < read.elements.size(); ++e) {
            auto& element = read.elements[e];
            if (element.kind == Model::Kind::decision && !needed[e])
                fault(element.line, fmt::format("decision \"{}\" is used by nothing: name it {}, or require it", element.name,
                                                fmt::join(known_decisions, ", ")));
            if (auto table = read.model.table_of(e)) read.tables.push_back(std::move(*table));
        }
        if (item_.situations.size() > 1 && (read.decisions.empty() || read.decisions[0].name != "situation"))
            fault(1, "the item has several situations: write a decision table named \"situation\" that chooses one");
    }

    void check(const KnownDecision& decision) {
        if (!decision.table) return;
        auto& table = *decision.table;
        const bool materials = decision.name == "materials";
        if (materials ? !table.all : !table.first)
            fault(table.line, materials ? "hitPolicy of materials must be COLLECT"
                                        : fmt::format("hitPolicy of {} must be FIRST or UNIQUE", decision.name));
        auto outputs = table.outputs;
        std::ranges::sort(outputs);
        if (materials && outputs != std::vector<std::string>{"material", "need"})
            return fault(table.line, "materials needs two outputs, named material and need");
        if (!materials && table.outputs.size() != 1) return fault(table.line, fmt::format("{} needs one output", decision.name));
        for (auto& rule : table.rules)
            for (size_t o = 0; o < rule.outputs.size() && o < table.outputs.size(); ++o)
                if (auto& value = rule.outputs[o])
                    if (auto wrong = wrong_output(item_, decision.name, table.outputs[o], *value)) fault(rule.line, std::move(*wrong));
    }

    // Constants that a question's answer can never be.
    void check_cells(const TableParts& table) {
        if (table.rules.size() > most_rules) fault(table.line, fmt::format("too many rules: at most {} in a table", most_rules));
        for (size_t c = 0; c < table.columns.size(); ++c) {
            auto& column = table.columns[c];
            auto* question = item_.question(column.input);
            if (!column.points) continue;
            auto& points = points_[column.input];
            const bool few = points <= most_points && all_points_ <= most_points_in_all;
            points += column.points->size();
            all_points_ += column.points->size();
            if (few && (points > most_points || all_points_ > most_points_in_all))
                fault(column.line,
                      fmt::format("too many values in cells: at most {} of one input, and {} in all", most_points, most_points_in_all));
            if (!question || all_points_ > most_points_in_all) continue;
            auto domain = domain_of(*question);
            for (auto& point : *column.points) {
                auto wrong = wrong_point(*question, domain, point);
                if (!wrong.empty()) fault(line_of_point(table, c, point), std::move(wrong));
            }
        }
    }

    static std::string wrong_point(const Question& question, const rules::Domain& domain, const rules::Value& point) {
        const auto kind = question.kind;
        const auto wanted = kind == Question::Kind::number   ? rules::Kind::number
                            : kind == Question::Kind::yes_no ? rules::Kind::boolean
                                                             : rules::Kind::string;
        if (!point.is(wanted))
            return fmt::format("\"{}\" is answered with a {}: {} can never be its value", question.name, type_of(question), point.text());
        if (kind != Question::Kind::choice || std::ranges::any_of(domain.values, [&](auto& v) { return rules::same_value(v, point); }))
            return "";
        std::vector<std::string> choices;
        for (auto& choice : question.choices) choices.push_back(choice.value);
        return fmt::format("\"{}\" has no answer \"{}\"; it has {}", question.name, point.text(), fmt::join(choices, ", "));
    }

    // The first rule whose cell names the point, by its text.
    static int line_of_point(const TableParts& table, size_t column, const rules::Value& point) {
        for (auto& rule : table.rules)
            if (rule.cells[column] >= 0 &&
                table.columns[column].cells[static_cast<size_t>(rule.cells[column])].find(point.text()) != std::string::npos)
                return rule.line;
        return table.columns[column].line;
    }

    const ItemVersion& item_;
    const std::string& file_;
    std::vector<Fault>& faults_;
    std::map<std::string, size_t> points_;  // that the cells name, by input
    size_t all_points_ = 0;
};

}  // namespace

int ReadRules::line_of(std::string_view decision) const {
    auto found = std::ranges::find(decisions, decision, &KnownDecision::name);
    return found == decisions.end() ? 1 : found->line;
}

std::optional<ReadRules> read_rules(const ItemVersion& item, std::string_view text, const std::string& file, std::vector<Fault>& faults) {
    return Reading(item, file, faults).read(text);
}

}  // namespace yimen::catalogue
