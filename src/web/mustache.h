#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

namespace yimen::web {

// A Mustache template compiled to a flat list of steps over JSON objects: {{x}} {{{x}}} {{&x}} {{#x}} {{^x}} {{/x}} {{!…}}, dotted
// names, {{.}}. Partials and texts are put in before (templates.cc), so that rendering looks nothing up but the view.
class Mustache {
  public:
    // Throws std::runtime_error naming `name` and the line for a section that is not closed, or closed as another.
    Mustache(std::string name, std::string text);
    // What `view` does not have is looked up in `shared`: large objects made once and shown by many pages, never copied.
    std::string render(const boost::json::object& view, const boost::json::object* shared = nullptr) const;

  private:
    enum class Kind { text, escaped, raw, section, inverted, end };
    struct Step {
        Kind kind;
        std::string_view text;               // of text
        std::vector<std::string_view> path;  // of the others; empty: {{.}}
        size_t jump = 0;                     // of a section: the step behind its end
    };
    struct Rendering;
    struct Tag {
        char mark;              // # ^ / ! & or another letter for a plain one
        std::string_view name;  // without it
        size_t end;
    };
    [[noreturn]] void wrong(size_t at, std::string_view what, std::string_view tag) const;
    Tag tag_at(size_t begin) const;
    void compile();
    size_t line_at(size_t offset) const;

    std::string name_, text_;
    std::vector<Step> steps_;
};

// Puts & < > " ' as entities behind `out`.
void append_escaped(std::string& out, std::string_view text);

}  // namespace yimen::web
