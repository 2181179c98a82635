#pragma once
#include <vector>

#include "catalogue/load.h"
#include "db/database.h"
#include "ledger/ledger.h"

// Item versions in the database: published once, never changed.
namespace yimen::catalogue {

struct StoredVersions {
  int64_t stamp = 0;
  std::vector<std::shared_ptr<const ItemVersion>> versions;
};
// The stamp of the last publishing; 0 before the first. One row by primary key.
int64_t stamp(db::Tx&, Division);
// What was published after `stamp`, in that order. Throws std::runtime_error for a row that cannot be read.
StoredVersions published_after(db::Tx&, Division, int64_t stamp);

struct Published {
  int added = 0;
  // Versions already there with another content: raise `version` in the file, what was published is never changed.
  std::vector<Fault> changed;
};
// Adds the versions that are not there yet, each recorded in the ledger. Safe to repeat, and from several nodes at
// once.
Published publish(db::Tx&, Division, const std::vector<LoadedItem>&, const ledger::Actor&, Instant now);
// Publishes the catalogue inside the program. Throws std::runtime_error naming the first fault where it has one.
Published publish_embedded(db::Database&, Division, const ledger::Actor&, Instant now);

// Over the row of one version, for ledger verification of the kind "item_version". Nothing where the row is gone.
std::optional<std::string> item_version_digest(db::Tx&, Division, ledger::ChainId);

}  // namespace yimen::catalogue
