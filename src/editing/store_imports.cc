#include "editing/store_imports.h"

#include <boost/json.hpp>

#include "crypto/crypto.h"

namespace yimen::editing {

namespace {

#define COLUMNS                                                                                                                            \
    "division, id, state, files, digest, uploaded_by, uploaded_by_name, uploaded_at, plan, added, next_versions, unchanged, fault_count, " \
    "confirmed_by, confirmed_by_name, confirmed_at, ended_at, done, total"

std::string files_text(const std::vector<ImportFile>& files) {
    json::array all;
    for (auto& file : files) all.push_back(json::object{{"name", file.name}, {"size", file.size}});
    return json::serialize(all);
}

Import import_from(const db::Row& row) {
    Import found;
    found.division = Division{row.get<int>(0)};
    found.id = row.get<ImportId>(1);
    const auto state = row.get<std::string>(2);
    for (int i = 0; i <= static_cast<int>(ImportState::failed); ++i)
        if (name(static_cast<ImportState>(i)) == state) found.state = static_cast<ImportState>(i);
    const auto files = json::parse(row.get<std::string_view>(3));
    for (auto& file : files.as_array()) found.files.push_back({std::string(file.at("name").as_string()), file.at("size").as_int64()});
    found.digest = row.get<std::string>(4);
    found.uploaded_by = row.get<identity::StaffId>(5);
    found.uploaded_by_name = row.get<std::string>(6);
    found.uploaded_at = row.get<Instant>(7);
    found.plan = row.get<std::string>(8);
    found.added = row.get<int64_t>(9);
    found.next_versions = row.get<int64_t>(10);
    found.unchanged = row.get<int64_t>(11);
    found.fault_count = row.get<int64_t>(12);
    found.confirmed_by = row.get<identity::StaffId>(13);
    found.confirmed_by_name = row.get<std::string>(14);
    found.confirmed_at = row.get<std::optional<Instant>>(15);
    found.ended_at = row.get<std::optional<Instant>>(16);
    found.done = row.get<int64_t>(17);
    found.total = row.get<int64_t>(18);
    return found;
}

std::optional<Import> first(const db::Rows& rows) { return rows.empty() ? std::nullopt : std::optional(import_from(rows[0])); }

}  // namespace

void keep_piece(db::Tx& tx, Division division, ImportId id, size_t file, size_t place, std::string_view bytes) {
    tx.run("INSERT INTO item_import_piece (division, import, file, place, bytes) VALUES ($1, $2, $3, $4, $5)", division, id,
           static_cast<int64_t>(file), static_cast<int64_t>(place), db::BlobView{bytes});
}

std::string piece(db::Tx& tx, Division division, ImportId id, size_t file, size_t place) {
    auto rows = tx.query("SELECT bytes FROM item_import_piece WHERE division = $1 AND import = $2 AND file = $3 AND place = $4", division,
                         id, static_cast<int64_t>(file), static_cast<int64_t>(place));
    return rows.empty() ? std::string() : rows[0].get<db::Blob>(0).bytes;
}

void forget_pieces(db::Tx& tx, Division division, ImportId id) {
    tx.run("DELETE FROM item_import_piece WHERE division = $1 AND import = $2", division, id);
}

void put(db::Tx& tx, const Import& i) {
    tx.run("INSERT INTO item_import (" COLUMNS
           ", held_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 0) "
           "ON CONFLICT (division, id) DO UPDATE SET state = excluded.state, plan = excluded.plan, added = excluded.added, next_versions = "
           "excluded.next_versions, "
           "unchanged = excluded.unchanged, fault_count = excluded.fault_count, confirmed_by = excluded.confirmed_by, "
           "confirmed_by_name = excluded.confirmed_by_name, confirmed_at = excluded.confirmed_at, ended_at = excluded.ended_at",
           i.division, i.id, name(i.state), files_text(i.files), i.digest, i.uploaded_by, i.uploaded_by_name, i.uploaded_at, i.plan,
           i.added, i.next_versions, i.unchanged, i.fault_count, i.confirmed_by, i.confirmed_by_name, i.confirmed_at, i.ended_at, i.done,
           i.total);
}

std::optional<Import> find_import(db::Tx& tx, Division division, ImportId id) {
    return first(tx.query("SELECT " COLUMNS " FROM item_import WHERE division = $1 AND id = $2", division, id));
}

std::optional<Import> find_import_locked(db::Tx& tx, Division division, ImportId id) {
    return first(tx.query("SELECT " COLUMNS " FROM item_import WHERE division = $1 AND id = $2 FOR UPDATE", division, id));
}

std::vector<Import> imports(db::Tx& tx, Division division, int most) {
    std::vector<Import> all;
    for (auto row : tx.query("SELECT " COLUMNS " FROM item_import WHERE division = $1 ORDER BY id DESC LIMIT $2", division, most))
        all.push_back(import_from(row));
    return all;
}

std::string digest(const Import& i) {
    return crypto::hex(crypto::view(
        crypto::sm3(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", id_text(i.id.value), name(i.state), i.digest, i.uploaded_by.value,
                                i.plan, i.added, i.next_versions, i.unchanged, i.fault_count, i.confirmed_by.value))));
}

std::optional<Import> take_import(db::Tx& tx, Division division, Instant now, Instant until) {
    return first(
        tx.query("UPDATE item_import SET held_until = $3 WHERE division = $1 AND id = (SELECT id FROM item_import WHERE division = $1 "
                 "AND state IN ('waiting', 'trying', 'confirmed', 'publishing') AND held_until < $2 ORDER BY id LIMIT 1) AND held_until < "
                 "$2 RETURNING " COLUMNS,
                 division, now, until));
}

int64_t imports_waiting(db::Tx& tx, Division division, Instant now) {
    return tx
        .query(
            "SELECT count(*) FROM item_import WHERE division = $1 AND state IN ('waiting', 'trying', 'confirmed', 'publishing') AND "
            "held_until < $2",
            division, now)[0]
        .get<int64_t>(0);
}

void note_progress(db::Tx& tx, const Import& i, Instant until) {
    tx.run("UPDATE item_import SET done = $3, total = $4, held_until = $5 WHERE division = $1 AND id = $2", i.division, i.id, i.done,
           i.total, until);
}

void forget_lines(db::Tx& tx, Division division, ImportId id) {
    tx.run("DELETE FROM item_import_line WHERE division = $1 AND import = $2", division, id);
}

void add_lines(db::Tx& tx, Division division, ImportId id, std::string_view kind, int64_t place, std::span<const ImportLine> all) {
    for (auto& line : all)
        tx.later(
            "INSERT INTO item_import_line (division, import, kind, place, subject, number, part, value, text_zh, text_en) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            division, id, kind, place++, line.subject, line.number, line.part, line.value, line.text.zh, line.text.en);
}

std::vector<ImportLine> lines(db::Tx& tx, Division division, ImportId id, std::string_view kind, int64_t after, int most) {
    std::vector<ImportLine> all;
    for (auto row : tx.query("SELECT subject, number, part, value, text_zh, text_en FROM item_import_line WHERE division = $1 AND import = "
                             "$2 AND kind = $3 "
                             "AND place > $4 ORDER BY place LIMIT $5",
                             division, id, kind, after, most))
        all.push_back({row.get<std::string>(0),
                       row.get<int64_t>(1),
                       row.get<std::string>(2),
                       row.get<std::string>(3),
                       {row.get<std::string>(4), row.get<std::string>(5)}});
    return all;
}

int64_t count_lines(db::Tx& tx, Division division, ImportId id, std::string_view kind) {
    return tx.query("SELECT count(*) FROM item_import_line WHERE division = $1 AND import = $2 AND kind = $3", division, id, kind)[0]
        .get<int64_t>(0);
}

}  // namespace yimen::editing
