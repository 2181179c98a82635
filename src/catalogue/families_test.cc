#include "catalogue/families.h"

#include <gmock/gmock.h>

#include "catalogue/testing.h"

namespace yimen::catalogue {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view path = "data/catalogue/transport/families/towing.yaml";
constexpr std::string_view towing = R"(family: towing
common:
  item_type: "01"
  applicants: [organisation]
  life_events: [expand]
  themes: [transport]
  for_whom: {zh: 拖车企业, en: Towing companies}
  conditions: {zh: 有车辆, en: Has vehicles}
  result_name: {zh: 许可, en: Permit}
  words: [拖车, towing]
  legal_basis: [{title: {zh: 道路运输条例, en: Regulation on Road Transport}}]
  materials:
    - {code: application-form, name: {zh: 申请表, en: Form}, explanation: {zh: 写明申请内容, en: What is applied for}}
    - {code: licence, name: {zh: 营业执照, en: Business licence}, explanation: {zh: 证明登记, en: Shows registration}, kind: copy, medium: paper}
  situations: [{name: general, title: {zh: 一般, en: General}, promised: {days: 5}, statutory: {days: 20}}]
members:
  - item: towing-new
    variant: new
    catalogue_code: "000118900001"
    name: {zh: 拖车经营许可（新办）, en: Towing permit (new)}
    summary: {zh: 新开拖车企业, en: A new towing company}
  - item: towing-cancellation
    variant: cancellation
    catalogue_code: "000118900002"
    name: {zh: 拖车经营许可（注销）, en: Towing permit (cancellation)}
    summary: {zh: 不再经营, en: Gives up business}
    materials: [application-form]
    channels: [window]
)";

LoadedCatalogue with(std::string_view family, std::vector<EmbeddedFile> files = files_of_department("transport")) {
    files.push_back({path, family});
    return load_catalogue(files);
}

std::string replaced(std::string_view from, std::string_view to) {
    std::string text(towing);
    text.replace(text.find(from), from.size(), to);
    return text;
}

std::vector<std::string> faults_of(const std::string& family) { return to_texts(with(family).faults); }

ItemVersion member(const LoadedCatalogue& loaded, std::string_view name) {
    for (auto& item : loaded.items)
        if (item.version.item == name) return item.version;
    throw std::logic_error("no such item");
}

TEST(AFamily, BecomesPlainItems) {
    auto loaded = with(towing, embedded_files_under("data/catalogue/"));
    EXPECT_THAT(loaded.faults, IsEmpty());
    EXPECT_EQ(loaded.items.size(), embedded_catalogue().items.size() + 2);
    auto item = member(loaded, "towing-new");
    EXPECT_EQ(item.family, "towing");
    EXPECT_EQ(item.variant, "new");
    EXPECT_EQ(item.department, "transport");
    EXPECT_EQ(item.name.zh, "拖车经营许可（新办）");
    EXPECT_EQ(item.for_whom.zh, "拖车企业");
    EXPECT_EQ(item.materials.size(), 2u);
    EXPECT_EQ(item.materials[1].format.zh, "复印件（纸质）");
}

TEST(AMember, ReplacesWhatIsCommonAndChoosesMaterialsByCode) {
    auto item = member(with(towing), "towing-cancellation");
    ASSERT_EQ(item.materials.size(), 1u);
    EXPECT_EQ(item.materials[0].code, "application-form");
    EXPECT_THAT(item.channels, ElementsAre("window"));
}

TEST(AnItem, HasItsDefaultsWhereItSaysNothing) {
    auto item = member(with(towing), "towing-new");
    EXPECT_EQ(item.version, 1);
    EXPECT_EQ(to_iso(item.from), "2026-01-01");
    EXPECT_EQ(item.task_code, item.authority_credit_code + "4000118900001");
    EXPECT_THAT(item.channels, ElementsAre("online", "window", "kiosk"));
    EXPECT_EQ(item.visits, 1);
    EXPECT_TRUE(item.booking);
    EXPECT_FALSE(item.self_service);
    EXPECT_EQ(item.handle_area, "district");
    EXPECT_EQ(item.project_type, "2");
    EXPECT_EQ(item.situations[0].review_plan, "three_level");
    EXPECT_EQ(item.situations[0].fee.value, 0);
    EXPECT_FALSE(item.form.empty()) << "online without a form of its own: the standard form";
}

TEST(AFamily, NamesTheLineOfEachFault) {
    EXPECT_THAT(faults_of(replaced("kind: copy", "knd: copy")),
                ElementsAre(HasSubstr(fmt::format("{}:14: materials/1/knd: unknown name", path))));
    EXPECT_THAT(
        faults_of(replaced("materials: [application-form]", "materials: [application-from]")),
        ElementsAre(fmt::format("{}:27: members/1/materials/0: the family has no material \"application-from\": add it to common, or "
                                "correct the code",
                                path)));
    EXPECT_THAT(
        faults_of(replaced("000118900002", "000118900001")),
        ElementsAre(HasSubstr(fmt::format("{}:22: catalogue_code: 000118900001 of towing-cancellation is taken by towing-new", path))));
    EXPECT_THAT(faults_of(replaced("variant: new", "variant: fresh")), ElementsAre(HasSubstr(fmt::format("{}:18: variant: ", path))));
    EXPECT_THAT(faults_of(replaced("family: towing", "family: towage")), ElementsAre(HasSubstr("must be named as its file")));
}

TEST(AFamily, SaysOnceWhatIsWrongForAllItsMembers) {
    EXPECT_THAT(faults_of(replaced("themes: [transport]", "themes: [transprt]")),
                ElementsAre(fmt::format("{}:6: themes/0: there is no theme \"transprt\" in themes.yaml", path)));
}

TEST(AnItem, IsRefusedWhereItContradictsItself) {
    auto after = [](std::string_view from, std::string_view to) { return faults_of(replaced(from, to)); };
    EXPECT_THAT(after("life_events: [expand]", "life_events: [birth]"), ElementsAre(HasSubstr("\"birth\" is an event of a person")));
    EXPECT_THAT(after("item_type: \"01\"", "item_type: \"07\""), Contains(HasSubstr("third and fourth digit are the item type")));
    EXPECT_THAT(after("\"000118900001\"", "\"0001189001\""), ElementsAre(HasSubstr("must be 12 digits")));
    EXPECT_THAT(after("channels: [window]", "channels: [window]\n    self_service: true"), ElementsAre(HasSubstr("needs kiosk")));
    EXPECT_THAT(after("statutory: {days: 20}", "statutory: {days: 20}, on_the_spot: true"), ElementsAre(HasSubstr("needs review_plan")));
    EXPECT_THAT(after("promised: {days: 5}", "promised: {days: 5}, fee: 20"), ElementsAre(HasSubstr("a fee needs fee_basis")));
    EXPECT_THAT(after("kind: copy", "kind: copy, from_item: nothing"),
                ElementsAre(HasSubstr("from_item \"nothing\", which does not exist")));
    EXPECT_THAT(after("applicants: [organisation]", "applicants: []"), Contains(HasSubstr("say who may apply")));
    EXPECT_THAT(after("item: towing-new", "item: Towing_New"), ElementsAre(HasSubstr("small letters, digits")));
}

TEST(TheCatalogue, KnowsEveryFileInIt) {
    auto files = embedded_files_under("data/catalogue/");
    files.push_back({"data/catalogue/water/drainage-permit-new/items.yaml", "a: 1"});
    EXPECT_THAT(to_texts(check_catalogue(files)),
                ElementsAre(HasSubstr("drainage-permit-new/items.yaml: nothing reads a file of this name")));
}

}  // namespace
}  // namespace yimen::catalogue
