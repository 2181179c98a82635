#include "editing/gate.h"

#include <boost/json.hpp>

#include "base/codes.h"
#include "base/text.h"
#include "catalogue/check_rules.h"
#include "catalogue/fault_words.h"
#include "catalogue/forms.h"
#include "catalogue/licence_types.h"
#include "catalogue/load.h"
#include "editing/formulas.h"
#include "editing/tables.h"
#include "rules/rules.h"

namespace yimen::editing {

namespace {

using catalogue::Answers;
using catalogue::fault_words;
using catalogue::ItemVersion;
using catalogue::Need;
using catalogue::Outcome;
using catalogue::Said;

std::string number_after(const std::vector<std::string_view>& path, size_t at) {
    if (path.size() <= at) return {};
    auto number = std::atoi(std::string(path[at]).c_str());
    return std::to_string(number + 1);
}

// Where the path of a fault is mended: "sections/2/fields/3/name" of the form in "fields-3/4".
std::string part_of(std::string_view piece, std::string_view place) {
    auto path = split(place, '/');
    std::string_view top = path.empty() ? std::string_view() : path.front();
    auto entry = [&](std::string_view part) {
        return path.size() > 1 ? fmt::format("{}/{}", part, number_after(path, 1)) : std::string(part);
    };
    if (piece == "rules") return "rules";
    if (piece == "golden") return "examples";
    if (piece == "form") {
        if (path.size() > 5 && path[4] == "columns")
            return fmt::format("columns-{}-{}/{}", number_after(path, 1), number_after(path, 3), number_after(path, 5));
        return path.size() > 3 && path[2] == "fields" ? fmt::format("fields-{}/{}", number_after(path, 1), number_after(path, 3))
                                                      : entry("sections");
    }
    constexpr std::pair<std::string_view, std::string_view> lists[] = {{"questions", "questions"},   {"materials", "materials"},
                                                                       {"situations", "situations"}, {"legal_basis", "law"},
                                                                       {"steps", "steps"},           {"faqs", "faqs"}};
    for (auto& [key, part] : lists)
        if (top == key) return entry(part);
    auto basics = *part_named("basics", {});
    bool basic = std::ranges::any_of(basics.boxes, [&](auto& box) { return box.name == top; });
    return basic ? "basics" : "codes";
}

// What the engine and the codes' parsers say in both languages, by the English that the catalogue hands on.
void add_formula(const json::value* text, const std::set<std::string, std::less<>>& names, Said& said) {
    if (!text || !text->is_string()) return;
    auto wrong = catalogue::wrong_with_formula(std::string_view(text->as_string()), names);
    auto bare = [](const std::string& sentence, std::string_view colon) { return sentence.substr(sentence.find(colon) + colon.size()); };
    if (wrong) said[bare(wrong->en, ": ")] = bare(wrong->zh, "：");
}

void add_formulas(const json::value& value, const std::set<std::string, std::less<>>& names, Said& said) {
    if (auto* list = value.if_array())
        for (auto& one : *list) add_formulas(one, names, said);
    auto* map = value.if_object();
    if (!map) return;
    for (auto* key : {"visible", "required", "value", "when"}) add_formula(map->if_contains(key), names, said);
    for (auto* key : {"sections", "fields", "valid"})
        if (auto* inner = map->if_contains(key)) add_formulas(*inner, names, said);
}

template <class Code>
void add_code(const json::object& content, std::string_view piece, std::string_view key, Said& said) {
    auto* map = content.if_contains(piece);
    auto* text = map && map->is_object() ? map->as_object().if_contains(key) : nullptr;
    if (!text || !text->is_string()) return;
    if (auto code = Code::parse(trim(std::string_view(text->as_string()))); !code)
        said[describe(code.error(), Language::en)] = describe(code.error(), Language::zh);
}

Said said_of(const json::object& content) {
    Said said;
    std::set<std::string, std::less<>> names;
    for (auto& one : names_in(content, true)) names.insert(one.name);
    if (auto* form = content.if_contains("form")) add_formulas(*form, names, said);
    add_code<TaskCode>(content, "item", "task_code", said);
    add_code<CreditCode>(content, "department", "credit_code", said);
    return said;
}

// Without the list and the number that the part says already: "label/zh" of "questions/0/label/zh".
std::string within(std::string_view piece, std::string_view place) {
    auto path = split(place, '/');
    size_t skip = 0;
    if (piece == "form")
        skip = path.size() > 5 && path[4] == "columns" ? 6 : path.size() > 3 && path[2] == "fields" ? 4 : 2;
    else if (piece == "item" && path.size() > 1)
        skip = 2;
    std::string rest;
    for (size_t at = std::min(skip, path.size()); at < path.size(); ++at) rest += (rest.empty() ? "" : "/") + std::string(path[at]);
    return rest;
}

Problem problem_of(const catalogue::Fault& fault, const Said& said) {
    auto piece = fault.file.substr(fault.file.rfind(' ') + 1);
    auto [place, message] = catalogue::place_and_message(fault.message);
    auto top = place.empty() && message.starts_with("situations") ? std::string("situations") : place;
    return {part_of(piece, top), fault_words(message, said), within(piece, place)};
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
    auto held = texts_in(golden, "held");
    auto outcome = catalogue::guide(version, answers, catalogue::Held(held.begin(), held.end()));
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
    auto* calendar_days = outcome->situation->promised.working_days ? "" : "*";
    if (auto* days = golden.if_contains("promised_days")) compare("promised", text_in(*days) + calendar_days);
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
            gate.problems.push_back({place,
                                     {fmt::format("示例“{}”的答案不全，或有不可能的答案", example.name),
                                      fmt::format("example \"{}\": an answer is missing or not possible", example.name)},
                                     ""});
        else if (!example.differences.empty())
            gate.problems.push_back({place,
                                     {fmt::format("示例“{}”的结果与预期不符", example.name),
                                      fmt::format("example \"{}\" comes out otherwise than expected", example.name)},
                                     ""});
        gate.examples.push_back(std::move(example));
    }
}

// What is wrong with the tables: mistakes in cells, gaps, overlaps, rows that never count, questions that change nothing,
// materials that can never be needed.
void check_tables(const Draft& draft, Gate& gate) {
    auto faults = catalogue::check_rules(*gate.version, "rules");
    if (faults.empty()) return;
    Said said;
    auto xml = rules_of(draft.content);
    if (auto model = rules::Model::read(xml)) {
        for (auto& fault : model->faults()) said[fault.text(Language::en)] = fault.text(Language::zh);
        // Of tables that are too long to be published nothing more is told.
        bool gaps = std::ranges::any_of(
            faults, [](auto& fault) { return fault.message.ends_with("hitPolicy FIRST") || fault.message.ends_with("take its answers"); });
        if (gaps)
            for (auto& finding : model->check(catalogue::domains_of(*gate.version))) said[finding.en] = finding.zh;
    } else if (!xml.empty())
        said[model.error().text(Language::en)] = model.error().text(Language::zh);
    for (auto& fault : faults) gate.problems.push_back({"rules", fault_words(fault.message, said), ""});
}

// While the item cannot be read, what is looked at after the reading is told already, so that nobody goes through it twice.
void add_missing_lists(const Draft& draft, Gate& gate) {
    struct Needed {
        std::string_view part, key, message;
    };
    constexpr Needed needed[] = {{"basics", "themes", "at least one is needed, so that it can be found by browsing"},
                                 {"basics", "words", "write the everyday words people search by"},
                                 {"law", "legal_basis", "say what it rests on"},
                                 {"situations", "situations", "situations: at least one is needed"}};
    auto* item = draft.content.if_contains("item");
    for (auto& one : needed) {
        auto* list = item && item->is_object() ? item->as_object().if_contains(one.key) : nullptr;
        if (list && list->is_array() && !list->as_array().empty()) continue;
        if (list && !list->is_array() && !list->is_null()) continue;  // told of by the reading
        gate.problems.push_back(
            {std::string(one.part), fault_words(std::string(one.message), {}), one.part == "basics" ? std::string(one.key) : ""});
    }
}

}  // namespace

Gate gate(const Draft& draft, Date today) {
    Gate gate;
    auto read = catalogue::read_stored(as_version(draft, draft.based_on + 1, today), draft.item);
    if (!read) {
        auto said = said_of(draft.content);
        for (auto& fault : read.error()) gate.problems.push_back(problem_of(fault, said));
        if (std::ranges::none_of(read.error(), [](auto& fault) {
                return fault.message.find("needed") != std::string::npos || fault.message.ends_with("rests on") ||
                       fault.message.ends_with("search by");
            }))
            add_missing_lists(draft, gate);
        return gate;
    }
    gate.version = std::make_shared<const ItemVersion>(std::move(*read));
    for (auto& fault : catalogue::check_licence(*gate.version, as_version(draft, draft.based_on + 1, today), draft.item))
        gate.problems.push_back(problem_of(fault, {}));
    check_tables(draft, gate);
    gate.decides = gate.problems.empty();
    if (gate.decides) run_examples(draft, gate);
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
        if (!now)
            affected.differences.push_back({"answers", "", fmt::format("{}", fmt::join(now.error(), ", "))});
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
