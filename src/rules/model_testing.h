#pragma once
#include "rules/testing.h"

namespace yimen::rules {

inline std::string definitions(std::string_view inside, std::string_view name_space = "urn:m") {
    return fmt::format("<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' namespace='{}' name='m'>{}</definitions>",
                       name_space, inside);
}

inline std::string input(std::string_view name, std::string_view type) {
    return fmt::format("<inputData id='{0}' name='{0}'><variable name='{0}' typeRef='{1}'/></inputData>", name, type);
}

// Cells of a table over number `n` and text `s`, and what it gives.
using Rows = std::vector<std::array<const char*, 3>>;

inline std::string table(std::string_view attributes, const Rows& rows, std::string_view output = "<output name='o'/>") {
    std::string rules;
    for (auto& [n, s, o] : rows)
        rules += fmt::format(
            "<rule><inputEntry><text>{}</text></inputEntry><inputEntry><text>{}</text></inputEntry><outputEntry><text>{}</text></"
            "outputEntry></rule>",
            n, s, o);
    return definitions(
        input("n", "number") + input("s", "string") +
        fmt::format(
            "<decision id='d' name='d'><variable name='d'/><informationRequirement><requiredInput href='#n'/></informationRequirement>"
            "<informationRequirement><requiredInput href='#s'/></informationRequirement><decisionTable {}>"
            "<input label='floor area'><inputExpression><text>n</text></inputExpression></input>"
            "<input><inputExpression><text>s</text></inputExpression></input>{}{}</decisionTable></decision>",
            attributes, output, rules));
}

}  // namespace yimen::rules
