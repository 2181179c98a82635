#include "app/health.h"

#include <fstream>

#include "base/embedded.h"

namespace yimen::app {

namespace {

bool answers(db::Database& database) try {
    database.ping();
    return true;
} catch (const std::exception&) {
    return false;
}

// Resident memory in bytes, as the kernel counts it.
int64_t memory() {
    std::ifstream status("/proc/self/statm");
    int64_t size = 0, resident = 0;
    status >> size >> resident;
    return resident * sysconf(_SC_PAGESIZE);
}

std::string metrics(const Health& h) {
    auto f = h.server();
    std::string out;
    auto line = [&](std::string_view name, std::string_view kind, auto value) {
        out += fmt::format("# TYPE yimen_{0} {1}\nyimen_{0} {2}\n", name, kind, value);
    };
    line("requests_total", "counter", f.requests);
    line("requests_refused_busy_total", "counter", f.refused_busy);
    line("connections", "gauge", f.connections);
    line("event_streams", "gauge", f.event_streams);
    line("requests_at_work", "gauge", f.queue_length);
    line("ledger_gathered_total", "counter", h.gatherer.gathered());
    line("ledger_healthy", "gauge", h.gatherer.healthy() ? 1 : 0);
    line("resident_memory_bytes", "gauge", memory());
    out += "# TYPE yimen_responses_total counter\n";
    for (auto& [status, n] : f.by_status) out += fmt::format("yimen_responses_total{{status=\"{}\"}} {}\n", status, n);
    return out;
}

web::Response admin_page(identity::Context& c, const Health& h) {
    auto f = h.server();
    bool database = answers(h.database);
    auto minutes = std::chrono::duration_cast<std::chrono::minutes>(c.now() - h.started).count();
    uint64_t broken = 0;
    for (auto& [status, n] : f.by_status) broken += status >= 500 ? n : 0;
    return c.page(200, "app/health",
                  {{"title", web::words(c.language(), "app.health_title")},
                   {"database", h.database.describe()},
                   {"database_good", database},
                   {"ledger_good", h.gatherer.healthy()},
                   {"gathered", h.gatherer.gathered()},
                   {"minutes", minutes},
                   {"started", for_people(h.started, c.language())},
                   {"memory", memory() >> 20},
                   {"requests", f.requests},
                   {"broken", broken},
                   {"busy", f.refused_busy},
                   {"connections", f.connections},
                   {"streams", f.event_streams}});
}

}  // namespace

void add_health(web::Router& router, identity::Routes& routes, const Health& h) {
    router.add({.method = web::Method::get,
                .pattern = "/healthz",
                .handler = [](web::Request&) { return web::text(200, "ok\n"); },
                .act = "browse",
                .at_once = [](const web::Request&) { return true; }});
    router.add({.method = web::Method::get,
                .pattern = "/readyz",
                .handler =
                    [&h](web::Request&) {
                        return answers(h.database) ? web::text(200, "ready\n") : web::text(503, "the database does not answer\n");
                    },
                .act = "browse"});
    router.add({.method = web::Method::get,
                .pattern = "/metrics",
                .handler =
                    [&h](web::Request& r) {
                        return r.client == "127.0.0.1" || r.client == "::1" ? web::text(200, metrics(h)) : web::text(404, "");
                    },
                .act = "browse"});
    routes.get("/admin", identity::Act::see_health, [&h](identity::Context& c) { return admin_page(c, h); });
    routes.get("/api/openapi.json", identity::Act::read_api_description, [](identity::Context& c) {
        auto file = embedded_file("assets/openapi.json");
        if (!file) return c.refused(404, "site", "not_found");
        auto response = web::text(200, std::string(*file));
        response.headers.clear();
        return std::move(response).header("Content-Type", "application/json");
    });
}

}  // namespace yimen::app
