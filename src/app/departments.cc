#include "app/departments.h"

#include "identity/register.h"
#include "identity/store.h"

namespace yimen::app {

namespace {

identity::Authority authority_of(const catalogue::ItemVersion& version) {
    return {{}, version.authority.zh, version.authority.en, version.authority_credit_code, version.where.zh, version.phone.zh};
}

}  // namespace

void register_departments(db::Database& database, Division division, const catalogue::PublishedCatalogue& catalogue, Instant now) {
    std::map<std::string, catalogue::ItemVersionId> one_of_each;
    for (auto& item : catalogue.all(shanghai_date(now))) one_of_each.emplace(item->department, item->id);
    identity::By by{division, {"system", 0, "", ""}, now};
    for (auto& [department, id] : one_of_each) {
        auto authority = authority_of(*catalogue.version(id));
        auto known = [&](db::Tx& tx) { return identity::find_authority_by_code(tx, division, authority.credit_code).has_value(); };
        if (database.read(known)) continue;
        try {
            database.write([&](db::Tx& tx) { identity::register_authority(tx, by, authority); });
        } catch (const db::Duplicate&) {
            // Another node was first.
        }
    }
}

}  // namespace yimen::app
