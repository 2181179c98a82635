#pragma once
#include "catalogue/item_rules.h"

namespace yimen::catalogue {

inline Question choice(std::string name, std::vector<std::string> values) {
    Question q;
    q.label = {name + "？", name + "?"};
    q.name = std::move(name);
    for (auto& v : values) q.choices.push_back({v, {v, v}, {}});
    return q;
}
inline Question yes_no(std::string name) {
    auto q = choice(std::move(name), {});
    q.kind = Question::Kind::yes_no;
    return q;
}
inline Question number(std::string name, bool whole = false) {
    auto q = choice(std::move(name), {});
    q.kind = Question::Kind::number;
    q.whole = whole;
    return q;
}
inline std::string quoted(std::string text) { return '"' + text + '"'; }

inline std::string escaped_xml(std::string_view text) {
    std::string out;
    for (char c : text) out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
    return out;
}

// An item made of questions and tables, for tests: situations s0, s1, s2 and materials m0, m1, m2.
struct RulesOfItem {
    struct Row {
        std::map<std::string, std::string> cells;  // by input expression
        std::vector<std::string> outputs;
    };
    std::vector<Question> questions;
    std::vector<Row> situation, materials, fee, promised_days;
    std::string more;              // further elements
    std::string policy = "FIRST";  // of situation

    // Each element and each rule on a line of its own.
    std::string text() const {
        auto out = std::string("<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"t\" namespace=\"urn:t\">\n");
        for (auto& q : questions) {
            auto type = q.kind == Question::Kind::number ? "number" : q.kind == Question::Kind::yes_no ? "boolean" : "string";
            out += fmt::format("<inputData id=\"{0}\" name=\"{0}\"><variable name=\"{0}\" typeRef=\"{1}\"/></inputData>\n", q.name, type);
        }
        out += more + table("situation", policy, {"situation"}, situation) +
               table("materials", "COLLECT", {"material", "need"}, materials) + table("fee", "FIRST", {"fee"}, fee) +
               table("promised_days", "FIRST", {"promised_days"}, promised_days);
        return out + "</definitions>\n";
    }

    std::string table(std::string_view name, std::string_view hit, std::vector<std::string> outputs, const std::vector<Row>& rows) const {
        if (rows.empty()) return "";
        std::set<std::string> inputs;
        for (auto& row : rows)
            for (auto& [input, cell] : row.cells) inputs.insert(input);
        auto out = fmt::format("<decision id=\"{0}\" name=\"{0}\"><variable name=\"{0}\"/>", name);
        for (auto& q : questions)
            out += fmt::format("<informationRequirement><requiredInput href=\"#{}\"/></informationRequirement>", q.name);
        if (!more.empty()) out += "<informationRequirement><requiredDecision href=\"#size\"/></informationRequirement>";
        out += fmt::format("<decisionTable hitPolicy=\"{}\">\n", hit);
        for (auto& input : inputs)
            out += fmt::format("<input><inputExpression><text>{}</text></inputExpression></input>", escaped_xml(input));
        for (auto& output : outputs) out += fmt::format("<output name=\"{}\"/>", output);
        out += "<annotation name=\"because\"/>\n";
        for (auto& row : rows) {
            out += "<rule>";
            for (auto& input : inputs)
                out += fmt::format("<inputEntry><text>{}</text></inputEntry>",
                                   row.cells.contains(input) ? escaped_xml(row.cells.at(input)) : "-");
            for (auto& output : row.outputs) out += fmt::format("<outputEntry><text>{}</text></outputEntry>", escaped_xml(output));
            out += "</rule>\n";
        }
        return out + "</decisionTable></decision>\n";
    }

    ItemVersion item() const {
        ItemVersion made;
        made.item = "t";
        made.fee_basis = {"收费标准", "Scale of fees"};
        made.questions = questions;
        for (auto* name : {"s0", "s1", "s2"}) {
            Situation s;
            s.name = name;
            s.title = {name, name};
            s.promised = {5, true};
            s.statutory = {20, true};
            s.review_plan = "sole";
            made.situations.push_back(std::move(s));
        }
        for (auto* code : {"m0", "m1", "m2"}) {
            Material m;
            m.code = code;
            m.name = {code, code};
            made.materials.push_back(std::move(m));
        }
        made.rules = std::make_shared<const ItemRules>(text());
        return made;
    }
};

}  // namespace yimen::catalogue
