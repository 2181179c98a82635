#include "catalogue/store.h"

#include "base/log.h"
#include "catalogue/store_exchange.h"
#include "catalogue/summary.h"
#include "crypto/crypto.h"

namespace yimen::catalogue {

namespace {

std::string digest(std::string_view item, int64_t version, std::string_view from, std::string_view content) {
    return crypto::hex(crypto::view(crypto::sm3(fmt::format("{}\n{}\n{}\n{}", item, version, from, content))));
}

// So many are looked up one by one; for more, everything that is stored is gone through.
constexpr size_t few = 64;
// On PostgreSQL writes travel together and are answered together, this many items at a time.
constexpr size_t together = 64;

// Which of the publications are there already, by place; those that are there with another content are faults.
struct Known {
    std::vector<bool> there;
    std::vector<Fault> changed;
    bool all() const {
        return std::ranges::all_of(there, [](bool one) { return one; });
    }
};
Known known_among(db::Tx& tx, Division division, const std::vector<Publication>& publications) {
    std::map<std::pair<std::string_view, int>, size_t> places;
    for (size_t i = 0; i < publications.size(); ++i)
        places.emplace(std::pair(std::string_view(publications[i].item), publications[i].version), i);
    Known known{std::vector<bool>(publications.size()), {}};
    auto see = [&](std::string_view item, int version, std::string_view content) {
        auto place = places.find({item, version});
        if (place == places.end()) return;
        auto& publication = publications[place->second];
        known.there[place->second] = true;
        if (publication.content != content)
            known.changed.push_back({fmt::format("data/catalogue/{}", publication.department), 0,
                                     fmt::format("version {} of {} is published with another content: raise version", version, item)});
    };
    if (publications.size() > few) {
        each_content(tx, division, see);
        return known;
    }
    for (auto& one : publications)
        if (auto content = content_text(tx, division, one.item, one.version)) see(one.item, one.version, *content);
    return known;
}

int64_t raise_stamp(db::Tx& tx, Division division) {
    auto rows = tx.query(
        "INSERT INTO catalogue_stamp (division, stamp) VALUES ($1, 1) "
        "ON CONFLICT (division) DO UPDATE SET stamp = catalogue_stamp.stamp + 1 RETURNING stamp",
        division);
    return rows[0].get<int64_t>(0);
}

std::unique_ptr<db::Answer> put_summary(db::Tx& tx, Division division, const ItemSummary& summary, int64_t stamp) {
    return tx.ask(
        "INSERT INTO item_summary (division, id, stamp, format, summary) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (division, id) DO UPDATE SET format = excluded.format, summary = excluded.summary",
        division, summary.id, stamp, summary_format, boost::json::serialize(to_json(summary)));
}

std::unique_ptr<db::Answer> add(db::Tx& tx, Division division, const Publication& version, int64_t stamp, const ledger::Actor& actor,
                                Instant now) {
    const auto id = make_id<ItemVersionTag>();
    auto& [item, number, department, from, content, summary, source] = version;
    tx.later(
        "INSERT INTO item_version (division, id, item, version, in_force_from, content, stamp, published_at, "
        "published_by_kind, published_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        division, id, item, number, from, content, stamp, now, actor.kind, actor.id);
    if (!source.empty())
        tx.later(
            "INSERT INTO item_source (division, item, version, digest) VALUES ($1, $2, $3, $4) ON CONFLICT (division, item, version) DO "
            "NOTHING",
            division, item, number, source);
    boost::json::object after{{"item", item}, {"version", number}, {"from", from}};
    const ledger::Entry entry{
        division, "item_version", {id.value}, actor, "publish_item", now, nullptr, std::move(after), digest(item, number, from, content)};
    ledger::record(tx, entry, ledger::Head::fresh());
    auto kept = summary;
    kept.id = id;
    return put_summary(tx, division, kept, stamp);
}

// Those that were published before there were summaries, or by a program whose summaries were other ones.
void add_missing_summaries(db::Tx& tx, Division division) {
    auto rows = tx.query(
        "SELECT id, stamp FROM item_version WHERE division = $1 AND NOT EXISTS (SELECT 1 FROM item_summary "
        "WHERE item_summary.division = item_version.division AND item_summary.id = item_version.id "
        "AND item_summary.format = $2)",
        division, summary_format);
    for (auto row : rows) {
        auto version = stored_version(tx, division, row.get<ItemVersionId>(0));
        if (version) put_summary(tx, division, summary_of(*version), row.get<int64_t>(1))->changed();
    }
}

// Changes with every byte of the files, and with what is kept of them.
std::string digest_of(const std::vector<EmbeddedFile>& files) {
    std::string sizes = fmt::format("{}\n", summary_format), bytes;
    for (auto& file : files) {
        sizes += fmt::format("{} {}\n", file.path, file.bytes.size());
        bytes += file.bytes;
    }
    return crypto::hex(crypto::view(crypto::sm3(sizes + bytes)));
}

bool is_published(db::Tx& tx, Division division, const std::string& digest) {
    auto rows = tx.query("SELECT digest FROM catalogue_source WHERE division = $1", division);
    return !rows.empty() && rows[0].get<std::string_view>(0) == digest;
}

}  // namespace

int64_t stamp(db::Tx& tx, Division division) {
    auto rows = tx.query("SELECT stamp FROM catalogue_stamp WHERE division = $1", division);
    return rows.empty() ? 0 : rows[0].get<int64_t>(0);
}

StoredSummaries published_after(db::Tx& tx, Division division, int64_t stamp) {
    StoredSummaries stored{stamp, {}};
    SummaryReader reader;
    for (auto row :
         tx.query("SELECT summary, stamp FROM item_summary WHERE division = $1 AND stamp > $2 ORDER BY stamp, id", division, stamp)) {
        stored.items.push_back(reader.read(row.get<std::string_view>(0)));
        stored.stamp = row.get<int64_t>(1);
    }
    return stored;
}

std::optional<ItemVersion> stored_version(db::Tx& tx, Division division, ItemVersionId id) {
    auto rows = tx.query("SELECT content FROM item_version WHERE division = $1 AND id = $2", division, id);
    if (rows.empty()) return std::nullopt;
    auto read =
        read_stored(boost::json::parse(rows[0].get<std::string_view>(0)).as_object(), fmt::format("item_version {}", id_text(id.value)));
    if (!read) throw std::runtime_error(to_text(read.error().front()));
    read->id = id;
    return std::move(*read);
}

std::map<std::pair<std::string, int>, std::string> sources(db::Tx& tx, Division division) {
    std::map<std::pair<std::string, int>, std::string> all;
    for (auto row : tx.query("SELECT item, version, digest FROM item_source WHERE division = $1 ORDER BY item, version", division))
        all.emplace_hint(all.end(), std::pair(row.get<std::string>(0), row.get<int>(1)), row.get<std::string>(2));
    return all;
}

Publication publication_of(const ItemVersion& version, std::string content) {
    return {version.item, version.version, version.department, to_iso(version.from), std::move(content), summary_of(version), {}};
}

Published publish_all(db::Tx& tx, Division division, const std::vector<Publication>& publications, const ledger::Actor& actor,
                      Instant now) {
    if (auto known = known_among(tx, division, publications); known.all()) return {0, std::move(known.changed)};
    // Raised before looking again, since it makes other publishings wait: what is known then stays true until the commit.
    const auto stamp = raise_stamp(tx, division);
    auto known = known_among(tx, division, publications);
    Published published{0, std::move(known.changed)};
    for (size_t i = 0; i < publications.size(); ++i) {
        if (known.there[i]) continue;
        auto answer = add(tx, division, publications[i], stamp, actor, now);
        if (++published.added % together == 0) answer->changed();
    }
    return published;
}

Published publish(db::Tx& tx, Division division, const std::vector<LoadedItem>& items, const ledger::Actor& actor, Instant now) {
    std::vector<Publication> publications;
    publications.reserve(items.size());
    for (auto& item : items) publications.push_back(publication_of(item.version, boost::json::serialize(item.stored)));
    return publish_all(tx, division, publications, actor, now);
}

Published publish_embedded(db::Database& database, Division division, const ledger::Actor& actor, Instant now) {
    const auto files = embedded_files_under("data/catalogue/");
    const auto digest = digest_of(files);
    if (database.read([&](db::Tx& tx) { return is_published(tx, division, digest); })) return {};
    const auto loaded = load_catalogue(files);
    if (!loaded.faults.empty()) throw std::runtime_error(to_text(loaded.faults.front()));
    auto published = database.write([&](db::Tx& tx) {
        auto done = publish(tx, division, loaded.items, actor, now);
        add_missing_summaries(tx, division);
        tx.run(
            "INSERT INTO catalogue_source (division, digest) VALUES ($1, $2) "
            "ON CONFLICT (division) DO UPDATE SET digest = excluded.digest",
            division, digest);
        return done;
    });
    for (auto& fault : published.changed) log::warning("catalogue_not_published", {{"fault", to_text(fault)}});
    return published;
}

std::optional<std::string> item_version_digest(db::Tx& tx, Division division, ledger::ChainId chain) {
    auto rows = tx.query("SELECT item, version, in_force_from, content FROM item_version WHERE division = $1 AND id = $2", division, chain);
    if (rows.empty()) return std::nullopt;
    return digest(rows[0].get<std::string_view>(0), rows[0].get<int64_t>(1), rows[0].get<std::string_view>(2),
                  rows[0].get<std::string_view>(3));
}

}  // namespace yimen::catalogue
