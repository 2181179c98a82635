#include "cases/pages_notices.h"

#include "cases/pages_notice_verify.h"

namespace yimen::cases {

using identity::Act;
using identity::Context;
using web::Response;

namespace {

// The notice of the address, if it belongs to the case and whoever asks may do the act to that. Drafts have no notices.
std::optional<FoundNotice> notice_of_address(const Context& c, Act act) {
    auto id = parse_id<CaseTag>(c.request.param("id"));
    auto which = parse_id<NoticeTag>(c.request.param("notice"));
    if (!id || !which) return std::nullopt;
    auto found = find_notice_and_case(c, *which);
    if (!found || found->file.id != *id) return std::nullopt;
    auto subject = c.read([&](db::Tx& tx) { return subject_now(tx, found->file); });
    if (!identity::permits(c.who(), act, subject, c.today())) return std::nullopt;
    return found;
}

// Made when it is asked for: the act that caused it kept only what it says.
Response pdf(const Context& c, const catalogue::Catalogue& catalogue, Act act) {
    auto found = notice_of_address(c, act);
    if (!found) return c.refused(404, "notices", "not_found");
    auto version = catalogue.version(found->file.item_version);
    if (!version) throw std::runtime_error("a case is pinned to an item version that is gone");
    auto name = fmt::format("{}-{}.pdf", notice_title(found->notice, c.language()), found->notice.number);
    return web::file("application/pdf", name, notice_file(c, *found, *version), false);
}

}  // namespace

void add_notice_pages(identity::Routes& routes, const catalogue::Catalogue& catalogue) {
    routes.get("/cases/{id}/notices/{notice}", Act::see_own_case,
               [&catalogue](Context& c) { return pdf(c, catalogue, Act::see_own_case); });
    routes.get("/window/cases/{id}/notices/{notice}", Act::see_case, [&catalogue](Context& c) { return pdf(c, catalogue, Act::see_case); });
    add_verify_pages(routes, catalogue);
}

}  // namespace yimen::cases
