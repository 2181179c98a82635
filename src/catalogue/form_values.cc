#include "catalogue/form_values.h"

#include "base/codes.h"
#include "base/text.h"
#include "catalogue/decimal.h"
#include "catalogue/divisions.h"

namespace yimen::catalogue {

namespace {

using Kind = Field::Kind;

Text says(const Field& field, std::string_view zh, std::string_view en) {
    return {fmt::format("{}：{}", field.label.zh, zh), fmt::format("{}: {}", field.label.en, en)};
}

}  // namespace

Text missing(const Field& field) {
    switch (field.kind) {
        case Kind::choice:
        case Kind::yes_no:
            return says(field, "请选择一项", "choose one");
        case Kind::choices:
            return says(field, "请至少选择一项", "choose at least one");
        case Kind::declaration:
            return says(field, "请阅读并勾选", "read it and tick the box");
        case Kind::date:
            return says(field, "请填写日期", "enter a date");
        case Kind::table:
            return says(field, "请至少填写一行", "add at least one row");
        case Kind::files:
            return says(field, "请上传文件", "upload a file");
        case Kind::signature:
            return says(field, "请写下姓名", "type the name");
        default:
            return says(field, "请填写", "fill this in");
    }
}

namespace {

Wrong check_text(const Field& field, std::string_view text) {
    const bool lines = field.kind == Kind::long_text;
    auto control = [&](unsigned char c) { return c == 0x7f || (c < 0x20 && !(lines && (c == '\n' || c == '\r' || c == '\t'))); };
    if (!valid_utf8(text) || std::ranges::any_of(text, control))
        return says(field, "含有不能识别的字符，请删除后重新输入", "contains characters that cannot be read; type it again");
    auto length = characters(text);
    if (length > static_cast<size_t>(field.max_characters))
        return says(field, fmt::format("最多 {} 个字，现在有 {} 个，请缩短", field.max_characters, length),
                    fmt::format("at most {} characters; it has {}, shorten it", field.max_characters, length));
    if (field.kind == Kind::address && length < 5)
        return says(field, "请写完整，到路名和门牌号", "give the whole address, with road and number");
    return {};
}

Text range(const Field& field, std::string_view what_zh, std::string_view what_en) {
    if (field.low && field.high)
        return says(field, fmt::format("{}应在 {} 到 {} 之间", what_zh, *field.low, *field.high),
                    fmt::format("{} from {} to {}", what_en, *field.low, *field.high));
    return field.low
               ? says(field, fmt::format("{}不能小于 {}", what_zh, *field.low), fmt::format("{} of at least {}", what_en, *field.low))
               : says(field, fmt::format("{}不能大于 {}", what_zh, *field.high), fmt::format("{} of at most {}", what_en, *field.high));
}

Wrong check_number(const Field& field, std::string_view text) {
    auto value = parse_decimal(text);
    const bool money = field.kind == Kind::money;
    if (!value || (money && *value % 10'000 != 0))
        return money ? says(field, "请填写金额（元），最多两位小数，例如 1200.50",
                            "enter an amount in yuan with at most two places, such as 1200.50")
                     : says(field, "请只填数字，例如 12 或 12.5", "enter a number only, such as 12 or 12.5");
    constexpr int64_t unit = 1'000'000;
    if ((field.low && *value < *field.low * unit) || (field.high && *value > *field.high * unit))
        return range(field, money ? "金额" : "数字", money ? "enter an amount" : "enter a number");
    return {};
}

Wrong check_date(const Field& field, std::string_view text, Date today) {
    auto date = parse_date(text);
    if (!date) return says(field, "请填写实际存在的日期，例如 2026-11-24", "enter a real date, such as 2026-11-24");
    auto days = [&](int64_t n) { return Date(std::chrono::sys_days(today) + std::chrono::days(n)); };
    if (field.low && *date < days(*field.low))
        return says(field, fmt::format("不能早于 {}", for_people(days(*field.low), Language::zh)),
                    fmt::format("not before {}", for_people(days(*field.low), Language::en)));
    if (field.high && *date > days(*field.high))
        return says(field, fmt::format("不能晚于 {}", for_people(days(*field.high), Language::zh)),
                    fmt::format("not after {}", for_people(days(*field.high), Language::en)));
    return {};
}

// A mainland mobile number, or a landline with area code and perhaps an extension: 021-12345678-01.
bool phone(std::string_view text) {
    std::string digits;
    for (char c : text)
        if (c != '-' && c != ' ') digits += c;
    if (std::ranges::any_of(digits, [](char c) { return c < '0' || c > '9'; }) || digits.size() < 10) return false;
    if (digits[0] == '1') return digits.size() == 11 && digits[1] >= '3';
    return digits[0] == '0' && digits[1] != '0' && digits.size() <= 16;
}

Wrong check_one_of(const Field& field, std::string_view text) {
    if (std::ranges::find(field.choices, text, &Choice::value) != field.choices.end()) return {};
    return says(field, "请从列出的选项中选择", "choose from the options shown");
}

Wrong check_code(const Field& field, const tl::expected<void, CodeError>& parsed) {
    if (parsed) return {};
    return says(field, describe(parsed.error(), Language::zh), describe(parsed.error(), Language::en));
}

// Loosely: something, "@", and a domain with a point; only a message sent shows whether an address is one.
bool email(std::string_view text) {
    auto at = text.find('@');
    if (at == 0 || at == std::string_view::npos || text.size() > 254 || text.find('@', at + 1) != std::string_view::npos) return false;
    if (text.find_first_of(" \t\r\n,;<>") != std::string_view::npos) return false;
    auto domain = text.substr(at + 1);
    auto point = domain.find('.');
    return point != std::string_view::npos && point > 0 && domain.back() != '.' && domain.find("..") == std::string_view::npos;
}

}  // namespace

Wrong check_text_value(const Field& field, std::string_view text, Date today) {
    auto nothing = [](auto&&) {};
    switch (field.kind) {
        case Kind::text:
        case Kind::long_text:
        case Kind::address:
            return check_text(field, text);
        case Kind::number:
        case Kind::money:
            return check_number(field, text);
        case Kind::date:
            return check_date(field, text, today);
        case Kind::choice:
        case Kind::choices:
            return check_one_of(field, text);
        case Kind::yes_no:
            return text == "yes" || text == "no" ? Wrong{} : says(field, "请选择“是”或“否”", "choose yes or no");
        case Kind::declaration:
            return text == "yes" ? Wrong{} : missing(field);
        case Kind::phone:
            if (phone(text)) return {};
            return says(field, "请填写 11 位手机号码，或带区号的固定电话，例如 021-12345678",
                        "enter a mobile number of 11 digits, or a landline with its area code, such as 021-12345678");
        case Kind::email:
            if (email(text)) return {};
            return says(field, "请填写完整的邮箱地址，例如 name@example.com", "enter a whole e-mail address, such as name@example.com");
        case Kind::credit_code:
            return check_code(field, CreditCode::parse(text).map(nothing));
        case Kind::resident_number:
            return check_code(field, ResidentNumber::parse(text, today).map(nothing));
        default:
            return says(field, "请重新填写", "fill this in again");
    }
}

}  // namespace yimen::catalogue
