#pragma once
#include <map>
#include <span>

#include "editing/editing.h"

// The forms in which an item is edited, described as data: which boxes a part has, where each stands in the content, and what may
// be written into it. Pages show them, and `put` reads them back, all in one way.
namespace yimen::editing {

struct Option {
    std::string value;
    catalogue::Text label;  // empty: texts "editing.option_<value>"
};

struct Box {
    enum class Kind {
        line,
        lines,  // one text
        words,
        words_lines,  // one text in each language
        texts,        // several, one a line
        pairs,        // "name = value", one a line; a value of several parts as JSON
        number,
        money,
        flag,
        one_of,
        some_of,
        ranked,     // several of the options, in an order that counts
        feel,       // an expression over answers and fields
        condition,  // always, never, or where an expression holds: true, false or FEEL
        rows,       // a table of small boxes
    };
    std::string name;  // the key; "promised.days" stands one level down; for an input also "choices.0.label.zh"
    Kind kind = Kind::line;
    bool required = false;
    std::vector<Option> options = {};
    std::string otherwise = {};  // what counts where nothing stands; it is not written down. Several: separated by spaces
    int64_t low = 0, high = 1'000'000'000;
    std::vector<Box> within = {};  // of rows
    std::string_view shape = {};   // "snake", "kebab", "word", "digits", "code": what a line must look like
    catalogue::Text label = {};    // empty: texts "editing.box_<name>"
    std::string_view only_for =
        {};  // kinds, separated by spaces: what the box says means something for these alone, and is dropped for others
    std::string_view group = {};         // texts "editing.boxes_<group>": the heading that it begins
    std::vector<Option> suggested = {};  // of a line: what is usual here
};

struct Part {
    std::string name;        // in addresses; texts "editing.part_<name>"
    std::string_view piece;  // "item", "form"; empty: the content itself
    std::string_view list;   // the key of the list whose entries these boxes describe; empty: one form
    std::vector<Box> boxes;
    std::string_view known_by = {};  // the key that names an entry
};
// A part by its name; some (examples, fields, …) offer what the draft itself holds. "fields-2" are those of the second section,
// "columns-2-3" the columns of its third field.
std::optional<Part> part_named(std::string_view name, const json::object& content);

// Input names and what stands in them.
using Typed = std::map<std::string, std::vector<std::string>, std::less<>>;
Typed typed_of(const Part&, const json::object& holder);

struct Wrong {
    std::string input;      // "name.en"
    std::string_view code;  // texts "editing.wrong_<code>", with {why} where the text below is there
    catalogue::Text why = {};
};
// Writes what was typed into the holder: keys that the part does not have stay. Every mistake at once; then nothing is written.
std::vector<Wrong> put(const Part&, const Typed&, json::object& holder);

// The map that a part's boxes describe, or the entry of its list; `make`: it is made where it is missing.
json::object* holder_of(const Part&, json::object& content, bool make = true);
// The list; nothing where none stands (and `make` is false), or the section is gone.
json::array* list_in(const Part&, json::object& content, bool make = true);
const json::array& list_of(const Part&, const json::object& content);
// What people call an entry of a list, in the language.
std::string entry_title(const Part&, const json::value& entry, Language);
// Whether the box says anything for the kind that was chosen ("kind" among what was typed).
bool means_something(const Box&, const Typed&);
// A list of rows that is too long for a table of boxes, or that somebody pastes, is one text: a row a line, its cells separated by
// tabs in the order of the boxes, words in both languages one after the other.
constexpr size_t most_box_rows = 60, most_pasted_rows = 10'000;
std::string as_lines(const Box& rows, const Typed&);
// An entry's name where nobody gave one: from its English words, and none that the list has already.
std::string name_for(const Part&, const Typed&, const json::object& content);
// SM3 over what a page shows, so that a saving can tell whether somebody changed it meanwhile.
std::string seen_digest(const json::value&);

}  // namespace yimen::editing
