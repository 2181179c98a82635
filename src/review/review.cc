#include "review/review.h"

#include "cases/store.h"

namespace yimen::review {

namespace {

using identity::Act;

constexpr Stage sole[] = {{"decide", Act::decide_case}};
constexpr Stage examiner_verifier[] = {{"examine", Act::examine_case}, {"decide", Act::decide_case, true}};

std::span<const Stage> plan_of(const Case& c, const catalogue::ItemVersion& version) {
    for (auto& situation : version.situations)
        if (situation.name == c.situation) return plan(situation.review_plan);
    return {};
}

std::optional<Done> examination(const ledger::Line& line) {
    auto* after = line.after.if_object();
    auto* event = after ? after->if_contains("event") : nullptr;
    if (!event || *event != "begin_review") return std::nullopt;
    return Done{"examine",
                line.actor.id,
                std::string(after->at("by").as_string()),
                std::string(after->at("opinion").as_string()),
                after->at("favourable").as_bool(),
                line.at};
}

}  // namespace

std::span<const Stage> plan(std::string_view name) {
    if (name == "sole") return sole;
    if (name == "examiner_verifier") return examiner_verifier;
    return {};
}

// What has been done is read from the ledger, which is the only place it is written.
Position position(db::Tx& tx, const Case& c, const catalogue::ItemVersion& version) {
    Position found;
    auto stages = plan_of(c, version);
    if (stages.size() > 1)
        for (auto& line : ledger::history(tx, c.division, {c.id.value}))
            if (auto done = examination(line)) found.done.push_back(*done);
    bool open = c.state == cases::State::accepted || c.state == cases::State::under_review;
    if (open && found.done.size() < stages.size()) found.now = &stages[found.done.size()];
    return found;
}

Result<Case, Refusal> examine(Desk& desk, CaseId id, std::string_view opinion, bool favourable) {
    auto file = cases::find(desk.tx, desk.keys.fields, desk.who.division, id);
    if (!file) return refuse(Refusal::not_found);
    auto version = desk.catalogue.version(file->item_version);
    auto where = version ? position(desk.tx, *file, *version) : Position{};
    if (!where.now || where.now->kind != "examine") return refuse(Refusal::not_possible_now);
    return cases::begin_review(desk, id, opinion, favourable);
}

Result<Case, Refusal> decide(Desk& desk, const licences::Types& types, CaseId id, bool grant, std::string_view reasons) {
    auto locked = cases::lock(desk.tx, desk.keys.fields, desk.who.division, id);
    if (!locked) return refuse(Refusal::not_found);
    auto& file = locked->file;
    auto version = desk.catalogue.version(file.item_version);
    if (!version) return refuse(Refusal::not_found);
    auto where = position(desk.tx, file, *version);
    if (!where.now) return refuse(Refusal::not_possible_now);
    if (where.now->kind != "decide") return refuse(Refusal::stage_missing);
    if (where.now->another_person && where.done.back().staff == desk.who.staff.value) return refuse(Refusal::same_person);
    boost::json::object content;
    auto decided = cases::decide(desk, std::move(*locked), grant, reasons, content);
    if (!decided || !grant || version->licence_type.empty()) return decided;
    licences::issue(desk, types, *decided, *version);
    return decided;
}

}  // namespace yimen::review
