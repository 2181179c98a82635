#include "cases/pages_applicant.h"

#include "base/text.h"
#include "cases/pages_case_parts.h"
#include "cases/pages_form.h"
#include "identity/store.h"

// One case as its applicant sees it: tasks while it is filled in, then how far it is and what comes next.
namespace yimen::cases {

using identity::Act;
using identity::Context;
using web::Response;
using web::words;

namespace {

// Who acts for an organisation now and then is led to the choice rather than told that there is nothing.
Response not_theirs(const Context& c) {
    auto id = parse_id<CaseTag>(c.request.param("id"));
    auto mandated = id && c.read([&](db::Tx& tx) {
        auto file = find(tx, c.site.keys.fields, c.site.division, *id);
        if (!file) return false;
        if (!file->organisation) return file->person == c.who().person;
        auto choices = identity::may_act_for(tx, c.site.division, c.who().person, c.today());
        return std::ranges::any_of(choices, [&](auto& one) { return one.id == file->organisation; });
    });
    return mandated ? c.go("/act-for?return=" + c.request.path) : c.refused(404, "cases", code(Refusal::not_found));
}

// How far it is. `at` counts in stages: handed in, accepted, decided, handed over.
int stage_of(const Case& file) {
    switch (file.state) {
        case State::draft:
        case State::submitted:
        case State::correction_requested:
        case State::not_accepted:
            return 1;
        case State::accepted:
        case State::under_review:
        case State::suspended:
            return 2;
        case State::granted:
        case State::refused:
        case State::result_made:
            return 3;
        case State::withdrawn:
        case State::terminated:
            return file.decided_at ? 3 : file.accepted_on ? 2 : 1;
        case State::delivered:
        case State::closed:
            return 4;
    }
    return 0;
}

boost::json::array stages_view(const Case& file, Language language) {
    auto day = [&](const std::optional<Instant>& at) { return at ? for_people(*at, language) : std::string(); };
    auto date = [&](const std::optional<Date>& at) { return at ? for_people(*at, language) : std::string(); };
    auto by = [&](const std::optional<Date>& at) {
        return at ? words(language, "cases.by_date", {{"date", for_people(*at, language)}}) : std::string();
    };
    struct Stage {
        std::string_view name;
        std::string when, expected;
    };
    bool over = final(file.state);
    const Stage stages[] = {{"submitted", day(file.submitted_at), ""},
                            {"accepted", date(file.accepted_on), by(file.acceptance_due)},
                            {"decided", day(file.decided_at), by(file.promised_due)},
                            {"delivered", day(file.delivered_at), ""}};
    auto reached = stage_of(file);
    boost::json::array all;
    bool paused = file.state == State::suspended;
    for (int i = 0; i < 4; ++i) {
        bool done = i < reached, current = i == reached && !over;
        all.push_back(web::View{{"name", words(language, fmt::format("cases.stage_{}", stages[i].name))},
                                {"when", done             ? stages[i].when
                                         : over || paused ? ""
                                                          : stages[i].expected},
                                {"done", done},
                                {"current", current},
                                {"ahead", !done && !current},
                                {"word", words(language, done       ? "cases.stage_done"
                                                         : !current ? "cases.stage_ahead"
                                                         : paused   ? "cases.stage_paused"
                                                                    : "cases.stage_now")}});
    }
    return all;
}

// Why the case stands where it stands, in the words of the notice that told it.
web::View told_view(const std::vector<Notice>& all, const Context& c, const StaffParts& parts, const Case& file) {
    std::string_view kind = file.state == State::suspended ? "suspension" : file.state == State::not_accepted ? "no_acceptance" : "refusal";
    bool refused = file.state == State::refused || (kind == "refusal" && file.decided_at && final(file.state));
    web::View told;
    for (auto& notice : all) {
        if (notice.kind != kind || (kind == "refusal" && !refused)) continue;
        auto text = [&](std::string_view key) {
            auto found = notice.content.if_contains(key);
            return found && found->is_string() ? std::string(found->as_string()) : std::string();
        };
        told = {{"reasons", kind == "suspension" ? "" : text(kind == "refusal" ? "reasons" : "reason")},
                {"right_authority", text("right_authority")}};
        if (auto days = notice.content.if_contains("expected_days")) {
            told["days"] = *days;
            told["until"] =
                for_people(parts.days.add(shanghai_date(notice.made_at), static_cast<int>(days->to_number<int64_t>())), c.language());
        }
    }
    return told;
}

boost::json::array notices_view(const std::vector<Notice>& notices, const Context& c, const Case& file) {
    boost::json::array all;
    for (auto& notice : notices)
        all.push_back(web::View{{"kind", words(c.language(), "window.notice_" + notice.kind)},
                                {"number", notice.number},
                                {"at", for_people(shanghai_date(notice.made_at), c.language())},
                                {"href", fmt::format("/cases/{}/notices/{}", to_text(file.id), to_text(notice.id))},
                                {"receipt", notice.kind == "receipt"}});
    return all;
}

boost::json::array documents_view(db::Tx& tx, const Case& file, const catalogue::ItemVersion& version, Language language) {
    boost::json::array all;
    for (auto& d : documents(tx, file.division, file.id)) {
        auto material = taken_for(version, d.material);
        if (!d.removed)
            all.push_back(web::View{{"file", d.name},
                                    {"material", material ? material->name.in(language) : d.material},
                                    {"size", size_words(d.size)},
                                    {"href", fmt::format("/cases/{}/documents/{}", to_text(file.id), to_text(d.id))}});
    }
    return all;
}

// The organisation that the grant has put on the register: its applicant can act for it at once.
boost::json::value founded_view(db::Tx& tx, const Context& c, const StaffParts& parts, const Case& file) {
    auto made = parts.library ? parts.library->made_by(tx, file.division, file.id) : std::nullopt;
    if (!made || !made->organisation || made->organisation == file.organisation) return nullptr;
    for (auto& one : identity::may_act_for(tx, file.division, c.who().person, c.today()))
        if (one.id == made->organisation)
            return web::View{{"name", one.name},
                             {"credit_code", one.credit_code},
                             {"act_for", fmt::format("/act-for?return=/licences/{}", to_text(made->id))}};
    return nullptr;
}

web::View progress_view(const Context& c, const StaffParts& parts, const Case& file) {
    auto language = c.language();
    auto version = parts.catalogue.version(file.item_version);
    if (!version) throw std::runtime_error("a case is pinned to an item version that is gone");
    auto due = file.accepted_on ? file.promised_due : file.acceptance_due;
    auto event_possible = [&](Event event) { return next(file.state, event).has_value(); };
    web::View view{
        {"title", fmt::format("{} · {}", version->name.in(language), printed_number(file, language))},
        {"id", to_text(file.id)},
        {"item", version->name.in(language)},
        {"situation", situation_title(file, *version, language)},
        {"applicant", file.applicant_name},
        {"number", printed_number(file, language)},
        {"authority", version->authority.in(language)},
        {"phone", version->phone.in(language)},
        {"result_name", version->result_name.in(language)},
        {"state", state_view(file.state, language)},
        {"next", words(language, fmt::format("cases.next_{}", name(file.state)), {{"date", due ? for_people(*due, language) : ""}})},
        {"stages", stages_view(file, language)},
        {"guidance", guidance_view(file, *version, language)},
        {"sections", form_view(file, *version, language, true)},
        {"may_take", file.state == State::granted || file.state == State::refused || file.state == State::result_made},
        {"may_withdraw", event_possible(Event::withdraw)}};
    c.read([&](db::Tx& tx) {
        view["limits"] = limits_view(tx, c, parts, file, *version);
        view["founded"] = founded_view(tx, c, parts, file);
        auto told = notices(tx, file.division, file.id);
        view["notices"] = notices_view(told, c, file);
        view["told"] = told_view(told, c, parts, file);
        view["documents"] = documents_view(tx, file, *version, language);
        for (auto& pause : suspensions(tx, file.division, file.id))
            if (!pause.to) view["pause"] = web::View{{"since", for_people(pause.from, language)}, {"reason", pause.reason}};
    });
    for (auto& notice : view["notices"].as_array())
        if (notice.at("receipt").as_bool()) view["receipt"] = notice.at("href");
    view["has_limits"] = !view["limits"].as_array().empty();
    view["has_documents"] = !view["documents"].as_array().empty();
    return view;
}

Response show(const Context& c, const StaffParts& parts) {
    auto file = own_case(c, Act::see_own_case);
    if (!file) return not_theirs(c);
    if (next(file->state, Event::save)) return tasks_page(c, filling_of(c, parts, at_home, std::move(*file)));
    return c.page(200, "cases/progress", progress_view(c, parts, *file));
}

// Right after handing in; later the case itself says it all.
Response submitted(const Context& c, const StaffParts& parts) {
    auto file = own_case(c, Act::see_own_case);
    if (!file) return not_theirs(c);
    if (file->number.empty()) return c.go("/cases/" + to_text(file->id));
    auto view = progress_view(c, parts, *file);
    view["title"] = words(c.language(), "cases.submitted_title");
    view["answer_by"] = file->acceptance_due ? for_people(*file->acceptance_due, c.language()) : "";
    view["waits"] = file->state == State::submitted;
    return c.page(200, "cases/submitted", std::move(view));
}

web::View withdrawal_view(const Context& c, const StaffParts& parts, const Case& file, bool reason_missing) {
    auto language = c.language();
    auto version = parts.catalogue.version(file.item_version);
    bool draft = file.state == State::draft;
    auto title = words(language, draft ? "cases.discard_title" : "cases.withdraw_title");
    return {{"title", (reason_missing ? words(language, "cases.error_prefix") : "") + title},
            {"heading", title},
            {"id", to_text(file.id)},
            {"item", version ? version->name.in(language) : file.item},
            {"number", file.number.empty() ? "" : printed_number(file, language)},
            {"draft", draft},
            {"reason", c.request.form.get("reason")},
            {"error", reason_missing ? words(language, "cases.error_withdraw_reason") : ""}};
}

Response ask_withdrawal(const Context& c, const StaffParts& parts) {
    auto file = own_case(c, Act::withdraw_case);
    if (!file) return c.refused(404, "cases", code(Refusal::not_found));
    if (!next(file->state, Event::withdraw)) return c.go("/cases/" + to_text(file->id));
    return c.page(200, "cases/withdraw", withdrawal_view(c, parts, *file, false));
}

Response withdraw_it(const Context& c, const StaffParts& parts) {
    auto file = own_case(c, Act::withdraw_case);
    if (!file) return c.refused(404, "cases", code(Refusal::not_found));
    auto reason = trim(c.request.form.get("reason"));
    auto refusal = std::optional<Refusal>();
    auto answer = c.write([&](db::Tx& tx) -> Response {
        auto desk = desk_of(c, tx, parts);
        auto outcome = withdraw(desk, file->id, first_characters(reason, 500));
        if (!outcome) refusal = outcome.error();
        if (!outcome) return c.refused(status_of(outcome.error()), "cases", code(outcome.error()));
        tell_worklists(c, tx);
        bool draft = file->number.empty();
        return c.go(draft ? "/cases" : "/cases/" + to_text(file->id), draft ? "cases.notice_discarded" : "cases.notice_withdrawn");
    });
    if (answer.status < 400 || refusal != Refusal::reasons_missing) return answer;
    return c.page(422, "cases/withdraw", withdrawal_view(c, parts, *file, true));
}

boost::json::array notifications_view(const Context& c, const StaffParts& parts, const std::vector<Notification>& all) {
    auto language = c.language();
    boost::json::array rows;
    for (auto& one : all) {
        auto version = parts.catalogue.summary(one.item, c.today());
        auto number = CaseNumber::parse(one.number);
        rows.push_back(web::View{{"href", "/cases/" + to_text(one.case_id)},
                                 {"text", words(language, "cases.notification_" + one.kind)},
                                 {"item", version ? version->name.in(language) : one.item},
                                 {"number", number ? number->printed() : ""},
                                 {"at", for_people(one.made_at, language)},
                                 {"fresh", !one.read}});
    }
    return rows;
}

// Seen is read: the marks are taken away after they were shown once.
Response notifications_page(const Context& c, const StaffParts& parts) {
    auto all = c.read([&](db::Tx& tx) { return notifications(tx, c.site.division, c.who().person, 100); });
    web::View view{
        {"title", words(c.language(), "cases.notifications_title")}, {"empty", all.empty()}, {"rows", notifications_view(c, parts, all)}};
    auto page = c.page(200, "cases/notifications", std::move(view));
    bool fresh = std::ranges::any_of(all, [](auto& one) { return !one.read; });
    if (fresh) c.site.database.write([&](db::Tx& tx) { mark_read(tx, c.site.division, c.who().person, c.now()); });
    return page;
}

}  // namespace

void add_case_pages(identity::Routes& routes, const StaffParts& parts) {
    routes.get("/cases/{id}", Act::see_own_case, [parts](Context& c) { return show(c, parts); });
    routes.get("/cases/{id}/submitted", Act::see_own_case, [parts](Context& c) { return submitted(c, parts); });
    routes.get("/cases/{id}/withdraw", Act::withdraw_case, [parts](Context& c) { return ask_withdrawal(c, parts); });
    routes.post("/cases/{id}/withdraw", Act::withdraw_case, [parts](Context& c) { return withdraw_it(c, parts); });
    routes.get("/notifications", Act::read_own_notifications, [parts](Context& c) { return notifications_page(c, parts); });
}

}  // namespace yimen::cases
