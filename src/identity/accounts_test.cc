#include "identity/accounts.h"

#include <gmock/gmock.h>

#include <thread>

#include "db/testing.h"
#include "identity/demo.h"

namespace yimen::identity {
namespace {

using namespace std::chrono_literals;

constexpr crypto::PasswordCost cheap{.memory_kib = 64, .passes = 1};

class Accounts : public db::OnBothDatabases {
  protected:
    Accounts() { make_demo_people(database(), division, keys, now, cheap); }
    bool enter(std::string_view name, std::string_view password, std::chrono::milliseconds later = 0ms) {
        return provider.authenticate({std::string(name), std::string(password)}, now + later).has_value();
    }
    Account account(std::string_view name) {
        return database().read([&](db::Tx& tx) { return find_account(tx, division, name).value(); });
    }
    NewSession begin(std::string_view name, SessionId before = {}) {
        auto owner = account(name);
        return database().write([&](db::Tx& tx) {
            return sign_in(tx, division, {owner.person, owner.staff}, {}, "Firefox · Linux", before, now, 12h);
        });
    }
    std::optional<Session> find(const NewSession& session) {
        return database().read([&](db::Tx& tx) { return find_session(tx, division, session.token, now, 30min); });
    }
    By by(const Who& who) const {
        return {division, {who.staff ? "staff" : "person", who.staff ? who.staff.value : who.person.value, "", ""}, now};
    }
    void expect_verified() { EXPECT_THAT(ledger::verify_all(database(), keys.ledger, subject_digests()).faults, testing::IsEmpty()); }
    Division division{310120};
    crypto::Keys keys{crypto::FieldCipher(std::string(32, 'k')), crypto::Sm2Key::generate(), std::string(32, 's'), "", ""};
    Instant now = start_of_day({2026y, std::chrono::November, 24d}) + 9h;
    PasswordProvider provider{database(), division};
};
ON_BOTH_DATABASES(Accounts);

TEST_P(Accounts, TheRightPasswordEntersAndNothingElse) {
    EXPECT_TRUE(enter("lina", demo_password));
    EXPECT_FALSE(enter("lina", "yimen-demo-2025"));
    EXPECT_FALSE(enter("lina", ""));
    EXPECT_FALSE(enter("nobody", demo_password));
    expect_verified();
}

TEST_P(Accounts, FiveFailuresLockEvenForTheRightPasswordForAMinute) {
    for (int i = 0; i < 4; ++i) enter("lina", "wrong");
    EXPECT_TRUE(enter("lina", demo_password));
    for (int i = 0; i < 5; ++i) enter("lina", "wrong");
    EXPECT_FALSE(enter("lina", demo_password, 59s));
    EXPECT_TRUE(enter("lina", demo_password, 60s));
    EXPECT_EQ(account("lina").failures, 0);
}

TEST_P(Accounts, GuessesAtOnceCountEach) {
    std::vector<std::jthread> guessers;
    for (int i = 0; i < 4; ++i) guessers.emplace_back([&] { enter("lina", "wrong"); });
    guessers.clear();
    EXPECT_EQ(account("lina").failures, 4);
    for (int i = 0; i < 4; ++i) guessers.emplace_back([&] { enter("lina", "wrong"); });
    guessers.clear();
    EXPECT_EQ(account("lina").failures, failures_before_lock);
    expect_verified();
}

TEST_P(Accounts, AttemptsWhileLockedDoNotProlongTheLock) {
    for (int i = 0; i < 5; ++i) enter("lina", "wrong");
    for (int i = 0; i < 3; ++i) enter("lina", "wrong", 30s);
    EXPECT_TRUE(enter("lina", demo_password, 60s));
}

TEST_P(Accounts, WhoeverIsNotActiveDoesNotEnter) {
    By administrator{division, {"staff", account("wulei").staff.value, "administrator", ""}, now};
    EXPECT_TRUE(enter("sunli", demo_password));
    database().write([&](db::Tx& tx) { return deactivate(tx, administrator, account("sunli").staff); });
    EXPECT_FALSE(enter("sunli", demo_password));
}

TEST_P(Accounts, SigningInGivesANewTokenAndEndsTheOldSession) {
    auto old = begin("lina");
    auto fresh = begin("lina", old.id);
    EXPECT_NE(fresh.token, old.token);
    EXPECT_FALSE(find(old));
    EXPECT_TRUE(find(fresh));
    expect_verified();
}

TEST_P(Accounts, SigningOutEndsTheSession) {
    auto session = begin("lina");
    database().write([&](db::Tx& tx) { sign_out(tx, by(find(session)->who), session.id); });
    EXPECT_FALSE(find(session));
    expect_verified();
}

TEST_P(Accounts, OneActsOnlyForAnOrganisationOneHasAMandateFor) {
    auto session = begin("lina");
    auto who = find(session)->who;
    auto choose = [&](std::string_view code) {
        return database().write([&](db::Tx& tx) {
            auto id = code.empty() ? OrganisationId{} : find_organisation_by_code(tx, division, code).value();
            return choose_whom_to_act_for(tx, by(who), who, id);
        });
    };
    EXPECT_FALSE(choose("92310120MA1JT8KU3Q"));
    EXPECT_FALSE(find(session)->who.acting_for);
    EXPECT_TRUE(choose("91310120MA1HQ5RT6E"));
    EXPECT_EQ(find(session)->who.acting_for_name, "上海力向金属制品有限公司");
    EXPECT_TRUE(choose(""));
    EXPECT_FALSE(find(session)->who.acting_for);
    expect_verified();
}

TEST_P(Accounts, OneEndsOwnSessionsOnly) {
    auto mine = begin("lina"), other = begin("lina"), third = begin("lina"), hers = begin("zhangwei");
    auto who = find(mine)->who;
    auto end = [&](SessionId id) { return database().write([&](db::Tx& tx) { return end_one(tx, by(who), who, id); }); };
    EXPECT_TRUE(end(other.id));
    EXPECT_FALSE(end(other.id));
    EXPECT_FALSE(end(hers.id));
    EXPECT_EQ(database().write([&](db::Tx& tx) { return end_others(tx, by(who), who); }), 1u);
    EXPECT_TRUE(find(mine));
    EXPECT_FALSE(find(third));
    EXPECT_TRUE(find(hers));
    expect_verified();
}

TEST_P(Accounts, AChangedPasswordEndsOtherSessionsAndTheOldPassword) {
    auto mine = begin("lina"), other = begin("lina");
    auto who = find(mine)->who;
    auto before = account("lina");
    EXPECT_EQ(new_password(before, "wrong", "奉贤区的一扇门很好找").error(), PasswordRefusal::wrong);
    EXPECT_EQ(new_password(before, demo_password, "short").error(), PasswordRefusal::too_short);
    EXPECT_EQ(new_password(before, demo_password, demo_password).error(), PasswordRefusal::same);
    auto phc = new_password(before, demo_password, "奉贤区的一扇门很好找");
    ASSERT_TRUE(phc);
    auto change = [&] { return database().write([&](db::Tx& tx) { return change_password(tx, by(who), who, before, *phc); }); };
    EXPECT_TRUE(change());
    EXPECT_FALSE(change());
    EXPECT_TRUE(find(mine));
    EXPECT_FALSE(find(other));
    EXPECT_FALSE(enter("lina", demo_password));
    EXPECT_TRUE(enter("lina", "奉贤区的一扇门很好找"));
    expect_verified();
}

TEST(Account, LocksDoubleUpToAnHour) {
    Instant now{};
    EXPECT_FALSE(locked_after(4, now));
    EXPECT_EQ(locked_after(5, now), now + 1min);
    EXPECT_EQ(locked_after(6, now), now + 2min);
    EXPECT_EQ(locked_after(10, now), now + 32min);
    EXPECT_EQ(locked_after(11, now), now + 1h);
    EXPECT_EQ(locked_after(1000, now), now + 1h);
}

// Else an unknown name would answer sooner than a wrong password.
TEST(Account, NobodysPasswordCostsWhatAnyOtherDoes) {
    auto cost = [](std::string_view phc) { return std::string(phc.substr(0, phc.rfind('$', phc.rfind('$') - 1))); };
    EXPECT_EQ(cost(nobodys_password), cost(crypto::hash_password("any")));
    EXPECT_EQ(nobodys_password.size(), crypto::hash_password("any").size());
}

TEST(Account, DevicesAreNamedAsPeopleKnowThem) {
    EXPECT_EQ(device_name("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"), "Firefox · Windows");
    EXPECT_EQ(device_name("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"), "Chrome · Android");
    EXPECT_EQ(device_name(""), "");
}

}  // namespace
}  // namespace yimen::identity
