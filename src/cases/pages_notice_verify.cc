#include "cases/pages_notice_verify.h"

#include "web/limits.h"

// The public page behind the code on a notice.
namespace yimen::cases {

using identity::Act;
using identity::Context;
using web::Response;
using web::words;

namespace {

struct Asked {
    FoundNotice found;
    ProvenNotice proven;
};

std::optional<Asked> asked(const Context& c) {
    auto id = notice_of_token(c.site.keys, c.site.division, c.request.param("token"));
    auto found = id ? find_notice_and_case(c, *id) : std::nullopt;
    if (!found) return std::nullopt;
    auto proven = prove_notice(c.site.database, c.site.keys, c.site.division, found->file.id, found->notice, c.now());
    return Asked{std::move(*found), std::move(proven)};
}

web::View step(Language language, std::string_view key, bool holds, const web::View& values) {
    return {{"text", words(language, fmt::format("notices.{}", key), values)},
            {"holds", holds},
            {"word", words(language, holds ? "notices.holds" : "notices.fails")}};
}

boost::json::array steps(const ProvenNotice& proven, Language language) {
    auto& checked = proven.checked;
    web::View values{{"checkpoint", checked.checkpoint}, {"size", checked.size}};
    return {step(language, "step_text", proven.text, values), step(language, "step_entry", checked.entry, values),
            step(language, proven.evidence.proof ? "step_path" : "step_path_none", checked.path, values),
            step(language, "step_signature", checked.signature, values)};
}

web::View verification(const Context& c, const catalogue::Catalogue& catalogue, const Asked& asked) {
    auto language = c.language();
    auto& [found, proven] = asked;
    auto version = catalogue.version(found.file.item_version);
    if (!version) throw std::runtime_error("a case is pinned to an item version that is gone");
    auto made = for_people(found.notice.made_at, language);
    std::string outcome = proven.holds() ? "verified" : proven.pending() ? "pending" : "not_verified";
    return {
        {"outcome", outcome},
        {"verified", proven.holds()},
        {"pending", proven.pending()},
        {"heading", words(language, fmt::format("notices.{}", outcome))},
        {"explanation", words(language, fmt::format("notices.{}_text", outcome), {{"at", made}, {"phone", version->phone.in(language)}})},
        {"kind", found.notice.kind},
        {"kind_title", notice_title(found.notice, language)},
        {"number", found.notice.number},
        {"item", version->name.in(language)},
        {"authority", version->authority.in(language)},
        {"applicant", masked_name(found.file.applicant_name, bool(found.file.organisation))},
        {"made", made},
        {"made_at", to_iso(found.notice.made_at)},
        {"steps", steps(proven, language)},
        {"checkpoint", proven.checked.checkpoint},
        {"gathered", proven.evidence.proof ? for_people(proven.checked.gathered_at, language) : ""},
        {"entry_hash", proven.checked.hash_hex}};
}

Response show(const Context& c, const catalogue::Catalogue& catalogue, const Asked& asked) {
    auto view = verification(c, catalogue, asked);
    view["title"] = words(c.language(), "notices.verify_title");
    view["proof"] = fmt::format("/verify/notices/{}/proof.json", c.request.param("token"));
    view["again"] = fmt::format("/verify/notices/{}", c.request.param("token"));
    auto page = c.page(200, "notices/verify", std::move(view));
    return std::move(page.header("Cache-Control", "private, no-store").header("Referrer-Policy", "no-referrer"));
}

Response answer(const Context& c, const catalogue::Catalogue& catalogue, const Asked& asked) {
    auto view = verification(c, catalogue, asked);
    boost::json::object body;
    for (auto name : {"outcome", "kind", "number", "item", "authority", "applicant", "made_at", "checkpoint", "entry_hash", "steps"})
        body[name] = view.at(name);
    body["proof"] = proof_file(asked.proven, asked.found.notice, false);
    return web::json(200, body).header("Cache-Control", "private, no-store");
}

// Public, so without what the notice says: whoever has the notice finds that in its own attachment.
Response proof(const Context&, const Asked& asked) {
    auto file = boost::json::serialize(proof_file(asked.proven, asked.found.notice, false));
    return web::file("application/json", fmt::format("proof-{}.json", asked.found.notice.number), std::move(file), true);
}

Response public_key(const Context& c) {
    return web::file("application/x-pem-file", "yimen-ledger-public.pem", c.site.keys.ledger.public_pem(), true);
}

}  // namespace

void add_verify_pages(identity::Routes& routes, const catalogue::Catalogue& catalogue) {
    auto limit = std::make_shared<web::RateLimit>(60, 60);
    using Answer = std::function<Response(const Context&, const Asked&)>;
    auto add = [&](std::string pattern, Answer give) {
        routes.get(std::move(pattern), Act::verify_receipt, [limit, give](Context& c) {
            if (!limit->allow(c.request.client, c.now())) return c.refused(429, "notices", "too_many").header("Retry-After", "30");
            auto found = asked(c);
            return found ? give(c, *found) : c.refused(404, "notices", "no_notice");
        });
    };
    add("/verify/notices/{token}", [&catalogue](const Context& c, const Asked& a) { return show(c, catalogue, a); });
    add("/verify/notices/{token}/proof.json", proof);
    add("/api/verify/notices/{token}", [&catalogue](const Context& c, const Asked& a) { return answer(c, catalogue, a); });
    routes.get("/verify/ledger-key.pem", Act::verify_receipt, public_key);
}

}  // namespace yimen::cases
