#include "rules/builtins.h"

// DMN 1.5, 10.3.4.4 and 10.3.4.8: list functions that make another list; sort.
namespace yimen::rules {

namespace {

using Items = std::vector<Value>;

// A position as FEEL counts them, from 1 or from the end by -1; nothing outside of the list.
std::optional<size_t> position(const Value& n, size_t size) {
    auto i = n.number().integer();
    auto all = int64_t(size);
    if (!i || *i == 0 || *i > all || *i < -all) return {};
    return size_t(*i > 0 ? *i - 1 : all + *i);
}

Value outside(Run& run) { return run.null("a position is outside of the list", "位置超出列表范围"); }

Value sublist(Run& run, Arguments a) {
    auto& list = a[0].list();
    auto from = position(a[1], list.size());
    if (!from) return outside(run);
    size_t count = list.size() - *from;
    if (!a[2].null()) {
        auto n = a[2].number().truncated();
        if (!n || *n < 1 || *n > int64_t(count)) return outside(run);
        count = size_t(*n);
    }
    return run.list(Items(list.begin() + *from, list.begin() + *from + count));
}

// The items of the list in the first argument and of those behind it.
Value append(Run& run, const Value& list, std::span<Value> more) {
    Items out = list.list();
    for (auto& v : more) out.push_back(v);
    return run.list(std::move(out));
}

bool gather(Run& run, const Value& lists, Items& out) {
    for (auto& one : lists.list()) {
        if (!run.step(one.is(Kind::list) ? one.list().size() + 1 : 1)) return false;
        if (one.null()) return run.null("null is no list", "空值不是列表"), false;
        if (one.is(Kind::list))
            out.insert(out.end(), one.list().begin(), one.list().end());
        else
            out.push_back(one);
        if (out.size() > run.limits.weight) return run.stop("the limit of a value's size", "数值规模上限"), false;
    }
    return true;
}

Value distinct(Run& run, Items items) {
    Items out;
    for (auto& item : items) {
        if (!run.step((out.size() + 1) * item.weight())) return {};
        if (std::ranges::none_of(out, [&](auto& other) { return same_value(other, item); })) out.push_back(std::move(item));
    }
    return run.list(std::move(out));
}

Value concatenate(Run& run, Arguments a) {
    Items out;
    return gather(run, a[0], out) ? run.list(std::move(out)) : Value();
}
Value union_of(Run& run, Arguments a) {
    Items out;
    return gather(run, a[0], out) ? distinct(run, std::move(out)) : Value();
}
Value distinct_values(Run& run, Arguments a) { return distinct(run, a[0].list()); }

Value append_one(Run& run, Arguments a) { return append(run, a[0], a.subspan(1)); }
Value append_all(Run& run, Arguments a) {
    // Called with everything in one list: the first of it is the list.
    auto& all = a[0].list();
    if (all.empty()) return {};
    if (all[0].null()) return run.null("append() needs a list", "append() 需要列表");
    Value first = all[0].is(Kind::list) ? all[0] : run.list({all[0]});
    Items more(all.begin() + 1, all.end());
    return append(run, first, more);
}

Value insert_before(Run& run, Arguments a) {
    auto at = position(a[1], a[0].list().size());
    if (!at) return outside(run);
    Items out = a[0].list();
    out.insert(out.begin() + *at, a[2]);
    return run.list(std::move(out));
}
Value remove(Run& run, Arguments a) {
    auto at = position(a[1], a[0].list().size());
    if (!at) return outside(run);
    Items out = a[0].list();
    out.erase(out.begin() + *at);
    return run.list(std::move(out));
}
Value replace_at(Run& run, Arguments a) {
    auto at = position(a[1], a[0].list().size());
    if (!at) return outside(run);
    Items out = a[0].list();
    out[*at] = a[2];
    return run.list(std::move(out));
}
Value replace_where(Run& run, Arguments a) {
    Items out = a[0].list();
    if (!a[1].function().takes(2)) return run.null("list replace() needs a function of two", "list replace() 需要两个参数的函数");
    for (auto& item : out) {
        Value both[] = {item, a[2]};
        auto hit = a[1].function().call(run, both);
        if (!hit.is(Kind::boolean)) return run.null("the function of list replace() gives no truth", "list replace() 的函数须返回布尔值");
        if (hit.is_true()) item = a[2];
    }
    return run.list(std::move(out));
}
Value reverse(Run& run, Arguments a) { return run.list(Items(a[0].list().rbegin(), a[0].list().rend())); }

bool flatten_into(Run& run, const Value& list, Items& out) {
    for (auto& item : list.list()) {
        if (!run.step()) return false;
        if (!item.is(Kind::list))
            out.push_back(item);
        else if (!flatten_into(run, item, out))
            return false;
    }
    return true;
}
Value flatten(Run& run, Arguments a) {
    Items out;
    return flatten_into(run, a[0], out) ? run.list(std::move(out)) : Value();
}

// By merging, which stays within the list whatever the function says.
Value sort(Run& run, Arguments a) {
    Items items = a[0].list();
    auto before = [&](const Value& x, const Value& y) {
        Value both[] = {x, y};
        return a[1].function().call(run, both).is_true();
    };
    if (!a[1].function().takes(2)) return run.null("sort() needs a function of two", "sort() 需要两个参数的函数");
    Items spare(items.size());
    for (size_t width = 1; width < items.size() && !run.stopped; width *= 2) {
        for (size_t low = 0; low < items.size(); low += 2 * width) {
            size_t middle = std::min(low + width, items.size()), high = std::min(low + 2 * width, items.size());
            size_t i = low, j = middle, k = low;
            while (i < middle && j < high && run.step()) spare[k++] = before(items[j], items[i]) ? items[j++] : items[i++];
            while (i < middle) spare[k++] = items[i++];
            while (j < high && k < high) spare[k++] = items[j++];
        }
        items.swap(spare);
    }
    return run.list(std::move(items));
}

}  // namespace

std::span<const Definition> list_change_builtins() {
    static constexpr Definition functions[] = {
        {"sublist", "list:l, start position:n, length:n?", sublist},
        {"append", "list:l, item:a", append_one},
        {"append", "list:l*", append_all},
        {"concatenate", "list:l*", concatenate},
        {"insert before", "list:l, position:n, newItem:a", insert_before},
        {"remove", "list:l, position:n", remove},
        {"reverse", "list:l", reverse},
        {"union", "list:l*", union_of},
        {"distinct values", "list:l", distinct_values},
        {"flatten", "list:l", flatten},
        {"sort", "list:l, precedes:f", sort},
        {"list replace", "list:l, position:n, newItem:a", replace_at},
        {"list replace", "list:l, match:f, newItem:a", replace_where},
    };
    return functions;
}

}  // namespace yimen::rules
