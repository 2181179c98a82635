#include "identity/founding.h"

#include <boost/json.hpp>

#include "base/credit_code.h"
#include "base/text.h"
#include "identity/at_window.h"

namespace yimen::identity {

namespace json = boost::json;

namespace {

constexpr std::string_view of_codes = "0123456789ABCDEFGHJKLMNPQRTUWXY";

std::string drawn_serial() {
    std::string serial = "MA";
    // 248 is a multiple of 31: every character is as likely as another.
    while (serial.size() < 8)
        for (unsigned char byte : crypto::random_bytes(8))
            if (byte < 248 && serial.size() < 8) serial += of_codes[byte % of_codes.size()];
    return serial;
}

std::string free_credit_code(db::Tx& tx, Division division, std::string_view kind) {
    for (int tries = 0; tries < 20; ++tries) {
        auto code = new_credit_code('9', kind == "sole_trader" ? '2' : '1', division, drawn_serial()).text();
        if (!find_organisation_by_code(tx, division, code)) return code;
    }
    throw std::runtime_error("no free credit code was drawn");
}

void give_mandate(db::Tx& tx, const By& by, const Mandate& mandate, std::string_view because, std::string_view case_number) {
    if (!lock_person(tx, by.division, mandate.person)) throw std::logic_error("nobody of that id is on the register");
    put_mandate(tx, by.division, mandate);
    json::object facts{{"organisation", to_text(mandate.organisation)},
                       {"kind", mandate.kind},
                       {"from", to_iso(mandate.from)},
                       {"because", because},
                       {"case", case_number}};
    if (mandate.to) facts["to"] = to_iso(*mandate.to);
    record(tx, by, "person", mandate.person.value, "give_mandate", nullptr, std::move(facts));
}

// Taken away from the day on: what ends before it begins never counts.
void end_mandates(db::Tx& tx, const By& by, OrganisationId organisation, std::string_view kind, PersonId except,
                  std::string_view case_number) {
    Date before = std::chrono::sys_days(shanghai_date(by.at)) - std::chrono::days(1);
    for (auto& standing : mandates_for(tx, by.division, organisation)) {
        if (standing.person == except || (!kind.empty() && standing.kind != kind) || (standing.to && *standing.to <= before)) continue;
        lock_person(tx, by.division, standing.person);
        auto ended = standing;
        ended.to = before;
        put_mandate(tx, by.division, ended);
        record(tx, by, "person", standing.person.value, "end_mandate",
               json::object{{"organisation", to_text(organisation)}, {"kind", standing.kind}},
               json::object{{"organisation", to_text(organisation)}, {"to", to_iso(before)}, {"case", case_number}});
    }
}

PersonId registered(db::Tx& tx, const crypto::FieldCipher& cipher, const By& by, const Named& named) {
    auto met = meet_person(tx, cipher, by, {{}, named.name, named.number, named.phone, ""});
    if (!met) throw std::logic_error("somebody is registered under another name: ask named_otherwise first");
    return *met;
}

std::string_view kind_of_mandate(std::string_view kind) { return kind == "sole_trader" ? "owner" : "legal_representative"; }

}  // namespace

bool named_otherwise(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, const Named& named) {
    auto known = find_person_by_number(tx, cipher, division, named.number);
    return known && fold(trim(find_person(tx, division, *known).value().name)) != fold(trim(named.name));
}

Organisation found_organisation(db::Tx& tx, const crypto::FieldCipher& cipher, const By& by, const Founding& f) {
    auto today = shanghai_date(by.at);
    NewOrganisation made{
        make_id<OrganisationTag>(), f.name, free_credit_code(tx, by.division, f.kind), f.kind, f.representative, f.address, ""};
    put_organisation(tx, cipher, by.division, made);
    record(tx, by, "organisation", made.id.value, "register", nullptr,
           json::object{{"name", made.name}, {"credit_code", made.credit_code}, {"because", "registration"}, {"case", f.case_number}});
    auto representative = f.identified ? registered(tx, cipher, by, *f.identified) : f.founder;
    give_mandate(tx, by, {representative, made.id, std::string(kind_of_mandate(f.kind)), today, {}}, "registration", f.case_number);
    Date letter_ends = std::chrono::sys_days(today) + letter_lasts - std::chrono::days(1);
    if (representative != f.founder) give_mandate(tx, by, {f.founder, made.id, "agent", today, letter_ends}, "founder", f.case_number);
    return find_organisation(tx, by.division, made.id).value();
}

void change_registration(db::Tx& tx, const crypto::FieldCipher& cipher, const By& by, const Organisation& changed,
                         const std::optional<Named>& representative, std::string_view case_number) {
    lock_organisation(tx, by.division, changed.id);
    auto before = find_organisation(tx, by.division, changed.id).value();
    enter_change(tx, by.division, changed);
    json::object was, becomes{{"case", case_number}};
    auto differs = [&](std::string_view what, const std::string& old, const std::string& fresh) {
        if (old != fresh) was[what] = old, becomes[what] = fresh;
    };
    differs("name", before.name, changed.name);
    differs("legal_representative", before.legal_representative, changed.legal_representative);
    differs("address", before.address, changed.address);
    record(tx, by, "organisation", changed.id.value, "change_registration", std::move(was), std::move(becomes));
    if (!representative) return;
    auto person = registered(tx, cipher, by, *representative);
    auto kind = kind_of_mandate(changed.kind);
    end_mandates(tx, by, changed.id, kind, person, case_number);
    give_mandate(tx, by, {person, changed.id, std::string(kind), shanghai_date(by.at), {}}, "registration", case_number);
}

void end_registration(db::Tx& tx, const By& by, OrganisationId id, std::string_view case_number) {
    lock_organisation(tx, by.division, id);
    auto today = shanghai_date(by.at);
    end_organisation(tx, by.division, id, today);
    record(tx, by, "organisation", id.value, "end_registration", nullptr, json::object{{"ended_on", to_iso(today)}, {"case", case_number}});
    end_mandates(tx, by, id, "", {}, case_number);
}

}  // namespace yimen::identity
