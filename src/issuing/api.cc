#include "issuing/api.h"

#include "base/text.h"

namespace yimen::issuing {

namespace {

using identity::Act;
using identity::Context;
using web::Response;

Response deliver_it(const Context& c, const cases::StaffParts& parts) {
    auto body = cases::json_body(c);
    auto how = cases::text_in(body, "how"), received_by = cases::text_in(body, "received_by");
    if (how != "window" && how != "courier") return c.refused(422, "issuing", "how");
    if (trim(received_by).empty()) return c.refused(422, "issuing", "received_by");
    return cases::do_api_act(c, parts,
                             [&](cases::Desk& desk, cases::CaseId id) { return cases::deliver(desk, id, how, trim(received_by)); });
}

}  // namespace

void add_api(identity::Routes& routes, const cases::StaffParts& parts) {
    routes.post("/api/work/{id}/result", Act::make_result, [parts](Context& c) {
        return cases::do_api_act(c, parts, [](cases::Desk& desk, cases::CaseId id) { return cases::make_result(desk, id); });
    });
    routes.post("/api/work/{id}/delivery", Act::deliver_result, [parts](Context& c) { return deliver_it(c, parts); });
}

}  // namespace yimen::issuing
