#pragma once
#include "catalogue/catalogue.h"
#include "identity/context.h"

// What the public sees of the catalogue: home, search, items, guidance, the one-time notice.
namespace yimen::catalogue {

class PublishedCatalogue;

struct Parts {
    const PublishedCatalogue& catalogue;
    // What government holds of whoever is signed in, as the licence library and the register know it: cases knows, and stands above.
    // `licence`: the one that they come from; may be empty.
    std::function<Held(db::Tx&, const identity::Who&, const ItemVersion&, Date today, std::string_view licence)> held = {};
    int searches_per_minute = 240;  // from one address; three times as many suggestions while typing
    int pdfs_per_minute = 120;      // one-time notices drawn for one address
};

// The parts must live as long as the routes.
void add_pages(identity::Routes&, const Parts&);
void add_finding_pages(identity::Routes&, const Parts&);  // called by add_pages, as is
void add_guidance_pages(identity::Routes&, const Parts&);
// Whether the item asked for is in memory: pages that show only that are then answered without waiting.
std::function<bool(const web::Request&)> item_is_open(identity::Routes&, const Parts&);

}  // namespace yimen::catalogue
