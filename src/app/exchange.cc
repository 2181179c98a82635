#include <iostream>

#include "app/commands.h"
#include "app/departments.h"
#include "app/settings.h"
#include "catalogue/exchange.h"
#include "catalogue/exchange_files.h"
#include "catalogue/exchange_xlsx.h"
#include "catalogue/published.h"
#include "db/node.h"

namespace yimen::app {

namespace {

int print_faults(const std::vector<catalogue::ExchangeFault>& faults, size_t count) {
    for (auto& fault : faults) std::cout << to_text(fault) << "\n";
    std::cout << std::flush;
    if (count > faults.size()) fmt::print("… and {} more\n", count - faults.size());
    fmt::print("{} faults; nothing was imported\n", count);
    return 1;
}

}  // namespace

int export_catalogue(const Config& config, const std::string& format, const std::string& path) {
    const auto district = division(config);
    auto database = db::Database::open(database_options(config));
    catalogue::PublishedCatalogue published(*database, district);
    const auto items = published.all(shanghai_date(SystemClock().now()));
    if (items.empty()) throw std::runtime_error(fmt::format("no item is in force in {}: nothing to export", database->describe()));
    auto tables = database->read([&](db::Tx& tx) { return catalogue::export_tables(tx, district, items, published.themes()); });
    if (format == "csv")
        catalogue::write_csv_folder(path, tables);
    else
        catalogue::write_xlsx(path, tables);
    for (auto* table : tables.all()) fmt::print("{:8}  {}\n", table->rows(), table->name());
    fmt::print("{}: written\n", path);
    return 0;
}

int import_catalogue(const Config& config, const std::string& path, bool check_only) {
    auto tables = catalogue::read_exchange(path);
    if (!tables) return print_faults(tables.error(), tables.error().size());
    const auto district = division(config);
    auto database = db::Database::open(database_options(config));
    if (!check_only) db::migrate(*database);
    SystemClock clock;
    catalogue::PublishedCatalogue published(*database, district);
    // Everything is read and checked before anything is written, so that the one transaction is short.
    auto plan = database->read([&](db::Tx& tx) {
        return catalogue::plan_import(tx, district, *tables, published.themes(), published.life_events(), shanghai_date(clock.now()));
    });
    if (plan.fault_count) return print_faults(plan.faults, plan.fault_count);
    const auto told =
        fmt::format("{} new items, {} next versions, {} as they are published already", plan.added, plan.next_versions, plan.unchanged);
    if (check_only) return fmt::print("no fault: an import would bring {}\n", told), 0;
    tables = {};
    db::NodeLease node(*database, clock, fmt::format("catalogue import, process {}", getpid()));  // so that its ids are nobody else's
    if (!catalogue::import_plan(*database, district, plan, {"system", 0, "", ""}, clock.now()))
        throw std::runtime_error("others published meanwhile; nothing was imported: repeat the import");
    published.refresh();
    register_departments(*database, district, published, clock.now());
    fmt::print("imported: {}\n", told);
    return 0;
}

}  // namespace yimen::app
