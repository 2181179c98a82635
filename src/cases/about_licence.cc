#include "cases/about_licence.h"

#include "cases/store.h"

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

}  // namespace

std::vector<HeldLicence> choices(Desk& desk, const catalogue::ItemVersion& version, const Applicant& applicant) {
    if (!version.about_a_licence() || !desk.library) return {};
    return desk.library->held(desk.tx, desk.who.division, applicant.person, applicant.organisation, version.licence_type, desk.today());
}

Result<LicenceId, Refusal> licence_for(Desk& desk, const catalogue::ItemVersion& version, const Applicant& applicant, LicenceId asked) {
    if (!version.about_a_licence()) return LicenceId{};
    auto all = choices(desk, version, applicant);
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
    auto licence = c.licence && desk.library ? desk.library->current(desk.tx, c.division, c.licence) : std::nullopt;
    if (!licence) return Refusal::licence_missing;
    bool theirs = c.organisation ? licence->organisation == c.organisation : !licence->organisation && licence->person == c.person;
    if (!theirs) return Refusal::licence_missing;
    bool in_time = version.licence_effect == catalogue::LicenceEffect::renewal && moment != Moment::hand_in;
    if (!licence->stands || (!in_time && !licence->valid_on(desk.today()))) return Refusal::licence_not_valid;
    if (under_way(desk, c, version)) return Refusal::licence_pending;
    return std::nullopt;
}

}  // namespace yimen::cases
