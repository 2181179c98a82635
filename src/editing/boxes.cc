#include <boost/json.hpp>
#include <charconv>

#include "base/codes.h"
#include "base/text.h"
#include "editing/parts.h"

// Boxes to JSON and back.
namespace yimen::editing {

namespace {

using Kind = Box::Kind;

constexpr size_t longest_line = 2'000, longest_text = 20'000, longest_pasted = 4u << 20;

std::string plain(const json::value* value) {
    if (!value) return {};
    if (auto* text = value->if_string()) return std::string(*text);
    if (auto* number = value->if_int64()) return std::to_string(*number);
    if (auto* flag = value->if_bool()) return *flag ? "true" : "false";
    return {};
}

// A value of several parts stands in its line as JSON does, and so does a text that could be taken for one or is no single line.
constexpr std::string_view begins_json = "{[\"";

std::string in_a_line(const json::value& value) {
    auto text = plain(&value);
    const bool as_it_is =
        !text.empty() && text == trim(text) && text.find('\n') == text.npos && begins_json.find(text[0]) == begins_json.npos;
    return as_it_is ? text : json::serialize(value);
}

std::optional<json::value> from_a_line(std::string_view text) {
    if (text.empty() || begins_json.find(text[0]) == begins_json.npos) return json::value(text);
    boost::system::error_code broken;
    auto value = json::parse(text, broken);
    return broken ? std::nullopt : std::optional(std::move(value));
}

// The map in which the last word of "promised.days" stands, and that word. `make`: the map on the way is made.
std::pair<json::object*, std::string_view> place_of(json::object& holder, std::string_view name, bool make) {
    auto dot = name.find('.');
    if (dot == std::string_view::npos) return {&holder, name};
    auto outer = name.substr(0, dot);
    auto* inside = holder.if_contains(outer);
    if ((!inside || !inside->is_object()) && make) inside = &(holder[outer] = json::object{});
    return {inside ? inside->if_object() : nullptr, name.substr(dot + 1)};
}

const json::value* value_of(const json::object& holder, std::string_view name) {
    auto [map, key] = place_of(const_cast<json::object&>(holder), name, false);
    return map ? map->if_contains(key) : nullptr;
}

std::string joined(const json::value* value, std::string_view between) {
    std::string all;
    auto* list = value ? value->if_array() : nullptr;
    if (!list) return plain(value);
    for (auto& one : *list) all += (all.empty() ? "" : std::string(between)) + plain(&one);
    return all;
}

void show(const Box& box, const json::object& holder, const std::string& prefix, Typed& typed) {
    auto input = prefix + box.name;
    auto* value = value_of(holder, box.name);
    auto set = [&](std::string_view part, std::string text) {
        if (!text.empty()) typed[fmt::format("{}{}", input, part)] = {std::move(text)};
    };
    switch (box.kind) {
        case Kind::words:
        case Kind::words_lines:
            if (auto* two = value ? value->if_object() : nullptr) {
                set(".zh", plain(two->if_contains("zh")));
                set(".en", plain(two->if_contains("en")));
            } else {
                set(".zh", plain(value));
                set(".en", plain(value));
            }
            return;
        case Kind::texts:
            return set("", joined(value, "\n"));
        case Kind::pairs:
            if (auto* map = value ? value->if_object() : nullptr) {
                std::string all;
                for (auto& [name, one] : *map) all += fmt::format("{} = {}\n", std::string_view(name), in_a_line(one));
                set("", std::move(all));
            }
            return;
        case Kind::condition: {
            auto text = plain(value);
            bool always = text.empty() || text == "true";
            typed[input] = {always ? "true" : text == "false" ? "false" : "when"};
            if (typed[input].front() == "when") typed[input + ".when"] = {text};
            return;
        }
        case Kind::some_of:
        case Kind::ranked:
            if (auto* list = value ? value->if_array() : nullptr)
                for (auto& one : *list) typed[input].push_back(plain(&one));
            else if (!value && !trim(box.otherwise).empty())
                for (auto one : split(box.otherwise, ' ')) typed[input].emplace_back(one);
            return;
        case Kind::rows:
            if (auto* list = value ? value->if_array() : nullptr) {
                Typed cells;
                for (size_t at = 0; at < list->size(); ++at)
                    if (auto* row = (*list)[at].if_object())
                        for (auto& inner : box.within) show(inner, *row, fmt::format("{}.{}.", input, at), cells);
                if (list->size() <= most_box_rows)
                    typed.merge(cells);
                else
                    typed[input] = {as_lines(box, cells)};
            }
            return;
        default:
            return set("", value ? plain(value) : box.otherwise == " " ? "" : box.otherwise);
    }
}

bool fits_shape(std::string_view shape, std::string_view text) {
    auto all = [&](auto allowed) { return std::ranges::all_of(text, allowed); };
    auto small = [](char c) { return c >= 'a' && c <= 'z'; };
    auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (shape == "snake") return small(text.front()) && all([&](char c) { return small(c) || digit(c) || c == '_' || c == '-'; });
    if (shape == "kebab") return small(text.front()) && all([&](char c) { return small(c) || digit(c) || c == '-'; });
    if (shape == "word")
        return all([&](char c) { return small(c) || digit(c) || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.'; });
    if (shape == "digits") return text.size() == 12 && all(digit);
    if (shape == "code") return bool(TaskCode::parse(text));
    return true;
}

// The inputs of one row, in order: "value", "label.zh", "label.en", …
std::vector<std::string> cell_names(const Box& rows) {
    std::vector<std::string> names;
    for (auto& inner : rows.within)
        if (inner.kind == Kind::words)
            names.insert(names.end(), {inner.name + ".zh", inner.name + ".en"});
        else
            names.push_back(inner.name);
    return names;
}

class Taker {
  public:
    Taker(const Typed& typed, std::vector<Wrong>& wrong) : typed_(typed), wrong_(wrong) {}

    void take(const Box& box, json::object& holder, const std::string& prefix) {
        auto input = prefix + box.name;
        if (prefix.empty() && !means_something(box, typed_)) return put(holder, box, nullptr);
        switch (box.kind) {
            case Kind::words:
            case Kind::words_lines:
                return put(holder, box, words(box, input));
            case Kind::texts:
                return put(holder, box, texts(box, input));
            case Kind::pairs:
                return put(holder, box, pairs(input));
            case Kind::number:
                return put(holder, box, number(box, input));
            case Kind::money:
                return put(holder, box, money(input));
            case Kind::flag:
                return put(holder, box, flag(box, input));
            case Kind::one_of:
                return put(holder, box, one_of(box, input));
            case Kind::some_of:
            case Kind::ranked:
                return put(holder, box, some_of(box, input));
            case Kind::condition:
                return put(holder, box, condition(input));
            case Kind::rows:
                return put(holder, box, rows(box, input));
            default:
                return put(holder, box, line(box, input));
        }
    }

  private:
    std::string text(const std::string& input) const {
        auto found = typed_.find(input);
        if (found == typed_.end() || found->second.empty()) return {};
        std::string text(trim(found->second.front()));
        std::erase(text, '\r');
        return text;
    }
    json::value wrong(const std::string& input, std::string_view code) {
        wrong_.push_back({input, code});
        return nullptr;
    }
    // What is not there, or as it would be anyway, is not written down.
    static void put(json::object& holder, const Box& box, json::value value) {
        auto [map, key] = place_of(holder, box.name, !value.is_null());
        if (!map) return;
        bool usual = !box.otherwise.empty() && (plain(&value) == box.otherwise || joined(&value, " ") == box.otherwise);
        if (value.is_null() || (usual && !map->contains(key))) return void(map->erase(key));
        (*map)[key] = std::move(value);
    }

    json::value line(const Box& box, const std::string& input) {
        auto typed = text(input);
        if (typed.empty()) return box.required ? wrong(input, "missing") : nullptr;
        if (typed.size() > (box.kind == Kind::lines ? longest_text : longest_line)) return wrong(input, "too_long");
        if (!box.shape.empty() && !fits_shape(box.shape, typed)) return wrong(input, wrong_shape(box.shape));
        return json::value(typed);
    }
    json::value condition(const std::string& input) {
        auto chosen = text(input);
        if (chosen == "false") return false;
        if (chosen != "when") return true;
        auto when = text(input + ".when");
        return when.empty()                 ? wrong(input + ".when", "missing")
               : when.size() > longest_line ? wrong(input + ".when", "too_long")
                                            : json::value(when);
    }
    static std::string_view wrong_shape(std::string_view shape) {
        return shape == "word"     ? "not_word"
               : shape == "snake"  ? "not_snake"
               : shape == "kebab"  ? "not_kebab"
               : shape == "digits" ? "not_digits"
                                   : "not_code";
    }
    json::value words(const Box& box, const std::string& input) {
        auto zh = text(input + ".zh"), en = text(input + ".en");
        if (zh.empty() && en.empty() && !box.required) return nullptr;
        if (zh.empty()) wrong(input + ".zh", "missing");
        if (en.empty()) wrong(input + ".en", "missing_english");
        for (auto [typed, part] : {std::pair(&zh, ".zh"), std::pair(&en, ".en")})
            if (typed->size() > longest_text) wrong(input + part, "too_long");
        return json::object{{"zh", zh}, {"en", en}};
    }
    json::value texts(const Box& box, const std::string& input) {
        json::array all;
        auto typed = text(input);
        for (auto one : split(typed, '\n'))
            if (auto trimmed = trim(one); !trimmed.empty()) all.push_back(json::value(trimmed));
        if (all.empty()) return box.required ? wrong(input, "missing") : nullptr;
        return all.size() > 200 || typed.size() > longest_text ? wrong(input, "too_long") : json::value(std::move(all));
    }
    json::value pairs(const std::string& input) {
        json::object all;
        auto typed = text(input);
        for (auto one : split(typed, '\n')) {
            if (trim(one).empty()) continue;
            auto equals = one.find('=');
            if (equals == std::string_view::npos || trim(one.substr(0, equals)).empty()) return wrong(input, "not_pairs");
            auto value = from_a_line(trim(one.substr(equals + 1)));
            if (!value) return wrong(input, "not_pairs");
            all[trim(one.substr(0, equals))] = std::move(*value);
        }
        return all.empty() ? json::value() : json::value(std::move(all));
    }
    json::value number(const Box& box, const std::string& input) {
        auto typed = text(input);
        if (typed.empty()) return box.required ? wrong(input, "missing") : nullptr;
        int64_t value = 0;
        auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), value);
        if (error != std::errc() || end != typed.data() + typed.size()) return wrong(input, "not_number");
        return value < box.low || value > box.high ? wrong(input, "out_of_range") : json::value(value);
    }
    json::value money(const std::string& input) {
        auto typed = text(input);
        if (typed.empty()) return nullptr;
        auto point = typed.find('.');
        auto digits = [](std::string_view part) {
            return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
        };
        bool sound = point == std::string::npos
                         ? digits(typed)
                         : digits(typed.substr(0, point)) && digits(typed.substr(point + 1)) && typed.size() - point <= 3;
        if (!sound || typed.size() > 12) return wrong(input, "not_money");
        if (point == std::string::npos) return json::value(static_cast<int64_t>(std::stoll(typed)));
        return json::value(typed);
    }
    json::value flag(const Box&, const std::string& input) { return text(input) == "true"; }
    json::value one_of(const Box& box, const std::string& input) {
        auto typed = text(input);
        if (typed.empty()) return box.required ? wrong(input, "choose") : nullptr;
        bool known = std::ranges::any_of(box.options, [&](auto& option) { return option.value == typed; });
        return known ? json::value(typed) : wrong(input, "choose");
    }
    json::value some_of(const Box& box, const std::string& input) {
        json::array all;
        auto found = typed_.find(input);
        if (found != typed_.end())
            for (auto& one : found->second)
                if (std::ranges::find(box.options, one, &Option::value) != box.options.end() &&
                    std::ranges::find(all, json::value(one)) == all.end())
                    all.push_back(json::value(one));
        if (all.empty()) return box.required ? wrong(input, "choose") : nullptr;
        return all;
    }
    // A row in which nothing is written is no row.
    json::value rows(const Box& box, const std::string& input) {
        if (typed_.contains(input)) return pasted(box, input);
        json::array all;
        for (size_t at = 0; at < most_box_rows; ++at) {
            auto prefix = fmt::format("{}.{}.", input, at);
            auto first = typed_.lower_bound(prefix);
            bool there = false;
            for (; first != typed_.end() && first->first.starts_with(prefix); ++first)
                there |= std::ranges::any_of(first->second, [](auto& one) { return !trim(one).empty(); });
            if (!there) continue;
            json::object row;
            for (auto& inner : box.within) take(inner, row, prefix);
            all.push_back(std::move(row));
        }
        return all.empty() ? json::value() : json::value(std::move(all));
    }
    // A row a line: each is read as a row of boxes would be, and the first that is wrong is told.
    json::value pasted(const Box& box, const std::string& input) {
        auto found = typed_.find(input);
        auto& text = found->second.front();
        if (text.size() > longest_pasted) return wrong(input, "too_long");
        json::array all;
        size_t number = 0;
        for (auto line : split(text, '\n')) {
            ++number;
            if (trim(line).empty()) continue;
            if (all.size() == most_pasted_rows) return wrong(input, "too_long");
            auto cells = cells_of(box, line);
            std::vector<Wrong> of_row;
            Taker taker(cells, of_row);
            json::object row;
            for (auto& inner : box.within) taker.take(inner, row, "row.");
            if (!of_row.empty()) {
                wrong_.push_back({input, "in_line", {fmt::format("{}", number), fmt::format("{}", number)}});
                return nullptr;
            }
            all.push_back(std::move(row));
        }
        return all.empty() ? json::value() : json::value(std::move(all));
    }
    static Typed cells_of(const Box& box, std::string_view line) {
        auto cells = split(line, '\t');
        Typed typed;
        size_t at = 0;
        for (auto& name : cell_names(box)) {
            if (at < cells.size() && !trim(cells[at]).empty()) typed["row." + name] = {std::string(trim(cells[at]))};
            ++at;
        }
        return typed;
    }

    const Typed& typed_;
    std::vector<Wrong>& wrong_;
};

}  // namespace

std::string as_lines(const Box& box, const Typed& typed) {
    auto names = cell_names(box);
    auto input = box.name + ".";
    size_t rows = 0;
    for (auto& [name, values] : typed)
        if (name.starts_with(input)) rows = std::max<size_t>(rows, static_cast<size_t>(std::atoi(name.c_str() + input.size())) + 1);
    std::string text;
    for (size_t at = 0; at < rows; ++at) {
        std::string line;
        for (auto& name : names) {
            auto found = typed.find(fmt::format("{}{}.{}", input, at, name));
            auto cell = found == typed.end() || found->second.empty() ? std::string() : found->second.front();
            std::ranges::replace_if(
                cell, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
            line += (&name == &names.front() ? "" : "\t") + cell;
        }
        line.resize(line.find_last_not_of('\t') + 1);
        if (!line.empty()) text += line + "\n";
    }
    if (!text.empty()) text.pop_back();
    return text;
}

bool means_something(const Box& box, const Typed& typed) {
    if (box.only_for.empty()) return true;
    auto kind = typed.find("kind");
    if (kind == typed.end() || kind->second.empty() || kind->second.front().empty()) return true;
    return std::ranges::any_of(split(box.only_for, ' '), [&](auto one) { return one == kind->second.front(); });
}

Typed typed_of(const Part& part, const json::object& holder) {
    Typed typed;
    for (auto& box : part.boxes) show(box, holder, "", typed);
    return typed;
}

std::vector<Wrong> put(const Part& part, const Typed& typed, json::object& holder) {
    std::vector<Wrong> wrong;
    auto written = holder;
    Taker taker(typed, wrong);
    for (auto& box : part.boxes) taker.take(box, written, "");
    if (wrong.empty()) holder = std::move(written);
    return wrong;
}

}  // namespace yimen::editing
