#pragma once
#include "identity/context.h"
#include "ledger/gatherer.h"
#include "web/server.h"

// How the program fares, for administrators (/admin) and machines (/healthz, /readyz, /metrics).
namespace yimen::app {

struct Health {
    db::Database& database;
    const ledger::Gatherer& gatherer;
    const Clock& clock;
    Instant started;
    std::function<web::Server::Figures()> server;
};
// `health` must live as long as the routes. /metrics answers only to this machine, where whoever collects them runs.
void add_health(web::Router&, identity::Routes&, const Health& health);

}  // namespace yimen::app
