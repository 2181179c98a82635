#include <charconv>

#include "base/text.h"
#include "editing/pages_shared.h"
#include "editing/tables.h"
#include "rules/rules.h"

// Decision tables as rows of boxes: without JavaScript, and for whoever works by keyboard.
namespace yimen::editing {

namespace {

constexpr uint64_t largest_table = 1u << 20;
constexpr size_t rows_a_page = 50;
// Beyond this many rows gaps and overlaps are looked for by the check alone, not each time the table is opened.
constexpr size_t most_checked_rows = 500, most_findings = 20;

// Which rows the address asks for.
RowRange range_of(const Context& c) {
    auto page = c.request.query.get("page");
    size_t number = 1;
    std::from_chars(page.data(), page.data() + page.size(), number);
    return {(std::clamp<size_t>(number, 1, most_table_rows / rows_a_page) - 1) * rows_a_page, rows_a_page};
}
size_t page_of(size_t row) { return row / rows_a_page + 1; }

std::string encoded(std::string_view text) {
    std::string out;
    for (unsigned char c : text)
        out += std::isalnum(c) || c == '-' || c == '_' || c == '.' ? std::string(1, char(c)) : fmt::format("%{:02X}", c);
    return out;
}

std::string table_path(const Draft& draft, std::string_view decision, size_t page = 1) {
    return path_of(draft.item, "rules/" + encoded(decision)) + (page > 1 ? fmt::format("?page={}", page) : "");
}

std::optional<Table> table_named(const Draft& draft, std::string_view decision) {
    for (auto& table : tables_of(rules_of(draft.content)))
        if (table.decision == decision) return table;
    return std::nullopt;
}

std::string decision_word(const Context& c, std::string_view decision) { return word_of(c.language(), "editing.decision_", decision); }

// What the engine says about the model as it stands.
json::array findings_view(const Context& c, const std::string& xml, std::string_view decision, bool checked) {
    json::array all;
    auto model = rules::Model::read(xml);
    if (!model) {
        all.push_back(json::value(model.error().text(c.language())));
        return all;
    }
    for (auto& fault : model->faults())
        if (decision.empty() || fault.element == decision) all.push_back(json::value(fault.text(c.language())));
    if (!checked) return all;
    for (auto& finding : model->check())
        if (finding.kind != rules::Finding::Kind::unchecked && (decision.empty() || finding.decision == decision))
            all.push_back(json::value(c.language() == Language::en ? finding.en : finding.zh));
    return all;
}

// The column in people's words: the question's label, where it is a question.
std::string input_word(const Context& c, const Draft& draft, const Table::Column& column) {
    auto part = *part_named("questions", draft.content);
    for (auto& entry : list_of(part, draft.content))
        if (auto* map = entry.if_object(); map && map->contains("name") && map->at("name") == json::value(column.name))
            return entry_title(part, entry, c.language());
    return column.label.empty() ? column.name : column.label;
}

json::array heads_view(const Context& c, const Draft& draft, const Table& table) {
    json::array heads;
    for (size_t at = 0; at < table.inputs.size(); ++at)
        heads.push_back(View{{"text", input_word(c, draft, table.inputs[at])},
                             {"known_by", table.inputs[at].name},
                             {"kind", "if"},
                             {"drop", fmt::format("drop-{}", at)},
                             {"droppable", true},
                             {"column", at + 1}});
    for (auto& output : table.outputs)
        heads.push_back(View{{"text", word_of(c.language(), "editing.output_", output.name)},
                             {"known_by", web::has_words("editing.output_" + output.name) ? "" : output.name},
                             {"kind", "then"},
                             {"droppable", false}});
    for (auto& note : table.notes)
        heads.push_back(View{{"text", word_of(c.language(), "editing.output_", note)},
                             {"known_by", web::has_words("editing.output_" + note) ? "" : note},
                             {"kind", "note"},
                             {"droppable", false}});
    return heads;
}

json::array rows_view(const json::array& heads, const Table& table, RowRange range) {
    json::array rows;
    for (size_t at = range.first; at < std::min(table.rows.size(), range.first + range.count); ++at) {
        json::array cells;
        auto add = [&](char kind, std::string_view shape, const std::vector<std::string>& texts) {
            for (size_t column = 0; column < texts.size(); ++column) {
                auto& head = heads[cells.size()].as_object();
                cells.push_back(View{{"input", fmt::format("r{}.{}{}", at, kind, column)},
                                     {"value", texts[column]},
                                     {"about", head.at("text")},
                                     {"kind", shape}});
            }
        };
        add('i', "if", table.rows[at].inputs);
        add('o', "then", table.rows[at].outputs);
        add('n', "note", table.rows[at].notes);
        rows.push_back(
            View{{"row", at + 1}, {"at", at}, {"first", at == 0}, {"last", at + 1 == table.rows.size()}, {"cells", std::move(cells)}});
    }
    return rows;
}

// Questions that no column asks yet.
json::array further_columns(const Context& c, const Draft& draft, const Table& table) {
    auto part = *part_named("questions", draft.content);
    json::array all;
    for (auto& entry : list_of(part, draft.content)) {
        auto* map = entry.if_object();
        if (!map || !map->contains("name") || !map->at("name").is_string()) continue;
        std::string name(map->at("name").as_string());
        if (std::ranges::find(table.inputs, name, &Table::Column::name) == table.inputs.end())
            all.push_back(View{{"value", name}, {"text", entry_title(part, entry, c.language())}});
    }
    return all;
}

// Rows in which the text stands, each with the way to its page.
void add_found(const Context& c, const Draft& draft, const Table& table, View& view) {
    std::string text(first_characters(trim(c.request.query.get("q")), 100));
    json::array found;
    size_t count = 0;
    for (size_t at = 0; !text.empty() && at < table.rows.size(); ++at) {
        auto& row = table.rows[at];
        auto has = [&](auto& cells) {
            return std::ranges::any_of(cells, [&](auto& cell) { return cell.find(text) != std::string::npos; });
        };
        if (!has(row.inputs) && !has(row.outputs) && !has(row.notes)) continue;
        if (++count <= 50)
            found.push_back(View{{"row", at + 1}, {"href", fmt::format("{}#r{}", table_path(draft, table.decision, page_of(at)), at)}});
    }
    view["q"] = text;
    view["searched"] = !text.empty();
    view["found_count"] = count;
    view["found"] = std::move(found);
}

struct Shown {
    Table table;
    RowRange range;
    std::string seen;
    std::optional<Table> theirs = {};
    std::optional<Instant> restored = {};
};

Response table_page(const Context& c, const Draft& draft, int status, const Shown& shown) {
    auto view = head_view(c, draft);
    auto heading = decision_word(c, shown.table.decision);
    view["title"] = fmt::format("{} · {}", heading, std::string_view(view.at("name").as_string()));
    view["heading"] = heading;
    view["policy"] = word_of(c.language(), "editing.policy_", lower_ascii(shown.table.hit_policy));
    auto page = page_of(shown.range.first),
         pages = std::max<size_t>(page_of(shown.table.rows.empty() ? 0 : shown.table.rows.size() - 1), page);
    view["action"] = fmt::format("{}?page={}&seen={}", table_path(draft, shown.table.decision), page, shown.seen);
    view["keep"] = fmt::format("{}?page={}&seen={}&keep=1", table_path(draft, shown.table.decision), page, shown.seen);
    view["path"] = table_path(draft, shown.table.decision);
    view["paged"] = pages > 1;
    view["page_number"] = page;
    view["pages"] = pages;
    view["row_total"] = shown.table.rows.size();
    view["previous"] = page > 1 ? table_path(draft, shown.table.decision, page - 1) : "";
    view["next"] = page < pages ? table_path(draft, shown.table.decision, page + 1) : "";
    add_found(c, draft, shown.table, view);
    view["cells"] = true;
    view["names"] = names_view(c, draft.content, true);
    view["up"] = path_of(draft.item, "rules");
    auto heads = heads_view(c, draft, shown.table);
    view["rows"] = rows_view(heads, shown.table, shown.range);
    view["heads"] = std::move(heads);
    auto further = further_columns(c, draft, shown.table);
    view["has_further"] = !further.empty();
    view["further"] = std::move(further);
    bool checked = shown.table.rows.size() <= most_checked_rows;
    auto findings = findings_view(c, rules_of(draft.content), shown.table.decision, checked);
    if (findings.size() > most_findings) findings.resize(most_findings);
    view["unchecked"] = !checked;
    view["has_findings"] = !findings.empty();
    view["findings"] = std::move(findings);
    view["conflict"] = shown.theirs.has_value();
    if (shown.theirs) {
        auto their_heads = heads_view(c, draft, *shown.theirs);
        view["their_rows"] = rows_view(their_heads, *shown.theirs, shown.range);
        view["their_heads"] = std::move(their_heads);
    }
    if (shown.restored) view["restored"] = for_people(*shown.restored, c.language());
    add_company(c, draft.item, "rules", view);
    return c.page(status, "editing/table", std::move(view));
}

std::string typing_key(const Table& table, RowRange range) {
    return range.first ? fmt::format("rules/{}/{}", table.decision, page_of(range.first)) : "rules/" + table.decision;
}

Response show_table(const Context& c, const Draft& draft, const Table& table) {
    auto range = range_of(c);
    Shown shown{table, range, digest_of(typed_of(table, range))};
    auto kept = c.read([&](db::Tx& tx) { return typing(tx, c.site.division, draft.item, c.who().staff, typing_key(table, range)); });
    if (kept) {
        shown.restored = kept->at;
        shown.table = with_rows(table, kept->typed, range);
        if (kept->seen != shown.seen) shown.theirs = table;
    }
    return table_page(c, draft, 200, shown);
}

void remember(const Context& c, const Draft& draft, const Table& table, const Typed& typed, std::string_view seen) {
    c.site.database.write([&](db::Tx& tx) {
        keep_typing(tx, c.site.division, draft.item, c.who().staff, typing_key(table, range_of(c)), {std::string(seen), typed, c.now()});
    });
}

Response kept_answer(const Context& c, const Draft& draft, const Table& table) {
    auto range = range_of(c);
    auto before = c.read([&](db::Tx& tx) { return typing(tx, c.site.division, draft.item, c.who().staff, typing_key(table, range)); });
    remember(c, draft, table, with_changes(before ? before->typed : typed_of(table, range), c.request.form), c.request.query.get("seen"));
    return kept(c);
}

// "up-3": the word and the number.
std::pair<std::string_view, size_t> act_of(std::string_view then) {
    auto dash = then.find('-');
    size_t number = 0;
    if (dash != std::string_view::npos) std::from_chars(then.data() + dash + 1, then.data() + then.size(), number);
    return {then.substr(0, dash), number};
}

std::string question_type(const Draft& draft, std::string_view name) {
    for (auto& entry : list_of(*part_named("questions", draft.content), draft.content))
        if (auto* map = entry.if_object(); map && map->contains("name") && map->at("name") == json::value(name) && map->contains("kind"))
            return map->at("kind") == json::value("number") ? "number" : map->at("kind") == json::value("yes_no") ? "boolean" : "string";
    return "";
}

// What the pressed button does to the table besides saving what was typed.
void rearrange(Table& table, std::string_view then, const Draft& draft, std::string_view column) {
    auto [act, at] = act_of(then);
    auto& rows = table.rows;
    if ((act == "add" || (act == "insert" && at < rows.size())) && rows.size() < most_table_rows)
        rows.insert(act == "add" ? rows.end() : rows.begin() + static_cast<std::ptrdiff_t>(at + 1),
                    {std::vector<std::string>(table.inputs.size(), "-"), std::vector<std::string>(table.outputs.size()),
                     std::vector<std::string>(table.notes.size())});
    if (act == "up" && at > 0 && at < rows.size()) std::swap(rows[at], rows[at - 1]);
    if (act == "down" && at + 1 < rows.size()) std::swap(rows[at], rows[at + 1]);
    if (act == "remove" && at < rows.size()) rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
    if (act == "drop" && at < table.inputs.size() && table.inputs.size() > 1) {
        table.inputs.erase(table.inputs.begin() + static_cast<std::ptrdiff_t>(at));
        for (auto& row : rows) row.inputs.erase(row.inputs.begin() + static_cast<std::ptrdiff_t>(at));
    }
    auto type = question_type(draft, column);
    if (act == "column" && !type.empty() && table.inputs.size() < most_columns) {
        table.inputs.push_back({std::string(column), "", type});
        for (auto& row : rows) row.inputs.emplace_back("-");
    }
}

// Where the row is that the button was about.
size_t page_after(std::string_view then, RowRange range, size_t rows) {
    auto [act, at] = act_of(then);
    auto last = rows == 0 ? 0 : rows - 1;
    if (act == "add") return page_of(last);
    if (act == "up" && at > 0) return page_of(at - 1);
    if (act == "down" || act == "insert") return page_of(std::min(at + 1, last));
    return page_of(std::min(range.first, last));
}

Response forget(const Context& c, const Draft& draft, const Table& table) {
    c.site.database.write(
        [&](db::Tx& tx) { forget_typing(tx, c.site.division, draft.item, c.who().staff, typing_key(table, range_of(c))); });
    return c.go(table_path(draft, table.decision, page_of(range_of(c).first)), "editing.notice_theirs");
}

Response save_table(const Context& c, const Draft& draft, const Table& table) {
    if (c.request.wants_json() || c.request.query.has("keep")) return kept_answer(c, draft, table);
    auto then = c.request.form.get("then");
    if (then == "theirs") return forget(c, draft, table);
    auto typed = whole_form(c.request.form);
    auto seen = c.request.query.get("seen");
    bool conflict = false;
    auto range = range_of(c);
    size_t rows_now = 0;
    auto answer = c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx);
        auto saved = change(desk, draft.item, "rules", [&](json::object& content) -> Result<Done, Refusal> {
            Draft now = draft;
            now.content = content;
            auto current = table_named(now, table.decision);
            if (!current) return refuse(Refusal::entry_gone);
            if (digest_of(typed_of(*current, range)) != seen) return refuse(Refusal::changed_meanwhile);
            auto written = with_rows(*current, typed, range);
            rearrange(written, then, now, c.request.form.get("column"));
            rows_now = written.rows.size();
            content["rules"] = with_table(rules_of(content), written, content);
            return Done{};
        });
        conflict = !saved && saved.error() == Refusal::changed_meanwhile;
        if (!saved) return refusal_page(c, saved.error());
        forget_typing(tx, c.site.division, draft.item, c.who().staff, typing_key(table, range));
        tell(c, tx, draft.item);
        bool stays = !then.empty() || table.rows.size() > rows_a_page;
        return c.go(stays ? table_path(draft, table.decision, page_after(then, range, rows_now)) : path_of(draft.item, "rules"),
                    "editing.notice_saved");
    });
    if (!conflict) return answer;
    auto fresh = open_draft(c, draft.item);
    auto theirs = fresh ? table_named(*fresh, table.decision) : std::nullopt;
    if (!theirs) return answer;
    remember(c, draft, table, typed, seen);
    return table_page(c, *fresh, 409, {with_rows(*theirs, typed, range), range, digest_of(typed_of(*theirs, range)), theirs});
}

Response overview(const Context& c) {
    auto draft = open_draft(c, item_of(c));
    if (!draft) return refusal_page(c, Refusal::not_found);
    auto xml = rules_of(draft->content);
    json::array tables;
    for (auto& table : tables_of(xml))
        tables.push_back(View{{"path", table_path(*draft, table.decision)},
                              {"text", decision_word(c, table.decision)},
                              {"known_by", table.decision},
                              {"rows", table.rows.size()}});
    auto view = head_view(c, *draft);
    auto heading = word_of(c.language(), "editing.part_", "rules");
    view["title"] = fmt::format("{} · {}", heading, std::string_view(view.at("name").as_string()));
    view["heading"] = heading;
    view["none"] = xml.empty();
    bool few = std::ranges::all_of(tables_of(xml), [](auto& table) { return table.rows.size() <= most_checked_rows; });
    auto findings = findings_view(c, xml, "", few);
    if (findings.size() > most_findings) findings.resize(most_findings);
    view["has_findings"] = !findings.empty();
    view["findings"] = std::move(findings);
    view["has_tables"] = !tables.empty();
    view["tables"] = std::move(tables);
    view["seen"] = seen_digest(json::value(xml));
    view["questions"] = list_of(*part_named("questions", draft->content), draft->content).size();
    add_company(c, draft->item, "rules", view);
    return c.page(200, "editing/rules", std::move(view));
}

Response begin_model(const Context& c) {
    auto item = item_of(c);
    return do_act(c, item, path_of(item, "rules"), "editing.notice_saved", [&](Desk& desk) {
        return change(desk, item, "rules", [&](json::object& content) -> Result<Done, Refusal> {
            if (!rules_of(content).empty()) return refuse(Refusal::not_possible_now);
            content["rules"] = first_model(content, item);
            return Done{};
        });
    });
}

using TablePage = Response (*)(const Context&, const Draft&, const Table&);
Response with_table_of_address(const Context& c, TablePage page) {
    auto draft = open_draft(c, item_of(c));
    auto table = draft ? table_named(*draft, c.request.param("decision")) : std::nullopt;
    return table ? page(c, *draft, *table) : refusal_page(c, Refusal::not_found);
}

}  // namespace

void add_table_pages(identity::Routes& routes, const Parts&) {
    routes.get("/editing/items/{item}/rules", Act::edit_item, [](Context& c) { return overview(c); });
    routes.post("/editing/items/{item}/rules-begin", Act::edit_item, [](Context& c) { return begin_model(c); });
    routes.get("/editing/items/{item}/rules/{decision}", Act::edit_item, [](Context& c) { return with_table_of_address(c, show_table); });
    routes.post("/editing/items/{item}/rules/{decision}", Act::edit_item, [](Context& c) { return with_table_of_address(c, save_table); },
                {.max_body = largest_table});
}

}  // namespace yimen::editing
