#include "cases/notice_proof.h"

#include <charconv>

#include "cases/store.h"

namespace yimen::cases {

namespace {

constexpr int64_t file_version = 1;
constexpr size_t mac_size = 16;

std::string mac_of(const crypto::Keys& keys, Division division, NoticeId id) {
    auto keyed = keys.fields.lookup(fmt::format("{}/{}", division.text(), id.value), "notice.token");
    return crypto::base64url(std::string_view(keyed).substr(0, mac_size));
}

std::string text_in(const boost::json::object& o, std::string_view key) {
    auto* value = o.if_contains(key);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::string digest_hex(const Notice& notice) { return crypto::hex(crypto::view(notice_digest(notice))); }

// The notice as a whole file gives it; nothing where a part is missing.
std::optional<Notice> notice_in(const boost::json::object& o) {
    Notice notice;
    auto id = text_in(o, "id");
    auto* content = o.if_contains("content");
    auto* made_at = o.if_contains("made_at");
    auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), notice.id.value);
    if (error != std::errc() || end != id.data() + id.size() || !content || !content->is_object() || !made_at || !made_at->is_int64())
        return std::nullopt;
    notice.kind = text_in(o, "kind");
    notice.number = text_in(o, "number");
    notice.content = content->as_object();
    notice.made_at = Instant(std::chrono::milliseconds(made_at->as_int64()));
    return notice;
}

std::vector<std::string> characters(std::string_view text) {
    std::vector<std::string> all;
    for (char byte : text) {
        if (all.empty() || (byte & 0xc0) != 0x80) all.emplace_back();
        all.back() += byte;
    }
    return all;
}

}  // namespace

std::string notice_token(const crypto::Keys& keys, Division division, NoticeId id) {
    return to_text(id) + "." + mac_of(keys, division, id);
}

std::optional<NoticeId> notice_of_token(const crypto::Keys& keys, Division division, std::string_view token) {
    auto dot = token.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    auto id = parse_id<NoticeTag>(token.substr(0, dot));
    if (!id || !crypto::equal_in_constant_time(token.substr(dot + 1), mac_of(keys, division, *id))) return std::nullopt;
    return id;
}

ProvenNotice prove_notice(db::Database& database, const crypto::Keys& keys, Division division, CaseId id, const Notice& notice,
                          Instant now) {
    ProvenNotice proven;
    proven.evidence = ledger::evidence(database, keys.ledger, division, {id.value}, notice.ledger_seq, now);
    proven.checked = ledger::check(proven.evidence, keys.ledger);
    proven.text = text_in(proven.checked.after, "notice_digest") == digest_hex(notice);
    return proven;
}

boost::json::object proof_file(const ProvenNotice& proven, const Notice& notice, bool whole) {
    boost::json::object file{{"yimen_proof", file_version}};
    if (whole)
        file["notice"] = {{"id", std::to_string(notice.id.value)},
                          {"kind", notice.kind},
                          {"number", notice.number},
                          {"made_at", notice.made_at.time_since_epoch().count()},
                          {"content", notice.content}};
    file["entry"] = proven.evidence.entry;
    file["proof"] = proven.evidence.proof ? boost::json::value(proven.evidence.proof->to_text()) : boost::json::value(nullptr);
    return file;
}

std::optional<CheckedFile> check_proof_file(std::string_view json, const crypto::Sm2Key& public_key) {
    boost::system::error_code broken;
    auto parsed = boost::json::parse(json, broken);
    auto* file = broken ? nullptr : parsed.if_object();
    auto* version = file ? file->if_contains("yimen_proof") : nullptr;
    if (!version || *version != file_version) return std::nullopt;
    ledger::Evidence evidence;
    if (auto* entry = file->if_contains("entry"); entry && entry->is_object()) evidence.entry = entry->as_object();
    evidence.proof = ledger::Proof::from_text(text_in(*file, "proof"));
    CheckedFile found;
    found.checked = ledger::check(evidence, public_key);
    auto& after = found.checked.after;
    found.kind = text_in(after, "notice");
    found.number = text_in(after, "number");
    auto kept = text_in(after, "notice_digest");
    found.text = !kept.empty();
    auto* said = file->if_contains("notice");
    if (!said) return found;
    found.whole = true;
    auto notice = said->is_object() ? notice_in(said->as_object()) : std::nullopt;
    found.text = notice && digest_hex(*notice) == kept && notice->kind == found.kind;
    if (notice) found.number = notice->number;
    return found;
}

std::string masked_name(std::string_view name, bool organisation) {
    auto letters = characters(name);
    size_t keep_front = 1, keep_back = 0;
    if (organisation && letters.size() >= 6) keep_front = keep_back = std::min<size_t>(4, letters.size() / 3);
    std::string masked;
    for (size_t i = 0; i < letters.size(); ++i) masked += i < keep_front || i + keep_back >= letters.size() ? letters[i] : "*";
    return masked;
}

}  // namespace yimen::cases
