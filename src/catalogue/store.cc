#include "catalogue/store.h"

#include "crypto/crypto.h"

namespace yimen::catalogue {

namespace {

std::string digest(std::string_view item, int64_t version, std::string_view from, std::string_view content) {
  return crypto::hex(crypto::view(crypto::sm3(fmt::format("{}\n{}\n{}\n{}", item, version, from, content))));
}

// What is published already, by item and version.
using Contents = std::map<std::pair<std::string, int>, std::string>;
Contents contents(db::Tx& tx, Division division) {
  Contents known;
  for (auto row : tx.query("SELECT item, version, content FROM item_version WHERE division = $1", division))
    known[{row.get<std::string>(0), row.get<int>(1)}] = row.get<std::string>(2);
  return known;
}

std::vector<Fault> differing(const std::vector<LoadedItem>& items, const Contents& known) {
  std::vector<Fault> faults;
  for (auto& [version, json] : items) {
    auto found = known.find({version.item, version.version});
    if (found == known.end() || found->second == boost::json::serialize(json)) continue;
    faults.push_back({fmt::format("data/catalogue/{}", version.department), 0,
                      fmt::format("version {} of {} is published with another content: raise version", version.version, version.item)});
  }
  return faults;
}

int64_t raise_stamp(db::Tx& tx, Division division) {
  auto rows = tx.query(
      "INSERT INTO catalogue_stamp (division, stamp) VALUES ($1, 1) "
      "ON CONFLICT (division) DO UPDATE SET stamp = catalogue_stamp.stamp + 1 RETURNING stamp",
      division);
  return rows[0].get<int64_t>(0);
}

void add(db::Tx& tx, Division division, const ItemVersion& version, const std::string& content, int64_t stamp,
         const ledger::Actor& actor, Instant now) {
  const auto id = make_id<ItemVersionTag>();
  const auto from = to_iso(version.from);
  tx.run(
      "INSERT INTO item_version (division, id, item, version, in_force_from, content, stamp, published_at, "
      "published_by_kind, published_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      division, id, version.item, version.version, from, content, stamp, now, actor.kind, actor.id);
  boost::json::object after{{"item", version.item}, {"version", version.version}, {"from", from}};
  const ledger::Entry entry{division, "item_version",   {id.value},
                            actor,    "publish_item",   now,
                            nullptr,  std::move(after), digest(version.item, version.version, from, content)};
  ledger::record(tx, entry, ledger::Head::fresh());
}

}  // namespace

int64_t stamp(db::Tx& tx, Division division) {
  auto rows = tx.query("SELECT stamp FROM catalogue_stamp WHERE division = $1", division);
  return rows.empty() ? 0 : rows[0].get<int64_t>(0);
}

StoredVersions published_after(db::Tx& tx, Division division, int64_t stamp) {
  StoredVersions stored{stamp, {}};
  for (auto row : tx.query("SELECT id, item, version, content, stamp FROM item_version "
                           "WHERE division = $1 AND stamp > $2 ORDER BY stamp, id",
                           division, stamp)) {
    const auto name = fmt::format("item_version {} ({} {})", id_text(row.get<int64_t>(0)), row.get<std::string_view>(1),
                                  row.get<int>(2));
    auto read = read_stored(boost::json::parse(row.get<std::string_view>(3)).as_object(), name);
    if (!read) throw std::runtime_error(to_text(read.error().front()));
    read->id = row.get<ItemVersionId>(0);
    stored.versions.push_back(std::make_shared<const ItemVersion>(std::move(*read)));
    stored.stamp = row.get<int64_t>(4);
  }
  return stored;
}

Published publish(db::Tx& tx, Division division, const std::vector<LoadedItem>& items, const ledger::Actor& actor,
                  Instant now) {
  if (auto known = contents(tx, division); std::ranges::all_of(items, [&](auto& item) {
        return known.contains({item.version.item, item.version.version});
      }))
    return {0, differing(items, known)};
  // Raised before looking again, since it makes other publishings wait: what is known then stays true until the commit.
  const auto stamp = raise_stamp(tx, division);
  auto known = contents(tx, division);
  Published published{0, differing(items, known)};
  for (auto& [version, json] : items) {
    if (known.contains({version.item, version.version})) continue;
    add(tx, division, version, boost::json::serialize(json), stamp, actor, now);
    ++published.added;
  }
  return published;
}

Published publish_embedded(db::Database& database, Division division, const ledger::Actor& actor, Instant now) {
  auto loaded = load_catalogue(embedded_files_under("data/catalogue/"));
  if (!loaded.faults.empty()) throw std::runtime_error(to_text(loaded.faults.front()));
  return database.write([&](db::Tx& tx) { return publish(tx, division, loaded.items, actor, now); });
}

std::optional<std::string> item_version_digest(db::Tx& tx, Division division, ledger::ChainId chain) {
  auto rows = tx.query("SELECT item, version, in_force_from, content FROM item_version WHERE division = $1 AND id = $2",
                       division, chain);
  if (rows.empty()) return std::nullopt;
  return digest(rows[0].get<std::string_view>(0), rows[0].get<int64_t>(1), rows[0].get<std::string_view>(2),
                rows[0].get<std::string_view>(3));
}

}  // namespace yimen::catalogue
