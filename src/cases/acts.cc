#include "cases/acts.h"

#include "cases/store_work.h"
#include "identity/store_register.h"

namespace yimen::cases {

namespace {

constexpr std::string_view refusal_codes[] = {"not_found",          "not_permitted",       "not_possible_now",
                                              "answers_incomplete", "form_incomplete",     "materials_missing",
                                              "reasons_missing",    "correction_too_late", "nothing_to_correct",
                                              "too_many_documents", "already_extended",    "item_not_offered",
                                              "stage_missing",      "same_person",         "unknown_field",
                                              "locked_field",       "unknown_material",    "computed_field",
                                              "only_persons",       "only_organisations",  "licence_missing",
                                              "licence_not_chosen", "licence_not_valid",   "licence_pending",
                                              "licence_unknown",    "organisation_ended",  "representative_other_name"};

boost::json::object facts(const Case& c) {
    boost::json::object object{{"state", name(c.state)}};
    if (!c.number.empty()) object["number"] = c.number;
    if (c.accepted_on) object["accepted_on"] = to_iso(*c.accepted_on);
    if (c.promised_due) object["promised_due"] = to_iso(*c.promised_due);
    if (c.statutory_due) object["statutory_due"] = to_iso(*c.statutory_due);
    if (c.extension_days) object["extension_days"] = c.extension_days;
    return object;
}

std::shared_ptr<const catalogue::Situation> situation_of(const Case& c, const catalogue::ItemVersion& version) {
    return catalogue::settled(version, c.situation, c.answers);
}

// What worklists and figures count; nothing where neither state nor due date is another.
void move(Desk& desk, const Case& before, const Case& after, Event event) {
    place(desk.tx, before, after);
    bool draft = after.state == State::draft;
    bool same = before.state == after.state && before.promised_due == after.promised_due && before.acceptance_due == after.acceptance_due;
    if (draft || (same && event != Event::resubmit)) return;
    Move moved{before, after, event, desk.today()};
    if ((event == Event::grant || event == Event::refuse) && after.accepted_on) {
        moved.days = desk.days.between(*after.accepted_on, desk.today());
        moved.late = after.promised_due && desk.today() > *after.promised_due;
    }
    insert_move(desk.tx, moved);
}

}  // namespace

std::string_view code(Refusal refusal) { return refusal_codes[static_cast<int>(refusal)]; }

identity::Subject Case::subject() const { return {person.value, organisation.value, authority.value, item, situation}; }

identity::Subject subject_now(db::Tx& tx, const Case& c) {
    auto subject = c.subject();
    if (c.organisation && identity::ended_on(tx, c.division, c.organisation)) subject.owner_organisation = 0;
    return subject;
}

// What a person may not see and what does not exist answer alike, so that nothing can be learned by trying numbers.
Result<Opened, Refusal> open(Desk& desk, CaseId id, identity::Act act, Event event) {
    auto locked = lock(desk.tx, desk.keys.fields, desk.who.division, id);
    if (!locked) return refuse(Refusal::not_found);
    return open(desk, std::move(*locked), act, event);
}

Result<Opened, Refusal> open(Desk& desk, Locked locked, identity::Act act, Event event) {
    auto& file = locked.file;
    auto subject = act == identity::Act::download_result ? subject_now(desk.tx, file) : file.subject();
    if (!identity::permits(desk.who, act, subject, desk.today()))
        return refuse(desk.who.staff ? Refusal::not_permitted : Refusal::not_found);
    // A clerk fills in what was begun at a window, not what somebody keeps as a draft at home.
    if (act == identity::Act::help_applicant && file.state == State::draft && !file.helped_by) return refuse(Refusal::not_permitted);
    auto to = next(file.state, event);
    if (!to) return refuse(Refusal::not_possible_now);
    auto version = desk.catalogue.version(file.item_version);
    if (!version) throw std::runtime_error(fmt::format("case {} is pinned to an item version that is gone", to_text(file.id)));
    Opened opened{file, std::move(file), std::move(locked.head), std::move(version)};
    opened.after.state = *to;
    opened.after.changed_at = desk.now;
    return opened;
}

Case record(Desk& desk, Opened opened, identity::Act act, Event event, std::optional<Notice> notice, boost::json::object details) {
    auto& after = opened.after;
    if (notice) {
        after.notices_digest = notices_digest(after.notices_digest, *notice);
        details["notice"] = notice->kind;
        details["notice_digest"] = crypto::hex(crypto::view(notice_digest(*notice)));
    }
    update(desk.tx, desk.keys.fields, after, after.form != opened.before.form);
    move(desk, opened.before, after, event);
    auto now_facts = facts(after);
    now_facts["event"] = name(event);
    for (auto& [key, value] : details) now_facts[key] = value;
    auto recorded = ledger::record(desk.tx,
                                   {after.division,
                                    "case",
                                    {after.id.value},
                                    desk.actor,
                                    std::string(identity::name(act)),
                                    desk.now,
                                    facts(opened.before),
                                    std::move(now_facts),
                                    digest(after)},
                                   std::move(opened.head));
    if (notice) {
        notice->ledger_seq = recorded.seq;
        insert_notice(desk.tx, after.division, after.id, *notice);
        notify(desk.tx, after, notice->kind, desk.now);
    }
    return std::move(after);
}

Notice notice_of(const Case& c, std::string_view kind, char letter, boost::json::object content, Instant now) {
    auto day = shanghai_date(now);
    content["item"] = c.item;
    content["situation"] = c.situation;
    content["applicant"] = c.applicant_name;
    if (c.submitted_at) content["received_at"] = to_iso(*c.submitted_at);
    if (c.accepted_on) content["accepted_on"] = to_iso(*c.accepted_on);
    return {make_id<NoticeTag>(),
            std::string(kind),
            fmt::format("{}-{}{:02}{:02}", c.number, letter, unsigned(day.month()), unsigned(day.day())),
            std::move(content),
            now,
            0};
}

Limits count_limits(Desk& desk, Case& c, const catalogue::ItemVersion& version, const std::vector<calendar::Suspension>& pauses) {
    Limits found;
    auto situation = situation_of(c, version);
    if (!c.accepted_on || !situation) return found;
    found.promised = calendar::due(desk.days, *c.accepted_on, situation->promised, c.extension_days, pauses);
    found.statutory = calendar::due(desk.days, *c.accepted_on, situation->statutory, c.extension_days, pauses);
    c.promised_due = found.promised->date;
    c.statutory_due = found.statutory->date;
    return found;
}

boost::json::object due_content(const calendar::DueDate& due) {
    auto steps = [](const std::vector<std::string>& because) {
        boost::json::array all;
        for (auto& step : because) all.push_back(boost::json::value(step));
        return all;
    };
    return {{"date", to_iso(due.date)},
            {"provisional", due.provisional},
            {"because_zh", steps(due.because_zh)},
            {"because_en", steps(due.because_en)}};
}

Limits limits(const Case& c, const catalogue::ItemVersion& version, const std::vector<calendar::Suspension>& pauses,
              const calendar::WorkingDays& days, Date today) {
    Limits found;
    if (c.submitted_at && !c.accepted_on)
        found.acceptance = calendar::due(days, shanghai_date(*c.submitted_at), {version.acceptance_days, true}, 0, {});
    auto situation = situation_of(c, version);
    if (!c.accepted_on || !situation) return found;
    found.promised = calendar::due(days, *c.accepted_on, situation->promised, c.extension_days, pauses);
    found.statutory = calendar::due(days, *c.accepted_on, situation->statutory, c.extension_days, pauses);
    auto day = c.decided_at ? shanghai_date(*c.decided_at) : today;
    found.light = calendar::light(days, *c.accepted_on, *found.promised, *found.statutory, day);
    return found;
}

std::optional<std::string> case_digest(db::Tx& tx, const crypto::FieldCipher& cipher, Division division, ledger::ChainId chain) {
    auto found = find(tx, cipher, division, {chain.value});
    if (!found) return std::nullopt;
    // The digests of what stands beside the case are counted from their own rows, so that a change to one of those shows too.
    found->documents_digest = documents_digest(documents(tx, division, found->id));
    found->notices_digest = {};
    for (auto& notice : notices(tx, division, found->id)) found->notices_digest = notices_digest(found->notices_digest, notice);
    found->suspensions_digest = suspensions_digest(suspensions(tx, division, found->id));
    return digest(*found);
}

}  // namespace yimen::cases
