#pragma once
#include "catalogue/exchange_columns.h"
#include "catalogue/store.h"

// Export and import of the catalogue as the national interchange tables (docs/exchange.md).
namespace yimen::catalogue {

// One row a version of `items`, in their order, with all that belongs to it.
ExchangeTables export_tables(db::Tx&, Division, const Items& items, const std::vector<Theme>&);

// What an import would do, or why it cannot be done.
struct ImportPlan {
    std::vector<Publication> publications;               // empty where there is a fault
    std::vector<bool> is_next;                           // of each: a version of an item that is published already
    size_t added = 0, next_versions = 0, unchanged = 0;  // items
    std::vector<ExchangeFault> faults;                   // the first found, in order of table and row
    size_t fault_count = 0;                              // all of them

    static constexpr size_t faults_kept = 200;
};
// Reads what is published to tell what is new; changes nothing.
struct PlanOptions {
    size_t faults_kept = ImportPlan::faults_kept;
    std::function<void(size_t rows)> progress = {};  // now and then; what it throws ends the planning
};
ImportPlan plan_import(db::Tx&, Division, const ExchangeTables&, const std::vector<Theme>&, const std::vector<LifeEvent>&, Date today,
                       const PlanOptions& = {});
// Publishes all of it in one transaction, each version with its entry in the ledger. False, and nothing is changed, where somebody
// published another version of the same number meanwhile.
bool import_plan(db::Database&, Division, const ImportPlan&, const ledger::Actor&, Instant now);

}  // namespace yimen::catalogue
