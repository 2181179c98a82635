#include "cases/store.h"

#include <boost/json.hpp>

// The rows beside a case: documents and their bytes, notices, suspensions, notifications.
namespace yimen::cases {

namespace {

Document read_document(const db::Row& row, int at) {
    return {row.get<DocumentId>(at),      row.get<std::string>(at + 1), row.get<std::string>(at + 2),
            row.get<std::string>(at + 3), row.get<int64_t>(at + 4),     row.get<db::Blob>(at + 5).bytes,
            row.get<Instant>(at + 6),     row.get<std::string>(at + 7), row.get<std::optional<int64_t>>(at + 8).has_value()};
}

// What nobody should have changed and is no JSON any more is kept as it stands: verification names it.
boost::json::object read_content_of_notice(std::string_view text) {
    boost::system::error_code broken;
    auto value = boost::json::parse(text, broken);
    return broken || !value.is_object() ? boost::json::object{{"unreadable", text}} : std::move(value.as_object());
}

Notice read_notice(const db::Row& row, int at) {
    return {row.get<NoticeId>(at),        row.get<std::string>(at + 1),
            row.get<std::string>(at + 2), read_content_of_notice(row.get<std::string_view>(at + 3)),
            row.get<Instant>(at + 4),     row.get<int64_t>(at + 5)};
}

// The bytes that a notice's digests are taken over.
std::string said(const Notice& n) {
    auto content = boost::json::serialize(n.content);
    return fmt::format("{}|{}|{}|{}|{}:{}", n.id.value, n.kind, n.number, n.made_at.time_since_epoch().count(), content.size(), content);
}

}  // namespace

std::vector<Document> documents(db::Tx& tx, Division division, CaseId id) {
    std::vector<Document> found;
    for (auto row : tx.query("SELECT id, material, name, media_type, size, content, added_at, added_by, removed_at "
                             "FROM case_document WHERE division = $1 AND case_id = $2 ORDER BY id",
                             division, id))
        found.push_back(read_document(row, 0));
    return found;
}

std::optional<DocumentOfCase> find_document(db::Tx& tx, Division division, DocumentId id) {
    auto row = tx.query(
        "SELECT case_id, id, material, name, media_type, size, content, added_at, added_by, removed_at "
        "FROM case_document WHERE division = $1 AND id = $2",
        division, id);
    if (row.empty()) return std::nullopt;
    return DocumentOfCase{row[0].get<CaseId>(0), read_document(row[0], 1)};
}

void insert_document(db::Tx& tx, Division division, CaseId id, const Document& d) {
    tx.later(
        "INSERT INTO case_document (division, id, case_id, material, name, media_type, size, content, added_at, added_by) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        division, d.id, id, d.material, d.name, d.media_type, d.size, db::BlobView{d.content}, d.added_at, d.added_by);
}

void remove_document(db::Tx& tx, Division division, DocumentId id, Instant now) {
    tx.later("UPDATE case_document SET removed_at = $3 WHERE division = $1 AND id = $2", division, id, now);
}

crypto::Digest documents_digest(const std::vector<Document>& all) {
    std::string text;
    for (auto& d : all)
        text += fmt::format("{}|{}|{}:{}|{}|{}|{}|{}|{}:{}|{}\n", d.id.value, d.material, d.name.size(), d.name, d.media_type, d.size,
                            crypto::hex(d.content), d.added_at.time_since_epoch().count(), d.added_by.size(), d.added_by, d.removed);
    return text.empty() ? crypto::Digest{} : crypto::sm3(text);
}

SealedContent seal_content(const crypto::FieldCipher& cipher, std::string_view bytes) {
    SealedContent sealed{cipher.lookup(bytes, "document"), {}};
    for (size_t offset = 0; offset < bytes.size(); offset += part_size)
        sealed.parts.push_back(cipher.seal(bytes.substr(offset, part_size), fmt::format("document.{}", sealed.parts.size())));
    return sealed;
}

void put_content(db::Tx& tx, Division division, const SealedContent& sealed) {
    for (size_t part = 0; part < sealed.parts.size(); ++part)
        tx.later("INSERT INTO document_part (division, content, part, bytes) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", division,
                 db::BlobView{sealed.hash}, static_cast<int64_t>(part), db::BlobView{sealed.parts[part]});
}

std::string put_content(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, std::string_view bytes) {
    auto sealed = seal_content(cipher, bytes);
    put_content(tx, division, sealed);
    return sealed.hash;
}

std::string read_content(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, std::string_view content, uint64_t offset,
                         uint64_t length) {
    std::string bytes;
    if (length == 0) return bytes;
    auto first = static_cast<int64_t>(offset / part_size), last = static_cast<int64_t>((offset + length - 1) / part_size);
    for (auto row : tx.query("SELECT part, bytes FROM document_part WHERE division = $1 AND content = $2 AND part BETWEEN $3 AND $4 "
                             "ORDER BY part",
                             division, db::BlobView{content}, first, last)) {
        auto plain = cipher.open(row.get<db::BlobView>(1).bytes, fmt::format("document.{}", row.get<int64_t>(0)));
        if (!plain) throw std::runtime_error("document_part: a piece that cannot be opened: wrong key or altered row");
        bytes += *plain;
    }
    return bytes.substr(std::min<uint64_t>(bytes.size(), offset - static_cast<uint64_t>(first) * part_size), length);
}

std::vector<Notice> notices(db::Tx& tx, Division division, CaseId id) {
    std::vector<Notice> found;
    for (auto row : tx.query("SELECT id, kind, number, content, made_at, ledger_seq FROM case_notice "
                             "WHERE division = $1 AND case_id = $2 ORDER BY ledger_seq",
                             division, id))
        found.push_back(read_notice(row, 0));
    return found;
}

std::optional<NoticeOfCase> find_notice(db::Tx& tx, Division division, NoticeId id) {
    auto row = tx.query("SELECT case_id, id, kind, number, content, made_at, ledger_seq FROM case_notice WHERE division = $1 AND id = $2",
                        division, id);
    if (row.empty()) return std::nullopt;
    return NoticeOfCase{row[0].get<CaseId>(0), read_notice(row[0], 1)};
}

void insert_notice(db::Tx& tx, Division division, CaseId id, const Notice& n) {
    tx.later(
        "INSERT INTO case_notice (division, id, case_id, kind, number, content, made_at, ledger_seq) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        division, n.id, id, n.kind, n.number, boost::json::serialize(n.content), n.made_at, n.ledger_seq);
}

crypto::Digest notice_digest(const Notice& n) { return crypto::sm3(said(n)); }

crypto::Digest notices_digest(const crypto::Digest& before, const Notice& n) {
    return crypto::sm3(std::string(crypto::view(before)) + said(n));
}

std::vector<calendar::Suspension> suspensions(db::Tx& tx, Division division, CaseId id) {
    std::vector<calendar::Suspension> found;
    for (auto row :
         tx.query("SELECT begins, ends, reason FROM case_suspension WHERE division = $1 AND case_id = $2 ORDER BY id", division, id))
        found.push_back({row.get<Date>(0), row.get<std::optional<Date>>(1), row.get<std::string>(2)});
    return found;
}

crypto::Digest suspensions_digest(const std::vector<calendar::Suspension>& all) {
    std::string text;
    for (auto& s : all) text += fmt::format("{}|{}|{}:{}\n", to_iso(s.from), s.to ? to_iso(*s.to) : "", s.reason.size(), s.reason);
    return text.empty() ? crypto::Digest{} : crypto::sm3(text);
}

void insert_suspension(db::Tx& tx, Division division, CaseId id, Date begins, std::string_view reason) {
    tx.later("INSERT INTO case_suspension (division, id, case_id, reason, begins) VALUES ($1, $2, $3, $4, $5)", division, next_id(), id,
             reason, begins);
}

void end_suspension(db::Tx& tx, Division division, CaseId id, Date ends) {
    tx.later("UPDATE case_suspension SET ends = $3 WHERE division = $1 AND case_id = $2 AND ends IS NULL", division, id, ends);
}

int64_t lease_numbers(db::Tx& tx, Division division, Date day, int64_t size) {
    return tx
        .query(
            "INSERT INTO case_number_block (division, day, next) VALUES ($1, $2, $3) "
            "ON CONFLICT (division, day) DO UPDATE SET next = case_number_block.next + $4 RETURNING next",
            division, day, size + 1, size)[0]
        .get<int64_t>(0);
}

void notify(db::Tx& tx, const Case& c, std::string_view kind, Instant now) {
    tx.later(
        "INSERT INTO notification (division, id, person, case_id, kind, number, item, made_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        c.division, next_id(), c.person, c.id, kind, c.number, c.item, now);
}

std::vector<Notification> notifications(db::Tx& tx, Division division, identity::PersonId person, int most) {
    std::vector<Notification> found;
    for (auto row : tx.query("SELECT id, case_id, kind, number, item, made_at, read_at FROM notification "
                             "WHERE division = $1 AND person = $2 ORDER BY id DESC LIMIT $3",
                             division, person, most))
        found.push_back({row.get<int64_t>(0), row.get<CaseId>(1), row.get<std::string>(2), row.get<std::string>(3), row.get<std::string>(4),
                         row.get<Instant>(5), row.get<std::optional<int64_t>>(6).has_value()});
    return found;
}

int64_t unread(db::Tx& tx, Division division, identity::PersonId person) {
    return tx.query("SELECT count(*) FROM notification WHERE division = $1 AND person = $2 AND read_at IS NULL", division, person)[0]
        .get<int64_t>(0);
}

void mark_read(db::Tx& tx, Division division, identity::PersonId person, Instant now) {
    tx.later("UPDATE notification SET read_at = $3 WHERE division = $1 AND person = $2 AND read_at IS NULL", division, person, now);
}

}  // namespace yimen::cases
