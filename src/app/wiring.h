#pragma once
#include "app/health.h"
#include "app/subjects.h"
#include "audit/pages.h"
#include "calendar/calendar.h"
#include "cases/bookkeeper.h"
#include "cases/pages_window.h"
#include "catalogue/pages.h"
#include "catalogue/published.h"
#include "editing/importer.h"
#include "editing/pages.h"
#include "identity/pages.h"
#include "ledger/gatherer.h"
#include "licences/pages.h"
#include "review/pages.h"
#include "web/router.h"

namespace yimen::app {

// The program's parts, made once, and every route over them: `yimen serve` serves these routes, `yimen routes` lists them.
class Wiring {
  public:
    // The database must be migrated. What is given must live as long.
    Wiring(db::Database&, const Clock&, const crypto::Keys&, const Config&);
    Wiring(const Wiring&) = delete;

    db::Database& database;
    const Clock& clock;
    const crypto::Keys& keys;
    const Config& config;
    const Division district;
    web::Templates templates;
    web::EventHub events;
    identity::Site site;
    catalogue::PublishedCatalogue catalogue{database, district};
    ledger::Gatherer gatherer{database, keys.ledger, clock};
    identity::PasswordProvider provider{database, district};
    identity::Door door;
    web::Server* running = nullptr;  // set by whoever serves, before the first request

    // What each feature's routes ask for: one line a feature here, one in add_routes (wiring.cc).
    const calendar::WorkingDays days = calendar::WorkingDays::embedded();
    cases::Numbers numbers{database};
    const identity::Parts identity_parts;
    const catalogue::Parts catalogue_parts;
    const licences::Types licence_types = licences::Types::embedded();
    const licences::Library library{licence_types};
    const cases::StaffParts staff_parts{catalogue, days, numbers, &library};
    cases::Bookkeeper bookkeeper{database, district};
    const review::Parts review_parts{staff_parts, licence_types};
    editing::Importer importer;
    const editing::Parts editing_parts{catalogue, staff_parts, &importer};
    const audit::Parts audit_parts{staff_parts, subject_digests(keys)};
    const licences::Parts licence_parts;
    const Health health{database, gatherer, clock, clock.now(), [this] { return running->figures(); }};

    web::Router router;

  private:
    void add_routes(identity::Routes&);
    identity::Routes routes_{router, site};
};

}  // namespace yimen::app
