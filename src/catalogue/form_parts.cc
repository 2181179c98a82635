#include "base/text.h"
#include "catalogue/divisions.h"
#include "catalogue/form_values.h"

// Values of several parts: lists, people, organisations, addresses, tables, files, signatures.
namespace yimen::catalogue {

namespace {

using Kind = Field::Kind;
using Errors = std::vector<FormError>;

Field part(std::string name, Text label, Kind kind, int most) {
    Field field;
    field.name = std::move(name);
    field.label = std::move(label);
    field.kind = kind;
    field.max_characters = most;
    return field;
}

Errors one(const Field& field, Text message, std::string part = "") { return {{field.name, std::move(message), std::move(part)}}; }

Text says(const Field& field, std::string_view zh, std::string_view en) {
    return {fmt::format("{}：{}", field.label.zh, zh), fmt::format("{}: {}", field.label.en, en)};
}

Errors unreadable(const Field& field) { return one(field, says(field, "请重新填写", "fill this in again")); }

const boost::json::value* member(const boost::json::object& object, std::string_view name) { return object.if_contains(name); }

void check_part(Errors& errors, const Field& whole, const Field& part, bool required, const boost::json::value* value, std::string place,
                const Text& before, Date today) {
    Wrong wrong;
    if (nothing(value)) {
        if (required) wrong = missing(part);
    } else if (auto* text = value->if_string()) {
        wrong = check_text_value(part, *text, today);
    } else {
        wrong = Text{"请重新填写", "fill this in again"};
    }
    if (wrong) errors.push_back({whole.name, {before.zh + wrong->zh, before.en + wrong->en}, std::move(place)});
}

Errors check_parts(const Field& field, const boost::json::value& value, Date today) {
    auto* object = value.if_object();
    if (!object) return unreadable(field);
    Errors errors;
    Text before{field.label.zh + "，", field.label.en + ", "};
    for (auto& part : parts_of(field.kind))
        check_part(errors, field, part, field.required || part.required, member(*object, part.name), part.name, before, today);
    return errors;
}

// A text comes from a register or a program, and was taken there; what is typed here names its place.
Errors check_address(const Field& field, const boost::json::value& value, Date today) {
    if (auto* text = value.if_string()) {
        auto wrong = check_text_value(field, *text, today);
        return wrong ? one(field, *wrong) : Errors{};
    }
    auto* object = value.if_object();
    auto* street = object ? member(*object, "street") : nullptr;
    if (!object || (street && !street->is_string())) return unreadable(field);
    auto place = place_of(value);
    if (!is_place(place) || *object != address_at(place, street ? std::string_view(street->get_string()) : ""))
        return one(field, says(field, "请选择所在的镇或街道", "choose the town or sub-district"), "place");
    auto road = street ? trim(std::string_view(street->get_string())) : std::string_view();
    if (characters(road) < (place == outside ? 5u : 2u))
        return one(field, says(field, "请写路名和门牌号", "give the road and house number"), "street");
    auto wrong = check_text_value(parts_of(Kind::address).front(), road, today);
    return wrong ? one(field, says(field, wrong->zh, wrong->en), "street") : Errors{};
}

Errors check_table(const Field& field, const boost::json::value& value, Date today) {
    auto* rows = value.if_array();
    if (!rows) return unreadable(field);
    Errors errors;
    auto count = static_cast<int>(rows->size());
    if (count < field.rows_low)
        errors = one(
            field, says(field, fmt::format("至少填写 {} 行", field.rows_low), fmt::format("at least {} rows are needed", field.rows_low)));
    if (count > field.rows_high)
        return one(field, says(field, fmt::format("最多 {} 行", field.rows_high), fmt::format("at most {} rows", field.rows_high)));
    for (int row = 0; row < count; ++row) {
        auto* cells = (*rows)[row].if_object();
        if (!cells) return unreadable(field);
        Text before{fmt::format("{}，第 {} 行，", field.label.zh, row + 1), fmt::format("{}, row {}, ", field.label.en, row + 1)};
        for (auto& column : field.columns)
            check_part(errors, field, column, column.required, member(*cells, column.name), fmt::format("{}-{}", row, column.name), before,
                       today);
    }
    return errors;
}

Errors check_choices(const Field& field, const boost::json::value& value, Date today) {
    auto* several = value.if_array();
    if (!several) return one(field, says(field, "请从列出的选项中选择", "choose from the options shown"));
    for (auto& choice : *several) {
        auto* text = choice.if_string();
        if (!text || check_text_value(field, *text, today))
            return one(field, says(field, "请从列出的选项中选择", "choose from the options shown"));
    }
    return {};
}

// Full-width letters and spaces make no other name.
bool same_name(std::string_view a, std::string_view b) {
    auto plain = [](std::string_view name) {
        auto text = fold(name);
        std::erase(text, ' ');
        return text;
    };
    return plain(a) == plain(b);
}

Errors check_signature(const Field& field, const boost::json::value& value, std::string_view signer) {
    auto* object = value.if_object();
    auto* name = object ? member(*object, "name") : nullptr;
    auto* at = object ? member(*object, "at") : nullptr;
    if (!name || !name->is_string() || !at || !at->is_string()) return unreadable(field);
    if (signer.empty() || same_name(name->get_string(), signer)) return {};
    return one(field,
               says(field, fmt::format("请写申请人本人的姓名：{}", signer), fmt::format("type the applicant's own name: {}", signer)));
}

Errors check_files(const Field& field, const boost::json::value& value) { return value.is_array() ? Errors{} : unreadable(field); }

}  // namespace

bool nothing(const boost::json::value* value) {
    if (!value || value->is_null()) return true;
    if (auto* text = value->if_string()) return trim(std::string_view(*text)).empty();
    if (auto* list = value->if_array()) return list->empty();
    auto* parts = value->if_object();
    return parts && std::ranges::all_of(*parts, [](auto& one) { return nothing(&one.value()); });
}

const std::vector<Field>& parts_of(Kind kind) {
    static const std::vector<Field> person{part("name", {"姓名", "Name"}, Kind::text, 50),
                                           part("number", {"公民身份号码", "Resident identity number"}, Kind::resident_number, 18),
                                           part("phone", {"联系电话", "Telephone"}, Kind::phone, 20)};
    static const std::vector<Field> organisation{
        part("name", {"单位名称", "Name of the organisation"}, Kind::text, 100),
        part("credit_code", {"统一社会信用代码", "Unified social credit code"}, Kind::credit_code, 18)};
    static const std::vector<Field> address{part("street", {"路名和门牌号", "Road and house number"}, Kind::text, 200)};
    static const std::vector<Field> signature{part("name", {"姓名", "Name"}, Kind::text, 50)};
    static const std::vector<Field> none;
    switch (kind) {
        case Kind::person:
            return person;
        case Kind::organisation:
            return organisation;
        case Kind::address:
            return address;
        case Kind::signature:
            return signature;
        default:
            return none;
    }
}

std::vector<FormError> check_value(const Field& field, bool required, const boost::json::value* value, Date today,
                                   std::string_view signer) {
    // An address says that it has a place even where nothing is typed.
    bool open = nothing(value) || (field.kind == Kind::address && address_text(value, Language::zh).empty());
    if (open) return required ? one(field, missing(field)) : Errors{};
    switch (field.kind) {
        case Kind::choices:
            return check_choices(field, *value, today);
        case Kind::person:
        case Kind::organisation:
            return check_parts(field, *value, today);
        case Kind::address:
            return check_address(field, *value, today);
        case Kind::table:
            return check_table(field, *value, today);
        case Kind::files:
            return check_files(field, *value);
        case Kind::signature:
            return check_signature(field, *value, signer);
        default:
            break;
    }
    auto* text = value->if_string();
    auto wrong = text ? check_text_value(field, *text, today) : says(field, "请重新填写", "fill this in again");
    return wrong ? one(field, *wrong) : Errors{};
}

}  // namespace yimen::catalogue
