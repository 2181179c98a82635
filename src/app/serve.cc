#include <signal.h>

#include <future>
#include <iostream>

#include "app/commands.h"
#include "app/settings.h"
#include "base/log.h"
#include "cases/pages_window.h"
#include "catalogue/api.h"
#include "catalogue/pages.h"
#include "catalogue/published.h"
#include "catalogue/store.h"
#include "db/node.h"
#include "identity/api.h"
#include "identity/demo.h"
#include "identity/pages.h"
#include "ledger/gatherer.h"
#include "app/health.h"

namespace yimen::app {

namespace {

int status_for(std::exception_ptr failure) try {
    std::rethrow_exception(failure);
} catch (const db::Unavailable&) {
    return 503;
} catch (const db::TimedOut&) {
    return 503;
} catch (const db::Duplicate&) {
    return 409;
} catch (...) {
    return 500;
}

std::vector<identity::ItemChoice> item_choices(const catalogue::PublishedCatalogue& catalogue, const Clock& clock) {
    std::vector<identity::ItemChoice> choices;
    for (auto& item : catalogue.all(shanghai_date(clock.now()))) choices.push_back({item->item, item->name.zh, item->name.en});
    return choices;
}

crypto::Keys keys_for(const Config& config) {
    std::filesystem::path folder = config.text("keys");
    if (config.flag("demo")) std::filesystem::create_directories(folder.parent_path());
    return crypto::Keys::load(folder, config.flag("demo"));
}

std::string holder() {
    char host[256] = "";
    gethostname(host, sizeof host - 1);
    return fmt::format("{} process {} started {}", host, getpid(), to_iso(SystemClock().now()));
}

}  // namespace

int serve(Config& config) {
    // Before any thread begins, so that only wait_for_signal gets them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);

    SystemClock clock;
    auto keys = keys_for(config);
    if (config.text("db").starts_with("sqlite:")) {
        auto parent = std::filesystem::path(config.text("db").substr(7)).parent_path();
        if (!parent.empty()) std::filesystem::create_directories(parent);
    }
    auto database = db::Database::open(database_options(config));
    db::migrate(*database);
    db::NodeLease node(*database, clock, holder());
    const auto district = division(config);
    catalogue::publish_embedded(*database, district, {"system", 0, "", ""}, clock.now());
    if (config.flag("demo")) identity::make_demo_people(*database, district, keys, clock.now());

    web::Templates templates;
    web::EventHub events;
    auto unread = [&](const identity::Who& who) {
        return database->read([&](db::Tx& tx) { return cases::unread(tx, district, who.person); });
    };
    identity::Site site{district, *database, clock, templates, events, keys, config, unread};
    catalogue::PublishedCatalogue catalogue(*database, district);
    ledger::Gatherer gatherer(*database, keys.ledger, clock);
    identity::PasswordProvider provider(*database, district);
    identity::Door door(provider);

    web::Router router;
    identity::Routes routes(router, site);
    const identity::Parts identity_parts{door, [&] { return item_choices(catalogue, clock); }};
    const catalogue::Parts catalogue_parts{catalogue};
    const auto days = calendar::WorkingDays::embedded();
    cases::Numbers numbers(*database);
    const cases::StaffParts staff_parts{catalogue, days, numbers};
    web::Server* running = nullptr;
    Health health{*database, gatherer, clock, clock.now(), [&running] { return running->figures(); }};
    web::add_asset_routes(router);
    identity::add_pages(routes, identity_parts);
    identity::add_api(routes, identity_parts);
    catalogue::add_pages(routes, catalogue_parts);
    catalogue::add_api(routes, catalogue_parts);
    cases::add_window_pages(routes, staff_parts);
    add_health(router, routes, health);

    auto options = server_options(config);
    options.status_for = status_for;
    web::Server server(options, std::move(router), events,
                       [&site](int status, const web::Request& request) { return identity::error_page(site, status, request); });
    running = &server;
    server.start();
    auto scheme = options.certificate_file.empty() ? "http" : "https";
    log::info("serving", {{"address", options.address}, {"port", server.port()}, {"database", database->describe()}});
    fmt::print("Yimen serves at {}://localhost:{}/{}\n", scheme, server.port(), config.flag("demo") ? "demo" : "");
    fflush(stdout);
    int received = 0;
    sigwait(&signals, &received);
    log::info("stopping", {{"signal", received}});
    server.stop();
    gatherer.stop();
    return 0;
}

}  // namespace yimen::app
