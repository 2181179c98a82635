#include <fstream>

#include "editing/pages_shared.h"
#include "editing/tables.h"

// The whole model as a file: downloaded, uploaded, and edited in the graphical editor.
namespace yimen::editing {

namespace {

// More than is taken, so that a file that is too large is told so on the page.
constexpr uint64_t largest_upload = 8u << 20, largest_body = 16u << 20;
// As every page's, and the style attributes of the editor's own mark and of what opens from it, each by its digest: its licence wants
// the mark seen as its makers drew it.
constexpr std::string_view editor_policy =
    "default-src 'none'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-src "
    "'self'; "
    "frame-ancestors 'none'; base-uri 'none'; style-src 'self' 'unsafe-hashes' "
    "'sha256-r3vOsuepBDg6tz/cOusiNJ9Y4Lp9hGQTT7pzDks1Xxc=' 'sha256-CA/eh4+2R0J7cEQ14gBMtx834RIOjzMUqCM+evtrkp4=' "
    "'sha256-JpvvTIK7ulxf/3oA+AUuVbO9Labs8npGWGm9X9nGIWw=' 'sha256-9OIpRRx0bq4t4s2zyqbocMNwedniLDaxLB+FlLIjNgM=' "
    "'sha256-GAdrtwahSjGXI0UQQnfyEVtPn+wfgQxvyrjyQuByfuU=' 'sha256-ZG9bHUWWXDZyu7zfItuLwGK+cah/hweM0RfXpZpxZVM='";
constexpr std::string_view editor_key = "rules-editor";

std::string digest_of_rules(const json::object& content) { return seen_digest(json::value(rules_of(content))); }

Response download(const Context& c) {
    auto draft = open_draft(c, item_of(c));
    auto xml = draft ? rules_of(draft->content) : "";
    if (xml.empty()) return refusal_page(c, Refusal::not_found);
    return web::file("application/xml", draft->item + ".dmn", xml, true);
}

Response upload_page(const Context& c, const Draft& draft, int status, const catalogue::Text& wrong) {
    auto view = head_view(c, draft);
    view["title"] = words(c.language(), "editing.upload_title");
    view["error"] = words(c.language(), "editing.upload_wrong", {{"why", wrong.in(c.language())}});
    view["seen"] = digest_of_rules(draft.content);
    return c.page(status, "editing/upload", std::move(view));
}

std::string bytes_of(const web::Upload& upload) {
    std::ifstream in(upload.file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Puts a whole model in place of the one that was seen.
Result<Draft, Refusal> put_model(Desk& desk, std::string_view item, std::string_view seen, const std::string& xml) {
    return change(desk, item, "rules", [&](json::object& content) -> Result<Done, Refusal> {
        if (digest_of_rules(content) != seen) return refuse(Refusal::changed_meanwhile);
        content["rules"] = xml;
        return Done{};
    });
}

Response upload(const Context& c) {
    auto draft = open_draft(c, item_of(c));
    if (!draft) return refusal_page(c, Refusal::not_found);
    if (c.request.uploads.empty()) return upload_page(c, *draft, 422, {"没有选择文件", "no file was chosen"});
    auto xml = bytes_of(c.request.uploads.front());
    if (auto wrong = wrong_with_model(xml)) return upload_page(c, *draft, 422, *wrong);
    std::string seen(c.request.form.get("seen"));
    return do_act(c, draft->item, path_of(draft->item, "rules"), "editing.notice_saved",
                  [&](Desk& desk) { return put_model(desk, draft->item, seen, xml); });
}

Response editor(const Context& c) {
    auto draft = open_draft(c, item_of(c));
    if (!draft) return refusal_page(c, Refusal::not_found);
    auto xml = rules_of(draft->content);
    if (xml.empty()) return c.go(path_of(draft->item, "rules"));
    auto kept = c.read([&](db::Tx& tx) { return typing(tx, c.site.division, draft->item, c.who().staff, editor_key); });
    auto view = head_view(c, *draft);
    view["title"] = fmt::format("{} · {}", words(c.language(), "editing.editor_title"), std::string_view(view.at("name").as_string()));
    view["seen"] = digest_of_rules(draft->content);
    view["xml"] = xml;
    if (kept && kept->typed.contains("xml") && kept->typed.at("xml").front() != xml) {
        view["xml"] = kept->typed.at("xml").front();
        view["restored"] = for_people(kept->at, c.language());
        view["overtaken"] = kept->seen != digest_of_rules(draft->content);
    }
    view["script"] = web::asset_path("tables.js");
    view["style"] = web::asset_path("tables.css");
    add_company(c, draft->item, "rules", view);
    auto response = c.page(200, "editing/rules-editor", std::move(view));
    response.header("Content-Security-Policy", std::string(editor_policy));
    return response;
}

Response answer(const Context& c, int status, std::string_view text, const json::object& content) {
    return web::json(status, json::object{{"text", words(c.language(), text)}, {"seen", digest_of_rules(content)}});
}

// What the editor sends: kept aside while somebody works ("keep"), dropped ("theirs"), or saved for everybody.
Response take(const Context& c) {
    auto draft = open_draft(c, item_of(c));
    if (!draft) return refusal_page(c, Refusal::not_found);
    std::string xml(c.request.form.get("xml")), seen(c.request.form.get("seen"));
    auto then = c.request.form.get("then");
    auto division = c.site.division;
    auto staff = c.who().staff;
    if (then == "theirs") {
        c.site.database.write([&](db::Tx& tx) { forget_typing(tx, division, draft->item, staff, editor_key); });
        return c.go(path_of(draft->item, "rules-editor"), "editing.notice_theirs");
    }
    if (auto wrong = wrong_with_model(xml))
        return web::json(
            422, json::object{{"text", words(c.language(), "editing.upload_wrong", {{"why", wrong->in(c.language())}})}, {"seen", seen}});
    if (then == "keep") {
        c.site.database.write([&](db::Tx& tx) {
            keep_typing(tx, division, draft->item, staff, editor_key, {seen, {{"xml", {xml}}}, c.now()});
        });
        return answer(c, 200, "editing.editor_kept", draft->content);
    }
    std::optional<Refusal> refusal;
    json::object content;
    auto saved = c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx);
        auto done = put_model(desk, draft->item, seen, xml);
        refusal = done ? std::nullopt : std::optional(done.error());
        if (!done) return refusal_page(c, done.error());
        forget_typing(tx, division, draft->item, staff, editor_key);
        tell(c, tx, draft->item);
        content = done->content;
        return answer(c, 200, "editing.notice_saved", content);
    });
    if (!refusal || *refusal != Refusal::changed_meanwhile) return saved;
    auto now = open_draft(c, draft->item);
    return answer(c, 409, "editing.editor_conflict", now ? now->content : draft->content);
}

}  // namespace

void add_model_pages(identity::Routes& routes, const Parts&) {
    routes.get("/editing/items/{item}/rules.dmn", Act::edit_item, [](Context& c) { return download(c); });
    routes.post("/editing/items/{item}/rules.dmn", Act::edit_item, [](Context& c) { return upload(c); }, {.max_upload = largest_upload});
    routes.get("/editing/items/{item}/rules-editor", Act::edit_item, [](Context& c) { return editor(c); });
    routes.post("/editing/items/{item}/rules", Act::edit_item, [](Context& c) { return take(c); }, {.max_body = largest_body});
}

}  // namespace yimen::editing
