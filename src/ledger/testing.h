#pragma once
#include <gmock/gmock.h>

#include "db/testing.h"
#include "ledger/ledger.h"

// For tests of the ledger: subjects with one row each, and acts on them.
namespace yimen::ledger {

class WithLedger : public db::OnBothDatabases {
  protected:
    WithLedger() {
        database().write([](db::Tx& tx) { tx.query_list("CREATE TABLE thing (id BIGINT PRIMARY KEY, word TEXT)", {}); });
    }
    Recorded act(int64_t chain, const std::string& word, Division of = Division(310120)) {
        return database().write([&](db::Tx& tx) {
            tx.run("INSERT INTO thing (id, word) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET word = $2", chain, word);
            return record(tx, {of,
                               "thing",
                               {chain},
                               {"staff", 7, "officer", "s"},
                               "decide_case",
                               now,
                               {{"word", "before"}},
                               {{"word", word}},
                               digest(word)});
        });
    }
    // Three chains with 2, 3 and 1 entries, the last of them pending.
    void acts() {
        for (auto [chain, word] : {std::pair<int64_t, const char*>{1001, "a"}, {1002, "b"}, {1001, "c"}, {1002, "d"}, {1002, "e"}})
            act(chain, word);
        checkpoint(database(), key, now);
        last_ = act(1003, "f");
    }
    Report verified(const std::vector<Witness>& witnesses = {}) { return verify_all(database(), key, digests(), witnesses); }
    // The kinds and places of the faults.
    std::vector<std::string> faults(const std::vector<Witness>& witnesses = {}) {
        std::vector<std::string> told;
        for (auto& fault : verified(witnesses).faults) told.push_back(fault.what + " " + fault.where);
        return told;
    }
    void behind_its_back(const std::string& sql) {
        database().write([&](db::Tx& tx) { tx.query_list(sql, {}); });
    }
    static std::string place(int64_t chain, int64_t seq) { return fmt::format("ledger_entry 310120/{}/{}", id_text(chain), seq); }
    static std::string digest(std::string_view word) { return crypto::hex(crypto::view(crypto::sm3(word))); }
    static std::map<std::string, SubjectDigest> digests() {
        return {{"thing", [](db::Tx& tx, Division, ChainId chain) -> std::optional<std::string> {
                     auto row = tx.query("SELECT word FROM thing WHERE id = $1", chain);
                     return row.empty() ? std::nullopt : std::optional(digest(row[0].get<std::string_view>(0)));
                 }}};
    }

    const crypto::Sm2Key key = crypto::Sm2Key::generate();
    const Division division{310120};
    Instant now{std::chrono::milliseconds(1795600000000)};
    Recorded last_;
};

}  // namespace yimen::ledger
