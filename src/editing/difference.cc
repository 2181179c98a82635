#include "editing/difference.h"

#include <boost/json.hpp>

namespace yimen::editing {

namespace {

constexpr size_t most_tokens = 3'000;

// Latin words and numbers whole, everything else character by character.
std::vector<std::string_view> tokens(std::string_view text) {
    std::vector<std::string_view> all;
    auto word = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-'; };
    for (size_t at = 0; at < text.size();) {
        size_t end = at + 1;
        if (word(static_cast<unsigned char>(text[at])))
            while (end < text.size() && word(static_cast<unsigned char>(text[end]))) ++end;
        else
            while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        all.push_back(text.substr(at, end - at));
        at = end;
    }
    return all;
}

void add(std::vector<Run>& runs, Run::Kind kind, std::string_view text) {
    if (!runs.empty() && runs.back().kind == kind)
        runs.back().text += text;
    else
        runs.push_back({kind, std::string(text)});
}

// The longest common run of tokens, by the table of lengths.
void align(std::span<const std::string_view> a, std::span<const std::string_view> b, std::vector<Run>& runs) {
    std::vector<uint16_t> longest((a.size() + 1) * (b.size() + 1), 0);
    auto at = [&](size_t i, size_t j) -> uint16_t& { return longest[i * (b.size() + 1) + j]; };
    for (size_t i = a.size(); i-- > 0;)
        for (size_t j = b.size(); j-- > 0;) at(i, j) = a[i] == b[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a[i] == b[j])
            add(runs, Run::Kind::same, a[i]), ++i, ++j;
        else if (i < a.size() && (j == b.size() || at(i + 1, j) >= at(i, j + 1)))
            add(runs, Run::Kind::gone, a[i]), ++i;
        else
            add(runs, Run::Kind::fresh, b[j]), ++j;
    }
}

std::string shown(const Typed& typed, std::string_view input) {
    auto found = typed.find(input);
    return found == typed.end() ? "" : fmt::format("{}", fmt::join(found->second, ", "));
}

std::vector<Changed> boxes_between(const Part& part, const json::object& before, const json::object& after) {
    auto a = typed_of(part, before), b = typed_of(part, after);
    // Chinese first, as on the page.
    auto before_of = [](const std::string& x, const std::string& y) {
        auto language = [](const std::string& input) { return input.ends_with(".en"); };
        return std::pair(x.substr(0, x.size() - (language(x) ? 3 : 0)), language(x)) <
               std::pair(y.substr(0, y.size() - (language(y) ? 3 : 0)), language(y));
    };
    std::set<std::string, decltype(before_of)> inputs(before_of);
    for (auto* typed : {&a, &b})
        for (auto& [input, values] : *typed) inputs.insert(input);
    std::vector<Changed> changed;
    // In the order of the boxes, as on the page.
    for (auto& box : part.boxes)
        for (auto& input : inputs) {
            if (input != box.name && !input.starts_with(box.name + ".")) continue;
            auto was = shown(a, input), is = shown(b, input);
            if (was != is) changed.push_back({input, was, is});
        }
    return changed;
}

json::object map_of(const json::value& entry) {
    if (auto* map = entry.if_object()) return *map;
    if (auto* text = entry.if_string()) return {{"zh", *text}, {"en", *text}};
    return {};
}

// What makes an entry the same one in both: its name, or where it has none, its words.
std::string identity_of(const Part& part, const json::value& entry) {
    auto* map = entry.if_object();
    auto* name = map ? map->if_contains(part.known_by) : nullptr;
    return json::serialize(name ? *name : entry);
}

// Of entries called the same (two articles of one law) the first belongs to the first.
std::vector<std::string> identities_of(const Part& part, const json::array& list) {
    std::map<std::string, int> met;
    std::vector<std::string> all;
    for (auto& entry : list) {
        auto name = identity_of(part, entry);
        all.push_back(fmt::format("{} {}", name, ++met[name]));
    }
    return all;
}

std::vector<EntryChange> entries_between(const Part& part, const json::array& before, const json::array& after) {
    auto title = [&](const json::value& entry) {
        return catalogue::Text{entry_title(part, entry, Language::zh), entry_title(part, entry, Language::en)};
    };
    auto names_before = identities_of(part, before), names_after = identities_of(part, after);
    std::map<std::string, size_t> old;
    for (size_t at = 0; at < before.size(); ++at) old.emplace(names_before[at], at);
    std::vector<EntryChange> changes;
    std::set<size_t> met;
    size_t last = 0;
    for (size_t at = 0; at < after.size(); ++at) {
        auto& entry = after[at];
        auto found = old.find(names_after[at]);
        if (found == old.end() || !met.insert(found->second).second) {
            changes.push_back({EntryChange::Kind::added, title(entry), boxes_between(part, {}, map_of(entry))});
            continue;
        }
        auto boxes = boxes_between(part, map_of(before[found->second]), map_of(entry));
        bool moved = found->second < last;
        last = std::max(last, found->second);
        if (!boxes.empty())
            changes.push_back({EntryChange::Kind::changed, title(entry), std::move(boxes)});
        else if (moved)
            changes.push_back({EntryChange::Kind::moved, title(entry), {}});
    }
    for (size_t at = 0; at < before.size(); ++at)
        if (!met.contains(at))
            changes.push_back({EntryChange::Kind::removed, title(before[at]), boxes_between(part, map_of(before[at]), {})});
    return changes;
}

// The fields of each section, the sections matched by name.
void add_fields(const json::object& before, const json::object& after, std::vector<PartChange>& changes) {
    auto sections = *part_named("sections", after);
    auto &old = list_of(sections, before), &fresh = list_of(sections, after);
    static const json::array nothing;
    auto fields = [](const json::value& section) -> const json::array& {
        auto* map = section.if_object();
        auto* list = map ? map->if_contains("fields") : nullptr;
        return list && list->is_array() ? list->as_array() : nothing;
    };
    for (size_t at = 0; at < fresh.size(); ++at) {
        auto name = identity_of(sections, fresh[at]);
        auto was = std::ranges::find_if(old, [&](auto& one) { return identity_of(sections, one) == name; });
        auto part = *part_named(fmt::format("fields-{}", at + 1), after);
        auto entries = entries_between(part, was == old.end() ? nothing : fields(*was), fields(fresh[at]));
        if (!entries.empty())
            changes.push_back({part,
                               {},
                               std::move(entries),
                               {entry_title(sections, fresh[at], Language::zh), entry_title(sections, fresh[at], Language::en)}});
    }
}

}  // namespace

std::vector<Run> words_between(std::string_view before, std::string_view after) {
    auto a = tokens(before), b = tokens(after);
    std::vector<Run> runs;
    size_t front = 0;
    while (front < a.size() && front < b.size() && a[front] == b[front]) add(runs, Run::Kind::same, a[front]), ++front;
    size_t back = 0;
    while (back < a.size() - front && back < b.size() - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
    auto left = std::span(a).subspan(front, a.size() - front - back), right = std::span(b).subspan(front, b.size() - front - back);
    if (left.size() <= most_tokens && right.size() <= most_tokens)
        align(left, right, runs);
    else {
        for (auto token : left) add(runs, Run::Kind::gone, token);
        for (auto token : right) add(runs, Run::Kind::fresh, token);
    }
    for (size_t at = a.size() - back; at < a.size(); ++at) add(runs, Run::Kind::same, a[at]);
    return runs;
}

std::vector<PartChange> difference(const json::object& before, const json::object& after) {
    std::vector<PartChange> changes;
    for (auto* name : {"basics", "codes", "law", "steps", "faqs", "questions", "situations", "materials", "sections", "examples"}) {
        auto part = *part_named(name, after);
        PartChange change{part, {}, {}};
        if (part.list.empty()) {
            auto *a = holder_of(part, const_cast<json::object&>(before), false),
                 *b = holder_of(part, const_cast<json::object&>(after), false);
            change.boxes = boxes_between(part, a ? *a : json::object{}, b ? *b : json::object{});
        } else {
            change.entries = entries_between(part, list_of(part, before), list_of(part, after));
        }
        if (!change.boxes.empty() || !change.entries.empty()) changes.push_back(std::move(change));
        if (std::string_view(name) == "sections") add_fields(before, after, changes);
    }
    return changes;
}

}  // namespace yimen::editing
