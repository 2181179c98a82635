#include "app/wiring.h"

#include "app/departments.h"
#include "app/settings.h"
#include "cases/about_licence.h"
#include "cases/api_work.h"
#include "cases/pages_applicant.h"
#include "cases/pages_notices.h"
#include "catalogue/api.h"
#include "editing/api.h"
#include "identity/api.h"
#include "insight/pages.h"
#include "issuing/api.h"
#include "issuing/pages.h"
#include "review/api.h"

namespace yimen::app {

namespace {

std::vector<identity::ItemChoice> item_choices(const catalogue::PublishedCatalogue& catalogue, const Clock& clock) {
    std::vector<identity::ItemChoice> choices;
    for (auto& item : catalogue.all(shanghai_date(clock.now()))) choices.push_back({item->item, item->name.zh, item->name.en});
    return choices;
}

int rate(const Config& config, std::string_view key) { return static_cast<int>(config.number(key, 1, 10'000'000)); }

}  // namespace

Wiring::Wiring(db::Database& d, const Clock& c, const crypto::Keys& k, const Config& settings)
    : database(d),
      clock(c),
      keys(k),
      config(settings),
      district(division(settings)),
      site{district,
           database,
           clock,
           templates,
           events,
           keys,
           config,
           [this](const identity::Who& who) {
               return database.read([&](db::Tx& tx) { return cases::unread(tx, district, who.person); }); }},
      door(provider, rate(config, "sign_ins_per_minute"), rate(config, "failed_sign_ins_per_minute")),
      identity_parts{door, [this] { return item_choices(catalogue, clock); }},
      catalogue_parts{
          catalogue,
          [this](db::Tx& tx, const identity::Who& who, const catalogue::ItemVersion& item, Date today, std::string_view licence) {
              auto about = parse_id<cases::LicenceTag>(licence).value_or(cases::LicenceId{});
              return cases::held_by(tx, &library, district, who.person, who.acting_for, item, today, about);
          },
          rate(config, "searches_per_minute"), rate(config, "pdfs_per_minute")},
      importer({database, database_options(settings), district, catalogue, clock, settings.text("uploads"),
                [this](editing::ImportId id) { events.publish(editing::import_topic(district, id), "work", ""); },
                [this] {
                    catalogue.refresh();
                    register_departments(database, district, catalogue, clock.now());
                }}),
      licence_parts{licence_types, rate(config, "verifications_per_minute"), &catalogue, &staff_parts} {
    add_routes(routes_);
}

void Wiring::add_routes(identity::Routes& routes) {
    web::add_asset_routes(router);
    identity::add_pages(routes, identity_parts);
    identity::add_api(routes, identity_parts);
    catalogue::add_pages(routes, catalogue_parts);
    catalogue::add_api(routes, catalogue_parts);
    cases::add_window_pages(routes, staff_parts);
    cases::add_notice_pages(routes, catalogue);
    cases::add_applicant_pages(routes, staff_parts);
    cases::add_applicant_api(routes, staff_parts);
    cases::add_work_api(routes, staff_parts);
    review::add_pages(routes, review_parts);
    review::add_api(routes, review_parts);
    issuing::add_pages(routes, staff_parts);
    issuing::add_api(routes, staff_parts);
    audit::add_pages(routes, audit_parts);
    editing::add_pages(routes, editing_parts);
    editing::add_api(routes, editing_parts);
    insight::add_pages(routes, staff_parts);
    licences::add_pages(routes, licence_parts);
    licences::add_api(routes, licence_parts);
    add_health(router, routes, health);
}

}  // namespace yimen::app
