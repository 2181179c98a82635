#include <gmock/gmock.h>

#include "catalogue/divisions.h"
#include "catalogue/forms.h"
#include "catalogue/standard_form.h"
#include "catalogue/testing.h"

namespace yimen::catalogue {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
constexpr Date today{std::chrono::year(2026), std::chrono::November, std::chrono::day(24)};

// The fields as they would stand in form.yaml, one a line.
Result<ItemVersion, std::vector<Fault>> reading(const std::vector<std::string>& fields) {
    std::string text = "sections:\n  - name: s\n    title: {zh: 段, en: Section}\n    fields:\n";
    for (auto& field : fields) text += fmt::format("      - {{label: {{zh: 栏, en: Field}}, {}}}\n", field);
    auto stored = embedded_catalogue().items.front().stored;
    stored["form"] = read_yaml("form", text).value().value;
    return read_stored(stored, "test");
}

ItemVersion with(const std::vector<std::string>& fields) {
    auto read = reading(fields);
    if (!read) throw std::logic_error(to_text(read.error().front()));
    return *read;
}

std::string fault(const std::vector<std::string>& fields) {
    auto read = reading(fields);
    return read ? "" : read.error().front().message;
}

std::vector<std::string> wrong(const ItemVersion& item, const Values& values, std::string_view signer = {}) {
    std::vector<std::string> found;
    for (auto& error : check_form(item, {}, values, {}, today, signer))
        found.push_back(error.field + (error.part.empty() ? "" : "." + error.part));
    return found;
}

TEST(FormFeel, AFieldIsVisibleOnlyWhereItsFormulaIsTrue) {
    auto item = with({"name: a, kind: number, required: false", "name: b, kind: text, visible: a > 3"});
    auto& b = *item.field("b");
    EXPECT_TRUE(shown(item, b, {{"a", "4"}}, {}));
    EXPECT_FALSE(shown(item, b, {{"a", "3"}}, {}));
    EXPECT_FALSE(shown(item, b, {}, {})) << "null is not true";
    EXPECT_FALSE(shown(item, b, {{"a", "many"}}, {})) << "what is no number is nothing";
}

TEST(FormFeel, WhatIsNotSeenIsNothingToOthers) {
    auto item = with({"name: a, kind: yes_no", "name: b, kind: text, visible: a", "name: c, kind: text, visible: b != null"});
    Values values{{"a", "yes"}, {"b", "x"}};
    EXPECT_TRUE(shown(item, *item.field("c"), values, {}));
    values["a"] = "no";
    EXPECT_FALSE(shown(item, *item.field("c"), values, {}));
}

TEST(FormFeel, AFormulaDecidesWhatMustBeFilledIn) {
    auto item = with({"name: a, kind: number", "name: b, kind: text, required: a >= 10"});
    EXPECT_THAT(wrong(item, {{"a", "9"}}), IsEmpty());
    EXPECT_THAT(wrong(item, {{"a", "10"}}), ElementsAre("b"));
}

TEST(FormFeel, AValueIsComputedFromOthersAndFromOtherComputedOnes) {
    auto item = with({"name: c, kind: money, value: b * 1.06", "name: b, kind: money, value: sum(rows.price)",
                      "name: rows, kind: table, columns: [{name: price, label: {zh: 价, en: Price}, kind: money}]"});
    Values values{{"rows", boost::json::array{{{"price", "10"}}, {{"price", "0.5"}}}}, {"c", "1"}};
    compute(item, values, {});
    EXPECT_EQ(values["b"], "10.5");
    EXPECT_EQ(values["c"], "11.13");
    values["rows"] = boost::json::array();
    compute(item, values, {});
    EXPECT_FALSE(values.contains("c")) << "nothing follows from nothing";
}

TEST(FormFeel, ARuleOverSeveralFieldsIsToldBesideItsOwn) {
    auto item = with({"name: begins, kind: date",
                      "name: ends, kind: date, valid: [{when: ends > begins, message: {zh: 应晚于开始, en: after it begins}}]"});
    EXPECT_THAT(wrong(item, {{"begins", "2026-11-02"}, {"ends", "2026-11-03"}}), IsEmpty());
    EXPECT_EQ(check_form(item, {}, {{"begins", "2026-11-02"}, {"ends", "2026-11-02"}}, {}, today).front().message.zh, "栏：应晚于开始");
    EXPECT_THAT(wrong(item, {{"ends", "2026-11-02"}}), ElementsAre("begins")) << "the one that is open is told of, not the rule";
}

TEST(FormFeel, OnlyRulesOfValidityKnowWhatDayItIs) {
    EXPECT_THAT(fault({"name: a, kind: date, required: today() > date(\"2026-01-01\")"}), HasSubstr("only `valid` may ask"));
    auto item = with({"name: a, kind: date, valid: [{when: a > today(), message: {zh: 晚于今天, en: after today}}]"});
    EXPECT_THAT(wrong(item, {{"a", "2026-11-24"}}), ElementsAre("a"));
    EXPECT_THAT(wrong(item, {{"a", "2026-11-25"}}), IsEmpty());
}

TEST(FormFeel, MistakesAreToldWithTheirPlace) {
    EXPECT_THAT(fault({"name: a, kind: text, visible: nowhere = 1"}), HasSubstr("“nowhere” is unknown here"));
    EXPECT_THAT(fault({"name: a, kind: text, visible: 1 +"}), HasSubstr("at character"));
    EXPECT_THAT(fault({"name: a, kind: text, visible: b = null", "name: b, kind: text, visible: a = null"}),
                HasSubstr("depends on itself (a, b, a)"));
    EXPECT_THAT(fault({"name: a, kind: number, value: a + 1"}), HasSubstr("depends on itself"));
    EXPECT_THAT(fault({"name: a, kind: text, prefill: person.shoe_size"}), HasSubstr("nothing can be prefilled from \"person.shoe_size\""));
    EXPECT_THAT(fault({"name: a, kind: person, prefill: person.name"}), HasSubstr("cannot fill in a field of this kind"));
    EXPECT_THAT(
        fault({"name: a, kind: choice, choices: [{value: x, label: {zh: 甲, en: X}}]", "name: b, kind: text, visible: 'a = \"y\"'"}),
        HasSubstr("has no answer \"y\""));
    EXPECT_THAT(fault({"name: a, kind: table"}), HasSubstr("needs columns"));
    EXPECT_THAT(fault({"name: a, kind: files, value: 1"}), HasSubstr("can be computed"));
    EXPECT_THAT(fault({"name: a, kind: text", "name: s, kind: signature"}), HasSubstr("section of declarations"));
    EXPECT_THAT(fault({"name: applicant, kind: text"}), HasSubstr("rename the field"));
}

TEST(FormFeel, SeesWhoApplies) {
    auto item = with({"name: a, kind: text, visible: 'applicant = \"person\"'"});
    EXPECT_TRUE(shown(item, *item.field("a"), {}, {{"applicant", "person"}}));
    EXPECT_FALSE(shown(item, *item.field("a"), {}, {{"applicant", "organisation"}}));
}

TEST(FormKinds, EachPartIsToldOfByItself) {
    auto item = with({"name: p, kind: person"});
    EXPECT_THAT(wrong(item, {}), ElementsAre("p"));
    EXPECT_THAT(wrong(item, {{"p", {{"name", "李娜"}, {"number", "310120199003071220"}, {"phone", ""}}}}),
                ElementsAre("p.number", "p.phone"));
    EXPECT_THAT(wrong(item, {{"p", {{"name", "李娜"}, {"number", "310120199003071221"}, {"phone", "13817046622"}}}}), IsEmpty());
    EXPECT_THAT(wrong(item, {{"p", "李娜"}}), ElementsAre("p"));
}

TEST(FormKinds, ATableIsCheckedCellByCell) {
    auto item =
        with({"name: t, kind: table, rows_high: 2, columns: [{name: x, label: {zh: 数, en: X}, kind: number, high: 5}, {name: y, label: "
              "{zh: 字, en: Y}, kind: text, required: false}]"});
    EXPECT_THAT(wrong(item, {{"t", boost::json::array()}}), ElementsAre("t"));
    EXPECT_THAT(wrong(item, {{"t", boost::json::array{{{"x", "5"}}, {{"x", "6"}}}}}), ElementsAre("t.1-x"));
    EXPECT_THAT(wrong(item, {{"t", boost::json::array{{{"x", "1"}}, {{"x", "1"}}, {{"x", "1"}}}}}), ElementsAre("t"));
    EXPECT_THAT(wrong(item, {{"t", boost::json::array{"x"}}}), ElementsAre("t"));
}

TEST(FormKinds, AnAddressHasATownOrIsTheTextOfARegister) {
    auto item = with({"name: a, kind: address"});
    EXPECT_THAT(wrong(item, {{"a", address_at("310120101", "环城东路1号")}}), IsEmpty());
    EXPECT_THAT(wrong(item, {{"a", address_at("310104", "漕溪北路1号")}}), IsEmpty());
    EXPECT_THAT(wrong(item, {{"a", address_at("other", "江苏省苏州市人民路1号")}}), IsEmpty());
    EXPECT_THAT(wrong(item, {{"a", address_at("", "环城东路1号")}}), ElementsAre("a.place"));
    EXPECT_THAT(wrong(item, {{"a", address_at("310120101", "")}}), ElementsAre("a.street"));
    EXPECT_THAT(wrong(item, {{"a", {{"division", "310120"}, {"town", "999999999"}, {"street", "环城东路1号"}}}}), ElementsAre("a.place"));
    EXPECT_THAT(wrong(item, {{"a", "上海市奉贤区环城东路1号"}}), IsEmpty());
}

TEST(FormKinds, ARegistersAddressIsReadAsFarAsItCanBe) {
    EXPECT_EQ(address_from("上海市奉贤区南桥镇环城东路1号"), address_at("310120101", "环城东路1号"));
    EXPECT_EQ(address_from("南桥镇环城东路1号"), address_at("310120101", "环城东路1号"));
    EXPECT_EQ(address_from("上海市徐汇区漕溪北路1号"), address_at("310104", "漕溪北路1号"));
    EXPECT_EQ(address_from("上海市奉贤区金海公路6055号"), "上海市奉贤区金海公路6055号");
    EXPECT_EQ(address_at("310120203", "上海市奉贤区金海公路6055号"), address_at("310120203", "金海公路6055号"));
    EXPECT_EQ(address_from("上海市奉贤区南桥镇"), "上海市奉贤区南桥镇") << "no street";
    boost::json::value address(address_at("310120101", "环城东路1号"));
    EXPECT_EQ(address_text(&address, Language::zh), "上海市奉贤区南桥镇环城东路1号");
    EXPECT_EQ(address_text(&address, Language::en), "环城东路1号, Nanqiao Town, Fengxian District, Shanghai");
}

TEST(FormKinds, ASignatureIsTheNameOfWhoSigns) {
    std::vector<std::string> fields{"name: d, kind: declaration", "name: s, kind: signature"};
    auto item = with(fields);
    Values values{{"d", "yes"}, {"s", {{"name", "李 娜"}, {"at", "2026-11-24T09:00:00+08:00"}}}};
    EXPECT_THAT(wrong(item, values, "李娜"), IsEmpty());
    EXPECT_THAT(wrong(item, values, "张伟"), ElementsAre("s"));
    values["s"] = boost::json::object{{"name", "李娜"}};
    EXPECT_THAT(wrong(item, values, "李娜"), ElementsAre("s")) << "without its time";
}

TEST(FormKinds, AnEmailHasADomain) {
    auto item = with({"name: e, kind: email"});
    for (auto* good : {"lina@example.com", "a.b+c@sub.example.cn"}) EXPECT_THAT(wrong(item, {{"e", good}}), IsEmpty()) << good;
    for (auto* bad : {"lina", "lina@", "@example.com", "a@b", "a b@example.com", "a@b@example.com", "a@example."})
        EXPECT_THAT(wrong(item, {{"e", bad}}), ElementsAre("e")) << bad;
}

TEST(FormKinds, ReadInWordsWithNumbersMasked) {
    auto item = with({"name: p, kind: person", "name: y, kind: yes_no"});
    boost::json::value person(boost::json::object{{"name", "李娜"}, {"number", "310120199003071221"}, {"phone", "13817046622"}}),
        yes("yes");
    EXPECT_EQ(value_words(*item.field("p"), &person, Language::zh), "李娜，310120199003071221，13817046622");
    EXPECT_EQ(value_words(*item.field("p"), &person, Language::en, [](auto, auto&) { return std::string("***"); }), "李娜, ***, ***");
    EXPECT_EQ(value_words(*item.field("y"), &yes, Language::en), "Yes");
}

TEST(StandardForm, IsOfWhomTheItemIsFor) {
    auto names = [](const std::vector<std::string>& applicants) {
        std::vector<std::string> sections;
        for (auto& section : standard_form(applicants)) sections.push_back(section.name);
        return sections;
    };
    EXPECT_THAT(names({"person"}), ElementsAre("applicant", "contact", "matter", "delivery", "declaration"));
    EXPECT_THAT(names({"organisation"}), ElementsAre("applicant", "contact", "matter", "delivery", "declaration"));
    EXPECT_THAT(names({"person", "organisation"}),
                ElementsAre("applicant_person", "applicant_organisation", "contact", "matter", "delivery", "declaration"));
}

TEST(StandardForm, IsFilledInFromTheRegisterAndSharedByAllItems) {
    ItemVersion item;
    item.form = standard_form({"person", "organisation"});
    Facts facts{{"person.name", "张伟"},
                {"person.number", "310120198506154219"},
                {"person.phone", "13917046611"},
                {"person.address", "上海市奉贤区奉城镇川南奉公路1号"}};
    auto values = prefill(item, facts, {});
    EXPECT_EQ(values.at("delivery_address"), address_at("310120102", "川南奉公路1号"));
    EXPECT_FALSE(values.contains("organisation_name"));
    values["request"] = "新办";
    values["has_place"] = "no";
    values["delivery"] = "none";
    values["declared"] = "yes";
    EXPECT_THAT(check_form(item, {}, values, {{"applicant", "person"}}, today), IsEmpty());
    EXPECT_EQ(&*item.form.begin(), &*standard_form({"organisation", "person"}).begin());
}

}  // namespace
}  // namespace yimen::catalogue
