#include "identity/at_window.h"

#include <boost/json.hpp>

#include "base/text.h"

namespace yimen::identity {

namespace json = boost::json;

namespace {

// Full-width letters and brackets, capitals and spaces around a name make no other name of it.
bool same_name(std::string_view one, std::string_view other) { return fold(trim(one)) == fold(trim(other)); }

}  // namespace

Result<PersonId, WindowRefusal> meet_person(db::Tx& tx, const crypto::FieldCipher& cipher, const By& by, NewPerson met) {
    if (auto known = find_person_by_number(tx, cipher, by.division, met.number)) {
        if (!same_name(find_person(tx, by.division, *known).value().name, met.name)) return refuse(WindowRefusal::other_name);
        return *known;
    }
    met.id = make_id<PersonTag>();
    put_person(tx, cipher, by.division, met);
    record(tx, by, "person", met.id.value, "register", nullptr, json::object{{"number", masked_number(met.number)}, {"because", "window"}});
    return met.id;
}

Result<OrganisationId, WindowRefusal> meet_organisation(db::Tx& tx, const crypto::FieldCipher& cipher, const By& by, NewOrganisation met) {
    if (auto known = find_organisation_by_code(tx, by.division, met.credit_code)) {
        if (ended_on(tx, by.division, *known)) return refuse(WindowRefusal::ended);
        if (!same_name(find_organisation(tx, by.division, *known).value().name, met.name)) return refuse(WindowRefusal::other_name);
        return *known;
    }
    met.id = make_id<OrganisationTag>();
    put_organisation(tx, cipher, by.division, met);
    record(tx, by, "organisation", met.id.value, "register", nullptr,
           json::object{{"credit_code", met.credit_code}, {"because", "window"}});
    return met.id;
}

Result<Done, WindowRefusal> let_act_for(db::Tx& tx, const By& by, PersonId person, OrganisationId organisation, bool letter_seen) {
    auto today = shanghai_date(by.at);
    // Locked first, so that of two windows the second sees what the first has recorded.
    if (!lock_person(tx, by.division, person)) throw std::logic_error("nobody of that id is on the register");
    for (auto& one : may_act_for(tx, by.division, person, today))
        if (one.id == organisation) return Done{};
    if (!letter_seen) return refuse(WindowRefusal::letter_missing);
    Date to = std::chrono::sys_days(today) + letter_lasts - std::chrono::days(1);
    put_mandate(tx, by.division, {person, organisation, "agent", today, to});
    record(tx, by, "person", person.value, "give_mandate", nullptr,
           json::object{{"organisation", to_text(organisation)},
                        {"kind", "agent"},
                        {"from", to_iso(today)},
                        {"to", to_iso(to)},
                        {"because", "letter_seen"}});
    return Done{};
}

}  // namespace yimen::identity
