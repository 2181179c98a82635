#include <boost/json.hpp>

#include "catalogue/sources.h"
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
            l.status == name(Status::valid),
            l.status};
}

namespace {

catalogue::Text because(const Type& type, const InForce& l) {
    bool term = l.valid_to != no_end;
    return {fmt::format("电子证照库中有{}，编号 {}，{}，免于提交", type.name.zh, l.number,
                        term ? "有效期至 " + for_people(l.valid_to, Language::zh) : "长期有效"),
            fmt::format("{} no. {}, valid {}, is in the licence library: nothing to hand in", type.name.en, l.number,
                        term ? "until " + for_people(l.valid_to, Language::en) : "without end")};
}

bool stands_for(const Type& type, std::string_view source) {
    return type.type == source || std::ranges::find(type.counts_as, source) != type.counts_as.end();
}

}  // namespace

catalogue::Held Library::sources(db::Tx& tx, Division division, identity::PersonId person, identity::OrganisationId organisation,
                                 const catalogue::ItemVersion& version, Date today) const {
    catalogue::Held held;
    std::set<std::string_view> seen;
    for (auto& material : version.materials) {
        auto [holder, name] = catalogue::source_parts(material.exempt_source);
        if (name.empty() || !seen.insert(material.exempt_source).second) continue;
        // Whoever trades in their own name is their own business.
        auto by = holder == "organisation" ? organisation : identity::OrganisationId{};
        for (auto& [word, type] : types_.all())
            if (stands_for(type, name))
                for (auto& l : in_force(tx, division, person, by, word, today))
                    held.emplace_back(material.exempt_source, because(type, l), to_text(l.id));
    }
    return held;
}

bool Library::registers(std::string_view type) const {
    auto* found = types_.find(type);
    return found && found->registers;
}

std::optional<cases::HeldLicence> Library::find(db::Tx& tx, Division division, LicenceId id) const {
    auto found = licences::find(tx, division, id);
    return found ? std::optional(as_held(*found)) : std::nullopt;
}

std::vector<cases::HeldLicence> Library::held(db::Tx& tx, Division division, identity::PersonId person,
                                              identity::OrganisationId organisation, std::string_view type, Date today) const {
    std::vector<cases::HeldLicence> all;
    for (auto& licence : of_holder(tx, division, person, organisation))
        if (licence.type == type && licence.status_on(today) == Status::valid) all.push_back(as_held(licence));
    return all;
}

std::optional<cases::HeldLicence> Library::made_by(db::Tx& tx, Division division, cases::CaseId id) const {
    auto found = of_case(tx, division, id);
    return found ? std::optional(as_held(*found)) : std::nullopt;
}

std::optional<cases::HeldLicence> Library::current(db::Tx& tx, Division division, LicenceId id) const {
    for (auto next = successor(tx, division, id); next; next = successor(tx, division, id)) id = next->id;
    auto found = lock(tx, division, id);
    return found ? std::optional(as_held(*found)) : std::nullopt;
}

std::vector<LicenceId> Library::versions(db::Tx& tx, Division division, LicenceId id) const {
    auto found = licences::find(tx, division, id);
    return found ? with_number(tx, division, found->type, found->number) : std::vector<LicenceId>{};
}

catalogue::Facts Library::says(db::Tx& tx, Division division, LicenceId id) const {
    auto l = licences::find(tx, division, id);
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
