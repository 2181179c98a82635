#include "web/mustache.h"

#include <cstring>

#include "base/text.h"

namespace yimen::web {

namespace {

std::string_view entity(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return {};
    }
}

constexpr size_t block = 8;

// Whether one of eight bytes may have an entity, told for all at once: & ' " differ in two bits that are left out (as # does), < and >
// in one. A byte that is zero after the comparison sets its highest bit.
bool may_have_entity(const char* bytes) {
    constexpr uint64_t ones = 0x0101010101010101;
    uint64_t all;
    memcpy(&all, bytes, block);
    auto equal = [&](uint64_t bits, uint64_t byte) {
        auto left = (all & bits * ones) ^ byte * ones;
        return (left - ones) & ~left & 0x80 * ones;
    };
    return equal(0xFA, 0x22) | equal(0xFD, '<');
}

bool truthy(const boost::json::value* value) {
    if (!value || value->is_null()) return false;
    if (auto* yes = value->if_bool()) return *yes;
    if (auto* all = value->if_array()) return !all->empty();
    if (auto* text = value->if_string()) return !text->empty();
    return true;
}

void append_plain(std::string& out, const boost::json::value& value) {
    if (auto* text = value.if_string()) return void(out.append(text->data(), text->size()));
    if (auto* number = value.if_int64()) return void(fmt::format_to(std::back_inserter(out), "{}", *number));
    if (auto* number = value.if_uint64()) return void(fmt::format_to(std::back_inserter(out), "{}", *number));
    if (auto* number = value.if_double()) return void(fmt::format_to(std::back_inserter(out), "{}", *number));
    if (auto* yes = value.if_bool()) out += *yes ? "true" : "false";
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
    size_t from = 0;
    for (size_t at = 0; at < text.size(); ++at) {
        while (at + block < text.size() && !may_have_entity(text.data() + at)) at += block;
        auto with = entity(text[at]);
        if (with.empty()) continue;
        out.append(text.substr(from, at - from)).append(with);
        from = at + 1;
    }
    out.append(text.substr(from));
}

// A section's tag (or a comment) alone on its line leaves no line behind, as in the Mustache specification.
bool alone(std::string_view text, size_t begin, size_t end, size_t& line, size_t& after) {
    line = begin == 0 ? 0 : text.rfind('\n', begin - 1) + 1;
    if (text.substr(line, begin - line).find_first_not_of(" \t") != std::string_view::npos) return false;
    after = std::min(text.find_first_not_of(" \t\r", end), text.size());
    if (after < text.size() && text[after] != '\n') return false;
    after = std::min(after + 1, text.size());
    return true;
}

// The view, and what the sections around have entered, innermost last.
struct Mustache::Rendering {
    const std::vector<Step>& steps;
    std::vector<const boost::json::value*> stack;
    const boost::json::object& root;
    const boost::json::object* shared;
    std::string out;

    const boost::json::value* first(std::string_view name) const {
        for (size_t i = stack.size(); i-- > 0;)
            if (auto* object = stack[i]->if_object())
                if (auto* found = object->if_contains(name)) return found;
        if (auto* found = root.if_contains(name)) return found;
        return shared ? shared->if_contains(name) : nullptr;
    }

    const boost::json::value* find(const std::vector<std::string_view>& path) const {
        if (path.empty()) return stack.empty() ? nullptr : stack.back();
        auto* value = first(path[0]);
        for (size_t i = 1; value && i < path.size(); ++i) {
            auto* object = value->if_object();
            value = object ? object->if_contains(path[i]) : nullptr;
        }
        return value;
    }

    void section(const Step& step, size_t at) {
        auto* value = find(step.path);
        if (!truthy(value)) return;
        if (auto* all = value->if_array()) {
            for (auto& one : *all) within(one, at + 1, step.jump - 1);
        } else {
            within(*value, at + 1, step.jump - 1);
        }
    }

    void within(const boost::json::value& value, size_t from, size_t to) {
        stack.push_back(&value);
        run(from, to);
        stack.pop_back();
    }

    void run(size_t at, size_t end) {
        while (at < end) {
            auto& step = steps[at];
            switch (step.kind) {
                case Kind::text:
                    out.append(step.text);
                    break;
                case Kind::raw:
                    if (auto* value = find(step.path)) append_plain(out, *value);
                    break;
                case Kind::escaped:
                    if (auto* value = find(step.path)) escaped(*value);
                    break;
                case Kind::section:
                    section(step, at);
                    break;
                case Kind::inverted:
                    if (!truthy(find(step.path))) run(at + 1, step.jump - 1);
                    break;
                case Kind::end:
                    break;
            }
            at = step.jump ? step.jump : at + 1;
        }
    }

    void escaped(const boost::json::value& value) {
        if (auto* text = value.if_string())
            append_escaped(out, {text->data(), text->size()});
        else
            append_plain(out, value);
    }
};

Mustache::Mustache(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) { compile(); }

size_t Mustache::line_at(size_t offset) const {
    return 1 + static_cast<size_t>(std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

void Mustache::wrong(size_t at, std::string_view what, std::string_view tag) const {
    throw std::runtime_error(fmt::format("{}:{}: {} {{{{{}}}}}", name_, line_at(at), what, tag));
}

Mustache::Tag Mustache::tag_at(size_t begin) const {
    std::string_view text = text_;
    bool triple = text.substr(begin).starts_with("{{{");
    auto close = text.find(triple ? "}}}" : "}}", begin);
    if (close == std::string_view::npos) wrong(begin, "is not closed:", text.substr(begin + 2, 20));
    const size_t width = triple ? 3 : 2;
    auto name = trim(text.substr(begin + width, close - begin - width));
    char mark = triple ? '&' : (name.empty() ? ' ' : name[0]);
    if (!triple && std::string_view("&#^/!").find(mark) != std::string_view::npos) name = trim(name.substr(1));
    return {mark, name, close + width};
}

void Mustache::compile() {
    std::string_view text = text_;
    std::vector<std::pair<size_t, std::string_view>> open;
    for (size_t at = 0; at < text.size();) {
        auto begin = text.find("{{", at);
        if (begin == std::string_view::npos) {
            steps_.push_back({Kind::text, text.substr(at), {}, 0});
            break;
        }
        auto [mark, name, next] = tag_at(begin);
        size_t until = begin, line = 0, after = 0;
        if (std::string_view("#^/!").find(mark) != std::string_view::npos && alone(text, begin, next, line, after))
            until = std::max(line, at), next = after;
        if (until > at) steps_.push_back({Kind::text, text.substr(at, until - at), {}, 0});
        at = next;
        if (mark == '/') {
            if (open.empty() || open.back().second != name) wrong(begin, "closes what is not open:", name);
            steps_.push_back({Kind::end, {}, {}, 0});
            steps_[open.back().first].jump = steps_.size();
            open.pop_back();
        } else if (mark != '!') {
            auto kind = mark == '#' ? Kind::section : mark == '^' ? Kind::inverted : mark == '&' ? Kind::raw : Kind::escaped;
            if (kind == Kind::section || kind == Kind::inverted) open.emplace_back(steps_.size(), name);
            steps_.push_back({kind, {}, name == "." ? std::vector<std::string_view>() : split(name, '.'), 0});
        }
    }
    if (!open.empty()) throw std::runtime_error(fmt::format("{}: {{{{#{}}}}} is never closed", name_, open.back().second));
}

std::string Mustache::render(const boost::json::object& view, const boost::json::object* shared) const {
    Rendering rendering{steps_, {}, view, shared, {}};
    rendering.out.reserve(text_.size() + text_.size() / 2);
    rendering.run(0, steps_.size());
    return std::move(rendering.out);
}

}  // namespace yimen::web
