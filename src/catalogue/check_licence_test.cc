#include <gmock/gmock.h>

#include "catalogue/licence_types.h"
#include "catalogue/testing.h"

// What stands between an item and the licence that it says it grants: told with file, line and mend.
namespace yimen::catalogue {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view permit = "data/catalogue/water/drainage-permit-new/item.yaml";
constexpr std::string_view change = "data/catalogue/water/drainage-permit-change/item.yaml";
constexpr std::string_view change_form = "data/catalogue/water/drainage-permit-change/form.yaml";
constexpr std::string_view type_file = "data/licences/drainage-permit.yaml";

// The permit's items with what they lean on: small enough to be read for each fault.
std::vector<EmbeddedFile> permit_files() {
    std::vector<EmbeddedFile> files;
    for (auto* under : {"data/catalogue/themes.yaml", "data/catalogue/life-events.yaml", "data/catalogue/forms/",
                        "data/catalogue/water/department.yaml", "data/catalogue/water/drainage-permit-", "data/licences/"})
        for (auto& file : embedded_files_under(under)) files.push_back(file);
    return files;
}

// The faults found when one text of a file is replaced by another.
std::vector<std::string> faults_after(std::string_view path, std::string_view from, std::string_view to) {
    std::string changed(embedded_file(path).value());
    auto at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    changed.replace(at, from.size(), to);
    auto files = permit_files();
    for (auto& file : files)
        if (file.path == path) file.bytes = changed;
    std::vector<std::string> faults;
    for (auto& fault : check_catalogue(files)) faults.push_back(to_text(fault));
    return faults;
}

TEST(LicenceTypes, OfTheProgramHaveNoFaultAndAreManyEnough) {
    std::vector<Fault> faults;
    auto types = LicenceTypes::read(embedded_files_under("data/licences/"), faults);
    EXPECT_THAT(faults, IsEmpty());
    EXPECT_GE(types.all().size(), 13u);
}

TEST(ALicenceGranted, MustBeOfATypeThatThereIs) {
    EXPECT_THAT(faults_after(permit, "licence_type: drainage-permit", "licence_type: drainage-licence"),
                ElementsAre(AllOf(HasSubstr(std::string(permit) + ":"),
                                  HasSubstr("there is no licence type \"drainage-licence\" in data/licences"))));
}

TEST(ALicenceGranted, TakesItsValuesFromWhatTheItemAsks) {
    EXPECT_THAT(faults_after(type_file, "from: form.site_address", "from: form.side_address"),
                ElementsAre(AllOf(HasSubstr(std::string(permit) + ":"),
                                  HasSubstr("\"site_address\" from the field \"side_address\", which the form does not have"),
                                  HasSubstr(type_file))));
    EXPECT_THAT(
        faults_after(type_file, "from: answer.network", "from: answer.sewer"),
        ElementsAre(AllOf(HasSubstr(std::string(permit) + ":"), HasSubstr("\"network\" from the question \"sewer\", which is not asked"))));
}

TEST(ALicenceGranted, EndsWithADateOfTheForm) {
    EXPECT_THAT(faults_after(type_file, "ends_with: construction_to", "ends_with: activity"),
                ElementsAre(AllOf(HasSubstr(std::string(permit) + ":"),
                                  HasSubstr("ends with the field \"activity\", which is no date of the form"))));
    EXPECT_THAT(faults_after(type_file, "ends_with: construction_to", "ends_with: nowhere"),
                Contains(HasSubstr("ends with the field \"nowhere\"")));
}

TEST(ASource, NamesATypeOfLicenceOrARecordAndWhoHoldsIt) {
    auto says = [](std::string_view source) {
        return ElementsAre(
            AllOf(HasSubstr(std::string(permit) + ":"), HasSubstr(fmt::format("\"{}\" is neither a type of licence", source))));
    };
    for (auto* wrong : {"organisation:busines-licence", "company:business-licence", "business-licence", "organisation:"})
        EXPECT_THAT(faults_after(permit, "\"organisation:business-licence\"", fmt::format("\"{}\"", wrong)), says(wrong));
    for (auto* right : {"organisation:drainage-permit", "person:drainage-permit", "person:identity-card"})
        EXPECT_THAT(faults_after(permit, "\"organisation:business-licence\"", fmt::format("\"{}\"", right)),
                    testing::Not(Contains(HasSubstr("is neither"))))
            << right;
}

TEST(ARegistration, NamesValuesOfItsType) {
    constexpr auto file = "data/licences/business-licence.yaml";
    EXPECT_THAT(faults_after(file, "name: company_name, representative", "name: firm_name, representative"),
                Contains(AllOf(HasSubstr(file), HasSubstr("there is no value \"firm_name\""))));
    EXPECT_THAT(faults_after(file, "kind: company", "kind: club"), Contains(HasSubstr("\"club\" is unknown here")));
}

TEST(AnEffect, HappensToALicence) {
    EXPECT_THAT(faults_after(change, "licence_type: drainage-permit\n", ""),
                Contains(AllOf(HasSubstr(std::string(change) + ":"),
                               HasSubstr("\"change\" happens to a licence, but none is named: add licence_type"))));
    EXPECT_THAT(faults_after(change, "licence_effect: change", "licence_effect: alter"),
                Contains(HasSubstr("\"alter\" is unknown here; it may be new, change")));
}

TEST(AFormAboutALicence, IsFilledInFromWhatThatSays) {
    EXPECT_THAT(
        faults_after(change_form, "prefill: licence.outlets", "prefill: licence.outlet_count"),
        ElementsAre(AllOf(HasSubstr(std::string(change_form) + ":"), HasSubstr("drainage-permit says nothing of \"outlet_count\""))));
    EXPECT_THAT(faults_after(change, "licence_effect: change", "licence_effect: new"),
                Contains(HasSubstr("the item is about no licence that the applicant holds")));
}

TEST(ALicenceType, IsToldWhatIsWrongWithItsFile) {
    const std::string place(type_file);
    EXPECT_THAT(faults_after(type_file, "code_suffix: \"001\"", "code_suffix: \"1\""),
                Contains(AllOf(HasSubstr(place + ":"), HasSubstr("must be three digits in quotes"))));
    EXPECT_THAT(faults_after(type_file, "code_suffix: \"001\"", "code_suffix: \"004\""),
                Contains(HasSubstr("code_suffix 004 is taken by")));
    EXPECT_THAT(faults_after(type_file, "{serial}", "serial"), Contains(HasSubstr("must hold {serial}")));
    EXPECT_THAT(faults_after(type_file, "from: authority.name", "from: authority.phone"),
                Contains(HasSubstr("nothing provides \"authority.phone\"")));
    EXPECT_THAT(faults_after(type_file, "valid_for: {years: 5}", "valid_for: {years: 5, months: 3}"),
                Contains(HasSubstr("write years or months")));
    EXPECT_THAT(faults_after(type_file, "valid_for: {years: 5}", "template: parchment"),
                Contains(AllOf(HasSubstr("there is no data/licences/templates/parchment.svg"), HasSubstr("certificate"))));
    EXPECT_THAT(faults_after(type_file, "used_for:", "useful_for:"), Contains(HasSubstr("unknown name; known here: ")));
}

// An item about a licence need not ask for what that says already.
TEST(AnItemAboutALicence, HoldsThatLicenceForItsMaterials) {
    auto& item = embedded_item("drainage-permit-change");
    auto outcome = guide(item, {{"changed", "name"}, {"in_person", "yes"}}, {}).value();
    auto permit_of = std::ranges::find_if(outcome.materials, [](auto& one) { return one.material->code == "drainage-permit"; });
    ASSERT_NE(permit_of, outcome.materials.end());
    EXPECT_EQ(permit_of->need, Need::exempt);
    auto licence = std::ranges::find_if(outcome.materials, [](auto& one) { return one.material->code == "business-licence"; });
    EXPECT_EQ(licence->need, Need::needed);
}

TEST(AFormAboutALicence, TakesValuesOfEveryShapeAndLeavesOpenWhatDoesNotFit) {
    Field text, choice, choices, address, table;
    text.name = "a", text.prefill = "licence.a";
    choice.name = "b", choice.kind = Field::Kind::choice, choice.prefill = "licence.b", choice.choices = {{"x", {}, {}}};
    choices.name = "c", choices.kind = Field::Kind::choices, choices.prefill = "licence.c",
    choices.choices = {{"x", {}, {}}, {"y", {}, {}}};
    address.name = "d", address.kind = Field::Kind::address, address.prefill = "licence.d";
    ItemVersion item;
    item.form = Form({{"s", {}, {}, {text, choice, choices, address}, {}}});
    auto values = prefill(
        item, {{"licence.a", "[一]"}, {"licence.b", "x"}, {"licence.c", R"(["x","y"])"}, {"licence.d", R"({"street":"环城东路1号"})"}}, {});
    EXPECT_EQ(values.at("a"), "[一]");
    EXPECT_EQ(values.at("b"), "x");
    EXPECT_EQ(values.at("c").as_array().size(), 2u);
    EXPECT_EQ(values.at("d").at("street"), "环城东路1号");
    auto wrong = prefill(item, {{"licence.b", "z"}, {"licence.c", R"(["x","z"])"}}, {});
    EXPECT_TRUE(wrong.empty());
}

}  // namespace
}  // namespace yimen::catalogue
