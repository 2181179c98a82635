#include "base/text.h"
#include "editing/formulas.h"
#include "editing/pages_shared.h"

// A part's boxes as the template shows them.
namespace yimen::editing {

namespace {

using Kind = Box::Kind;

std::string id_of(std::string_view input) {
    std::string id = "b-" + std::string(input);
    std::ranges::replace(id, '.', '-');
    return id;
}

std::string key_of(std::string_view name) {
    std::string key(name);
    std::ranges::replace(key, '.', '_');
    return key;
}

// The part's name without the numbers of a section or field.
std::string stem_of(std::string_view part) {
    bool numbered = part.starts_with("fields-") || part.starts_with("columns-");
    return std::string(numbered ? part.substr(0, part.find('-')) : part);
}

std::string wrong_words(const Context& c, const Wrong& wrong) {
    return words(c.language(), fmt::format("editing.wrong_{}", wrong.code), {{"why", wrong.why.in(c.language())}});
}

class Shown {
  public:
    Shown(const Context& c, const Filled& filled) : c_(c), filled_(filled) {}

    View box(const Box& box, const std::string& prefix = "") const {
        auto input = prefix + box.name;
        View view{{"field", box.name},
                  {"id", id_of(input)},
                  {"label", label(box)},
                  {"hint", hint(box)},
                  {"optional", !box.required && box.otherwise.empty() && box.kind != Kind::flag},
                  {"only_for", box.only_for},
                  {"begins", box.group.empty() ? "" : words(c_.language(), fmt::format("editing.boxes_{}", box.group))}};
        switch (box.kind) {
            case Kind::words:
                add_languages(view, input, false);
                break;
            case Kind::words_lines:
                add_languages(view, input, true);
                break;
            case Kind::one_of:
            case Kind::some_of:
                add_options(view, box, input);
                break;
            case Kind::ranked:
                add_ranked(view, box, input);
                break;
            case Kind::condition:
                add_condition(view, input);
                break;
            case Kind::flag:
                add_flag(view, input);
                break;
            case Kind::rows:
                add_rows(view, box, input);
                break;
            default:
                add_single(view, box, input);
                break;
        }
        return view;
    }

    std::string label(const Box& box) const {
        if (!box.label.zh.empty()) return box.label.in(c_.language());
        auto part = stem_of(filled_.part.name);
        auto own = fmt::format("editing.box_{}_{}", part, key_of(box.name));
        return web::has_words(own) ? words(c_.language(), own) : word_of(c_.language(), "editing.box_", key_of(box.name));
    }

  private:
    std::string hint(const Box& box) const {
        auto part = stem_of(filled_.part.name);
        for (auto& key : {fmt::format("editing.hint_{}_{}", part, key_of(box.name)), fmt::format("editing.hint_{}", key_of(box.name))})
            if (web::has_words(key)) return words(c_.language(), key);
        return {};
    }
    std::string typed(std::string_view input) const {
        auto found = filled_.typed.find(input);
        return found == filled_.typed.end() || found->second.empty() ? "" : found->second.front();
    }
    bool chosen(std::string_view input, std::string_view value) const {
        auto found = filled_.typed.find(input);
        return found != filled_.typed.end() && std::ranges::find(found->second, value) != found->second.end();
    }
    std::string error(std::string_view input) const {
        auto found = std::ranges::find(filled_.wrong, input, &Wrong::input);
        return found == filled_.wrong.end() ? "" : wrong_words(c_, *found);
    }
    // What somebody else saved, as text, where it is not what stands here.
    std::optional<std::string> theirs(std::string_view input) const {
        if (!filled_.theirs) return std::nullopt;
        auto found = filled_.theirs->find(input);
        auto mine = filled_.typed.find(input);
        static const std::vector<std::string> nothing;
        auto& other = found == filled_.theirs->end() ? nothing : found->second;
        auto& own = mine == filled_.typed.end() ? nothing : mine->second;
        auto same = [](std::string text) { return std::erase(text, '\r'), text; };
        if (std::ranges::equal(other, own, {}, same, same)) return std::nullopt;
        return fmt::format("{}", fmt::join(other, ", "));
    }
    void add_theirs(View& view, std::string_view input) const {
        if (auto other = theirs(input))
            view["differs"] = true, view["theirs"] = other->empty() ? words(c_.language(), "editing.nothing") : *other;
    }
    View input_view(const std::string& input, bool lines) const {
        auto value = typed(input);
        auto rows = std::clamp<int64_t>(1 + std::ranges::count(value, '\n') + static_cast<int64_t>(value.size()) / 160, 2, 12);
        View view{{"input", input}, {"id", id_of(input)}, {"value", value}, {"rows", rows}, {"error", error(input)}};
        view[lines ? "is_lines" : "is_line"] = true;
        add_theirs(view, input);
        return view;
    }
    void add_languages(View& view, const std::string& input, bool lines) const {
        json::array inputs;
        for (auto* language : {"zh", "en"}) {
            auto one = input_view(input + "." + language, lines);
            one["language"] = words(c_.language(), fmt::format("editing.in_{}", language));
            one["lang"] = std::string_view(language) == "zh" ? "zh-CN" : "en";
            inputs.push_back(std::move(one));
        }
        view["is_words"] = true;
        view["inputs"] = std::move(inputs);
    }
    void add_single(View& view, const Box& box, const std::string& input) const {
        auto one = input_view(input, box.kind == Kind::lines || box.kind == Kind::texts || box.kind == Kind::pairs);
        one["code"] = !box.shape.empty() || box.kind == Kind::feel;
        one["is_feel"] = box.kind == Kind::feel;
        json::array suggested;
        for (auto& option : box.suggested) suggested.push_back(View{{"value", option.value}, {"text", option.label.in(c_.language())}});
        one["list"] = suggested.empty() ? std::string() : id_of(input) + "-list";
        one["suggested"] = std::move(suggested);
        one["numeric"] = box.kind == Kind::number || box.kind == Kind::money;
        if (box.kind == Kind::texts || box.kind == Kind::pairs) one["one_a_line"] = true;
        for (auto& [key, value] : one) view[key] = std::move(value);
        view["is_single"] = true;
    }
    void add_flag(View& view, const std::string& input) const {
        view["input"] = input;
        view["is_flag"] = true;
        view["chosen"] = typed(input) == "true";
        add_theirs(view, input);
    }
    // One select for each that is chosen, and an empty one for the next.
    void add_ranked(View& view, const Box& box, const std::string& input) const {
        auto found = filled_.typed.find(input);
        std::vector<std::string> chosen;
        if (found != filled_.typed.end())
            for (auto& one : found->second)
                if (!one.empty()) chosen.push_back(one);
        json::array selects;
        for (size_t at = 0; at <= chosen.size() && at < box.options.size(); ++at) {
            json::array options;
            for (auto& option : box.options)
                options.push_back(View{{"value", option.value},
                                       {"text", option.label.in(c_.language())},
                                       {"chosen", at < chosen.size() && chosen[at] == option.value}});
            selects.push_back(View{{"id", id_of(input) + (at ? fmt::format("-{}", at + 1) : "")},
                                   {"select_label", fmt::format("{} {}", label(box), at + 1)},
                                   {"options", std::move(options)}});
        }
        view["is_ranked"] = true;
        view["input"] = input;
        view["error"] = error(input);
        view["selects"] = std::move(selects);
        add_theirs(view, input);
    }
    void add_condition(View& view, const std::string& input) const {
        json::array options;
        auto is = typed(input).empty() ? std::string("true") : typed(input);
        for (auto* value : {"true", "false", "when"})
            options.push_back(View{{"id", id_of(input) + (options.empty() ? "" : fmt::format("-{}", options.size() + 1))},
                                   {"value", value},
                                   {"text", words(c_.language(), fmt::format("editing.condition_{}", value))},
                                   {"chosen", is == value}});
        auto when = input_view(input + ".when", false);
        when["code"] = true;
        when["when_label"] = words(c_.language(), "editing.condition_when_label");
        view["is_condition"] = true;
        view["input"] = input;
        view["options"] = std::move(options);
        view["when"] = json::array{std::move(when)};
        add_theirs(view, input);
    }
    void add_options(View& view, const Box& box, const std::string& input) const {
        if (box.kind == Kind::one_of && box.options.size() > 11 && box.name != "kind") return add_select(view, box, input);
        json::array options;
        for (auto& option : box.options) {
            auto id = id_of(input) + (options.empty() ? "" : fmt::format("-{}", options.size() + 1));
            auto own = fmt::format("editing.option_{}_{}", key_of(box.name), option.value);
            auto label = !option.label.zh.empty() ? option.label.in(c_.language())
                         : web::has_words(own)    ? words(c_.language(), own)
                                                  : word_of(c_.language(), "editing.option_", option.value);
            options.push_back(View{{"id", id}, {"value", option.value}, {"text", label}, {"chosen", chosen(input, option.value)}});
        }
        view["input"] = input;
        view["error"] = error(input);
        view["type"] = box.kind == Kind::one_of ? "radio" : "checkbox";
        view["style"] = box.kind == Kind::one_of ? "radios" : "checkboxes";
        view["is_options"] = true;
        view["has_options"] = !options.empty();
        view["options"] = std::move(options);
        add_theirs(view, input);
    }
    void add_select(View& view, const Box& box, const std::string& input) const {
        json::array options;
        bool known = typed(input).empty();
        for (auto& option : box.options) {
            known = known || option.value == typed(input);
            options.push_back(
                View{{"value", option.value}, {"text", option.label.in(c_.language())}, {"chosen", chosen(input, option.value)}});
        }
        if (!known) options.push_back(View{{"value", typed(input)}, {"text", typed(input)}, {"chosen", true}});
        view["is_select"] = true;
        view["input"] = input;
        view["error"] = error(input);
        view["options"] = std::move(options);
        add_theirs(view, input);
    }
    // A list too long for boxes, or one that is pasted: a row a line.
    void add_pasted(View& view, const Box& box, const std::string& input) const {
        std::string columns;
        for (auto& inner : box.within) {
            auto add = [&](const std::string& text) { columns += (columns.empty() ? "" : words(c_.language(), "editing.comma")) + text; };
            if (inner.kind == Kind::words)
                for (auto* language : {"zh", "en"})
                    add(fmt::format("{} ({})", label(inner), words(c_.language(), fmt::format("editing.in_{}", language))));
            else
                add(label(inner));
        }
        auto one = input_view(input, true);
        for (auto& [key, value] : one) view[key] = std::move(value);
        auto lines = 1 + std::ranges::count(typed(input), '\n');
        view["rows"] = std::clamp<int64_t>(lines + 1, 6, 24);
        view["is_pasted"] = true;
        view["columns"] = words(c_.language(), "editing.pasted_columns", {{"columns", columns}});
        view["as_boxes"] = lines <= static_cast<int64_t>(most_box_rows) ? "boxes:" + input : std::string();
    }
    // The rows there are and a few empty ones to write on.
    void add_rows(View& view, const Box& box, const std::string& input) const {
        if (filled_.typed.contains(input)) return add_pasted(view, box, input);
        view["as_lines"] = "lines:" + input;
        size_t there = 0;
        for (auto& [name, value] : filled_.typed)
            if (name.starts_with(input + "."))
                there = std::max<size_t>(there, static_cast<size_t>(std::atoi(name.c_str() + input.size() + 1)) + 1);
        json::array rows;
        for (size_t at = 0; at < std::min<size_t>(there + filled_.more_rows, most_box_rows); ++at) {
            json::array cells;
            for (auto& inner : box.within) {
                auto prefix = fmt::format("{}.{}.", input, at);
                if (inner.kind == Kind::words)
                    for (auto* language : {"zh", "en"})
                        cells.push_back(
                            cell(prefix + inner.name + "." + language,
                                 fmt::format("{} ({})", label(inner), words(c_.language(), fmt::format("editing.in_{}", language))), at));
                else {
                    cells.push_back(cell(prefix + inner.name, label(inner), at));
                    cells.back().as_object()["code"] = inner.kind == Kind::feel || !inner.shape.empty();
                }
            }
            rows.push_back(View{{"cells", std::move(cells)}, {"number", at + 1}});
        }
        view["is_rows"] = true;
        view["table"] = std::move(rows);
    }
    View cell(const std::string& input, std::string label, size_t row) const {
        auto view = input_view(input, false);
        view["cell_label"] = std::move(label);
        view["row"] = row + 1;
        return view;
    }

    const Context& c_;
    const Filled& filled_;
};

// The box that an input such as "choices.0.label.zh" belongs to.
const Box* box_of(const Part& part, std::string_view input) {
    for (auto& box : part.boxes)
        if (input == box.name || (input.starts_with(box.name) && input[box.name.size()] == '.')) return &box;
    return nullptr;
}

}  // namespace

json::array boxes_view(const Context& c, const Filled& filled) {
    Shown shown(c, filled);
    json::array boxes;
    for (auto& box : filled.part.boxes) boxes.push_back(shown.box(box));
    return boxes;
}

json::array mistakes_view(const Context& c, const Filled& filled) {
    Shown shown(c, filled);
    json::array all;
    for (auto& wrong : filled.wrong) {
        auto* box = box_of(filled.part, wrong.input);
        auto text =
            fmt::format("{}{}{}", box ? shown.label(*box) : wrong.input, words(c.language(), "editing.colon"), wrong_words(c, wrong));
        all.push_back(View{{"href", "#" + id_of(wrong.input)}, {"text", std::move(text)}});
    }
    return all;
}

json::array names_view(const Context& c, const json::object& content, bool cells) {
    json::array all;
    auto names = names_in(content, !cells);
    if (cells)
        for (auto& outcome : outcomes_in(content)) names.push_back(outcome);
    for (auto& named : names) {
        json::array choices;
        for (auto& choice : named.choices)
            if (choices.size() < 12)
                choices.push_back(View{{"value", fmt::format("\"{}\"", choice.value)}, {"text", choice.label.in(c.language())}});
        auto kind = word_of(c.language(), "editing.option_", named.kind);
        auto own = fmt::format("editing.option_{}_{}", named.question ? "kind" : "fields", named.kind);
        all.push_back(View{{"known_as", named.name},
                           {"text", named.label.in(c.language())},
                           {"kind", web::has_words(own) ? words(c.language(), own) : kind},
                           {"whose", words(c.language(), named.question                         ? "editing.names_question"
                                                         : cells                                ? "editing.names_outcome"
                                                         : named.name == catalogue::who_applies ? "editing.names_applicant"
                                                                                                : "editing.names_field")},
                           {"sample", sample(named, cells)},
                           {"choices", std::move(choices)}});
    }
    return all;
}

}  // namespace yimen::editing
