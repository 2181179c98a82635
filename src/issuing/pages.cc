#include "issuing/pages.h"

#include "base/text.h"
#include "issuing/issuing.h"

namespace yimen::issuing {

namespace {

using cases::CaseId;
using cases::Desk;
using cases::StaffParts;
using identity::Act;
using identity::Context;
using web::Response;
using web::words;

std::string path_of(const Context& c) { return fmt::format("/issuing/cases/{}", c.request.param("id")); }

cases::Desktop desktop(const Context& c) {
    using enum cases::State;
    return {"/issuing", {granted, refused, result_made}, c.who().authority};
}

Response queue(const Context& c, const StaffParts& parts) {
    auto view = cases::worklist_view(c, parts, desktop(c));
    view["title"] = words(c.language(), "issuing.title");
    view["empty"] = words(c.language(), "issuing.no_cases");
    return c.page(200, "issuing/queue", std::move(view));
}

// What is handed over: the licence, or where there is none the notice of the decision, which case_view lists.
void add_result(const Context& c, const cases::Case& file, web::View& view) {
    auto licence = c.read([&](db::Tx& tx) { return licences::of_case(tx, file.division, file.id); });
    if (!licence) return;
    view["licence"] = web::View{{"identifier", licence->identifier},
                                {"number", licence->number},
                                {"valid_to", for_people(licence->valid_to, c.language())},
                                {"path", fmt::format("/window/licences/{}/pdf", to_text(licence->id))}};
}

// What was typed stays; what is wrong is told beside its field and above.
Response show(const Context& c, const StaffParts& parts, int status = 200, std::string_view error = "") {
    auto file = cases::case_of_address(c, parts);
    if (!file) return c.refused(404, "window", "not_found");
    auto may = [&](Act act, cases::Event event) {
        return identity::permits(c.who(), act, file->subject(), c.today()) && cases::next(file->state, event);
    };
    auto view = cases::case_view(c, parts, *file);
    view["title"] = view.at("number");
    view["base"] = "/issuing";
    view["queue"] = cases::queue_pane(c, parts, desktop(c), file->id);
    view["may_make"] = may(Act::make_result, cases::Event::make_result);
    view["may_deliver"] = may(Act::deliver_result, cases::Event::deliver);
    view["idle"] = !view["may_make"].as_bool() && !view["may_deliver"].as_bool();
    view["received_by"] = c.request.form.get("received_by");
    view["how_courier"] = c.request.form.get("how") == "courier";
    add_result(c, *file, view);
    if (!error.empty()) {
        view["error"] = words(c.language(), fmt::format("issuing.error_{}", error));
        view[fmt::format("wrong_{}", error)] = view["error"];
    }
    return c.page(status, "issuing/case", std::move(view));
}

Response make_it(const Context& c, const StaffParts& parts) {
    return cases::do_act(c, parts, path_of(c), "issuing.notice_made", [](Desk& desk, CaseId id) { return cases::make_result(desk, id); });
}

Response deliver_it(const Context& c, const StaffParts& parts) {
    std::string how(c.request.form.get("how")), received_by(trim(c.request.form.get("received_by")));
    if (how != "window" && how != "courier") return show(c, parts, 422, "how");
    if (received_by.empty()) return show(c, parts, 422, "received_by");
    return cases::do_act(c, parts, path_of(c), "issuing.notice_delivered",
                         [&](Desk& desk, CaseId id) { return cases::deliver(desk, id, how, received_by); });
}

// The applicant's own: locked first, so that pressing twice at once closes the case once. Then to the licence, or the refusal's notice.
Response take_it(const Context& c, const StaffParts& parts) {
    auto id = parse_id<cases::CaseTag>(c.request.param("id"));
    if (!id) return c.refused(404, "window", "not_found");
    return c.write([&](db::Tx& tx) -> Response {
        auto desk = cases::desk_of(c, tx, parts);
        auto locked = cases::lock(tx, c.site.keys.fields, c.site.division, *id);
        if (!locked) return c.refused(404, "window", "not_found");
        auto taken = take_by_download(desk, locked->file);
        if (!taken) return c.refused(cases::status_of(taken.error()), "window", code(taken.error()));
        cases::tell_worklists(c, tx);
        auto licence = licences::of_case(tx, taken->division, *id);
        return c.go(licence ? "/licences/" + to_text(licence->id) : "/cases/" + to_text(*id), "issuing.notice_taken");
    });
}

}  // namespace

void add_pages(identity::Routes& routes, const StaffParts& parts) {
    routes.get("/issuing", Act::make_result, [parts](Context& c) { return queue(c, parts); });
    routes.get("/issuing/cases/{id}", Act::make_result, [parts](Context& c) { return show(c, parts); });
    routes.post("/issuing/cases/{id}/make", Act::make_result, [parts](Context& c) { return make_it(c, parts); });
    routes.post("/issuing/cases/{id}/deliver", Act::deliver_result, [parts](Context& c) { return deliver_it(c, parts); });
    routes.post("/cases/{id}/take", Act::download_result, [parts](Context& c) { return take_it(c, parts); });
}

}  // namespace yimen::issuing
