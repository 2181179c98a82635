#include "editing/parts.h"

#include <boost/json.hpp>

#include "catalogue/load.h"
#include "catalogue/sources.h"
#include "crypto/crypto.h"
#include "editing/part_boxes.h"

// Which boxes each part has. Names are those of the files: see docs/configuring-an-item.md.
namespace yimen::editing {

namespace {

using Kind = Box::Kind;

// Themes and life events are the program's own, in the order to show.
const catalogue::LoadedCatalogue& shelves() {
    static const auto read = [] {
        auto files = embedded_files_under("data/catalogue/themes.yaml");
        for (auto& file : embedded_files_under("data/catalogue/life-events.yaml")) files.push_back(file);
        return catalogue::load_catalogue(files);
    }();
    return read;
}

template <class Shelf>
std::vector<Option> titles(const std::vector<Shelf>& all) {
    std::vector<Option> titled;
    for (auto& one : all) titled.push_back({one.name, one.title});
    return titled;
}

Box ranked(std::string name, std::vector<Option> from, bool required) {
    return {.name = std::move(name), .kind = Kind::ranked, .required = required, .options = std::move(from)};
}

Part basics() {
    return {"basics",
            "item",
            "",
            {words("name"), lines("summary"), lines("for_whom"), lines("conditions"), words("result_name"),
             some_of("applicants", options({"person", "organisation"}), true, "person organisation"),
             grouped("finding", texts("words", true)), ranked("themes", titles(shelves().themes), true),
             ranked("life_events", titles(shelves().life_events), false), number("popularity", 0, 100, "0"),
             grouped("contact", words("where", false)), words("hours", false), words("phone", false), words("complaint", false)}};
}

Part codes() {
    return {"codes",
            "item",
            "",
            {line("catalogue_code", true, "digits"), line("task_code", false, "code"),
             one_of("item_type", options({"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20"})),
             one_of("project_type", options({"1", "2", "9"}), " "),
             grouped("handling", some_of("channels", options({"online", "window", "kiosk"}), true, "online window kiosk")),
             number("visits", 0, 10, "1"), number("acceptance_days", 0, 30, "5"),
             one_of("handle_area", options({"district", "city", "region"}), "district"), flag("booking", "true"), flag("self_service"),
             line("licence_type", false, "kebab"),
             one_of("licence_effect", options({"new", "change", "renewal", "replacement", "cancellation"}), "new"),
             number("licence_years", 0, 100, "0"), grouped("conditions", words("fee_basis", false)), words("quantity_limit", false),
             words("special_procedure", false)}};
}

Part law() { return {"law", "item", "legal_basis", {words("title"), words("article", false), lines("text")}, "title"}; }
Part steps() {
    return {"steps",
            "item",
            "steps",
            {{.name = "zh", .kind = Kind::lines, .required = true}, {.name = "en", .kind = Kind::lines, .required = true}},
            "zh"};
}
Part faqs() { return {"faqs", "item", "faqs", {words("question"), lines("answer")}, "question"}; }

Part situations() {
    return {"situations",
            "item",
            "situations",
            {words("title"),
             line("name", true, "snake"),
             {.name = "fee", .kind = Kind::money, .otherwise = "0"},
             number("promised.days", 0, 365, "", true),
             flag("promised.working_days", "true"),
             number("statutory.days", 0, 365, "", true),
             flag("statutory.working_days", "true"),
             flag("on_the_spot"),
             one_of("review_plan", options({"sole", "examiner_verifier", "three_level"}), "three_level")},
            "name"};
}

Part questions() {
    return {"questions",
            "item",
            "questions",
            {words("label"), words("hint", false), line("name", true, "snake"), one_of("kind", options({"choice", "number", "yes_no"})),
             only_for("choice", choices()), only_for("number", words("unit", false)), only_for("number", flag("whole"))},
            "name"};
}

// Where government holds what nobody has to hand in: what the form makes, the licences of the library, the records that are shared.
std::vector<Option> usual_sources() {
    std::vector<Option> all{{"form", {"由网上表单生成", "Made from the online form"}}};
    auto add = [&](const std::string& source, const catalogue::Text& name) {
        bool person = catalogue::source_parts(source).holder == "person";
        all.push_back({source, {(person ? "个人：" : "单位：") + name.zh, (person ? "Person: " : "Organisation: ") + name.en}});
    };
    for (auto& record : catalogue::shared_records()) add(record.source, record.name);
    for (std::string holder : {"person:", "organisation:"})
        for (auto& [type, licence] : catalogue::LicenceTypes::embedded().all()) add(holder + type, licence.name);
    return all;
}

Part materials() {
    return {"materials",
            "item",
            "materials",
            {words("name"), lines("explanation"), line("code", true, "kebab"),
             grouped("looks", one_of("kind", options({"original", "copy", "original_or_copy"}), "original_or_copy")),
             one_of("medium", options({"paper", "electronic", "either"}), "either"), number("copies", 1, 20, "1"),
             some_of("file_types", options({"pdf", "png", "jpeg"}), false, "pdf png jpeg"), words("format", false),
             grouped("origin", one_of("source", options({"applicant", "government", "other"}), " ")), line("from_item", false, "kebab"),
             suggested(line("exempt_source", false), usual_sources()), words("exempt_because", false), words("legal_basis", false)},
            "code"};
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

// What the applicant of an example may hold: whatever exempts one of the item's materials, and what examples name already.
std::vector<Option> sources(const json::object& content) {
    std::vector<Option> all;
    auto add = [&](const json::value* value, catalogue::Text label) {
        auto* text = value ? value->if_string() : nullptr;
        if (!text || text->empty() || *text == "form" || std::ranges::find(all, std::string_view(*text), &Option::value) != all.end())
            return;
        auto usual = usual_sources();
        auto known = std::ranges::find(usual, std::string_view(*text), &Option::value);
        all.push_back({std::string(*text), known != usual.end() ? known->label : std::move(label)});
    };
    for (auto& entry : list_of(materials(), content))
        if (auto* map = entry.if_object()) add(map->if_contains("exempt_source"), words_in(*map, "name"));
    for (auto& example : list_of({"examples", "", "golden", {}, "name"}, content))
        if (auto* map = example.if_object(); map && map->contains("held") && map->at("held").is_array())
            for (auto& held : map->at("held").as_array())
                add(&held, {std::string(held.is_string() ? held.as_string() : ""), std::string(held.is_string() ? held.as_string() : "")});
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
    bool first = true;
    for (auto& question : list_of(questions(), content))
        if (auto* map = question.if_object(); map && map->contains("name"))
            part.boxes.push_back(std::exchange(first, false) ? grouped("given", answer_box(*map)) : answer_box(*map));
    auto codes = entries(content, materials(), "name");
    part.boxes.push_back(some_of("held", sources(content), false));
    part.boxes.push_back(grouped("expected", one_of("situation", entries(content, situations(), "title"))));
    for (auto* list : {"needed", "exempt", "later"}) part.boxes.push_back(some_of(list, codes, false));
    part.boxes.push_back({.name = "fee", .kind = Kind::money});
    part.boxes.push_back(number("promised_days", 0, 365));
    part.boxes.push_back(line("day", false));
    part.boxes.push_back({.name = "form", .kind = Kind::pairs});
    part.boxes.push_back(texts("form_errors"));
    return part;
}

}  // namespace

catalogue::Text words_in(const json::object& map, std::string_view key) {
    auto* value = map.if_contains(key);
    auto text = [](const json::value* v) { return v && v->is_string() ? std::string(v->as_string()) : std::string(); };
    if (auto* two = value ? value->if_object() : nullptr) return {text(two->if_contains("zh")), text(two->if_contains("en"))};
    return {text(value), text(value)};
}

std::optional<Part> part_named(std::string_view name, const json::object& content) {
    static const std::map<std::string_view, Part (*)()> known{
        {"basics", basics},       {"codes", codes},         {"law", law},
        {"steps", steps},         {"faqs", faqs},           {"situations", situations},
        {"questions", questions}, {"materials", materials}, {"sections", sections_part}};
    if (auto found = known.find(name); found != known.end()) return found->second();
    if (name == "examples") return examples(content);
    return form_part(name, content);
}

json::object* holder_of(const Part& part, json::object& content, bool make) {
    if (part.piece.empty()) return &content;
    auto* piece = content.if_contains(part.piece);
    if (!piece && make) piece = &(content[part.piece] = json::object{});
    auto* map = piece ? piece->if_object() : nullptr;
    return map && (part.list == "fields" || part.list == "columns") ? holder_in_form(part, *map) : map;
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

std::string name_for(const Part& part, const Typed& typed, const json::object& content) {
    auto box = std::ranges::find(part.boxes, part.known_by, &Box::name);
    if (box == part.boxes.end() || (box->shape != "snake" && box->shape != "kebab")) return {};
    char between = box->shape == "snake" ? '_' : '-';
    std::string english;
    for (auto* key : {"label.en", "title.en", "name.en"})
        if (auto found = typed.find(key); english.empty() && found != typed.end() && !found->second.empty())
            english = found->second.front();
    std::string name;
    for (unsigned char c : english) {
        bool plain = std::isalnum(c) && c < 0x80;
        if (plain)
            name += static_cast<char>(std::tolower(c));
        else if (!name.empty() && name.back() != between)
            name += between;
        if (name.size() >= 40) break;
    }
    while (!name.empty() && name.back() == between) name.pop_back();
    if (name.empty() || !std::isalpha(static_cast<unsigned char>(name.front())))
        name = fmt::format("{}{}{}", part.name.substr(0, part.name.find('-')), between, name.empty() ? "1" : name);
    std::set<std::string, std::less<>> taken;
    auto take = [&](const Part& other) {
        for (auto& entry : list_of(other, content))
            if (auto* map = entry.if_object(); map && map->contains(part.known_by) && map->at(part.known_by).is_string())
                taken.emplace(map->at(part.known_by).as_string());
    };
    take(part);
    if (part.list == "fields") {
        take(questions());
        auto sections = list_of(sections_part(), content).size();
        for (size_t at = 1; at <= sections; ++at) take({fmt::format("fields-{}", at), "form", "fields", {}, "name"});
    }
    auto free = name;
    for (int number = 2; taken.contains(free); ++number) free = fmt::format("{}{}{}", name, between, number);
    return free;
}

std::string seen_digest(const json::value& shown) { return crypto::hex(crypto::view(crypto::sm3(json::serialize(shown)))).substr(0, 32); }

}  // namespace yimen::editing
