#include "identity/store.h"

#include <gmock/gmock.h>

#include "db/testing.h"
#include "identity/store_register.h"

namespace yimen::identity {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class Register : public db::OnBothDatabases {
  protected:
    Register() {
        database().write([&](db::Tx& tx) {
            put_person(tx, cipher, division, {lina, "李娜", "310120199003071225", "13817046622", "上海市奉贤区南桥镇"});
            put_organisation(
                tx, cipher, division,
                {company, "上海力向金属制品有限公司", "91310120MA1HQ5RT6G", "company", "陈建国", "上海市奉贤区", "02157421688"});
            put_mandate(tx, division, {lina, company, "agent", day(1, 1), day(12, 31)});
            put_staff(tx, division, {liu, "刘强", {Role::officer}, {77}});
            insert_authorisation(tx, division, {1, liu, {Act::decide_case, "drainage-permit-new", "*", {}, day(12, 31)}});
        });
    }
    static Date day(unsigned month, unsigned d) { return {2026y, std::chrono::month(month), std::chrono::day(d)}; }
    NewSession begin(PersonId person, StaffId staff, OrganisationId organisation) {
        return database().write([&](db::Tx& tx) { return begin_session(tx, division, person, staff, organisation, "Firefox", now, 12h); });
    }
    std::optional<Session> find(const NewSession& session, Instant at) {
        return database().read([&](db::Tx& tx) { return find_session(tx, division, session.token, at, 30min); });
    }
    template <class F>
    void write(F&& f) {
        database().write([&](db::Tx& tx) { f(tx); });
    }
    Division division{310120};
    crypto::FieldCipher cipher{std::string(32, 'k')};
    Instant now = start_of_day(day(11, 24)) + 9h;
    PersonId lina{11};
    OrganisationId company{21};
    StaffId liu{31};
};
ON_BOTH_DATABASES(Register);

TEST_P(Register, ASessionTellsWhoActsForWhom) {
    auto session = find(begin(lina, {}, company), now);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->who.name, "李娜");
    EXPECT_EQ(session->who.acting_for, company);
    EXPECT_EQ(session->who.acting_for_name, "上海力向金属制品有限公司");
    EXPECT_TRUE(session->who.roles.has(Role::applicant));
}

TEST_P(Register, ASessionOfStaffBringsPostsAndAuthorisations) {
    auto session = find(begin({}, liu, {}), now);
    ASSERT_TRUE(session);
    EXPECT_TRUE(session->who.roles.has(Role::officer));
    EXPECT_EQ(session->who.authority.value, 77);
    ASSERT_EQ(session->who.authorisations.size(), 1u);
    EXPECT_EQ(session->who.authorisations[0].act, Act::decide_case);
    EXPECT_EQ(session->who.authorisations[0].to, day(12, 31));
}

TEST_P(Register, ATokenThatNobodyGaveFindsNothing) {
    begin(lina, {}, {});
    EXPECT_FALSE(find({{}, "guessed"}, now));
    EXPECT_FALSE(find({{}, ""}, now));
}

TEST_P(Register, AnIdleSessionIsOverAndOneInUseIsNot) {
    auto session = begin(lina, {}, {});
    EXPECT_TRUE(find(session, now + 29min));
    EXPECT_FALSE(find(session, now + 30min));
    write([&](db::Tx& tx) { touch_session(tx, division, session.id, now + 29min); });
    EXPECT_TRUE(find(session, now + 58min));
}

TEST_P(Register, NoUseKeepsASessionBeyondItsEnd) {
    auto session = begin(lina, {}, {});
    write([&](db::Tx& tx) { touch_session(tx, division, session.id, now + 12h - 1min); });
    EXPECT_TRUE(find(session, now + 12h - 1ms));
    EXPECT_FALSE(find(session, now + 12h));
}

TEST_P(Register, AnEndedSessionIsNoLongerFound) {
    auto session = begin(lina, {}, {});
    write([&](db::Tx& tx) { end_session(tx, division, session.id, now); });
    EXPECT_FALSE(find(session, now));
}

TEST_P(Register, WhoeverNoLongerWorksHereIsSignedOutAtOnce) {
    auto session = begin({}, liu, {});
    write([&](db::Tx& tx) { put_staff(tx, division, {liu, "刘强", {Role::officer}, {77}, false}); });
    EXPECT_FALSE(find(session, now));
}

TEST_P(Register, AMandateThatRunsOutEndsTheActingWithinTheSession) {
    auto session = begin(lina, {}, company);
    write([&](db::Tx& tx) { put_mandate(tx, division, {lina, company, "agent", day(1, 1), day(11, 23)}); });
    auto found = find(session, now);
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->who.acting_for);
    EXPECT_EQ(found->who.acting_for_name, "");
}

// What was found of a session is used for as long as this says that it holds.
TEST_P(Register, WhateverChangesWhoASessionStandsForMakesItNoLongerHold) {
    auto of_lina = begin(lina, {}, company), of_liu = begin({}, liu, {}), of_nobody_else = begin(lina, {}, {});
    auto changes = [&](const NewSession& session, auto&& change) {
        auto before = find(session, now).value();
        auto holds = [&] {
            return database().read([&](db::Tx& tx) { return AskedStanding(tx, before, session.token, now, 30min).holds(); });
        };
        EXPECT_TRUE(holds());
        write(change);
        return !holds();
    };
    EXPECT_TRUE(changes(of_lina, [&](db::Tx& tx) { put_mandate(tx, division, {lina, company, "agent", day(1, 1), day(11, 23)}); }));
    EXPECT_TRUE(changes(of_lina, [&](db::Tx& tx) {
        put_organisation(tx, cipher, division, {company, "改名", "91310120MA1HQ5RT6G", "company", "陈", "", ""});
    }));
    EXPECT_TRUE(changes(of_lina, [&](db::Tx& tx) { put_person(tx, cipher, division, {lina, "李娜娜", "310120199003071225", "", ""}); }));
    EXPECT_TRUE(changes(of_nobody_else, [&](db::Tx& tx) { act_for(tx, division, of_nobody_else.id, company); }));
    EXPECT_TRUE(changes(of_lina, [&](db::Tx& tx) { end_session(tx, division, of_lina.id, now); }));
    EXPECT_TRUE(changes(of_liu, [&](db::Tx& tx) { insert_authorisation(tx, division, {2, liu, {Act::decide_case, "*", "*", {}, {}}}); }));
    EXPECT_TRUE(changes(of_liu, [&](db::Tx& tx) { remove_authorisation(tx, division, liu, 2); }));
    EXPECT_TRUE(changes(of_liu, [&](db::Tx& tx) { put_staff(tx, division, {liu, "刘强", {Role::director}, {77}}); }));
    EXPECT_FALSE(changes(of_liu, [&](db::Tx& tx) { put_staff(tx, division, {{32}, "别人", {Role::officer}, {77}}); }));
    EXPECT_FALSE(changes(of_liu, [&](db::Tx& tx) { touch_session(tx, division, of_liu.id, now + 1min); }));
}

TEST_P(Register, NobodyActsForAnOrganisationWithoutAMandate) {
    write([&](db::Tx& tx) { put_organisation(tx, cipher, division, {{22}, "别家", "91310120MA1HQ5RT7X", "company", "王", "", ""}); });
    EXPECT_FALSE(find(begin(lina, {}, {22}), now)->who.acting_for);
}

TEST_P(Register, MandatesHoldFromTheirFirstToTheirLastDay) {
    auto on = [&](Date date) { return database().read([&](db::Tx& tx) { return may_act_for(tx, division, lina, date).size(); }); };
    EXPECT_EQ(on({2025y, std::chrono::December, 31d}), 0u);
    EXPECT_EQ(on(day(1, 1)), 1u);
    EXPECT_EQ(on(day(12, 31)), 1u);
    EXPECT_EQ(on({2027y, std::chrono::January, 1d}), 0u);
}

TEST_P(Register, HeldDocumentsCountWhileValid) {
    write([&](db::Tx& tx) {
        insert_held_document(tx, division, {lina, {}, "person:identity-card", "1", "公安", day(11, 23)});
        insert_held_document(tx, division, {{}, company, "organisation:business-licence", "2", "市场监管", {}});
        insert_held_document(tx, division, {{}, {99}, "organisation:construction-permit", "3", "住建", {}});
    });
    auto held = [&](Date date) { return database().read([&](db::Tx& tx) { return held_documents(tx, division, lina, company, date); }); };
    EXPECT_THAT(held(day(11, 23)), ElementsAre("person:identity-card", "organisation:business-licence"));
    EXPECT_THAT(held(day(11, 24)), ElementsAre("organisation:business-licence"));
    EXPECT_THAT(database().read([&](db::Tx& tx) { return held_documents(tx, division, {}, {}, day(1, 1)); }), IsEmpty());
}

TEST_P(Register, FormsAreFilledInTheClearAndPagesSeeMasks) {
    auto values = database().read([&](db::Tx& tx) { return known(tx, cipher, division, lina, company); });
    EXPECT_EQ(values["person.number"], "310120199003071225");
    EXPECT_EQ(values["person.address"], "上海市奉贤区南桥镇");
    EXPECT_EQ(values["organisation.phone"], "02157421688");
    auto person = database().read([&](db::Tx& tx) { return find_person(tx, division, lina); });
    EXPECT_EQ(person->id_masked, "310120********1225");
    EXPECT_EQ(person->phone_masked, "138****6622");
}

TEST_P(Register, APersonIsFoundByNumberThoughItIsSealed) {
    database().read([&](db::Tx& tx) {
        EXPECT_EQ(find_person_by_number(tx, cipher, division, "310120199003071225"), lina);
        EXPECT_FALSE(find_person_by_number(tx, cipher, division, "310120199003071226"));
    });
}

}  // namespace
}  // namespace yimen::identity
