#include "web/templates.h"

#include <boost/json.hpp>

#include "base/embedded.h"
#include "web/mustache.h"

namespace yimen::web {

namespace {

struct Words {
    std::string zh, en;
};

const std::map<std::string, Words, std::less<>>& catalogue() {
    static const auto all = [] {
        std::map<std::string, Words, std::less<>> found;
        constexpr std::string_view folder = "web/texts/", ending = ".json";
        for (auto& file : embedded_files_under(folder)) {
            auto feature = file.path.substr(folder.size(), file.path.size() - folder.size() - ending.size());
            auto texts = boost::json::parse(file.bytes);
            for (auto& [key, value] : texts.as_object()) {
                auto& text = value.as_object();
                found[fmt::format("{}.{}", feature, std::string_view(key))] = {std::string(text.at("zh").as_string()),
                                                                               std::string(text.at("en").as_string())};
            }
        }
        return found;
    }();
    return all;
}

std::string file_of(std::string_view name) {
    auto path = fmt::format("web/templates/{}.mustache", name);
    auto found = embedded_file(path);
    if (!found) throw std::runtime_error(path + ": there is no such template");
    return std::string(*found);
}

// Replaces each `open`…`close` by what `with` gives for what stands between.
template <class F>
std::string replace_each(const std::string& text, std::string_view open, std::string_view close, F&& with) {
    std::string out;
    size_t at = 0;
    for (size_t begin; (begin = text.find(open, at)) != std::string::npos;) {
        auto end = text.find(close, begin);
        if (end == std::string::npos) break;
        out.append(text, at, begin - at);
        auto inner = text.substr(begin + open.size(), end - begin - open.size());
        inner.erase(0, inner.find_first_not_of(' '));
        inner.erase(inner.find_last_not_of(' ') + 1);
        out += with(inner);
        at = end + close.size();
    }
    return out.append(text, at);
}

std::string with_partials(const std::string& text, const std::string& content, int depth = 0) {
    if (depth > 12) throw std::runtime_error("templates that include each other without end");
    return replace_each(text, "{{>", "}}", [&](const std::string& name) {
        return with_partials(name == "content" ? content : file_of(name), content, depth + 1);
    });
}

std::string with_words(const std::string& text, Language language, std::string_view name) {
    return replace_each(text, "[[", "]]", [&](const std::string& key) {
        auto found = catalogue().find(key);
        if (found == catalogue().end()) throw std::runtime_error(fmt::format("{}: no text for [[{}]]", name, key));
        std::string escaped;
        append_escaped(escaped, language == Language::en ? found->second.en : found->second.zh);
        return escaped;
    });
}

std::string layout_of(const std::string& page) {
    constexpr std::string_view mark = "{{! layout:";
    if (!page.starts_with(mark)) return "{{> content}}";
    auto end = page.find("}}");
    auto name = page.substr(mark.size(), end - mark.size());
    name.erase(0, name.find_first_not_of(' '));
    return file_of("layout/" + name);
}

}  // namespace

std::string words(Language language, std::string_view key, const View& values) {
    auto found = catalogue().find(key);
    if (found == catalogue().end()) return std::string(key);
    auto& text = language == Language::en ? found->second.en : found->second.zh;
    if (values.empty()) return text;
    return replace_each(text, "{", "}", [&](const std::string& name) {
        auto* value = values.if_contains(name);
        if (!value) return "{" + name + "}";
        return value->is_string() ? std::string(value->as_string()) : boost::json::serialize(*value);
    });
}

bool has_words(std::string_view key) { return catalogue().contains(key); }

struct Templates::Inside {
    std::map<std::string, std::array<Mustache, 2>, std::less<>> pages;
};

Templates::Templates() : inside_(std::make_unique<Inside>()) {
    constexpr std::string_view folder = "web/templates/", ending = ".mustache";
    for (auto& file : embedded_files_under(folder)) {
        auto name = std::string(file.path.substr(folder.size(), file.path.size() - folder.size() - ending.size()));
        if (name.starts_with("layout/") || name.starts_with("part/")) continue;
        std::string page(file.bytes);
        auto text = with_partials(layout_of(page), page);
        inside_->pages.emplace(
            name, std::array{Mustache(name, with_words(text, Language::zh, name)), Mustache(name, with_words(text, Language::en, name))});
    }
}

Templates::~Templates() = default;

std::string Templates::render(std::string_view name, Language language, const View& view, const View* shared) const {
    auto found = inside_->pages.find(name);
    if (found == inside_->pages.end()) throw std::runtime_error(fmt::format("no template {}", name));
    return found->second[language == Language::en ? 1 : 0].render(view, shared);
}

}  // namespace yimen::web
