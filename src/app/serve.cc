#include <signal.h>

#include <future>
#include <iostream>

#include "app/commands.h"
#include "app/departments.h"
#include "app/settings.h"
#include "app/wiring.h"
#include "base/log.h"
#include "catalogue/store.h"
#include "db/node.h"
#include "identity/demo.h"

namespace yimen::app {

namespace {

int status_for(std::exception_ptr failure) try { std::rethrow_exception(failure); } catch (const db::Unavailable&) {
    return 503;
} catch (const db::TimedOut&) {
    return 503;
} catch (const db::Duplicate&) {
    return 409;
} catch (...) {
    return 500;
}

crypto::Keys keys_for(const Config& config) {
    std::filesystem::path folder = config.text("keys");
    if (config.flag("demo") && folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path());
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
    Wiring wiring(*database, clock, keys, config);
    register_departments(*database, district, wiring.catalogue, clock.now());
    if (config.flag("demo")) identity::make_demo_people(*database, district, keys, clock.now());
    auto options = server_options(config);
    options.status_for = status_for;
    web::Server server(options, std::move(wiring.router), wiring.events,
                       [&wiring](int status, const web::Request& request) { return identity::error_page(wiring.site, status, request); });
    wiring.running = &server;
    server.start();
    auto scheme = options.certificate_file.empty() ? "http" : "https";
    log::info("serving", {{"address", options.address}, {"port", server.port()}, {"database", database->describe()}});
    fmt::print("Yimen serves at {}://localhost:{}/{}\n", scheme, server.port(), config.flag("demo") ? "demo" : "");
    fflush(stdout);
    int received = 0;
    sigwait(&signals, &received);
    log::info("stopping", {{"signal", received}});
    server.stop();
    wiring.gatherer.stop();
    wiring.bookkeeper.stop();
    wiring.importer.stop();
    return 0;
}

}  // namespace yimen::app
