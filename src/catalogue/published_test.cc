#include "catalogue/published.h"

#include <gmock/gmock.h>

#include "catalogue/store.h"
#include "catalogue/summary.h"
#include "catalogue/testing.h"
#include "db/testing.h"

namespace yimen::catalogue {
namespace {

constexpr Date today{std::chrono::year(2026) / 11 / 24};
const ledger::Actor system{"system", 0, "", ""};

class Publishing : public db::OnBothDatabases {
  protected:
    Published publish_all() { return publish_embedded(database(), division, system, Instant{}); }
    // The same items without reading the files again.
    void publish_read() {
        database().write([&](db::Tx& tx) { publish(tx, division, embedded_catalogue().items, system, Instant{}); });
    }
    int64_t count(std::string_view sql) {
        return database().read([&](db::Tx& tx) { return tx.query(sql)[0].get<int64_t>(0); });
    }
    const Division division{310120};
};
ON_BOTH_DATABASES(Publishing);

TEST_P(Publishing, TheSameFilesAreReadOnce) {
    EXPECT_EQ(publish_all().added, std::ssize(embedded_catalogue().items));
    // Were the files read again, the version that is gone would be published again.
    database().write([&](db::Tx& tx) {
        tx.run("DELETE FROM item_summary WHERE division = $1", division);
        tx.run("DELETE FROM item_version WHERE division = $1", division);
    });
    EXPECT_EQ(publish_all().added, 0);
    database().write([&](db::Tx& tx) { tx.run("UPDATE catalogue_source SET digest = 'of other files'"); });
    EXPECT_EQ(publish_all().added, std::ssize(embedded_catalogue().items));
}

TEST_P(Publishing, AVersionWithoutASummaryGetsOne) {
    publish_read();
    const auto all = count("SELECT count(*) FROM item_summary");
    database().write([&](db::Tx& tx) {
        tx.run("DELETE FROM item_summary WHERE division = $1", division);
        tx.run("DELETE FROM catalogue_source WHERE division = $1", division);
    });
    publish_all();
    EXPECT_EQ(count("SELECT count(*) FROM item_summary"), all);
    EXPECT_EQ(PublishedCatalogue(database(), division).all(today).size(), static_cast<size_t>(all));
}

TEST_P(Publishing, ASummaryIsReadAsItWasWritten) {
    publish_read();
    PublishedCatalogue catalogue(database(), division);
    for (auto& item : embedded_catalogue().items) {
        auto kept = catalogue.summary(item.version.item, today);
        ASSERT_TRUE(kept) << item.version.item;
        auto made = summary_of(item.version);
        made.id = kept->id;
        EXPECT_EQ(boost::json::serialize(to_json(*kept)), boost::json::serialize(to_json(made)));
    }
}

TEST_P(Publishing, AVersionIsReadWholeWhenAskedForAndKeptAWhile) {
    publish_read();
    PublishedCatalogue catalogue(database(), division, std::chrono::hours(1), 2);
    EXPECT_FALSE(catalogue.is_open("drainage-permit-new", today));
    auto first = catalogue.in_force("drainage-permit-new", today);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->materials.size(), embedded_item("drainage-permit-new").materials.size());
    EXPECT_TRUE(catalogue.is_open("drainage-permit-new", today));
    EXPECT_EQ(catalogue.version(first->id), first) << "the same, not read again";
    for (auto& item : embedded_catalogue().items) EXPECT_TRUE(catalogue.in_force(item.version.item, today));
    EXPECT_FALSE(catalogue.is_open("drainage-permit-new", today)) << "made room for others";
    EXPECT_EQ(catalogue.version(first->id)->task_code, first->task_code);
    EXPECT_FALSE(catalogue.version({42}));
    EXPECT_FALSE(catalogue.in_force("nothing", today));
    EXPECT_FALSE(catalogue.in_force("drainage-permit-new", Date{std::chrono::year(2020) / 1 / 1}));
}

TEST(KnownItems, KeepWhoWasAskedForAndLetTheOthersGo) {
    KnownItems known(3);
    auto item = [](int64_t id) {
        auto version = embedded_item("water-quota");
        version.id = {id};
        return std::make_shared<const KnownItem>(std::move(version));
    };
    for (int64_t id : {1, 2, 3, 4}) known.keep(item(id));
    EXPECT_EQ(known.size(), 3u);
    // Everybody had been asked for: the hand took the first. Now 2 is asked for, 3 is not.
    EXPECT_FALSE(known.find({1}));
    EXPECT_TRUE(known.find({2}));
    known.keep(item(5));
    EXPECT_TRUE(known.find({2}));
    auto first = known.find({5});
    EXPECT_EQ(known.keep(item(5)), first) << "whoever came first is kept";
}

}  // namespace
}  // namespace yimen::catalogue
