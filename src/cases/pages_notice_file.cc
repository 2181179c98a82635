#include <boost/json.hpp>

#include "cases/pages_notice_verify.h"
#include "cases/store.h"

// A notice as a PDF that proves itself.
namespace yimen::cases {

using identity::Context;
using web::words;

namespace {

void add_proof(const Context& c, document::Notice& made, const Notice& notice, const ProvenNotice& proven) {
    auto language = c.language();
    made.qr = fmt::format("{}/verify/notices/{}", c.site.public_address(), notice_token(c.site.keys, c.site.division, notice.id));
    made.qr_caption = words(language, "notices.print_qr");
    web::View values{{"address", made.qr}, {"checkpoint", proven.checked.checkpoint}, {"hash", proven.checked.hash_hex}};
    if (language != Language::zh) made.footer.push_back(words(language, "notices.translation"));
    made.footer.push_back(words(language, "notices.print_proof"));
    made.footer.push_back(words(language, proven.evidence.proof ? "notices.print_ledger" : "notices.print_pending", values));
    made.footer.push_back(words(language, "notices.print_address", values));
}

}  // namespace

std::optional<FoundNotice> find_notice_and_case(const Context& c, NoticeId id) {
    return c.read([&](db::Tx& tx) -> std::optional<FoundNotice> {
        auto found = find_notice(tx, c.site.division, id);
        if (!found) return std::nullopt;
        auto file = find(tx, c.site.keys.fields, c.site.division, found->case_id);
        if (!file) return std::nullopt;
        return FoundNotice{std::move(*file), std::move(found->notice)};
    });
}

std::string notice_file(const Context& c, const FoundNotice& found, const catalogue::ItemVersion& version) {
    auto& keys = c.site.keys;
    auto proven = prove_notice(c.site.database, keys, c.site.division, found.file.id, found.notice, c.now());
    auto made = notice_text(found.notice, found.file, version, c.language());
    add_proof(c, made, found.notice, proven);
    auto proof = boost::json::serialize(proof_file(proven, found.notice, true));
    auto pdf =
        document::attach(document::notice_pdf(made),
                         {"proof.json", "application/json", words(c.language(), "notices.proof_description"), proof, found.notice.made_at});
    return document::sign_pdf(pdf, keys.seal_certificate_pem, keys.seal_key_pem, fmt::format("{} {}", made.title, found.notice.number),
                              made.authority, c.now());
}

}  // namespace yimen::cases
