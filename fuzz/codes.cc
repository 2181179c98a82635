#include "base/codes.h"
#include "base/id.h"
#include "crypto/crypto.h"
#include "fuzz.h"

// Any bytes as an identifier, a date or a token: a refusal names a character within them and has a sentence in both languages; what is
// accepted reads the same again from its own text, and with any one character exchanged it is refused, since that is what
// check characters are for.
namespace {

using namespace yimen;
using fuzz::must;

const Date today(std::chrono::year(2026), std::chrono::month(11), std::chrono::day(24));

template <class Code, class Parse>
void check(std::string_view typed, bool has_check_character, Parse parse) {
    auto read = parse(typed);
    if (!read) {
        must(read.error().position <= typed.size());
        for (auto language : {Language::zh, Language::en}) must(valid_utf8(describe(read.error(), language)));
        return;
    }
    auto text = read->text();
    auto again = parse(text);
    must(again && again->text() == text && text.size() <= typed.size());
    if (!has_check_character) return;
    for (size_t i = 0; i < text.size(); ++i)
        for (char other : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
            if (other == text[i] || text[i] == '.') continue;
            auto changed = text;
            changed[i] = other;
            must(!parse(changed));
        }
}

void check_codes(std::string_view typed) {
    check<Division>(typed, false, [](std::string_view t) { return Division::parse(t); });
    check<ResidentNumber>(typed, true, [](std::string_view t) { return ResidentNumber::parse(t, today); });
    check<CreditCode>(typed, true, [](std::string_view t) { return CreditCode::parse(t); });
    check<TaskCode>(typed, false, [](std::string_view t) { return TaskCode::parse(t); });
    check<LicenceIdentifier>(typed, true, [](std::string_view t) { return LicenceIdentifier::parse(t); });
    check<CaseNumber>(typed, true, [](std::string_view t) { return CaseNumber::parse(t); });
    if (auto number = ResidentNumber::parse(typed, today)) {
        must(number->born() <= today && number->born().ok() && number->masked().substr(6, 8) == "********");
        must(number->masked().find(number->text().substr(6, 8)) == std::string::npos);
    }
    if (auto number = CaseNumber::parse(typed)) must(CaseNumber::parse(number->printed()) == number);
}

void check_dates(std::string_view typed) {
    if (auto date = parse_date(typed)) must(date->ok() && to_iso(*date) == typed);
    if (auto at = parse_instant(typed)) {
        auto second = std::chrono::floor<std::chrono::seconds>(*at);
        if (shanghai_date(*at).year() <= std::chrono::year(9999)) must(parse_instant(to_iso(*at)) == Instant(second));
    }
}

void check_encodings(std::string_view typed) {
    if (auto id = parse_id_text(typed)) must(parse_id_text(id_text(*id)) == id && *id >= 0 && id_text(*id).size() == 13);
    if (auto bytes = crypto::from_base64url(typed)) must(crypto::base64url(*bytes) == typed);
    if (auto bytes = crypto::from_hex(typed)) must(crypto::hex(*bytes) == lower_ascii(typed));
    must(crypto::from_base64url(crypto::base64url(typed)) == std::string(typed));
    must(crypto::from_hex(crypto::hex(typed)) == std::string(typed));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    auto typed = fuzz::text(data, size);
    check_codes(typed);
    check_dates(typed);
    check_encodings(typed);
    return 0;
}
