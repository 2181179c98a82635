#include "base/text.h"
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

class Shown {
  public:
    Shown(const Context& c, const Filled& filled) : c_(c), filled_(filled) {}

    View box(const Box& box, const std::string& prefix = "") const {
        auto input = prefix + box.name;
        View view{{"field", box.name}, {"id", id_of(input)}, {"label", label(box)}, {"hint", hint(box)}, {"optional", !box.required}};
        switch (box.kind) {
            case Kind::words: add_languages(view, input, false); break;
            case Kind::words_lines: add_languages(view, input, true); break;
            case Kind::one_of:
            case Kind::some_of: add_options(view, box, input); break;
            case Kind::flag: add_flag(view, input); break;
            case Kind::rows: add_rows(view, box, input); break;
            default: add_single(view, box, input); break;
        }
        return view;
    }

    std::string label(const Box& box) const {
        if (!box.label.zh.empty()) return box.label.in(c_.language());
        auto part = filled_.part.name.starts_with("fields-") ? std::string("fields") : filled_.part.name;
        auto own = fmt::format("editing.box_{}_{}", part, key_of(box.name));
        return web::has_words(own) ? words(c_.language(), own) : word_of(c_.language(), "editing.box_", key_of(box.name));
    }

  private:
    std::string hint(const Box& box) const {
        auto part = filled_.part.name.starts_with("fields-") ? std::string("fields") : filled_.part.name;
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
        return found == filled_.wrong.end() ? "" : words(c_.language(), fmt::format("editing.wrong_{}", found->code));
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
        if (auto other = theirs(input)) view["differs"] = true, view["theirs"] = other->empty() ? words(c_.language(), "editing.nothing") : *other;
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
        one["code"] = !box.shape.empty();
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
    void add_options(View& view, const Box& box, const std::string& input) const {
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
    // The rows there are and a few empty ones to write on.
    void add_rows(View& view, const Box& box, const std::string& input) const {
        size_t there = 0;
        for (auto& [name, value] : filled_.typed)
            if (name.starts_with(input + ".")) there = std::max<size_t>(there, static_cast<size_t>(std::atoi(name.c_str() + input.size() + 1)) + 1);
        json::array rows;
        for (size_t at = 0; at < std::min<size_t>(there + filled_.more_rows, 60); ++at) {
            json::array cells;
            for (auto& inner : box.within) {
                auto prefix = fmt::format("{}.{}.", input, at);
                if (inner.kind == Kind::words)
                    for (auto* language : {"zh", "en"})
                        cells.push_back(cell(prefix + inner.name + "." + language, fmt::format("{} ({})", label(inner), words(c_.language(), fmt::format("editing.in_{}", language))), at));
                else cells.push_back(cell(prefix + inner.name, label(inner), at));
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
        auto text = fmt::format("{}: {}", box ? shown.label(*box) : wrong.input, words(c.language(), fmt::format("editing.wrong_{}", wrong.code)));
        all.push_back(View{{"href", "#" + id_of(wrong.input)}, {"text", std::move(text)}});
    }
    return all;
}

}  // namespace yimen::editing
