#include "catalogue/load.h"

#include <gmock/gmock.h>

#include "catalogue/check_rules.h"
#include "catalogue/item_rules.h"
#include "catalogue/testing.h"

namespace yimen::catalogue {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view item_path = "data/catalogue/water/drainage-permit-new/item.yaml";
constexpr std::string_view rules_path = "data/catalogue/water/drainage-permit-new/rules.dmn";
constexpr std::string_view golden_path = "data/catalogue/water/drainage-permit-new/golden/office.yaml";

// The faults found when one text in the drainage permit's item.yaml is replaced by another.
std::vector<std::string> faults_after(std::string_view from, std::string_view to, std::string_view path = item_path) {
    std::string changed(embedded_file(path).value());
    auto at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    changed.replace(at, from.size(), to);
    auto files = files_of_department("water");
    for (auto& file : files)
        if (file.path == path) file.bytes = changed;
    return to_texts(check_catalogue(files));
}

TEST(TheCatalogue, HasNoFault) {
    EXPECT_THAT(to_texts(embedded_catalogue().faults), IsEmpty());
    EXPECT_GE(embedded_catalogue().items.size(), 12u);
}

TEST(TheCatalogue, IsReadBackFromWhatIsStoredAsItWasReadFromFiles) {
    for (auto& [version, stored] : embedded_catalogue().items) {
        auto text = boost::json::serialize(stored);
        auto again = read_stored(boost::json::parse(text).as_object(), "stored");
        ASSERT_TRUE(again) << to_text(again.error().front());
        EXPECT_EQ(again->task_code, version.task_code);
        EXPECT_EQ(again->materials.size(), version.materials.size());
        EXPECT_EQ(again->form.size(), version.form.size());
        EXPECT_EQ(again->from, version.from);
        EXPECT_EQ(again->rules->text(), version.rules->text());
        EXPECT_EQ(again->rules->text(),
                  embedded_file(fmt::format("data/catalogue/{}/{}/rules.dmn", version.department, version.item)).value_or(""));
    }
}

TEST(TheCatalogue, KeepsExampleApplicationsWithTheVersion) {
    for (auto& [version, stored] : embedded_catalogue().items)
        if (version.item == "drainage-permit-new") {
            auto& golden = stored.at("golden").as_array();
            EXPECT_EQ(golden.size(), 16u);
            EXPECT_EQ(golden[0].at("name"), "building-site");
            EXPECT_EQ(golden[0].at("situation"), "construction");
        }
}

TEST(Loading, SaysFileLineAndMendOfAFault) {
    EXPECT_THAT(faults_after("\"construction\"", "\"constructing\"", rules_path),
                ElementsAre(testing::AllOf(HasSubstr(fmt::format("{}:26: ", rules_path)),
                                           HasSubstr("\"premises\" has no answer \"constructing\"; it has food, "))));
    EXPECT_THAT(faults_after("version: 1", "version: one"),
                ElementsAre(fmt::format("{}:3: version: must be a whole number from 1 to 9999", item_path)));
}

TEST(Loading, ReportsAMisspeltName) {
    EXPECT_THAT(faults_after("popularity: 95", "popularty: 95"), Contains(HasSubstr("popularty: unknown name; known here: ")));
}

TEST(Loading, RefusesAWrongCheckCharacterInACode) {
    EXPECT_THAT(faults_after("catalogue_code: ", "task_code: \"11310120MB2F70015444000117009000\"\ncatalogue_code: "),
                Contains(HasSubstr(": task_code: ")));
}

TEST(Loading, RefusesQuestionsWithoutRules) {
    EXPECT_THAT(check_rules(embedded_item("drainage-permit-new"), "rules.dmn"), IsEmpty());
    auto item = embedded_item("drainage-permit-new");
    item.rules = std::make_shared<const ItemRules>("");
    EXPECT_THAT(to_text(check_rules(item, "rules.dmn").at(0)), "rules.dmn: missing: write it, since item.yaml asks questions");
}

TEST(Loading, NamesTheExampleApplicationThatTheRulesDoNotFulfil) {
    EXPECT_THAT(faults_after("situation: simple", "situation: general", golden_path),
                ElementsAre(fmt::format("{}: situation must be general, but the rules give simple", golden_path)));
}

TEST(Loading, HoldsTheFormOfAnExampleToTheFormsRules) {
    constexpr std::string_view clinic = "data/catalogue/water/drainage-permit-new/golden/clinic.yaml";
    EXPECT_THAT(faults_after("contact_phone: \"13800138000\"", "contact_phone: \"138\"", clinic),
                ElementsAre(testing::MatchesRegex(fmt::format(
                    "{}:[1-9][0-9]*: form: \"contact_phone\" is in error .*: mend its value, or name it in form_errors", clinic))));
    EXPECT_THAT(faults_after("contact_phone: \"13800138000\"", "contact_telephone: \"13800138000\"", clinic),
                Contains(HasSubstr("the form has no field \"contact_telephone\"")));
    EXPECT_THAT(faults_after("form_errors: [", "form_errors: [contact_phone, ", clinic),
                ElementsAre(testing::AllOf(
                    HasSubstr(clinic), HasSubstr("form_errors names \"contact_phone\", but the form's rules find nothing wrong with it"))));
}

TEST(Loading, RefusesATextInOneLanguageOnly) {
    EXPECT_THAT(faults_after("{zh: 施工临时排水, en: Temporary drainage of a building site}", "施工临时排水"),
                Contains(HasSubstr("write it in both languages")));
}

TEST(Loading, RefusesAPromiseLongerThanTheLaw) {
    EXPECT_THAT(faults_after("promised: {days: 8}", "promised: {days: 21}"), Contains(HasSubstr("promised is longer than statutory")));
}

TEST(Loading, RefusesOnTheSpotWithThreeLevels) {
    EXPECT_THAT(faults_after("review_plan: sole", "review_plan: three_level"), Contains(HasSubstr("on the spot needs review_plan sole")));
}

TEST(Loading, RefusesAQuestionNamedLikeAWordOfAddresses) {
    EXPECT_THAT(faults_after("- name: in_person", "- name: lang"), Contains(HasSubstr("\"lang\" has a meaning of its own")));
}

TEST(Loading, RefusesAPrefillFromAQuestionThatDoesNotExist) {
    EXPECT_THAT(
        faults_after("prefill: answer.daily_discharge", "prefill: answer.dayly", "data/catalogue/water/drainage-permit-new/form.yaml"),
        Contains(HasSubstr("there is no question for prefill \"answer.dayly\"")));
}

TEST(Yaml, KeepsLinesAndTypes) {
    auto tree = read_yaml("f", "a: 1\nb:\n  - \"01\"\n  - true\n  - 2026-01-01\n").value();
    EXPECT_EQ(tree.value.at("a"), 1);
    EXPECT_EQ(tree.value.at("b").as_array(), (boost::json::array{"01", true, "2026-01-01"}));
    EXPECT_EQ(tree.lines.at("/b/1"), 4);
}

TEST(Yaml, RefusesWhatCouldHideOrGrow) {
    EXPECT_THAT(read_yaml("f", "a: &x 1\nb: *x\n").error().message, HasSubstr("anchors"));
    EXPECT_THAT(read_yaml("f", "a: 1\nb: 2\na: 3\n").error(), (Fault{"f", 3, "\"a\" stands twice here: remove one"}));
    EXPECT_THAT(read_yaml("f", "a: !x 1\n").error().message, HasSubstr("tags"));
    EXPECT_THAT(read_yaml("f", "a: 1\n---\nb: 1\n").error().message, HasSubstr("second document"));
    std::string deep;
    for (int i = 0; i < 40; ++i) deep += "- ";
    EXPECT_THAT(read_yaml("f", deep + "a").error().message, HasSubstr("nested too deeply"));
    EXPECT_THAT(read_yaml("f", std::string(300 << 10, 'a')).error().message, HasSubstr("too large"));
    EXPECT_THAT(read_yaml("f", "a: \xff\n").error().message, HasSubstr("UTF-8"));
    EXPECT_THAT(read_yaml("f", "").error().message, "empty");
    EXPECT_EQ(read_yaml("f", "a: b: c\n").error().line, 1);
}

}  // namespace
}  // namespace yimen::catalogue
