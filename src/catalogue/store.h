#pragma once
#include <vector>

#include "catalogue/load.h"
#include "db/database.h"
#include "ledger/ledger.h"

// Item versions in the database: published once, never changed. Beside each stands its summary.
namespace yimen::catalogue {

// The stamp of the last publishing; 0 before the first. One row by primary key.
int64_t stamp(db::Tx&, Division);
struct StoredSummaries {
    int64_t stamp = 0;
    Items items;
};
// What was published after `stamp`, in that order. Throws std::runtime_error for a row that cannot be read.
StoredSummaries published_after(db::Tx&, Division, int64_t stamp);
// A version whole; nothing where there is none. Throws std::runtime_error where it cannot be read.
std::optional<ItemVersion> stored_version(db::Tx&, Division, ItemVersionId);

struct Published {
    int added = 0;
    // Versions already there with another content: raise `version` in the file, what was published is never changed.
    std::vector<Fault> changed;
};
// A version ready to be stored: its JSON and its summary's as they will be kept. Many thousands fit in memory, unlike versions.
struct Publication {
    std::string item;
    int version = 1;
    std::string department;  // named in faults
    std::string from;        // ISO
    std::string content;
    ItemSummary summary;      // its id is given when it is published
    std::string source = {};  // digest over the rows it was made of, where it was imported
};
// Digest over the rows that the version was made of, by item and version; those without are not there.
std::map<std::pair<std::string, int>, std::string> sources(db::Tx&, Division);
Publication publication_of(const ItemVersion&, std::string content);
// Adds the versions that are not there yet, each with its summary and recorded in the ledger. Safe to repeat, and from
// several nodes at once.
Published publish(db::Tx&, Division, const std::vector<LoadedItem>&, const ledger::Actor&, Instant now);
Published publish_all(db::Tx&, Division, const std::vector<Publication>&, const ledger::Actor&, Instant now);
// Publishes the catalogue inside the program; reads its files only where they are not those that were published last.
// Throws std::runtime_error naming the first fault where it has one.
Published publish_embedded(db::Database&, Division, const ledger::Actor&, Instant now);

// Over the row of one version, for ledger verification of the kind "item_version". Nothing where the row is gone.
std::optional<std::string> item_version_digest(db::Tx&, Division, ledger::ChainId);

}  // namespace yimen::catalogue
