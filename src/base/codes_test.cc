#include "base/codes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace yimen {
namespace {

using namespace std::chrono;
using enum CodeError::Kind;

constexpr Date today{2026y / November / 24};

template <class Code>
CodeError error_of(const Result<Code, CodeError>& parsed) {
    EXPECT_FALSE(parsed) << "read " << (parsed ? parsed->text() : "");
    return parsed ? CodeError{structure, 999} : parsed.error();
}
CodeError resident_error(std::string_view text) { return error_of(ResidentNumber::parse(text, today)); }

// Published codes of public bodies (DOMAIN.md).
const char* const credit_codes[] = {"11370800MB28559184", "11330105002500287C", "11430000006122244L",
                                    "113700000045046442", "11100000000013338W", "91110000802100433B"};
const char* const licence_identifiers[] = {"1.2.156.3005.2.11100000000013338W087.11370800MB28559184.37080001202411010001.001.3",
                                           "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.002.S",
                                           "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0"};

TEST(Division, TakesSixDigitsOfAKnownProvince) {
    EXPECT_EQ(Division::parse("310120")->code(), 310120);
    EXPECT_EQ(Division::parse("310120")->text(), "310120");
    EXPECT_EQ(error_of(Division::parse("31012")), (CodeError{length, 5}));
    EXPECT_EQ(error_of(Division::parse("3101200")), (CodeError{length, 6}));
    EXPECT_EQ(error_of(Division::parse("31O120")), (CodeError{character, 2}));
    EXPECT_EQ(error_of(Division::parse("010120")), (CodeError{division, 0}));
    EXPECT_EQ(error_of(Division::parse("380120")), (CodeError{division, 1}));
    EXPECT_EQ(error_of(Division::parse("")), (CodeError{length, 0}));
}

TEST(Division, KnowsThirtyFourProvinces) {
    int known = 0;
    for (int code = 0; code < 100; ++code) known += Division::parse(fmt::format("{:02}0000", code)).has_value();
    EXPECT_EQ(known, 34);
}

TEST(ResidentNumber, TellsBirthSexAndMask) {
    auto number = ResidentNumber::parse("11010519491231002x", today);  // the example of GB 11643
    ASSERT_TRUE(number);
    EXPECT_EQ(number->text(), "11010519491231002X");
    EXPECT_EQ(number->born(), Date(1949y / December / 31));
    EXPECT_FALSE(number->male());
    EXPECT_EQ(number->masked(), "110105********002X");
}

TEST(ResidentNumber, NamesTheWrongCharacter) {
    EXPECT_EQ(resident_error("1101051949123100"), (CodeError{length, 16}));
    EXPECT_EQ(resident_error("11010519491231002X1"), (CodeError{length, 18}));
    EXPECT_EQ(resident_error("1101O519491231002X"), (CodeError{character, 4}));
    EXPECT_EQ(resident_error("1101051949123100XX"), (CodeError{character, 16}));
    EXPECT_EQ(resident_error("11010519491231002Y"), (CodeError{character, 17}));
    EXPECT_EQ(resident_error("19010519491231002X"), (CodeError{division, 1}));
    EXPECT_EQ(resident_error("110105194912310021"), (CodeError{check, 17}));
    EXPECT_EQ(resident_error("1１0105194912310021"), (CodeError{character, 1})) << "a full-width digit";
}

TEST(ResidentNumber, RefusesDatesThatAreNone) {
    EXPECT_EQ(resident_error("11010500001231002X"), (CodeError{date, 6}));
    EXPECT_EQ(resident_error("11010519491331002X"), (CodeError{date, 10}));
    EXPECT_EQ(resident_error("11010519490230002X"), (CodeError{date, 12}));
    EXPECT_EQ(resident_error("11010520230229002X"), (CodeError{date, 12})) << "no leap year";
}

// The number of somebody born that day, with the check character GB 11643 asks for.
std::string born_on(std::string_view date) {
    for (char c : std::string_view("0123456789X"))
        if (auto n = ResidentNumber::parse(fmt::format("310120{}001{}", date, c), Date(2100y / January / 1))) return n->text();
    return "";
}

TEST(ResidentNumber, RefusesBirthsAfterToday) {
    EXPECT_TRUE(ResidentNumber::parse(born_on("20261124"), today));
    EXPECT_EQ(resident_error(born_on("20261125")), (CodeError{date, 6}));
}

TEST(CreditCode, TakesPublishedCodes) {
    for (std::string text : credit_codes) {
        ASSERT_TRUE(CreditCode::parse(text)) << text;
        EXPECT_EQ(CreditCode::parse(text)->text(), text);
        EXPECT_EQ(CreditCode::parse(lower_ascii(text))->text(), text);
    }
}

TEST(CreditCode, SeesEverySingleWrongCharacterAndSwap) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    for (const std::string text : credit_codes) {
        for (size_t i = 0; i < text.size(); ++i)
            for (char c : alphabet) {
                std::string changed = text;
                changed[i] = c;
                EXPECT_EQ(CreditCode::parse(changed).has_value(), changed == text) << changed;
            }
        for (size_t i = 0; i + 1 < text.size(); ++i) {
            std::string swapped = text;
            std::swap(swapped[i], swapped[i + 1]);
            EXPECT_EQ(CreditCode::parse(swapped).has_value(), swapped == text) << swapped;
        }
    }
}

TEST(CreditCode, NamesTheWrongCharacter) {
    EXPECT_EQ(error_of(CreditCode::parse("11330105002500287")), (CodeError{length, 17}));
    EXPECT_EQ(error_of(CreditCode::parse("11330105002500287CC")), (CodeError{length, 18}));
    EXPECT_EQ(error_of(CreditCode::parse("1I330105002500287C")), (CodeError{character, 1})) << "I is not in the alphabet";
    EXPECT_EQ(error_of(CreditCode::parse("11A30105002500287C")), (CodeError{character, 2})) << "a division has digits only";
    EXPECT_EQ(error_of(CreditCode::parse("11330105002500287D")), (CodeError{check, 17}));
}

TEST(TaskCode, IsAuthorityLevelAndBasicCode) {
    auto code = TaskCode::parse("1145072100811537184452004020000");
    ASSERT_TRUE(code) << describe(code.error(), Language::en);
    auto authority = CreditCode::parse("114507210081153718");
    ASSERT_TRUE(authority);
    EXPECT_EQ(TaskCode::make(*authority, 4, "452004020000"), *code);
    EXPECT_THROW(TaskCode::make(*authority, 7, "452004020000"), std::invalid_argument);
    EXPECT_THROW(TaskCode::make(*authority, 4, "45200402000"), std::invalid_argument);
}

TEST(TaskCode, NamesTheWrongCharacter) {
    EXPECT_EQ(error_of(TaskCode::parse("1145072100811537187452004020000")), (CodeError{character, 18})) << "levels are 1–6";
    EXPECT_EQ(error_of(TaskCode::parse("1145072100811537194452004020000")), (CodeError{check, 17}));
    EXPECT_EQ(error_of(TaskCode::parse("114507210081153718445200402000-")), (CodeError{character, 30}));
    EXPECT_EQ(error_of(TaskCode::parse("114507210081153718445200402000")), (CodeError{length, 30}));
    EXPECT_EQ(error_of(TaskCode::parse("11450721008115371844520040200001")), (CodeError{length, 31}));
    EXPECT_EQ(error_of(TaskCode::parse("1145")), (CodeError{length, 4}));
}

TEST(LicenceIdentifier, TakesPublishedIdentifiers) {
    for (std::string text : licence_identifiers) {
        auto parsed = LicenceIdentifier::parse(text);
        ASSERT_TRUE(parsed) << text << describe(parsed.error(), Language::en);
        EXPECT_EQ(parsed->text(), text);
    }
}

TEST(LicenceIdentifier, IsMadeFromItsParts) {
    auto issuer = *CreditCode::parse("11430000006122244L");
    EXPECT_EQ(LicenceIdentifier::make("11100000000013338W011", issuer, "20230000403", 2).text(), licence_identifiers[1]);
    EXPECT_THROW(LicenceIdentifier::make("11100000000013338W011", issuer, "", 2), std::invalid_argument);
    EXPECT_THROW(LicenceIdentifier::make("11100000000013338W011", issuer, "1", 1000), std::invalid_argument);
    EXPECT_THROW(LicenceIdentifier::make("11100000000013338W011", issuer, "1.2", 1), std::invalid_argument);
    EXPECT_THROW(LicenceIdentifier::make("11100000000013338X011", issuer, "1", 1), std::invalid_argument);
}

TEST(LicenceIdentifier, SeesEverySingleWrongCharacter) {
    const std::string text = licence_identifiers[2];
    for (size_t i = 0; i < text.size(); ++i)
        for (char c : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.-")) {
            std::string changed = text;
            changed[i] = c;
            EXPECT_EQ(LicenceIdentifier::parse(changed).has_value(), changed == text) << changed;
        }
}

TEST(LicenceIdentifier, NamesTheWrongCharacter) {
    const std::string good = licence_identifiers[2];
    auto error = [](std::string_view text) { return error_of(LicenceIdentifier::parse(text)); };
    EXPECT_EQ(error(good.substr(0, 5)), (CodeError{length, 5}));
    EXPECT_EQ(error("1.2.157" + good.substr(7)), (CodeError{structure, 6}));
    EXPECT_EQ(error(good.substr(0, good.size() - 2)), (CodeError{length, good.size() - 2}));
    EXPECT_EQ(error(good + "0"), (CodeError{length, good.size()}));
    EXPECT_EQ(error(good + ".0"), (CodeError{length, good.size()}));
    EXPECT_EQ(error("1.2.156.3005.2.1110.x"), (CodeError{structure, 19})) << "the type code ends too early";
    EXPECT_EQ(error(good.substr(0, good.size() - 1) + "1"), (CodeError{check, good.size() - 1}));
}

TEST(CaseNumber, IsDivisionDateSequenceAndCheck) {
    auto number = CaseNumber::make(Division(310120), 2026y / November / 24, 123);
    EXPECT_EQ(number.text().substr(0, 20), "31012020261124000123");
    EXPECT_EQ(number.text().back(), mod37_36("31012020261124000123"));
    EXPECT_EQ(number.printed(), "310120-20261124-000123-" + number.text().substr(20));
    EXPECT_EQ(CaseNumber::parse(number.text()), number);
    EXPECT_EQ(CaseNumber::parse(number.printed()), number);
    EXPECT_EQ(CaseNumber::parse(lower_ascii(number.printed())), number);
    EXPECT_THROW(CaseNumber::make(Division(310120), 2026y / November / 24, 0), std::invalid_argument);
    EXPECT_THROW(CaseNumber::make(Division(310120), 2026y / November / 24, 1000000), std::invalid_argument);
    EXPECT_THROW(CaseNumber::make(Division(990120), 2026y / November / 24, 1), std::invalid_argument);
    EXPECT_THROW(CaseNumber::make(Division(310120), 2026y / February / 30, 1), std::invalid_argument);
}

TEST(CaseNumber, NamesTheWrongCharacterWhereItWasTyped) {
    const std::string good = CaseNumber::make(Division(310120), 2026y / November / 24, 123).text();
    auto error = [](std::string_view text) { return error_of(CaseNumber::parse(text)); };
    EXPECT_EQ(error("310120"), (CodeError{length, 6}));
    EXPECT_EQ(error(good + "0"), (CodeError{length, 21}));
    EXPECT_EQ(error("31O" + good.substr(3)), (CodeError{character, 2}));
    EXPECT_EQ(error("380120" + good.substr(6)), (CodeError{division, 1}));
    EXPECT_EQ(error("310120-20261324-000123-0"), (CodeError{date, 11}));
    EXPECT_EQ(error("310120-20261124-000000-0"), (CodeError{structure, 16}));
    EXPECT_EQ(error("310120-202611240-00123-0"), (CodeError{character, 15}));
    EXPECT_EQ(error("310120-20261124-000123-*"), (CodeError{character, 23}));
    std::string wrong_check = CaseNumber::parse(good)->printed();
    wrong_check.back() = wrong_check.back() == '0' ? '1' : '0';
    EXPECT_EQ(error(wrong_check), (CodeError{check, 23}));
}

TEST(Mod3736, AgreesWithIso7064AndRefusesOtherCharacters) {
    EXPECT_EQ(mod37_36("A12425GABC1234002"), 'M');  // the GRid of ISO/IEC 7064's best known user
    EXPECT_THROW(mod37_36("a"), std::invalid_argument);
}

TEST(CodeError, HasASentenceForPeopleThatCountsFromOne) {
    for (auto kind : {length, character, division, date, check, structure}) {
        EXPECT_THAT(describe({kind, 6}, Language::zh), testing::HasSubstr(" 7 "));
        EXPECT_THAT(describe({kind, 6}, Language::en), testing::HasSubstr("haracter 7"));
    }
}

}  // namespace
}  // namespace yimen
