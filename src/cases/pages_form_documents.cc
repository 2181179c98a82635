#include "cases/pages_form.h"

// The bytes of one document.
namespace yimen::cases {

using identity::Context;
using web::Response;

namespace {

std::optional<Document> document_of(const Context& c, const Case& file) {
    auto id = parse_id<DocumentTag>(c.request.param("document"));
    if (!id) return std::nullopt;
    auto found = c.read([&](db::Tx& tx) { return find_document(tx, file.division, *id); });
    if (!found || found->case_id != file.id || found->document.removed) return std::nullopt;
    return std::move(found->document);
}

// Read piece by piece while it is sent: a large file never stands in memory as a whole. Nothing in it may run: what a PDF could run
// was refused when it came, and an image is shown as in a sandbox (in which browsers show no PDF).
Response bytes_of(const Context& c, const Document& document) {
    auto& site = c.site;
    web::Stream stream{static_cast<uint64_t>(document.size), [&site, content = document.content](uint64_t offset, uint64_t length) {
                           return site.database.read(
                               [&](db::Tx& tx) { return read_content(tx, site.keys.fields, site.division, content, offset, length); });
                       }};
    auto response = web::file(document.media_type, document.name, std::move(stream), false);
    if (document.media_type.starts_with("image/")) response.header("Content-Security-Policy", "sandbox");
    return response;
}

}  // namespace

void add_document_bytes(identity::Routes& routes, std::string pattern, identity::Act act) {
    routes.get(std::move(pattern), act, [act](Context& c) {
        auto file = own_case(c, act);
        auto document = file ? document_of(c, *file) : std::nullopt;
        return document ? bytes_of(c, *document) : c.refused(404, "cases", code(Refusal::not_found));
    });
}

}  // namespace yimen::cases
