#include "app/settings.h"

#include "base/text.h"

namespace yimen::app {

Config settings() {
    Config c;
    c.declare("db", "sqlite:yimen-data/yimen.db", "database: sqlite:FILE or postgresql://user@host/name", true);
    c.declare("connections", "16", "database connections (PostgreSQL) or readers (SQLite)");
    c.declare("statement_timeout_ms", "5000", "a statement is stopped after so many milliseconds");
    c.declare("division", "310120", "the division served (GB/T 2260, six digits)");
    c.declare("keys", "yimen-data/keys", "folder of the installation's keys (mode 0700)");
    c.declare("address", "127.0.0.1", "address to listen on");
    c.declare("port", "8080", "port to listen on; 0 takes any free one");
    c.declare("public_address", "", "how people reach this service (https://…): in QR codes and notices; empty: http://localhost:PORT");
    c.declare("certificate", "", "TLS certificate chain (PEM); with key_file the server speaks TLS itself");
    c.declare("key_file", "", "TLS key (PEM)");
    c.declare("trusted_proxies", "", "addresses of reverse proxies whose X-Forwarded-For and -Proto are believed, with commas between");
    c.declare("network_threads", "0", "threads that speak with clients; 0: one for each processor, at most 8");
    c.declare("workers", "32", "threads that run handlers which ask the database; most of their time they wait for it");
    c.declare("queue", "512", "requests that may wait for a worker; more are answered 503");
    c.declare("max_connections", "16384", "clients connected at once");
    c.declare("drain_seconds", "20", "how long requests in flight may take when the server stops");
    c.declare("uploads", "yimen-data/uploads", "folder where files wait while they are received");
    c.declare("sign_ins_per_minute", "300", "attempts to sign in from one address; twice as many at once");
    c.declare("failed_sign_ins_per_minute", "20", "failed attempts to sign in from one address; twice as many at once");
    c.declare("searches_per_minute", "240", "searches from one address; suggestions while typing three times as many");
    c.declare("verifications_per_minute", "60", "licences that one address may verify");
    c.declare("pdfs_per_minute", "120", "notices drawn as PDF for one address");
    c.declare("session_hours", "12", "a session ends after so many hours");
    c.declare("session_idle_minutes", "60", "a session ends after so many minutes without a request");
    c.declare("demo", "no", "the demonstration district: identities to try, keys made when missing");
    c.declare("log_level", "info", "debug, info, warning or error");
    return c;
}

void read_settings(Config& config, const std::string& file) {
    if (!file.empty()) config.read_file(file);
    config.read_environment();
}

db::Options database_options(const Config& c) {
    db::Options options;
    options.url = c.text("db");
    options.connections = static_cast<int>(c.number("connections", 1, 1000));
    options.statement_timeout = std::chrono::milliseconds(c.number("statement_timeout_ms", 10, 3'600'000));
    return options;
}

web::ServerOptions server_options(const Config& c) {
    web::ServerOptions options;
    options.address = c.text("address");
    options.port = static_cast<uint16_t>(c.number("port", 0, 65535));
    options.network_threads = static_cast<int>(c.number("network_threads", 0, 64));
    if (options.network_threads == 0) options.network_threads = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, 8u));
    options.workers = static_cast<int>(c.number("workers", 1, 256));
    options.queue = static_cast<size_t>(c.number("queue", 1, 100000));
    options.max_connections = static_cast<size_t>(c.number("max_connections", 1, 1000000));
    options.drain = std::chrono::seconds(c.number("drain_seconds", 0, 3600));
    options.certificate_file = c.text("certificate");
    options.key_file = c.text("key_file");
    options.upload_folder = c.text("uploads");
    for (auto proxy : split(c.text("trusted_proxies"), ','))
        if (!trim(proxy).empty()) options.trusted_proxies.emplace_back(trim(proxy));
    return options;
}

Division division(const Config& c) {
    auto found = Division::parse(c.text("division"));
    if (!found) throw ConfigError("division: " + describe(found.error(), Language::en));
    return *found;
}

}  // namespace yimen::app
