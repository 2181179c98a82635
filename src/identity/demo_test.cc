#include "identity/demo.h"

#include <gmock/gmock.h>

#include <thread>

#include "db/testing.h"
#include "identity/register.h"
#include "identity/store_accounts.h"

namespace yimen::identity {
namespace {

using namespace std::chrono_literals;

constexpr crypto::PasswordCost cheap{.memory_kib = 64, .passes = 1};
using testing::ElementsAre;

crypto::Keys test_keys() { return {crypto::FieldCipher(std::string(32, 'k')), crypto::Sm2Key::generate(), std::string(32, 's'), "", ""}; }

class DemoPeople : public db::OnBothDatabases {
  protected:
    DemoPeople() { make_demo_people(database(), division, keys, now, cheap); }
    Account account(std::string_view name) {
        return database().read([&](db::Tx& tx) { return find_account(tx, division, name).value(); });
    }
    int64_t count(std::string_view sql) {
        return database().read([&](db::Tx& tx) { return tx.query(sql)[0].get<int64_t>(0); });
    }
    ledger::Report verified() { return ledger::verify_all(database(), keys.ledger, subject_digests()); }
    Division division{310120};
    crypto::Keys keys = test_keys();
    Date today{2026y, std::chrono::November, 24d};
    Instant now = start_of_day(today) + 9h;
};
ON_BOTH_DATABASES(DemoPeople);

TEST_P(DemoPeople, AreMadeOnce) {
    auto people = count("SELECT count(*) FROM person"), entries = count("SELECT count(*) FROM ledger_entry");
    make_demo_people(database(), division, keys, now + 1h, cheap);
    EXPECT_EQ(count("SELECT count(*) FROM person"), people);
    EXPECT_EQ(count("SELECT count(*) FROM ledger_entry"), entries);
}

TEST_P(DemoPeople, AreMadeOnceByTwoNodesAtOnce) {
    Division other(310000);
    {
        std::vector<std::jthread> nodes;
        for (int i = 0; i < 3; ++i) nodes.emplace_back([&] { make_demo_people(database(), other, keys, now, cheap); });
    }
    EXPECT_EQ(count("SELECT count(*) FROM account WHERE division = 310000"), static_cast<int64_t>(demo_identities().size()));
    EXPECT_THAT(verified().faults, testing::IsEmpty());
}

TEST_P(DemoPeople, HaveAnAccountEachWithThePassword) {
    for (auto& identity : demo_identities()) {
        auto found = account(identity.account);
        EXPECT_EQ(bool(found.staff), identity.staff) << identity.account;
        EXPECT_EQ(bool(found.person), !identity.staff) << identity.account;
    }
    EXPECT_TRUE(crypto::verify_password(demo_password, account("lina").password));
}

TEST_P(DemoPeople, LinaMayActForTheCompanyWhichHasItsLicence) {
    database().read([&](db::Tx& tx) {
        auto organisations = may_act_for(tx, division, account("lina").person, today);
        ASSERT_EQ(organisations.size(), 1u);
        EXPECT_EQ(organisations[0].name, "上海力向金属制品有限公司");
        EXPECT_TRUE(CreditCode::parse(organisations[0].credit_code));
        EXPECT_THAT(held_documents(tx, division, account("lina").person, organisations[0].id, today),
                    ElementsAre("person:identity-card", "organisation:business-licence"));
    });
}

TEST_P(DemoPeople, OfficersMayDecideTheDrainagePermitOfTheirOwnDepartmentOnly) {
    for (auto name : {"liuqiang", "zhaomin"}) {
        auto who = database().write([&](db::Tx& tx) {
            auto session = begin_session(tx, division, {}, account(name).staff, {}, "", now, 12h);
            return find_session(tx, division, session.token, now, 30min)->who;
        });
        auto water = database().read([&](db::Tx& tx) { return find_authority_by_code(tx, division, "11310120MB2F700144").value(); });
        Subject subject{.owner_person = 1, .authority = water.id.value, .item = "drainage-permit-new", .situation = "ordinary"};
        EXPECT_TRUE(permits(who, Act::examine_case, subject, today));
        EXPECT_TRUE(permits(who, Act::decide_case, subject, today));
        subject.item = "food-business-licence";
        EXPECT_FALSE(permits(who, Act::decide_case, subject, today));
        subject.item = "drainage-permit-new";
        subject.authority += 1;
        EXPECT_FALSE(permits(who, Act::decide_case, subject, today));
    }
}

TEST_P(DemoPeople, TheirChainsVerify) {
    auto report = verified();
    EXPECT_THAT(report.faults, testing::IsEmpty());
    EXPECT_GE(report.subjects, 20);
}

TEST_P(DemoPeople, AMandateSlippedInBehindTheLedgerShows) {
    database().write([&](db::Tx& tx) {
        auto company = find_organisation_by_code(tx, division, "91310120MA1HQ5RT6E").value();
        put_mandate(tx, division, {account("zhangwei").person, company, "agent", today, {}});
    });
    auto report = verified();
    ASSERT_EQ(report.faults.size(), 1u);
    EXPECT_EQ(report.faults[0].what, "subject");
}

TEST_P(DemoPeople, AnAuthorisationSlippedInBehindTheLedgerShows) {
    database().write([&](db::Tx& tx) {
        insert_authorisation(tx, division, {next_id(), account("sunli").staff, {Act::decide_case, "*", "*", {}, {}}});
    });
    auto report = verified();
    ASSERT_EQ(report.faults.size(), 1u);
    EXPECT_EQ(report.faults[0].what, "subject");
}

TEST_P(DemoPeople, AnAuthorisationIsGivenAndRevokedOnTheRecord) {
    By by{division, {"staff", account("wulei").staff.value, "administrator", ""}, now};
    auto zhaomin = account("zhaomin").staff;
    Authorisation given{Act::extend_limit, "*", "*", today, today};
    auto give = [&](StaffId whom, Authorisation what) {
        return database().write([&](db::Tx& tx) { return give_authorisation(tx, by, whom, what); });
    };
    EXPECT_TRUE(give(zhaomin, given));
    EXPECT_EQ(give(zhaomin, given).error(), StaffRefusal::already);
    EXPECT_EQ(give(account("wulei").staff, given).error(), StaffRefusal::oneself);
    EXPECT_EQ(give(zhaomin, {Act::browse, "*", "*", {}, {}}).error(), StaffRefusal::unknown_act);
    EXPECT_EQ(give(zhaomin, {Act::decide_case, "*", "*", today, today.year() / today.month() / 23d}).error(), StaffRefusal::dates);
    auto standing = database().read([&](db::Tx& tx) { return authorisations_of(tx, division, zhaomin); });
    auto last = standing.back();
    EXPECT_EQ(last.given.act, Act::extend_limit);
    EXPECT_TRUE(database().write([&](db::Tx& tx) { return revoke_authorisation(tx, by, zhaomin, last.id); }));
    EXPECT_EQ(database().write([&](db::Tx& tx) { return revoke_authorisation(tx, by, zhaomin, last.id); }).error(),
              StaffRefusal::not_found);
    auto lines = database().read([&](db::Tx& tx) { return ledger::history(tx, division, {zhaomin.value}); });
    EXPECT_EQ(lines.back().act, "revoke_authorisation");
    EXPECT_THAT(verified().faults, testing::IsEmpty());
}

TEST_P(DemoPeople, DeactivatingEndsSessionsAndNobodyDoesItToThemselves) {
    By by{division, {"staff", account("wulei").staff.value, "administrator", ""}, now};
    auto sunli = account("sunli").staff;
    auto session = database().write([&](db::Tx& tx) { return begin_session(tx, division, {}, sunli, {}, "", now, 12h); });
    EXPECT_TRUE(database().write([&](db::Tx& tx) { return deactivate(tx, by, sunli); }));
    EXPECT_FALSE(database().read([&](db::Tx& tx) { return find_session(tx, division, session.token, now, 30min); }));
    EXPECT_EQ(database().write([&](db::Tx& tx) { return deactivate(tx, by, sunli); }).error(), StaffRefusal::already);
    by.actor.id = sunli.value;
    EXPECT_EQ(database().write([&](db::Tx& tx) { return activate(tx, by, sunli); }).error(), StaffRefusal::oneself);
    EXPECT_THAT(verified().faults, testing::IsEmpty());
}

}  // namespace
}  // namespace yimen::identity
