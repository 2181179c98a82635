#include "catalogue/form_seen.h"

#include "base/text.h"
#include "catalogue/decimal.h"
#include "catalogue/divisions.h"

namespace yimen::catalogue {

namespace {

using Kind = Field::Kind;
using rules::Value;

std::string_view text_of(const boost::json::value* value) {
    auto* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

Value feel_text(std::string_view text) { return text.empty() ? Value() : Value::string(std::string(text)); }

Value feel_number(std::string_view text) {
    auto number = parse_decimal(text) ? rules::Decimal::parse(text) : std::nullopt;
    return number ? Value::number(*number) : Value();
}

Value feel_date(std::string_view text) {
    auto date = parse_date(text);
    if (!date) return {};
    return Value::date({int(date->year()), static_cast<uint8_t>(unsigned(date->month())), static_cast<uint8_t>(unsigned(date->day()))});
}

Value feel_yes_no(std::string_view text) { return text == "yes" || text == "no" ? Value::boolean(text == "yes") : Value(); }

// A kind of several parts is a context of texts; those left open are null.
Value feel_parts(const boost::json::value* value) {
    auto* object = value ? value->if_object() : nullptr;
    if (!object || object->empty()) return {};
    rules::Members members;
    for (auto& [name, part] : *object) members.emplace_back(rules::name_of(name), feel_text(text_of(&part)));
    return Value::context(std::move(members));
}

// `text` is the whole address, and all there is of one that a register keeps as a text.
Value feel_address(const boost::json::value* value) {
    auto text = address_text(value, Language::zh);
    if (text.empty()) return {};
    rules::Members members;
    for (auto* part : {"division", "town", "street"})
        members.emplace_back(rules::name_of(part), feel_text(value->is_object() ? text_of(value->get_object().if_contains(part)) : ""));
    members.emplace_back(rules::name_of("text"), Value::string(text));
    return Value::context(std::move(members));
}

Value feel_row(const Field& table, const boost::json::value& row) {
    rules::Members members;
    auto* cells = row.if_object();
    for (auto& column : table.columns)
        members.emplace_back(rules::name_of(column.name), feel_value(column, cells ? cells->if_contains(column.name) : nullptr));
    return Value::context(std::move(members));
}

Value feel_list(const Field& field, const boost::json::value* value) {
    auto* array = value ? value->if_array() : nullptr;
    if (!array || array->empty()) return {};
    std::vector<Value> list;
    for (auto& one : *array) {
        if (field.kind == Kind::table)
            list.push_back(feel_row(field, one));
        else if (auto* file = one.if_object())
            list.push_back(feel_text(text_of(file->if_contains("name"))));
        else
            list.push_back(feel_text(text_of(&one)));
    }
    return Value::list(std::move(list));
}

}  // namespace

Value feel_value(const Field& field, const boost::json::value* value) {
    auto text = trim(text_of(value));
    switch (field.kind) {
        case Kind::number:
        case Kind::money:
            return feel_number(text);
        case Kind::date:
            return feel_date(text);
        case Kind::yes_no:
        case Kind::declaration:
            return feel_yes_no(text);
        case Kind::choices:
        case Kind::files:
        case Kind::table:
            return feel_list(field, value);
        case Kind::address:
            return feel_address(value);
        case Kind::person:
        case Kind::organisation:
        case Kind::signature:
            return feel_parts(value);
        default:
            return feel_text(text);
    }
}

boost::json::value kept_value(const Field& field, const Value& value) {
    using Of = rules::Kind;
    switch (field.kind) {
        case Kind::number:
        case Kind::money: {
            if (!value.is(Of::number)) return nullptr;
            auto text = value.number().round(field.kind == Kind::money ? 2 : 6, rules::Rounding::half_up).text();
            return parse_decimal(text) ? boost::json::value(text) : boost::json::value();
        }
        case Kind::date:
            return value.is(Of::date) ? boost::json::value(value.text()) : nullptr;
        case Kind::yes_no:
            if (!value.is(Of::boolean)) return nullptr;
            return value.is_true() ? "yes" : "no";
        default:
            if (!value.is(Of::string) || value.string().empty()) return nullptr;
            return boost::json::value(value.string());
    }
}

Value FormSeen::evaluate(const Formula& formula) {
    return formula.evaluate([this](std::string_view name) { return named(name); }, today_);
}

Value FormSeen::answer(std::string_view name) const {
    auto found = answers_.find(std::string(name));
    if (found == answers_.end()) return {};
    auto* question = item_.question(name);
    if (question && question->kind == Question::Kind::number) return feel_number(found->second);
    if (question && question->kind == Question::Kind::yes_no) return feel_yes_no(found->second);
    return feel_text(found->second);
}

Value FormSeen::named(std::string_view name) {
    auto* field = item_.field(name);
    return field ? value(*field) : answer(name);
}

bool FormSeen::look_whether_shown(const Field& field) {
    for (auto& section : item_.form)
        for (auto& one : section.fields)
            if (&one == &field && section.visible && !evaluate(*section.visible).is_true()) return false;
    return !field.visible || evaluate(*field.visible).is_true();
}

bool FormSeen::shown(const Field& field) {
    auto& state = states_[&field];
    if (state.shown) return *state.shown;
    if (state.looking) return false;
    state.looking = true;
    bool is_shown = look_whether_shown(field);
    auto& after = states_[&field];
    after.looking = false;
    return *(after.shown = is_shown);
}

bool FormSeen::required(const Field& field) { return field.required_when ? evaluate(*field.required_when).is_true() : field.required; }

boost::json::value FormSeen::computed(const Field& field) {
    if (!field.value || !shown(field)) return nullptr;
    auto& state = states_[&field];
    if (state.looking) return nullptr;
    state.looking = true;
    auto value = evaluate(*field.value);
    states_[&field].looking = false;
    return kept_value(field, value);
}

Value FormSeen::value(const Field& field) {
    if (auto found = states_.find(&field); found != states_.end() && found->second.value) return *found->second.value;
    if (!shown(field)) return {};
    Value value;
    if (field.value) {
        auto kept = computed(field);
        value = feel_value(field, &kept);
    } else {
        value = feel_value(field, values_.if_contains(field.name));
    }
    states_[&field].value = value;
    return value;
}

bool shown(const ItemVersion& item, const Field& field, const Values& values, const Answers& answers) {
    return FormSeen(item, values, answers, {}).shown(field);
}

bool required(const ItemVersion& item, const Field& field, const Values& values, const Answers& answers) {
    return FormSeen(item, values, answers, {}).required(field);
}

void compute(const ItemVersion& item, Values& values, const Answers& answers) {
    FormSeen seen(item, values, answers, {});
    std::vector<std::pair<std::string, boost::json::value>> computed;
    for (auto& section : item.form)
        for (auto& field : section.fields)
            if (field.value) computed.emplace_back(field.name, seen.computed(field));
    for (auto& [name, value] : computed) {
        if (value.is_null())
            values.erase(name);
        else
            values[name] = std::move(value);
    }
}

}  // namespace yimen::catalogue
