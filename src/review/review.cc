#include "review/review.h"

#include "cases/store.h"

namespace yimen::review {

namespace {

using identity::Act;

constexpr Stage sole[] = {{"decide", Act::decide_case}};
constexpr Stage examiner_verifier[] = {{"examine", Act::examine_case}, {"decide", Act::decide_case, true}};
constexpr Stage three_level[] = {{"examine", Act::examine_case}, {"verify", Act::examine_case, true}, {"decide", Act::decide_case, true}};

std::span<const Stage> plan_of(const Case& c, const catalogue::ItemVersion& version) {
    auto situation = catalogue::settled(version, c.situation, c.answers);
    return situation ? plan(situation->review_plan) : std::span<const Stage>();
}

// The case held until the transaction ends, and how far its plan has come. Who may not do the act learns nothing of that.
struct Looked {
    cases::Locked locked;
    std::shared_ptr<const catalogue::ItemVersion> version;
    Position where;
};
Result<Looked, Refusal> look(Desk& desk, CaseId id, Act act) {
    auto locked = cases::lock(desk.tx, desk.keys.fields, desk.who.division, id);
    if (!locked) return refuse(Refusal::not_found);
    if (!identity::permits(desk.who, act, locked->file.subject(), desk.today()))
        return refuse(desk.who.staff ? Refusal::not_permitted : Refusal::not_found);
    auto version = desk.catalogue.version(locked->file.item_version);
    if (!version) throw std::runtime_error("a case is pinned to an item version that is gone");
    auto where = position(desk.tx, locked->file, *version);
    return Looked{std::move(*locked), std::move(version), std::move(where)};
}

std::optional<Done> examination(const ledger::Line& line) {
    auto* after = line.after.if_object();
    auto* event = after ? after->if_contains("event") : nullptr;
    if (!event || *event != "begin_review") return std::nullopt;
    return Done{"",
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
    if (name == "three_level") return three_level;
    return {};
}

// What has been done is read from the ledger, which is the only place it is written.
Position position(db::Tx& tx, const Case& c, const catalogue::ItemVersion& version) {
    Position found;
    auto stages = plan_of(c, version);
    if (stages.size() > 1)
        for (auto& line : ledger::history(tx, c.division, {c.id.value}))
            if (auto done = examination(line); done && found.done.size() < stages.size()) {
                done->kind = stages[found.done.size()].kind;
                found.done.push_back(*done);
            }
    bool open = c.state == cases::State::accepted || c.state == cases::State::under_review;
    if (open && found.done.size() < stages.size()) found.now = &stages[found.done.size()];
    return found;
}

bool same_person(const Position& where, identity::StaffId staff) {
    return where.now && where.now->another_person && std::ranges::find(where.done, staff.value, &Done::staff) != where.done.end();
}

Result<Case, Refusal> examine(Desk& desk, CaseId id, std::string_view opinion, bool favourable) {
    auto looked = look(desk, id, Act::examine_case);
    if (!looked) return refuse(looked.error());
    auto* now = looked->where.now;
    if (!now || now->act != Act::examine_case) return refuse(Refusal::not_possible_now);
    if (same_person(looked->where, desk.who.staff)) return refuse(Refusal::same_person);
    return cases::begin_review(desk, std::move(looked->locked), opinion, favourable);
}

Result<Case, Refusal> decide(Desk& desk, const licences::Types& types, CaseId id, bool grant, std::string_view reasons) {
    auto looked = look(desk, id, Act::decide_case);
    if (!looked) return refuse(looked.error());
    auto& where = looked->where;
    if (!where.now) return refuse(Refusal::not_possible_now);
    if (where.now->kind != "decide") return refuse(Refusal::stage_missing);
    if (same_person(where, desk.who.staff)) return refuse(Refusal::same_person);
    auto cannot = grant ? licences::cannot_take_effect(desk, types, looked->locked.file, *looked->version) : std::nullopt;
    if (cannot) return refuse(*cannot);
    auto decided = cases::decide(desk, std::move(looked->locked), grant, reasons, {});
    if (decided && grant) licences::take_effect(desk, types, *decided, *looked->version);
    return decided;
}

}  // namespace yimen::review
