#include <boost/json.hpp>

#include "licences/store.h"

// What cases ask of the library.
namespace yimen::licences {

cases::HeldLicence Library::as_held(const Licence& l) const {
    auto* type = types_.find(l.type);
    return {l.id,
            l.type,
            l.number,
            l.identifier,
            type ? type->name : catalogue::Text{l.type, l.type},
            l.holder_name,
            l.person,
            l.organisation,
            l.valid_from,
            l.valid_to,
            l.for_good(),
            l.status == name(Status::valid)};
}

std::vector<cases::HeldLicence> Library::held(db::Tx& tx, Division division, identity::PersonId person,
                                              identity::OrganisationId organisation, std::string_view type, Date today) const {
    std::vector<cases::HeldLicence> all;
    for (auto& licence : of_holder(tx, division, person, organisation))
        if (licence.type == type && licence.status_on(today) == Status::valid) all.push_back(as_held(licence));
    return all;
}

std::optional<cases::HeldLicence> Library::current(db::Tx& tx, Division division, LicenceId id) const {
    for (auto next = successor(tx, division, id); next; next = successor(tx, division, id)) id = next->id;
    auto found = lock(tx, division, id);
    return found ? std::optional(as_held(*found)) : std::nullopt;
}

std::vector<LicenceId> Library::versions(db::Tx& tx, Division division, LicenceId id) const {
    auto found = find(tx, division, id);
    return found ? with_number(tx, division, found->type, found->number) : std::vector<LicenceId>{};
}

catalogue::Facts Library::says(db::Tx& tx, Division division, LicenceId id) const {
    auto l = find(tx, division, id);
    if (!l) return {};
    catalogue::Facts facts{
        {"licence.number", l->number}, {"licence.identifier", l->identifier}, {"licence.valid_from", to_iso(l->valid_from)}};
    if (!l->for_good()) facts["licence.valid_to"] = to_iso(l->valid_to);
    if (auto* type = types_.find(l->type))
        for (auto& value : type->values)
            if (value.from == "applicant.name") facts["licence." + value.name] = l->holder_name;
    for (auto& [name, entry] : l->entries)
        facts[fmt::format("licence.{}", std::string_view(name))] =
            entry.is_string() ? std::string(entry.as_string()) : boost::json::serialize(entry);
    return facts;
}

}  // namespace yimen::licences
