#include "cases/about_licence.h"

#include "cases/store.h"
#include "identity/store.h"

namespace yimen::cases {

namespace {

// Another case of the same effect about any version of the licence, handed in and not decided yet.
bool under_way(Desk& desk, const Case& c, const catalogue::ItemVersion& version) {
    for (auto licence : desk.library->versions(desk.tx, c.division, c.licence))
        for (auto& other : cases_about(desk.tx, c.division, licence)) {
            auto of = other.id == c.id ? nullptr : desk.catalogue.version(other.item_version);
            if (of && of->licence_effect == version.licence_effect) return true;
        }
    return false;
}

// A registration that the library has no licence of: made before it, and kept by the register alone.
bool registered_elsewhere(Desk& desk, const catalogue::ItemVersion& version, identity::OrganisationId organisation) {
    return organisation && desk.library && desk.library->registers(version.licence_type);
}

}  // namespace

std::vector<HeldLicence> choices(Desk& desk, const catalogue::ItemVersion& version, const Applicant& applicant) {
    if (!version.about_a_licence() || !desk.library) return {};
    return desk.library->held(desk.tx, desk.who.division, applicant.person, applicant.organisation, version.licence_type, desk.today());
}

catalogue::Held held_by(db::Tx& tx, const Library* library, Division division, identity::PersonId person,
                        identity::OrganisationId organisation, const catalogue::ItemVersion& version, Date today, LicenceId about) {
    auto held = library ? library->sources(tx, division, person, organisation, version, today) : catalogue::Held{};
    if (about && !held.empty()) {
        std::set<std::string> versions;
        for (auto id : library->versions(tx, division, about)) versions.insert(to_text(id));
        std::ranges::stable_partition(held, [&](auto& one) { return versions.contains(one.licence); });
    }
    for (auto& source : identity::held_documents(tx, division, person, organisation, today)) held.emplace_back(std::move(source));
    return held;
}

catalogue::Held held_by(Desk& desk, const Case& c) {
    auto version = desk.catalogue.version(c.item_version);
    if (!version) throw std::runtime_error("a case is pinned to an item version that is gone");
    return held_by(desk.tx, desk.library, c.division, c.person, c.organisation, *version, desk.today(), c.licence);
}

catalogue::Held held_by(Desk& desk, const Applicant& applicant, const catalogue::ItemVersion& version, LicenceId about) {
    return held_by(desk.tx, desk.library, desk.who.division, applicant.person, applicant.organisation, version, desk.today(), about);
}

Result<LicenceId, Refusal> licence_for(Desk& desk, const catalogue::ItemVersion& version, const Applicant& applicant, LicenceId asked) {
    if (!version.about_a_licence()) return LicenceId{};
    auto all = choices(desk, version, applicant);
    if (all.empty() && !asked && registered_elsewhere(desk, version, applicant.organisation)) return LicenceId{};
    if (all.empty()) return refuse(Refusal::licence_missing);
    if (!asked && all.size() == 1) return all.front().id;
    if (!asked) return refuse(Refusal::licence_not_chosen);
    bool theirs = std::ranges::find(all, asked, &HeldLicence::id) != all.end();
    return theirs ? Result<LicenceId, Refusal>(asked) : refuse(Refusal::licence_not_valid);
}

catalogue::Facts licence_facts(Desk& desk, LicenceId licence) {
    return licence && desk.library ? desk.library->says(desk.tx, desk.who.division, licence) : catalogue::Facts{};
}

std::optional<Refusal> licence_refusal(Desk& desk, const Case& c, const catalogue::ItemVersion& version, Moment moment) {
    if (!version.about_a_licence()) return std::nullopt;
    if (!c.licence && registered_elsewhere(desk, version, c.organisation)) return std::nullopt;
    auto licence = c.licence && desk.library ? desk.library->current(desk.tx, c.division, c.licence) : std::nullopt;
    if (!licence) return Refusal::licence_missing;
    bool theirs = c.organisation ? licence->organisation == c.organisation : !licence->organisation && licence->person == c.person;
    if (!theirs) return Refusal::licence_missing;
    bool in_time = version.licence_effect == catalogue::LicenceEffect::renewal && moment != Moment::hand_in;
    if (!licence->stands || (!in_time && !licence->valid_on(desk.today()))) return Refusal::licence_not_valid;
    if (under_way(desk, c, version)) return Refusal::licence_pending;
    return std::nullopt;
}

Result<Case, Refusal> look_at_licence(Desk& desk, CaseId id, LicenceId licence) {
    using identity::Act;
    auto locked = lock(desk.tx, desk.keys.fields, desk.who.division, id);
    if (!locked || !desk.who.staff || !desk.library) return refuse(Refusal::not_found);
    auto& c = locked->file;
    bool kept_at_home = c.state == State::draft && !c.helped_by;
    if (kept_at_home || !identity::permits(desk.who, Act::see_case, c.subject(), desk.today())) return refuse(Refusal::not_found);
    auto held = held_by(desk, c);
    bool stands_here = c.licence == licence || std::ranges::find(held, to_text(licence), &catalogue::HeldSource::licence) != held.end();
    auto found = stands_here ? desk.library->find(desk.tx, c.division, licence) : std::nullopt;
    if (!found) return refuse(Refusal::not_found);
    ledger::record(desk.tx,
                   {c.division,
                    "case",
                    {c.id.value},
                    desk.actor,
                    std::string(identity::name(Act::see_case)),
                    desk.now,
                    nullptr,
                    boost::json::object{{"event", "look_at_licence"}, {"licence", found->number}, {"identifier", found->identifier}},
                    digest(c)},
                   std::move(locked->head));
    return c;
}

}  // namespace yimen::cases
