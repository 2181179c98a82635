#include "editing/tables.h"

#include <boost/json.hpp>
#include <pugixml.hpp>

#include "base/text.h"
#include "rules/rules.h"

namespace yimen::editing {

namespace {

using pugi::xml_node;

constexpr size_t most_rows_with_ids = 500;

std::string_view local(xml_node node) {
    std::string_view name = node.name();
    auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// The prefix that the file's own elements have, with its colon.
std::string prefix_of(xml_node node) {
    std::string_view name = node.name();
    auto colon = name.find(':');
    return colon == std::string_view::npos ? "" : std::string(name.substr(0, colon + 1));
}

std::vector<xml_node> children(xml_node node, std::string_view name) {
    std::vector<xml_node> all;
    for (auto child : node.children())
        if (local(child) == name) all.push_back(child);
    return all;
}

xml_node child(xml_node node, std::string_view name) {
    for (auto one : node.children())
        if (local(one) == name) return one;
    return {};
}

std::string text_in(xml_node node) {
    auto text = child(node, "text");
    std::string all;
    for (auto piece : text.children())
        if (piece.type() == pugi::node_pcdata || piece.type() == pugi::node_cdata) all += piece.value();
    return std::string(trim(all));
}

// Comments and CDATA are kept; the reader of models has refused a document type before.
bool load(pugi::xml_document& document, std::string_view xml) {
    return bool(document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_comments | pugi::parse_declaration));
}

std::string saved(const pugi::xml_document& document) {
    std::ostringstream out;
    document.save(out, "  ", pugi::format_indent, pugi::encoding_utf8);
    return out.str();
}

Table table_of(xml_node decision, xml_node table) {
    Table read{decision.attribute("name").value(), table.attribute("hitPolicy").as_string("UNIQUE"), {}, {}, {}, {}};
    for (auto input : children(table, "input")) {
        auto expression = child(input, "inputExpression");
        read.inputs.push_back({text_in(expression), input.attribute("label").value(), expression.attribute("typeRef").value()});
    }
    for (auto output : children(table, "output"))
        read.outputs.push_back({output.attribute("name").value(), output.attribute("label").value(), output.attribute("typeRef").value()});
    for (auto note : children(table, "annotation")) read.notes.push_back(note.attribute("name").value());
    for (auto rule : children(table, "rule")) {
        Table::Row row;
        for (auto entry : children(rule, "inputEntry")) row.inputs.push_back(text_in(entry));
        for (auto entry : children(rule, "outputEntry")) row.outputs.push_back(text_in(entry));
        for (auto entry : children(rule, "annotationEntry")) row.notes.push_back(text_in(entry));
        row.inputs.resize(read.inputs.size(), "-");
        row.outputs.resize(read.outputs.size());
        row.notes.resize(read.notes.size());
        read.rows.push_back(std::move(row));
    }
    return read;
}

// Makes elements with the file's prefix and ids that nothing else has.
class Writer {
  public:
    Writer(xml_node root, std::string prefix) : prefix_(std::move(prefix)) { collect(root); }

    xml_node add(xml_node parent, std::string_view name) { return parent.append_child((prefix_ + std::string(name)).c_str()); }
    xml_node with_id(xml_node parent, std::string_view name, std::string_view stem) {
        auto node = add(parent, name);
        node.append_attribute("id") = fresh(stem).c_str();
        return node;
    }
    void text(xml_node parent, const std::string& text) { add(parent, "text").append_child(pugi::node_pcdata).set_value(text.c_str()); }
    std::string fresh(std::string_view stem) {
        for (int& number = next_[std::string(stem)];;)
            if (auto id = fmt::format("{}_{}", stem, ++number); ids_.insert(id).second) return id;
    }

  private:
    void collect(xml_node root) {
        struct Walker : pugi::xml_tree_walker {
            std::set<std::string>* ids;
            bool for_each(xml_node& node) override {
                if (auto id = node.attribute("id")) ids->insert(id.value());
                return true;
            }
        } walker;
        walker.ids = &ids_;
        root.traverse(walker);
    }
    std::string prefix_;
    std::set<std::string> ids_;
    std::map<std::string, int> next_;  // by stem, where to look for a free one
};

std::string text_of(const json::object& map, std::string_view key) {
    auto* value = map.if_contains(key);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::vector<const json::object*> questions_of(const json::object& content) {
    std::vector<const json::object*> all;
    for (auto& question : list_of(*part_named("questions", content), content))
        if (auto* map = question.if_object(); map && !text_of(*map, "name").empty()) all.push_back(map);
    return all;
}

std::string type_of(const json::object& question) {
    auto kind = text_of(question, "kind");
    return kind == "number" ? "number" : kind == "yes_no" ? "boolean" : "string";
}

std::string label_of(const json::object& question) {
    auto* label = question.if_contains("label");
    return label && label->is_object() ? text_of(label->as_object(), "zh") : text_of(question, "name");
}

// An input of the model for each question of the item, by its name.
void add_inputs(Writer& writer, xml_node root, const json::object& content) {
    std::set<std::string> there;
    for (auto input : children(root, "inputData")) there.insert(input.attribute("name").value());
    auto first_decision = child(root, "decision");
    for (auto* question : questions_of(content)) {
        auto name = text_of(*question, "name");
        if (!there.insert(name).second) continue;
        auto input = writer.with_id(root, "inputData", name);
        input.append_attribute("name") = name.c_str();
        auto variable = writer.add(input, "variable");
        variable.append_attribute("name") = name.c_str();
        variable.append_attribute("typeRef") = type_of(*question).c_str();
        if (first_decision) root.insert_move_before(input, first_decision);
    }
}

bool word_in(std::string_view expression, std::string_view name) {
    auto part = [](unsigned char c) { return std::isalnum(c) || c == '_' || c >= 0x80; };
    for (size_t at = expression.find(name); at != std::string_view::npos; at = expression.find(name, at + 1)) {
        auto end = at + name.size();
        if ((at == 0 || !part(static_cast<unsigned char>(expression[at - 1]))) &&
            (end == expression.size() || !part(static_cast<unsigned char>(expression[end]))))
            return true;
    }
    return false;
}

// What stands in quotation marks names nothing.
std::string without_strings(std::string_view text) {
    std::string out;
    bool inside = false;
    for (size_t at = 0; at < text.size(); ++at) {
        if (inside && text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            inside = !inside, out += ' ';
        else if (!inside)
            out += text[at];
    }
    return out;
}

// What the table reads must be required; requirements that stand already stay.
void require_inputs(Writer& writer, xml_node root, xml_node decision, const Table& table) {
    std::set<std::string> required;
    for (auto one : children(decision, "informationRequirement"))
        for (auto target : one.children()) required.insert(target.attribute("href").value());
    auto logic = child(decision, "decisionTable");
    std::vector<std::string> computed;  // results that are more than a constant: "area * 3"
    for (auto& row : table.rows)
        for (auto& output : row.outputs) computed.push_back(without_strings(output));
    auto require = [&](xml_node source, std::string_view how) {
        std::string name = source.attribute("name").value(), href = fmt::format("#{}", source.attribute("id").value());
        bool read = std::ranges::any_of(table.inputs, [&](auto& input) { return word_in(input.name, name); }) ||
                    std::ranges::any_of(computed, [&](auto& text) { return word_in(text, name); });
        if (!read || source == decision || !required.insert(href).second) return;
        auto requirement = writer.with_id(decision, "informationRequirement", "requires");
        writer.add(requirement, how).append_attribute("href") = href.c_str();
        decision.insert_move_before(requirement, logic);
    };
    for (auto input : children(root, "inputData")) require(input, "requiredInput");
    for (auto other : children(root, "decision")) require(other, "requiredDecision");
}

void clear(xml_node table) {
    for (auto name : {"input", "output", "annotation", "rule"})
        for (auto old : children(table, name)) table.remove_child(old);
}

void write_rows(Writer& writer, xml_node table, const Table& read) {
    for (auto& column : read.inputs) {
        auto input = writer.with_id(table, "input", "input");
        if (!column.label.empty()) input.append_attribute("label") = column.label.c_str();
        auto expression = writer.with_id(input, "inputExpression", "expression");
        if (!column.type.empty()) expression.append_attribute("typeRef") = column.type.c_str();
        writer.text(expression, column.name);
    }
    for (auto& column : read.outputs) {
        auto output = writer.with_id(table, "output", "output");
        if (!column.label.empty()) output.append_attribute("label") = column.label.c_str();
        output.append_attribute("name") = column.name.c_str();
        if (!column.type.empty()) output.append_attribute("typeRef") = column.type.c_str();
    }
    for (auto& name : read.notes) writer.add(table, "annotation").append_attribute("name") = name.c_str();
    // Thousands of rows would be ids for the most part; nothing refers to a cell.
    bool few = read.rows.size() <= most_rows_with_ids;
    for (auto& row : read.rows) {
        auto rule = few ? writer.with_id(table, "rule", "rule") : writer.add(table, "rule");
        auto entry = [&](std::string_view name) { return few ? writer.with_id(rule, name, "cell") : writer.add(rule, name); };
        for (auto& cell : row.inputs) writer.text(entry("inputEntry"), cell.empty() ? "-" : cell);
        for (auto& cell : row.outputs) writer.text(entry("outputEntry"), cell);
        for (auto& cell : row.notes) writer.text(writer.add(rule, "annotationEntry"), cell);
    }
}

// A decision with an empty table, ready for write_rows.
xml_node add_decision(Writer& writer, xml_node root, const Table& table) {
    auto decision = writer.with_id(root, "decision", table.decision);
    decision.append_attribute("name") = table.decision.c_str();
    writer.add(decision, "variable").append_attribute("name") = table.decision.c_str();
    writer.with_id(decision, "decisionTable", table.decision + "_table").append_attribute("hitPolicy") = table.hit_policy.c_str();
    return decision;
}

std::vector<std::string> names_of(const json::object& content, std::string_view list) {
    auto part = *part_named(list, content);
    std::vector<std::string> all;
    for (auto& entry : list_of(part, content))
        if (auto* map = entry.if_object()) all.push_back(text_of(*map, part.known_by));
    return all;
}

}  // namespace

std::optional<catalogue::Text> wrong_with_model(std::string_view xml) {
    if (xml.size() > largest_model)
        return catalogue::Text{fmt::format("文件超过 {} KB", largest_model >> 10),
                               fmt::format("the file is larger than {} KB", largest_model >> 10)};
    auto model = rules::Model::read(xml);
    if (!model) return catalogue::Text{model.error().text(Language::zh), model.error().text(Language::en)};
    return std::nullopt;
}

std::vector<Table> tables_of(std::string_view xml) {
    pugi::xml_document document;
    std::vector<Table> tables;
    if (xml.empty() || !load(document, xml)) return tables;
    for (auto decision : children(document.document_element(), "decision"))
        if (auto table = child(decision, "decisionTable")) tables.push_back(table_of(decision, table));
    return tables;
}

std::string with_table(std::string_view xml, const Table& table, const json::object& content) {
    pugi::xml_document document;
    if (!load(document, xml)) return std::string(xml);
    auto root = document.document_element();
    xml_node decision;
    for (auto one : children(root, "decision"))
        if (table.decision == one.attribute("name").value() && child(one, "decisionTable")) decision = one;
    // Before ids are counted, so that the same table always gets the same ones.
    if (decision) clear(child(decision, "decisionTable"));
    Writer writer(root, prefix_of(root));
    if (!decision) decision = add_decision(writer, root, table);
    add_inputs(writer, root, content);
    write_rows(writer, child(decision, "decisionTable"), table);
    require_inputs(writer, root, decision, table);
    return saved(document);
}

std::string first_model(const json::object& content, std::string_view item) {
    auto xml = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" id=\"{0}\" "
        "name=\"{0}\" "
        "namespace=\"https://yimen.example/items/{0}\"/>",
        item);
    std::vector<Table::Column> inputs;
    for (auto* question : questions_of(content)) inputs.push_back({text_of(*question, "name"), label_of(*question), type_of(*question)});
    std::vector<std::string> any(inputs.size(), "-");
    if (auto situations = names_of(content, "situations"); situations.size() > 1) {
        Table table{"situation", "FIRST", inputs, {{"situation", "", "string"}}, {"because"}, {}};
        for (auto& name : situations) table.rows.push_back({any, {fmt::format("\"{}\"", name)}, {""}});
        xml = with_table(xml, table, content);
    }
    Table materials{"materials", "COLLECT", inputs, {{"material", "", "string"}, {"need", "", "string"}}, {"because"}, {}};
    return with_table(xml, materials, content);
}

Typed typed_of(const Table& table, RowRange range) {
    Typed typed;
    auto end = std::min(table.rows.size(), range.first + range.count);
    for (size_t at = range.first; at < end; ++at) {
        auto put = [&](char kind, const std::vector<std::string>& cells) {
            for (size_t column = 0; column < cells.size(); ++column) typed[fmt::format("r{}.{}{}", at, kind, column)] = {cells[column]};
        };
        put('i', table.rows[at].inputs);
        put('o', table.rows[at].outputs);
        put('n', table.rows[at].notes);
    }
    return typed;
}

Table with_rows(Table table, const Typed& typed, RowRange range) {
    std::vector<Table::Row> rows;
    for (size_t at = range.first; at < range.first + range.count && at < most_table_rows; ++at) {
        auto prefix = fmt::format("r{}.", at);
        auto first = typed.lower_bound(prefix);
        if (first == typed.end() || !first->first.starts_with(prefix)) continue;
        auto cells = [&](char kind, size_t count) {
            std::vector<std::string> all;
            for (size_t column = 0; column < count; ++column) {
                auto found = typed.find(fmt::format("r{}.{}{}", at, kind, column));
                all.emplace_back(
                    found == typed.end() || found->second.empty() ? "" : std::string(first_characters(trim(found->second.front()), 1'000)));
            }
            return all;
        };
        rows.push_back({cells('i', table.inputs.size()), cells('o', table.outputs.size()), cells('n', table.notes.size())});
        for (auto& cell : rows.back().inputs)
            if (cell.empty()) cell = "-";
    }
    auto begin = table.rows.begin() + static_cast<std::ptrdiff_t>(std::min(range.first, table.rows.size()));
    auto end = table.rows.begin() + static_cast<std::ptrdiff_t>(std::min(range.first + range.count, table.rows.size()));
    auto place = table.rows.erase(begin, end);
    table.rows.insert(place, std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    return table;
}

std::string rules_of(const json::object& content) {
    auto* rules = content.if_contains("rules");
    return rules && rules->is_string() ? std::string(rules->as_string()) : std::string();
}

}  // namespace yimen::editing
