#pragma once
#include "editing/parts.h"

// The readable difference between two contents of an item: by part and box, words against words.
namespace yimen::editing {

// A piece of a text: struck, new, or in both.
struct Run {
    enum class Kind { same, gone, fresh } kind;
    std::string text;
};
// By characters in Chinese, by words in Latin script.
std::vector<Run> words_between(std::string_view before, std::string_view after);

struct Changed {
    std::string input;  // "name.zh"
    std::string before, after;
};
struct EntryChange {
    enum class Kind { added, removed, changed, moved } kind;
    catalogue::Text title;
    std::vector<Changed> boxes;
};
struct PartChange {
    Part part;
    std::vector<Changed> boxes;        // of a part that stands once
    std::vector<EntryChange> entries;  // of a list
    catalogue::Text of = {};           // the section that the fields belong to
};
std::vector<PartChange> difference(const json::object& before, const json::object& after);

}  // namespace yimen::editing
