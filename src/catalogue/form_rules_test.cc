#include <gmock/gmock.h>

#include "catalogue/testing.h"

namespace yimen::catalogue {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
constexpr Date today{std::chrono::year(2026), std::chrono::November, std::chrono::day(24)};

// An item with one field, given as it would stand in form.yaml.
ItemVersion with_field(std::string_view field) {
    auto& item = embedded_catalogue().items.front();
    auto stored = item.stored;
    stored["form"] =
        read_yaml("form", fmt::format("sections:\n  - name: s\n    title: {{zh: 段, en: Section}}\n    fields:\n      - {}\n", field))
            .value()
            .value;
    auto read = read_stored(stored, "test");
    if (!read) throw std::logic_error(to_text(read.error().front()));
    return *read;
}

std::string wrong(std::string_view kind, boost::json::value value) {
    auto item = with_field(fmt::format("{{name: f, label: {{zh: 栏, en: Field}}, kind: {}}}", kind));
    auto errors = check_form(item, {}, {{"f", std::move(value)}}, {}, today);
    if (errors.empty()) return "";
    EXPECT_EQ(errors.front().field, "f");
    EXPECT_FALSE(errors.front().message.zh.empty());
    return errors.front().message.en;
}

TEST(Form, SaysOfEachKindWhatIsMissing) {
    for (auto kind : {"text", "long_text", "number", "money", "phone", "credit_code", "resident_number", "address"})
        EXPECT_EQ(wrong(kind, "  "), "Field: fill this in") << kind;
    EXPECT_EQ(wrong("date", nullptr), "Field: enter a date");
    EXPECT_EQ(wrong("yes_no", nullptr), "Field: choose one");
    EXPECT_EQ(wrong("declaration", nullptr), "Field: read it and tick the box");
    EXPECT_EQ(wrong("declaration", "no"), "Field: read it and tick the box");
}

TEST(Form, TakesWhatIsRight) {
    EXPECT_EQ(wrong("text", "中式正餐"), "");
    EXPECT_EQ(wrong("long_text", "一\n二"), "");
    EXPECT_EQ(wrong("number", "12.5"), "");
    EXPECT_EQ(wrong("money", "1200.50"), "");
    EXPECT_EQ(wrong("date", "2026-11-24"), "");
    EXPECT_EQ(wrong("yes_no", "no"), "");
    EXPECT_EQ(wrong("phone", "13800000000"), "");
    EXPECT_EQ(wrong("phone", "021-12345678"), "");
    EXPECT_EQ(wrong("credit_code", "91110000802100433B"), "");
    EXPECT_EQ(wrong("address", "南桥镇解放东路1号"), "");
    EXPECT_EQ(wrong("declaration", "yes"), "");
}

TEST(Form, SaysHowToMendWhatIsWrong) {
    EXPECT_THAT(wrong("text", "a\nb"), HasSubstr("cannot be read"));
    EXPECT_THAT(wrong("text", boost::json::string(201, 'x')), HasSubstr("at most 200 characters; it has 201"));
    EXPECT_THAT(wrong("number", "十二"), HasSubstr("enter a number only"));
    EXPECT_THAT(wrong("money", "1.005"), HasSubstr("at most two places"));
    EXPECT_THAT(wrong("date", "2026-02-30"), HasSubstr("real date"));
    EXPECT_THAT(wrong("yes_no", "maybe"), HasSubstr("choose yes or no"));
    EXPECT_THAT(wrong("phone", "12345"), HasSubstr("mobile number of 11 digits"));
    EXPECT_THAT(wrong("address", "南桥镇"), HasSubstr("whole address"));
    EXPECT_NE(wrong("credit_code", "91110000802100433C"), "");
    EXPECT_NE(wrong("resident_number", "310120199002301234"), "");
    EXPECT_THAT(wrong("text", 12), HasSubstr("fill this in again"));
}

TEST(Form, KeepsNumbersAndDatesWithinTheirRange) {
    auto number = with_field("{name: f, label: {zh: 栏, en: Field}, kind: number, low: 1, high: 10}");
    auto check = [&](const ItemVersion& item, const char* value) { return check_form(item, {}, {{"f", value}}, {}, today); };
    EXPECT_THAT(check(number, "1"), IsEmpty());
    EXPECT_EQ(check(number, "10.000001").front().message.zh, "栏：数字应在 1 到 10 之间");
    EXPECT_EQ(check(number, "0.999999").size(), 1u);
    auto date = with_field("{name: f, label: {zh: 栏, en: Field}, kind: date, low: 0, high: 30}");
    EXPECT_THAT(check(date, "2026-11-24"), IsEmpty());
    EXPECT_EQ(check(date, "2026-11-23").front().message.en, "Field: not before 24 November 2026");
    EXPECT_EQ(check(date, "2026-12-25").front().message.zh, "栏：不能晚于 2026年12月24日");
}

TEST(Form, TakesOnlyChoicesThatAreOffered) {
    auto item = with_field("{name: f, label: {zh: 栏, en: F}, kind: choices, choices: [{value: a, label: {zh: 甲, en: A}}]}");
    auto errors = [&](boost::json::value value) { return check_form(item, {}, {{"f", std::move(value)}}, {}, today).size(); };
    EXPECT_EQ(errors(boost::json::array{"a"}), 0u);
    EXPECT_EQ(errors(boost::json::array{"a", "b"}), 1u);
    EXPECT_EQ(errors(boost::json::array{}), 1u);
    EXPECT_EQ(errors(boost::json::array{1}), 1u);
}

TEST(Form, ChecksOnlyFieldsThatAreShown) {
    auto& item = embedded_item("drainage-permit-new");
    auto fields = [&](const Answers& answers, size_t section) {
        std::vector<std::string> names;
        for (auto& error : check_form(item, section, {}, answers, today)) names.push_back(error.field);
        return names;
    };
    EXPECT_THAT(fields({{"premises", "construction"}}, 2), ElementsAre("site_address", "activity", "construction_from", "construction_to"));
    EXPECT_THAT(fields({{"premises", "food"}}, 2), ElementsAre("site_address", "floor_area", "activity"));
}

TEST(Form, ShowsAFieldWhenAnotherValueAsksForIt) {
    auto& item = embedded_item("drainage-permit-new");
    auto& address = *item.field("delivery_address");
    EXPECT_TRUE(shown(item, address, {{"delivery", "courier"}}, {}));
    EXPECT_FALSE(shown(item, address, {{"delivery", "none"}}, {}));
    EXPECT_FALSE(shown(item, address, {}, {}));
}

TEST(Form, IsFilledFromWhatIsKnown) {
    auto& item = embedded_item("drainage-permit-new");
    auto values = prefill(item, {{"organisation.name", "上海某某餐饮有限公司"}, {"person.phone", ""}}, {{"daily_discharge", "8"}});
    EXPECT_EQ(values, (Values{{"organisation_name", "上海某某餐饮有限公司"}, {"daily_water", "8"}}));
}

TEST(Form, OfTheDrainagePermitHasAboutTwentyFieldsAndMostOfTheCommonOnesAreFilledIn) {
    auto& item = embedded_item("drainage-permit-new");
    size_t fields = 0;
    for (auto& section : item.form) fields += section.fields.size();
    EXPECT_GE(fields, 20u);
    Facts facts{{"organisation.name", "甲"},
                {"organisation.credit_code", "91110000802100433B"},
                {"organisation.address", "乙路1号楼"},
                {"organisation.legal_representative", "丙"},
                {"person.name", "丁"},
                {"person.phone", "13800000000"}};
    EXPECT_GE(prefill(item, facts, {{"daily_discharge", "8"}}).size(), 8u);
}

}  // namespace
}  // namespace yimen::catalogue
