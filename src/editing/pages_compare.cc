#include "catalogue/store_versions.h"
#include "editing/difference.h"
#include "editing/pages_shared.h"
#include "editing/tables.h"

// What differs between two versions, or between the newest version and the draft.
namespace yimen::editing {

namespace {

struct Side {
    json::object content;
    std::string word;
};

// "3", or "draft"; nothing for what there is not.
std::optional<Side> side_of(const Context& c, const std::string& item, std::string_view wanted, const std::optional<Draft>& draft) {
    if (wanted == "draft") {
        if (!draft) return std::nullopt;
        return Side{draft->content, words(c.language(), "editing.the_draft")};
    }
    if (wanted == "0") return Side{{}, words(c.language(), "editing.nothing")};
    if (wanted.empty() || wanted.size() > 4 || !std::ranges::all_of(wanted, [](char d) { return d >= '0' && d <= '9'; }))
        return std::nullopt;
    int version = std::stoi(std::string(wanted));
    auto content = c.read([&](db::Tx& tx) { return catalogue::content_of(tx, c.site.division, item, version); });
    if (!content) return std::nullopt;
    return Side{std::move(*content), words(c.language(), "editing.version_number", {{"version", version}})};
}

std::string label_of(const Context& c, const Part& part, std::string_view input) {
    std::string language, name(input);
    for (auto* one : {".zh", ".en"})
        if (name.ends_with(one)) language = one + 1, name.resize(name.size() - 3);
    const Box* found = nullptr;
    for (auto& box : part.boxes)
        if (name == box.name || name.starts_with(box.name + ".")) found = &box;
    auto text = found && !found->label.zh.empty() ? found->label.in(c.language())
                                                  : word_of(c.language(), "editing.box_", found ? found->name : name);
    auto own = fmt::format("editing.box_{}_{}", part.name.starts_with("fields-") ? "fields" : part.name, found ? found->name : name);
    if (web::has_words(own)) text = words(c.language(), own);
    if (found && found->kind == Box::Kind::rows) text += " " + name.substr(found->name.size() + 1);
    return language.empty() ? text : fmt::format("{} ({})", text, words(c.language(), "editing.in_" + language));
}

json::array runs_view(std::string_view before, std::string_view after) {
    json::array runs;
    for (auto& run : words_between(before, after))
        runs.push_back(View{{"gone", run.kind == Run::Kind::gone}, {"fresh", run.kind == Run::Kind::fresh}, {"text", run.text}});
    return runs;
}

constexpr std::string_view kinds[] = {"added", "removed", "changed", "moved"};
constexpr std::string_view shapes[] = {"+", "−", "✎", "⇅"};

json::array row_cells(const Table& table, const RowChange& change) {
    json::array cells;
    auto add = [&](size_t count, const std::vector<std::string>& before, const std::vector<std::string>& after) {
        for (size_t at = 0; at < count; ++at)
            cells.push_back(View{{"runs", runs_view(at < before.size() ? before[at] : "", at < after.size() ? after[at] : "")}});
    };
    add(table.inputs.size(), change.before.inputs, change.after.inputs);
    add(table.outputs.size(), change.before.outputs, change.after.outputs);
    add(table.notes.size(), change.before.notes, change.after.notes);
    return cells;
}

// Decision tables row by row.
json::array tables_view(const Context& c, const std::string& item, const std::vector<TableChange>& changes, bool draft) {
    json::array all;
    for (auto& change : changes) {
        auto& table = change.after;
        json::array heads, rows;
        for (auto& input : table.inputs) heads.push_back(View{{"head", input.name}, {"kind", "if"}});
        for (auto& output : table.outputs)
            heads.push_back(View{{"head", word_of(c.language(), "editing.output_", output.name)}, {"kind", "then"}});
        for (auto& note : table.notes) heads.push_back(View{{"head", word_of(c.language(), "editing.output_", note)}, {"kind", "note"}});
        for (auto& row : change.rows) {
            auto kind = static_cast<size_t>(row.kind);
            rows.push_back(View{{"kind", kinds[kind]},
                                {"shape", shapes[kind]},
                                {"word", word_of(c.language(), "editing.change_", kinds[kind])},
                                {"number", row.number},
                                {"cells", row_cells(table, row)}});
        }
        auto names = [](const Table& one) { return std::tuple(one.inputs.size(), one.outputs.size(), one.hit_policy); };
        View view{{"text", fmt::format("{} · {}", word_of(c.language(), "editing.part_", "rules"),
                                       word_of(c.language(), "editing.decision_", table.decision))},
                  {"columns_changed", names(change.before) != names(table)},
                  {"heads", std::move(heads)},
                  {"rows", std::move(rows)}};
        view["path"] = draft ? path_of(item, "rules") : "";
        all.push_back(std::move(view));
    }
    return all;
}

json::array changed_view(const Context& c, const Part& part, const std::vector<Changed>& changed) {
    json::array all;
    for (auto& one : changed) {
        all.push_back(View{{"label", label_of(c, part, one.input)}, {"runs", runs_view(one.before, one.after)}});
    }
    return all;
}

json::array parts_view(const Context& c, const std::string& item, const std::vector<PartChange>& changes, bool draft) {
    json::array all;
    for (auto& change : changes) {
        json::array entries;
        for (auto& entry : change.entries) {
            auto kind = static_cast<int>(entry.kind);
            entries.push_back(View{{"kind", kinds[kind]},
                                   {"shape", shapes[kind]},
                                   {"word", word_of(c.language(), "editing.change_", kinds[kind])},
                                   {"text", entry.title.in(c.language())},
                                   {"boxes", changed_view(c, change.part, entry.boxes)},
                                   {"has_boxes", !entry.boxes.empty() && entry.kind != EntryChange::Kind::removed}});
        }
        bool fields = change.part.name.starts_with("fields-");
        auto word = fields ? words(c.language(), "editing.fields_of", {{"section", change.of.in(c.language())}})
                           : word_of(c.language(), "editing.part_", change.part.name);
        View part{{"text", word},
                  {"boxes", changed_view(c, change.part, change.boxes)},
                  {"has_boxes", !change.boxes.empty()},
                  {"entries", std::move(entries)}};
        part["path"] = draft ? path_of(item, change.part.name) : "";
        all.push_back(std::move(part));
    }
    return all;
}

Response show(const Context& c) {
    auto item = item_of(c);
    auto draft = open_draft(c, item);
    auto versions = c.read([&](db::Tx& tx) { return catalogue::versions_of(tx, c.site.division, item); });
    if (!draft && versions.empty()) return refusal_page(c, Refusal::not_found);
    auto newest = versions.empty() ? 0 : versions.front().version;
    std::string to(c.request.query.get("to")), from(c.request.query.get("from"));
    if (to.empty()) to = draft ? "draft" : std::to_string(newest);
    if (from.empty()) from = std::to_string(to == "draft" ? (draft ? draft->based_on : newest) : std::max(0, newest - 1));
    auto before = side_of(c, item, from, draft), after = side_of(c, item, to, draft);
    if (!before || !after) return refusal_page(c, Refusal::not_found);
    auto changes = difference(before->content, after->content);
    auto tables = table_difference(before->content, after->content);
    json::array choices_from, choices_to;
    for (auto& one : versions) {
        auto number = std::to_string(one.version);
        View choice{{"value", number}, {"text", words(c.language(), "editing.version_number", {{"version", one.version}})}};
        choice["chosen"] = number == from;
        choices_from.push_back(choice);
        choice["chosen"] = number == to;
        choices_to.push_back(choice);
    }
    if (draft)
        choices_to.push_back(View{{"value", "draft"}, {"text", words(c.language(), "editing.the_draft")}, {"chosen", to == "draft"}});
    Draft shown;
    if (draft)
        shown = *draft;
    else
        shown.item = item, shown.content = after->content;
    auto view = head_view(c, shown);
    view["title"] =
        fmt::format("{} · {}", word_of(c.language(), "editing.part_", "compare"), std::string_view(view.at("name").as_string()));
    view["open"] = draft.has_value();
    view["from"] = before->word;
    view["to"] = after->word;
    view["froms"] = std::move(choices_from);
    view["tos"] = std::move(choices_to);
    view["may_choose"] = versions.size() + (draft ? 1 : 0) > 1;
    view["equal"] = changes.empty() && tables.empty();
    view["tables"] = tables_view(c, item, tables, to == "draft");
    view["parts"] = parts_view(c, item, changes, to == "draft");
    return c.page(200, "editing/compare", std::move(view));
}

}  // namespace

void add_compare_pages(identity::Routes& routes, const Parts&) {
    routes.get("/editing/items/{item}/compare", Act::edit_item, [](Context& c) { return show(c); });
}

}  // namespace yimen::editing
