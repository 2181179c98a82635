#include "licences/licences.h"

#include "cases/testing.h"
#include "document/testing.h"
#include "licences/store.h"

namespace yimen::licences {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const Types& types() {
    static const auto embedded = Types::embedded();
    return embedded;
}

TEST(LicenceTypes, EachTypeOfTheCatalogueHasATemplateWithItsValues) {
    for (auto& item : catalogue::embedded_catalogue().items) {
        if (item.version.licence_type.empty() || item.version.form.empty()) continue;
        auto* type = types().find(item.version.licence_type);
        ASSERT_TRUE(type) << item.version.item;
        for (auto& value : type->values) {
            // What is asked for anew is carried over where the item is about a licence.
            if (value.from.starts_with("form.") && !item.version.about_a_licence()) {
                EXPECT_TRUE(item.version.field(value.from.substr(5))) << value.from;
            }
            if (value.from.starts_with("answer.") && !item.version.about_a_licence()) {
                EXPECT_TRUE(item.version.question(value.from.substr(7))) << value.from;
            }
            if (type->template_name.empty()) {
                EXPECT_THAT(type->svg, HasSubstr("{{" + value.name + "}}"));
            }
        }
        if (!type->ends_with.empty() && !item.version.about_a_licence()) {
            EXPECT_EQ(item.version.field(type->ends_with)->kind, catalogue::Field::Kind::date);
        }
    }
}

class Licences : public cases::WithCases {
  protected:
    Licences() : seal(crypto::SealCertificate::make("奉贤区水务局")), with_seal{keys()} {
        with_seal.seal_certificate_pem = seal.chain_pem;
        with_seal.seal_key_pem = seal.key_pem;
    }
    Licence issued(const cases::Case& c) {
        return as(officer(), [&](cases::Desk& desk) { return issue(desk, types(), c, *catalogue().version(c.item_version)); });
    }
    std::optional<Licence> stored(const Licence& l) {
        return database().read([&](db::Tx& tx) { return find(tx, division, l.id); });
    }
    std::string pdf_of(const Licence& l, Instant at) { return pdf(database(), with_seal, types(), l, "https://yimen.example", at); }
    ledger::Report all_verified() {
        return ledger::verify_all(database(), keys().ledger,
                                  {{"licence", licence_digest}, {"case", [](db::Tx& tx, Division where, ledger::ChainId chain) {
                                                                     return cases::case_digest(tx, keys().fields, where, chain);
                                                                 }}});
    }
    crypto::SealCertificate seal;
    crypto::Keys with_seal;
};
ON_BOTH_DATABASES(Licences);

TEST_P(Licences, IsIssuedWithTheFactsOfTheCase) {
    auto c = accepted(simple());
    auto l = stored(issued(c)).value();
    EXPECT_EQ(l.holder_name, "上海力向金属制品有限公司");
    EXPECT_EQ(l.holder_code_masked, "913101********RT6E");
    EXPECT_EQ(l.authority_name, "奉贤区水务局");
    EXPECT_EQ(l.case_id, c.id);
    EXPECT_EQ(l.valid_from, day(11, 24));
    EXPECT_EQ(l.valid_to, Date(std::chrono::year(2031) / 11 / 23));
    EXPECT_EQ(l.number, "沪奉水务排证字第" + c.number.substr(6, 14) + "号");
    EXPECT_EQ(l.token.size(), 22u);
}

TEST_P(Licences, SpeaksTheWordsOfTheFormAndNotItsCodes) {
    auto l = issued(accepted(simple()));
    EXPECT_EQ(l.values.at("premises"), "餐饮");
    EXPECT_EQ(l.values.at("water_sources"), "厨房、餐具清洗");
    EXPECT_EQ(l.values.at("facility_kinds"), "隔油池");
    EXPECT_EQ(l.values.at("daily_water"), "6立方米");
    EXPECT_EQ(l.values.at("valid_to"), "2031年11月23日");
    EXPECT_EQ(l.values.at("holder_code"), "91310120MA1HQ5RT6E");
}

TEST_P(Licences, HasAnIdentifierByTheNationalStandard) {
    auto l = issued(accepted(simple()));
    auto parsed = LicenceIdentifier::parse(l.identifier);
    ASSERT_TRUE(parsed) << l.identifier;
    EXPECT_EQ(parsed->text(), l.identifier);
    EXPECT_THAT(l.identifier, HasSubstr(".11310120MB2F700144."));
}

TEST_P(Licences, IsFoundByTokenIdentifierNumberCaseAndHolder) {
    auto l = issued(accepted(simple()));
    database().read([&](db::Tx& tx) {
        EXPECT_EQ(by_token(tx, division, l.token)->id, l.id);
        EXPECT_EQ(by_identifier(tx, division, l.identifier)->id, l.id);
        EXPECT_EQ(by_number(tx, division, l.number)->id, l.id);
        EXPECT_EQ(of_case(tx, division, l.case_id)->id, l.id);
        EXPECT_EQ(of_holder(tx, division, lina, company).size(), 1u);
        EXPECT_TRUE(of_holder(tx, division, lina, {}).empty());  // it is the company's
        EXPECT_FALSE(by_token(tx, division, l.token + "x"));
        EXPECT_FALSE(by_token(tx, Division(310000), l.token));
        return 0;
    });
}

TEST_P(Licences, IsSignedOverEveryFact) {
    auto l = stored(issued(accepted(simple()))).value();
    EXPECT_TRUE(signature_holds(keys(), l));
    auto differs = [&](auto change) {
        auto other = l;
        change(other);
        return !signature_holds(keys(), other);
    };
    EXPECT_TRUE(differs([](Licence& o) { o.holder_name += "一"; }));
    EXPECT_TRUE(
        differs([](Licence& o) { o.valid_to = Date(o.valid_to.year() + std::chrono::years(1), o.valid_to.month(), o.valid_to.day()); }));
    EXPECT_TRUE(differs([](Licence& o) { o.values["daily_water"] = "600立方米"; }));
    EXPECT_TRUE(differs([](Licence& o) { o.number += "1"; }));
    EXPECT_TRUE(differs([](Licence& o) { o.signature[5] ^= 1; }));
}

TEST_P(Licences, ExpiresTheDayAfterItsLast) {
    auto l = issued(accepted(simple()));
    EXPECT_EQ(l.status_on(l.valid_to), Status::valid);
    EXPECT_EQ(l.status_on(Date(std::chrono::sys_days(l.valid_to) + std::chrono::days(1))), Status::expired);
    l.status = name(Status::revoked);
    EXPECT_EQ(l.status_on(Date(std::chrono::sys_days(l.valid_to) + std::chrono::days(1))), Status::revoked);
}

// 29 February has no fifth anniversary.
TEST_P(Licences, OfALeapDayLastsToTheDayBeforeTheEndOfFebruary) {
    go_to(Date(std::chrono::year(2028) / 2 / 29));
    auto c = accepted(simple());
    EXPECT_EQ(issued(c).valid_to, Date(std::chrono::year(2033) / 2 / 27));
}

TEST_P(Licences, OfABuildingSiteEndsWithTheConstruction) {
    auto c = accepted(simple());
    c.form["construction_to"] = "2027-03-31";
    EXPECT_EQ(issued(c).valid_to, Date(std::chrono::year(2027) / 3 / 31));
    auto late = accepted(simple());
    late.form["construction_to"] = "2026-11-01";
    EXPECT_EQ(issued(late).valid_to, day(11, 24));
}

TEST_P(Licences, IsIssuedOnceForACase) {
    auto c = accepted(simple());
    issued(c);
    EXPECT_THROW(issued(c), db::Duplicate);
}

TEST_P(Licences, IsInTheLedgerWithItsDigest) {
    auto l = issued(accepted(simple()));
    EXPECT_TRUE(all_verified().faults.empty());
    database().write(
        [&](db::Tx& tx) { tx.query("UPDATE licence SET valid_to = $3 WHERE division = $1 AND id = $2", division, l.id, "2099-01-01"); });
    EXPECT_FALSE(all_verified().faults.empty());
}

TEST_P(Licences, HasOnePdfThatIsMadeOnceAndKept) {
    auto l = issued(accepted(simple()));
    auto first = pdf_of(l, now);
    EXPECT_EQ(pdf_of(l, now + std::chrono::hours(24)), first);
    const document::TemporaryFolder folder;
    auto file = folder.write("licence.pdf", first);
    EXPECT_THAT(document::output({"pdfsig", file}), AllOf(HasSubstr("Signature is Valid."), HasSubstr("Total document signed")));
    EXPECT_THAT(document::output({"pdftotext", file, "-"}),
                AllOf(HasSubstr("城镇污水排入排水管网许可证"), HasSubstr(l.holder_name), HasSubstr(l.identifier), HasSubstr(l.number)));
    document::output({"pdftoppm", "-r", "150", "-png", "-singlefile", file, folder.path("page")});
    EXPECT_EQ(document::output({"zbarimg", "--quiet", "--raw", folder.path("page.png")}), "https://yimen.example/verify/" + l.token + "\n");
}

}  // namespace
}  // namespace yimen::licences
