#include "editing/gate.h"

#include <boost/json.hpp>
#include <regex>

#include "base/text.h"
#include "catalogue/check_rules.h"
#include "catalogue/load.h"
#include "editing/tables.h"
#include "rules/rules.h"

namespace yimen::editing {

namespace {

using catalogue::Answers;
using catalogue::ItemVersion;
using catalogue::Need;
using catalogue::Outcome;

std::string number_after(const std::vector<std::string_view>& path, size_t at) {
    if (path.size() <= at) return {};
    auto number = std::atoi(std::string(path[at]).c_str());
    return std::to_string(number + 1);
}

// Where the path of a fault is mended: "sections/2/fields/3/name" of the form in "fields-3/4".
std::string part_of(std::string_view piece, std::string_view place) {
    auto path = split(place, '/');
    std::string_view top = path.empty() ? std::string_view() : path.front();
    auto entry = [&](std::string_view part) { return path.size() > 1 ? fmt::format("{}/{}", part, number_after(path, 1)) : std::string(part); };
    if (piece == "rules") return "rules";
    if (piece == "golden") return "examples";
    if (piece == "form")
        return path.size() > 3 && path[2] == "fields" ? fmt::format("fields-{}/{}", number_after(path, 1), number_after(path, 3)) : entry("sections");
    constexpr std::pair<std::string_view, std::string_view> lists[] = {{"questions", "questions"}, {"materials", "materials"}, {"situations", "situations"},
                                                                       {"legal_basis", "law"},     {"steps", "steps"},         {"faqs", "faqs"}};
    for (auto& [key, part] : lists)
        if (top == key) return entry(part);
    auto basics = *part_named("basics", {});
    bool basic = std::ranges::any_of(basics.boxes, [&](auto& box) { return box.name == top; });
    return basic ? "basics" : "codes";
}

// What the reader says in English only, in Chinese where it is one of its usual sentences.
std::string in_chinese(const std::string& message) {
    static const std::vector<std::pair<std::regex, std::string>> known{
        {std::regex("^(missing|empty): write it.*"), "没有填写"},
        {std::regex("^must be a whole number from (-?\\d+) to (-?\\d+)$"), "应为 $1 至 $2 的整数"},
        {std::regex("^write it in both languages.*"), "请同时填写中文和英文"},
        {std::regex("^unknown name; known here: (.*)$"), "不认识这个名称，这里可用的有：$1"},
        {std::regex("^\"(.*)\" is unknown here; it may be (.*)$"), "“$1”在这里不可用，可用的有：$2"},
        {std::regex("^a second (\\S+) \"(.*)\": rename one$"), "“$2”重复了，请改一个名称"},
        {std::regex("^there is no question or field \"(.*)\" before this$"), "前面没有名为“$1”的问题或字段"},
        {std::regex("^\"(.*)\" has no answer \"(.*)\"; it has (.*)$"), "“$1”没有答案“$2”，只有：$3"},
        {std::regex("^say what it rests on$"), "请写明设定依据"},
        {std::regex("^situations: at least one is needed$"), "至少要有一个情形"},
        {std::regex("^channels: at least one is needed$"), "至少要有一个办理渠道"},
        {std::regex("^themes: at least one is needed.*"), "至少要有一个主题，否则浏览时找不到"},
        {std::regex("^words: write the everyday words.*"), "请填写大家平时搜索用的词"},
        {std::regex("^online needs form.*"), "可以网上办理的事项要有表单"},
        {std::regex("^promised is longer than statutory.*"), "承诺时限比法定时限长，承诺只能更短"},
        {std::regex("^online applications upload it.*"), "网上办理时要上传，请选择文件类型"},
        {std::regex("^a question of kind choice needs two choices.*"), "选择题至少要有两个选项，其他题不能有选项"},
        {std::regex("^fields of kind choice.*"), "选择字段要有选项，其他字段不能有选项"},
        {std::regex("^a form needs at least one section$"), "表单至少要有一节"},
    };
    for (auto& [pattern, sentence] : known)
        if (std::regex_match(message, pattern)) return std::regex_replace(message, pattern, sentence);
    return message;
}

Problem problem_of(const catalogue::Fault& fault) {
    auto piece = fault.file.substr(fault.file.rfind(' ') + 1);
    auto colon = fault.message.find(": ");
    auto place = colon == std::string::npos ? std::string() : fault.message.substr(0, colon);
    bool is_place = !place.empty() && std::ranges::all_of(place, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '/' || c == '_' || c == '-'; }) &&
                    (place.find('/') != std::string::npos || !std::regex_match(place, std::regex("missing|empty|words|themes|channels|situations")));
    auto message = is_place ? fault.message.substr(colon + 2) : fault.message;
    auto top = is_place ? place : std::string();
    if (!is_place && colon != std::string::npos && place != "missing" && place != "empty") top = place;
    auto lead = is_place ? fmt::format("{}: ", place) : std::string();
    return {part_of(piece, top), {lead + in_chinese(message), lead + message}};
}

std::string listed(std::vector<std::string> all) {
    std::ranges::sort(all);
    return fmt::format("{}", fmt::join(all, ", "));
}

// What people would notice of an outcome, by name.
using Facts = std::map<std::string_view, std::string>;
Facts facts_of(const Outcome& outcome) {
    std::map<Need, std::vector<std::string>> codes;
    for (auto& need : outcome.materials) codes[need.need].push_back(need.material->code);
    auto& s = *outcome.situation;
    return {{"situation", s.name},
            {"needed", listed(codes[Need::needed])},
            {"exempt", listed(codes[Need::exempt])},
            {"later", listed(codes[Need::later])},
            {"fee", std::to_string(s.fee.value)},
            {"promised", fmt::format("{}{}", s.promised.days, s.promised.working_days ? "" : "*")},
            {"statutory", fmt::format("{}{}", s.statutory.days, s.statutory.working_days ? "" : "*")},
            {"on_the_spot", s.on_the_spot ? "yes" : "no"}};
}

std::vector<std::string> texts_in(const json::object& map, std::string_view key) {
    std::vector<std::string> all;
    auto* list = map.if_contains(key);
    if (list && list->is_array())
        for (auto& one : list->as_array())
            if (one.is_string()) all.emplace_back(one.as_string());
    return all;
}

std::string text_in(const json::value& value) {
    if (auto* text = value.if_string()) return std::string(*text);
    if (auto* flag = value.if_bool()) return *flag ? "yes" : "no";
    if (auto* number = value.if_int64()) return std::to_string(*number);
    return {};
}

// Yuan as written in an example, in fen; nothing where it is no amount.
std::string fen_of(const std::string& yuan) {
    auto point = yuan.find('.');
    auto cents = point == std::string::npos ? std::string("00") : (yuan.substr(point + 1) + "00").substr(0, 2);
    auto digits = yuan.substr(0, point) + cents;
    auto first = digits.find_first_not_of('0');
    return first == std::string::npos ? "0" : digits.substr(first);
}

Example run(const ItemVersion& version, const json::object& golden) {
    Example example{.name = golden.contains("name") ? text_in(golden.at("name")) : ""};
    Answers answers;
    if (auto* given = golden.if_contains("answers"); given && given->is_object())
        for (auto& [name, value] : given->as_object()) answers[std::string(name)] = text_in(value);
    auto outcome = catalogue::guide(version, answers, texts_in(golden, "held"));
    if (!outcome) {
        example.answerable = false;
        return example;
    }
    auto facts = facts_of(*outcome);
    auto compare = [&](std::string_view what, const std::string& expected) {
        if (facts[what] != expected) example.differences.push_back({what, expected, facts[what]});
    };
    if (auto* situation = golden.if_contains("situation")) compare("situation", text_in(*situation));
    for (auto* what : {"needed", "exempt", "later"}) compare(what, listed(texts_in(golden, what)));
    if (auto* fee = golden.if_contains("fee")) compare("fee", fen_of(text_in(*fee)));
    if (auto* spot = golden.if_contains("on_the_spot")) compare("on_the_spot", text_in(*spot));
    if (auto errors = catalogue::golden_form(version, golden)) {
        auto wanted = listed(catalogue::golden_form_errors(golden)), found = listed(catalogue::fields_of(*errors));
        if (wanted != found) example.differences.push_back({"form", wanted, found});
    }
    return example;
}

void run_examples(const Draft& draft, Gate& gate) {
    auto* golden = draft.content.if_contains("golden");
    if (!golden || !golden->is_array()) return;
    for (size_t at = 0; at < golden->as_array().size(); ++at) {
        auto* map = golden->as_array()[at].if_object();
        if (!map) continue;
        auto example = run(*gate.version, *map);
        auto place = fmt::format("examples/{}", at + 1);
        if (!example.answerable)
            gate.problems.push_back({place, {fmt::format("示例“{}”的答案不全，或有不可能的答案", example.name),
                                             fmt::format("example \"{}\": an answer is missing or not possible", example.name)}});
        else if (!example.differences.empty())
            gate.problems.push_back({place, {fmt::format("示例“{}”的结果与预期不符", example.name),
                                             fmt::format("example \"{}\" comes out otherwise than expected", example.name)}});
        gate.examples.push_back(std::move(example));
    }
}

// The engine says its sentences in both languages; what the catalogue says around them is told in Chinese here.
std::string rules_in_chinese(const std::string& message) {
    static const std::vector<std::pair<std::regex, std::string>> known{
        {std::regex("^(\\w+): rule (\\d+) never counts: .*$"), "$1：第 $2 行永远不会生效，请删除，或移到包含它的行之前"},
        {std::regex("^(\\w+): no rule is for (.*): add one.*$"), "$1：没有规则适用于 $2，请补一行，或在最后加一行“-”"},
        {std::regex("^(\\w+): rules (\\d+) and (\\d+) both match (.*): tell them apart.*$"), "$1：第 $2 行与第 $3 行同时适用于 $4，请区分开，或改用 FIRST"},
        {std::regex("^some answers lead to no situation.*$"), "有的答案得不出情形，请在最后加一行“-”"},
        {std::regex("^question \"(.*)\" changes nothing.*$"), "问题“$1”不影响任何结果，请在决策表中用到它，或删除这个问题"},
        {std::regex("^no answers lead to situation \"(.*)\".*$"), "没有答案会得出情形“$1”，请为它补一行，或删除这个情形"},
        {std::regex("^material \"(.*)\" can never be needed.*$"), "材料“$1”永远不会需要，请修改决策表，或删除这个材料"},
        {std::regex("^missing: write it, since item.yaml asks questions$"), "有引导问题，就要有决策表"},
        {std::regex("^(missing: write it, since item.yaml has several situations|the item has several situations.*)$"), "有多个情形，就要有选择情形的决策表"},
        {std::regex("^there is no question \"(.*)\" in item.yaml.*$"), "没有名为“$1”的问题，请改正决策模型中的输入"},
        {std::regex("^typeRef of \"(.*)\" must be (\\w+).*$"), "输入“$1”的类型应为 $2"},
        {std::regex("^\"(.*)\" has no answer \"(.*)\"; it has (.*)$"), "“$1”没有答案“$2”，只有：$3"},
        {std::regex("^decision \"(.*)\" is used by nothing.*$"), "决策“$1”没有用处，请改名或删除"},
        {std::regex("^situation \"(.*)\" can be decided on the spot only.*$"), "情形“$1”当场办结，审查方案只能是独任或一审一核"},
        {std::regex("^(\\d+) days are promised for \"(.*)\", but the law allows (\\d+).*$"), "情形“$2”承诺 $1 天，超过法定的 $3 天"},
    };
    for (auto& [pattern, sentence] : known)
        if (std::regex_match(message, pattern)) return std::regex_replace(message, pattern, sentence);
    return message;
}

// What is wrong with the tables: mistakes in cells, gaps, overlaps, rows that never count, questions that change nothing,
// materials that can never be needed.
void check_tables(const Draft& draft, Gate& gate) {
    std::map<std::string, std::string> said;  // by the engine, in both languages
    if (auto model = rules::Model::read(rules_of(draft.content)))
        for (auto& fault : model->faults()) said[fault.text(Language::en)] = fault.text(Language::zh);
    else if (!rules_of(draft.content).empty()) said[model.error().text(Language::en)] = model.error().text(Language::zh);
    for (auto& fault : catalogue::check_rules(*gate.version, "rules")) {
        auto found = said.find(fault.message);
        gate.problems.push_back({"rules", {found == said.end() ? rules_in_chinese(fault.message) : found->second, fault.message}});
    }
}

}  // namespace

Gate gate(const Draft& draft, Date today) {
    Gate gate;
    auto read = catalogue::read_stored(as_version(draft, draft.based_on + 1, today), draft.item);
    if (!read) {
        for (auto& fault : read.error()) gate.problems.push_back(problem_of(fault));
        return gate;
    }
    gate.version = std::make_shared<const ItemVersion>(std::move(*read));
    check_tables(draft, gate);
    run_examples(draft, gate);
    return gate;
}

Replay replay(const ItemVersion& next, const std::vector<cases::Answered>& cases, const catalogue::Catalogue& catalogue) {
    Replay replay;
    auto everything = catalogue::all_sources(next);
    for (auto& one : cases) {
        auto version = catalogue.version(one.item_version);
        if (!version) continue;
        ++replay.cases;
        auto held = catalogue::all_sources(*version);
        held.insert(held.end(), everything.begin(), everything.end());
        auto then = catalogue::guide(*version, one.answers, held), now = catalogue::guide(next, one.answers, held);
        if (!then) continue;
        Affected affected{one.number, {}};
        if (!now) affected.differences.push_back({"answers", "", fmt::format("{}", fmt::join(now.error(), ", "))});
        else {
            auto before = facts_of(*then), after = facts_of(*now);
            for (auto& [what, value] : before)
                if (after[what] != value) affected.differences.push_back({what, value, after[what]});
        }
        if (!affected.differences.empty()) replay.affected.push_back(std::move(affected));
    }
    return replay;
}

}  // namespace yimen::editing
