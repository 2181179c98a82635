#include "editing/formulas.h"

#include <boost/json.hpp>

#include "catalogue/forms.h"
#include "editing/part_boxes.h"

namespace yimen::editing {

namespace {

std::string text_of(const json::object& map, std::string_view key) {
    auto* value = map.if_contains(key);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

void add(std::vector<Named>& all, const json::value& entry, bool question) {
    auto* map = entry.if_object();
    if (!map || text_of(*map, "name").empty()) return;
    Named named{text_of(*map, "name"), words_in(*map, "label"), text_of(*map, "kind"), {}, question};
    auto* choices = map->if_contains("choices");
    if (choices && choices->is_array())
        for (auto& choice : choices->as_array())
            if (auto* one = choice.if_object()) named.choices.push_back({text_of(*one, "value"), words_in(*one, "label")});
    all.push_back(std::move(named));
}

bool of_word(char c) { return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

}  // namespace

std::vector<Named> names_in(const json::object& content, bool fields) {
    std::vector<Named> all;
    for (auto& entry : list_of(*part_named("questions", content), content)) add(all, entry, true);
    if (!fields) return all;
    auto sections = list_of(sections_part(), content).size();
    for (size_t at = 1; at <= sections; ++at)
        for (auto& entry : list_of({fmt::format("fields-{}", at), "form", "fields", {}, "name"}, content)) add(all, entry, false);
    all.push_back({std::string(catalogue::who_applies),
                   {"由谁申请", "Who applies"},
                   "choice",
                   {{"person", {"个人", "A person"}}, {"organisation", {"单位", "An organisation"}}}});
    return all;
}

std::vector<Named> outcomes_in(const json::object& content) {
    std::vector<Named> all{
        {"situation", {"情形", "Situation"}, "choice"},
        {"material", {"材料", "Material"}, "choice"},
        {"need", {"需要程度", "Need"}, "choice", {{"needed", {"需要", "Needed"}}, {"later", {"可以后补", "May follow later"}}}}};
    for (auto [at, list, known_by, label] : {std::tuple(0, "situations", "name", "title"), std::tuple(1, "materials", "code", "name")})
        for (auto& entry : list_of(*part_named(list, content), content))
            if (auto* map = entry.if_object())
                all[static_cast<size_t>(at)].choices.push_back({text_of(*map, known_by), words_in(*map, label)});
    return all;
}

std::string sample(const Named& named, bool cell) {
    auto with = [&](std::string_view compared, std::string_view test) {
        return cell ? std::string(test) : fmt::format("{} {}", named.name, compared);
    };
    if (named.kind == "choice") {
        auto value = fmt::format("\"{}\"", named.choices.empty() ? "…" : named.choices.front().value);
        return with("= " + value, value);
    }
    if (named.kind == "choices")
        return fmt::format("list contains({}, \"{}\")", named.name, named.choices.empty() ? "…" : named.choices.front().value);
    if (named.kind == "yes_no" || named.kind == "declaration") return with("= true", "true");
    if (named.kind == "number" || named.kind == "money") return with("> 10", "> 10");
    if (named.kind == "date") return with("< date(\"2026-12-31\")", "< date(\"2026-12-31\")");
    if (named.kind == "table") return fmt::format("count({}) > 1", named.name);
    if (named.kind == "address") return fmt::format("{}.town = \"310120101\"", named.name);
    if (named.kind == "person" || named.kind == "organisation") return fmt::format("{}.name != null", named.name);
    return fmt::format("{} != null", named.name);
}

std::vector<Wrong> wrong_formulas(const Part& part, const Typed& typed, const json::object& content) {
    if (part.piece != "form") return {};
    std::set<std::string, std::less<>> names;
    for (auto& one : names_in(content, true)) names.insert(one.name);
    if (auto own = typed.find("name"); own != typed.end() && !own->second.empty() && part.list == "fields")
        names.insert(own->second.front());
    std::vector<Wrong> wrong;
    auto check = [&](const std::string& input) {
        auto found = typed.find(input);
        if (found == typed.end() || found->second.empty() || found->second.front().empty()) return;
        if (auto why = catalogue::wrong_with_formula(found->second.front(), names)) wrong.push_back({input, "formula", std::move(*why)});
    };
    for (auto& box : part.boxes) {
        if (!means_something(box, typed)) continue;
        auto chosen = typed.find(box.name);
        if (box.kind == Box::Kind::feel) check(box.name);
        if (box.kind == Box::Kind::condition && chosen != typed.end() && chosen->second.front() == "when") check(box.name + ".when");
        if (box.kind != Box::Kind::rows) continue;
        for (auto& inner : box.within)
            for (size_t at = 0; inner.kind == Box::Kind::feel && at < most_box_rows; ++at)
                check(fmt::format("{}.{}.{}", box.name, at, inner.name));
    }
    return wrong;
}

std::string renamed(std::string_view text, const std::map<std::string, std::string>& names) {
    std::string out;
    for (size_t at = 0; at < text.size();) {
        size_t end = at + 1;
        if (text[at] == '"') {
            while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
            end = std::min(end + 1, text.size());
        } else if (of_word(text[at])) {
            while (end < text.size() && of_word(text[end])) ++end;
        }
        std::string piece(text.substr(at, end - at));
        auto found = at > 0 && text[at - 1] == '.' ? names.end() : names.find(piece);
        out += found == names.end() ? piece : found->second;
        at = end;
    }
    return out;
}

}  // namespace yimen::editing
