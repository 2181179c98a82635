#include <stdexcept>

#include "ledger/audit.h"
#include "ledger/store.h"

namespace yimen::ledger {
namespace {

class DatabaseSource final : public Source {
 public:
  explicit DatabaseSource(db::Tx& tx) : tx_(tx) {}
  void entries(const std::function<void(const EntryRow&)>& take, Findings& findings) override {
    store::each_entry(tx_, take, unreadable("entry", findings));
  }
  void checkpoints(const std::function<void(const CheckpointRow&)>& take, Findings& findings) override {
    store::each_checkpoint(tx_, take, unreadable("checkpoint", findings));
  }
  void pending(const std::function<void(const PendingRow&)>& take, Findings& findings) override {
    store::each_pending(tx_, take, unreadable("pending", findings));
  }

 private:
  static store::Unreadable unreadable(const char* what, Findings& findings) {
    return [what, &findings](const std::string& where, const std::string& why) { findings.add(what, where, why); };
  }
  db::Tx& tx_;
};

class Subjects {
 public:
  Subjects(db::Tx& tx, const std::map<std::string, SubjectDigest>& digests) : tx_(tx), digests_(digests) {}

  void operator()(const EntryRow& last, Findings& findings) const {
    const auto digest = digests_.find(last.kind);
    if (digest == digests_.end()) return;
    ++findings.report.subjects;
    const auto where = fmt::format("{} {}/{}", last.kind, last.division, id_text(last.chain));
    const auto now = computed(digest->second, last, where, findings);
    if (!now) return;
    if (!*now && last.subject_digest != no_rows) findings.add("subject", where, "its rows are gone");
    if (*now && **now != last.subject_digest) {
      findings.add("subject", where, fmt::format("its rows are not as {} left them", last.where()));
    }
  }

 private:
  // Nothing where the rows have become unreadable, which is a fault and no reason to stop.
  std::optional<std::optional<std::string>> computed(const SubjectDigest& digest, const EntryRow& last,
                                                     const std::string& where, Findings& findings) const {
    try {
      return digest(tx_, Division(static_cast<int>(last.division)), ChainId{last.chain});
    } catch (const std::logic_error& error) {
      findings.add("subject", where, error.what());
      return std::nullopt;
    }
  }

  db::Tx& tx_;
  const std::map<std::string, SubjectDigest>& digests_;
};

}  // namespace

Report verify_all(db::Database& database, const crypto::Sm2Key& public_key,
                  const std::map<std::string, SubjectDigest>& digests, const std::vector<Witness>& witnesses) {
  return database.read([&](db::Tx& tx) {
    const store::Snapshot one_moment(tx, database.is_postgresql());
    DatabaseSource source(tx);
    return audit(source, public_key, witnesses, Subjects(tx, digests));
  });
}

}  // namespace yimen::ledger
