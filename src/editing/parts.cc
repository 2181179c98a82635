#include "editing/parts.h"

#include <boost/json.hpp>

#include "crypto/crypto.h"

// Which boxes each part has. Names are those of the files: see docs/configuring-an-item.md.
namespace yimen::editing {

namespace {

using Kind = Box::Kind;

std::vector<Option> options(std::initializer_list<std::string_view> values) {
    std::vector<Option> all;
    for (auto value : values) all.push_back({std::string(value), {}});
    return all;
}

Box words(std::string name, bool required = true) { return {.name = std::move(name), .kind = Kind::words, .required = required}; }
Box lines(std::string name, bool required = true) { return {.name = std::move(name), .kind = Kind::words_lines, .required = required}; }
Box line(std::string name, bool required = true, std::string_view shape = {}) {
    return {.name = std::move(name), .kind = Kind::line, .required = required, .shape = shape};
}
Box number(std::string name, int64_t low, int64_t high, std::string otherwise = {}, bool required = false) {
    return {.name = std::move(name), .kind = Kind::number, .required = required, .otherwise = std::move(otherwise), .low = low, .high = high};
}
Box flag(std::string name, std::string otherwise = "false") { return {.name = std::move(name), .kind = Kind::flag, .otherwise = std::move(otherwise)}; }
Box one_of(std::string name, std::vector<Option> from, std::string otherwise = {}) {
    bool required = otherwise.empty();
    return {.name = std::move(name), .kind = Kind::one_of, .required = required, .options = std::move(from), .otherwise = std::move(otherwise)};
}
Box some_of(std::string name, std::vector<Option> from, bool required, std::string otherwise = {}) {
    return {.name = std::move(name), .kind = Kind::some_of, .required = required, .options = std::move(from), .otherwise = std::move(otherwise)};
}
Box texts(std::string name, bool required = false) { return {.name = std::move(name), .kind = Kind::texts, .required = required}; }

Part basics() {
    return {"basics", "item", "",
            {words("name"), lines("summary"), lines("for_whom"), lines("conditions"), words("result_name"),
             some_of("applicants", options({"person", "organisation"}), true, "person organisation"), texts("words", true), words("where", false), words("hours", false),
             words("phone", false), words("complaint", false), number("popularity", 0, 100, "0")}};
}

Part codes() {
    return {"codes", "item", "",
            {line("catalogue_code", true, "digits"), line("task_code", false, "code"),
             one_of("item_type", options({"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20"})),
             one_of("project_type", options({"1", "2", "9"}), " "), texts("themes", true), texts("life_events"),
             some_of("channels", options({"online", "window", "kiosk"}), true, "online window kiosk"), number("visits", 0, 10, "1"),
             number("acceptance_days", 0, 30, "5"), one_of("handle_area", options({"district", "city", "region"}), "district"),
             flag("booking", "true"), flag("self_service"), line("licence_type", false, "kebab"),
             one_of("licence_effect", options({"new", "change", "renewal", "replacement", "cancellation"}), "new"), number("licence_years", 0, 100, "0"),
             words("fee_basis", false), words("quantity_limit", false), words("special_procedure", false)}};
}

Part law() { return {"law", "item", "legal_basis", {words("title"), words("article", false), lines("text")}, "title"}; }
Part steps() {
    return {"steps", "item", "steps", {{.name = "zh", .kind = Kind::lines, .required = true}, {.name = "en", .kind = Kind::lines, .required = true}}, "zh"};
}
Part faqs() { return {"faqs", "item", "faqs", {words("question"), lines("answer")}, "question"}; }

Part situations() {
    return {"situations", "item", "situations",
            {line("name", true, "snake"), words("title"), {.name = "fee", .kind = Kind::money, .otherwise = "0"},
             number("promised.days", 0, 365, "", true), flag("promised.working_days", "true"), number("statutory.days", 0, 365, "", true),
             flag("statutory.working_days", "true"), flag("on_the_spot"),
             one_of("review_plan", options({"sole", "examiner_verifier", "three_level"}), "three_level")},
            "name"};
}

Box choices() {
    return {.name = "choices", .kind = Kind::rows, .within = {line("value", true, "word"), words("label"), words("hint", false)}};
}

Part questions() {
    return {"questions", "item", "questions",
            {line("name", true, "snake"), words("label"), words("hint", false), one_of("kind", options({"choice", "number", "yes_no"})), choices(),
             words("unit", false), flag("whole")},
            "name"};
}

Part materials() {
    return {"materials", "item", "materials",
            {line("code", true, "kebab"), words("name"), lines("explanation"), words("format", false),
             some_of("file_types", options({"pdf", "png", "jpeg"}), false, "pdf png jpeg"),
             one_of("kind", options({"original", "copy", "original_or_copy"}), "original_or_copy"),
             one_of("medium", options({"paper", "electronic", "either"}), "either"),
             one_of("source", options({"applicant", "government", "other"}), " "), number("copies", 1, 20, "1"),
             line("from_item", false, "kebab"), line("exempt_source", false), words("exempt_because", false), words("legal_basis", false)},
            "code"};
}

Part sections() { return {"sections", "form", "sections", {line("name", true, "snake"), words("title"), words("intro", false), line("visible", false)}, "name"}; }

std::vector<Box> field_boxes() {
    return {line("name", true, "snake"), words("label"), words("hint", false),
            one_of("kind", options({"text", "long_text", "number", "money", "date", "choice", "choices", "yes_no", "phone", "email", "credit_code",
                                    "resident_number", "address", "person", "organisation", "table", "files", "declaration", "signature"})),
            line("required", false), line("visible", false), line("value", false), choices(), words("unit", false),
            number("rows_low", 0, 200), number("rows_high", 1, 200), number("low", -1'000'000'000, 1'000'000'000), number("high", -1'000'000'000, 1'000'000'000), number("max_characters", 1, 20'000),
            line("prefill", false), flag("locked"), some_of("file_types", options({"pdf", "png", "jpeg"}), false), lines("text", false),
            {.name = "valid", .kind = Kind::rows, .within = {line("when"), words("message")}}};
}

catalogue::Text words_in(const json::object& map, std::string_view key) {
    auto* value = map.if_contains(key);
    auto text = [](const json::value* v) { return v && v->is_string() ? std::string(v->as_string()) : std::string(); };
    if (auto* two = value ? value->if_object() : nullptr) return {text(two->if_contains("zh")), text(two->if_contains("en"))};
    return {text(value), text(value)};
}

// What the entries of a list offer to choose from: each by its name, in its own words.
std::vector<Option> entries(const json::object& content, const Part& part, std::string_view label) {
    std::vector<Option> all;
    for (auto& entry : list_of(part, content)) {
        auto* map = entry.if_object();
        auto* name = map ? map->if_contains(part.known_by) : nullptr;
        if (name && name->is_string()) all.push_back({std::string(name->as_string()), words_in(*map, label)});
    }
    return all;
}

// What an example answers: one box a question of the draft.
Box answer_box(const json::object& question) {
    auto text = [&](std::string_view key) {
        auto* value = question.if_contains(key);
        return value && value->is_string() ? std::string(value->as_string()) : std::string();
    };
    Box box{.name = "answers." + text("name"), .label = words_in(question, "label")};
    auto kind = text("kind");
    if (kind == "number") return box;
    box.kind = Kind::one_of;
    box.otherwise = " ";
    if (kind == "yes_no") box.options = options({"yes", "no"});
    auto* from = question.if_contains("choices");
    if (from && from->is_array())
        for (auto& choice : from->as_array())
            if (auto* map = choice.if_object(); map && map->contains("value") && map->at("value").is_string())
                box.options.push_back({std::string(map->at("value").as_string()), words_in(*map, "label")});
    return box;
}

Part examples(const json::object& content) {
    Part part{"examples", "", "golden", {line("name", true, "kebab")}, "name"};
    for (auto& question : list_of(questions(), content))
        if (auto* map = question.if_object(); map && map->contains("name")) part.boxes.push_back(answer_box(*map));
    auto codes = entries(content, materials(), "name");
    part.boxes.push_back(texts("held"));
    part.boxes.push_back(one_of("situation", entries(content, situations(), "title")));
    for (auto* list : {"needed", "exempt", "later"}) part.boxes.push_back(some_of(list, codes, false));
    part.boxes.push_back({.name = "fee", .kind = Kind::money});
    part.boxes.push_back({.name = "form", .kind = Kind::pairs});
    part.boxes.push_back(texts("form_errors"));
    return part;
}

std::optional<Part> fields(std::string_view name) {
    constexpr std::string_view prefix = "fields-";
    if (!name.starts_with(prefix) || name.size() > prefix.size() + 3) return std::nullopt;
    auto number = name.substr(prefix.size());
    if (number.empty() || number.front() == '0' || !std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    return Part{std::string(name), "form", "fields", field_boxes(), "name"};
}

// Of "fields-2" the second section of the form.
json::object* section_of(const Part& part, json::object& form) {
    auto at = static_cast<size_t>(std::stoi(part.name.substr(part.name.find('-') + 1)));
    auto* sections = form.if_contains("sections");
    auto* list = sections ? sections->if_array() : nullptr;
    return list && at <= list->size() ? (*list)[at - 1].if_object() : nullptr;
}

}  // namespace

std::optional<Part> part_named(std::string_view name, const json::object& content) {
    static const std::map<std::string_view, Part (*)()> known{{"basics", basics},   {"codes", codes},           {"law", law},
                                                              {"steps", steps},     {"faqs", faqs},             {"situations", situations},
                                                              {"questions", questions}, {"materials", materials}, {"sections", sections}};
    if (auto found = known.find(name); found != known.end()) return found->second();
    if (name == "examples") return examples(content);
    return fields(name);
}

json::object* holder_of(const Part& part, json::object& content, bool make) {
    if (part.piece.empty()) return &content;
    auto* piece = content.if_contains(part.piece);
    if (!piece && make) piece = &(content[part.piece] = json::object{});
    auto* map = piece ? piece->if_object() : nullptr;
    return map && part.list == "fields" ? section_of(part, *map) : map;
}

json::array* list_in(const Part& part, json::object& content, bool make) {
    auto* holder = holder_of(part, content, make);
    if (!holder) return nullptr;
    auto* list = holder->if_contains(part.list);
    if ((!list || !list->is_array()) && make) list = &((*holder)[part.list] = json::array{});
    return list ? list->if_array() : nullptr;
}

const json::array& list_of(const Part& part, const json::object& content) {
    static const json::array nothing;
    auto* found = list_in(part, const_cast<json::object&>(content), false);
    return found ? *found : nothing;
}

std::string entry_title(const Part& part, const json::value& entry, Language language) {
    if (auto* text = entry.if_string()) return std::string(*text);
    auto* map = entry.if_object();
    if (!map) return "?";
    for (auto* key : {"title", "label", "name", "question"})
        if (auto found = words_in(*map, key).in(language); !found.empty()) return found;
    if (auto own = words_in(json::object{{"own", entry}}, "own").in(language); !own.empty()) return own;
    return words_in(*map, part.known_by).zh;
}

std::string seen_digest(const json::value& shown) { return crypto::hex(crypto::view(crypto::sm3(json::serialize(shown)))).substr(0, 32); }

}  // namespace yimen::editing
