#include <boost/json.hpp>

#include "base/text.h"
#include "identity/pages_parts.h"

// Staff: who works here, in which posts, with which authorisations.
namespace yimen::identity {

namespace {

using Items = std::vector<ItemChoice>;

std::string item_name(const Context& c, const Items& items, std::string_view id) {
    if (id == "*") return web::words(c.language(), "identity.staff_all_items");
    for (auto& item : items)
        if (item.id == id) return c.language() == Language::en ? item.name_en : item.name_zh;
    return std::string(id);
}

std::string posts_of(const Context& c, const StaffMember& member) {
    std::string posts;
    for (auto role : all_roles())
        if (member.posts.has(role))
            posts += (posts.empty() ? "" : web::words(c.language(), "identity.list_comma")) +
                     web::words(c.language(), fmt::format("site.role_{}", name(role)));
    return posts;
}

// One look-up a department, however many work there.
class Departments {
  public:
    explicit Departments(const Context& c) : c_(c) {}
    const std::string& name(AuthorityId id) {
        auto& known = names_[id.value];
        if (!known.empty()) return known;
        auto found = id ? c_.read([&](db::Tx& tx) { return find_authority(tx, c_.site.division, id); }) : std::nullopt;
        if (!found) return known = web::words(c_.language(), "identity.staff_centre");
        return known = c_.language() == Language::en ? found->name_en : found->name_zh;
    }

  private:
    const Context& c_;
    std::map<int64_t, std::string> names_;
};

web::View line(const Context& c, Departments& departments, const StaffMember& member) {
    return {{"id", to_text(member.id)},     {"name", member.name},
            {"posts", posts_of(c, member)}, {"authority", departments.name(member.authority)},
            {"active", member.active},      {"oneself", member.id == c.who().staff}};
}

web::View line(const Context& c, const Items& items, const StoredAuthorisation& stored) {
    auto& given = stored.given;
    auto day = [&](const std::optional<Date>& date, std::string_view otherwise) {
        return date ? for_people(*date, c.language()) : web::words(c.language(), otherwise);
    };
    bool over = given.to && *given.to < c.today(), ahead = given.from && c.today() < *given.from;
    return {{"id", id_text(stored.id)},
            {"act", web::words(c.language(), fmt::format("identity.act_{}", name(given.act)))},
            {"item", item_name(c, items, given.item)},
            {"situation", given.situation == "*" ? web::words(c.language(), "identity.staff_all_situations") : given.situation},
            {"from", day(given.from, "identity.staff_from_always")},
            {"to", day(given.to, "identity.staff_to_always")},
            {"valid", !over && !ahead},
            {"over", over},
            {"ahead", ahead}};
}

web::Response show_staff(Context& c) {
    auto members = c.read([&](db::Tx& tx) { return all_staff(tx, c.site.division); });
    Departments departments(c);
    boost::json::array list;
    for (auto& member : members) list.push_back(line(c, departments, member));
    return c.page(200, "identity/staff",
                  {{"title", web::words(c.language(), "identity.staff_title")}, {"members", std::move(list)}, {"count", members.size()}});
}

// What was typed stays in the form beside what is wrong with it.
web::Response show_member(const Context& c, const Items& items, int status, StaffId id, std::string_view error) {
    auto member = c.read([&](db::Tx& tx) { return find_staff(tx, c.site.division, id); });
    if (!member) return c.refused(404, "site", "not_found");
    auto authorisations = c.read([&](db::Tx& tx) { return authorisations_of(tx, c.site.division, id); });
    boost::json::array given, acts, choices;
    for (auto& stored : authorisations) given.push_back(line(c, items, stored));
    auto& form = c.request.form;
    for (auto act : authorised_acts())
        acts.push_back(web::View{{"value", name(act)},
                                 {"text", web::words(c.language(), fmt::format("identity.act_{}", name(act)))},
                                 {"chosen", form.get("act") == name(act)}});
    for (auto& item : items)
        choices.push_back(web::View{{"value", item.id}, {"text", item_name(c, items, item.id)}, {"chosen", form.get("item") == item.id}});
    Departments departments(c);
    web::View view{{"title", member->name},
                   {"member", line(c, departments, *member)},
                   {"has_authorisations", !given.empty()},
                   {"authorisations", std::move(given)},
                   {"may_give", member->active && id != c.who().staff && member->posts.has(Role::officer)},
                   {"acts", std::move(acts)},
                   {"items", std::move(choices)},
                   {"from", form.has("from") ? std::string(form.get("from")) : to_iso(c.today())},
                   {"to", form.get("to")}};
    if (!error.empty()) view["error"] = web::words(c.language(), fmt::format("identity.error_staff_{}", error));
    return c.page(status, "identity/staff-member", std::move(view));
}

// Empty: no limit. Nothing for what is not a date.
std::optional<std::optional<Date>> day_from(std::string_view text) {
    if (trim(text).empty()) return std::optional<Date>();
    auto date = parse_date(trim(text));
    return date ? std::optional(date) : std::nullopt;
}

Result<Authorisation, StaffRefusal> read_form(const web::Fields& form, const Items& items) {
    auto act = act_named(form.get("act"));
    if (!act) return refuse(StaffRefusal::unknown_act);
    auto item = form.get("item");
    bool known = item == "*" || std::any_of(items.begin(), items.end(), [&](auto& choice) { return choice.id == item; });
    if (!known) return refuse(StaffRefusal::unknown_item);
    auto from = day_from(form.get("from")), to = day_from(form.get("to"));
    if (!from || !to) return refuse(StaffRefusal::dates);
    return Authorisation{*act, std::string(item), "*", *from, *to};
}

class StaffPages {
  public:
    explicit StaffPages(std::function<Items()> items) : items_(items ? std::move(items) : [] { return Items(); }) {}

    web::Response member(Context& c) const {
        auto id = parse_id<StaffTag>(c.request.param("id"));
        return id ? show_member(c, items_(), 200, *id, "") : c.refused(404, "site", "not_found");
    }

    web::Response give(Context& c) const {
        auto items = items_();
        auto wanted = read_form(c.request.form, items);
        return change(c, "identity.notice_authorisation_given", [&](db::Tx& tx, StaffId id) -> Result<Done, StaffRefusal> {
            if (!wanted) return refuse(wanted.error());
            return give_authorisation(tx, by(c), id, *wanted);
        });
    }

    web::Response revoke(Context& c) const {
        auto authorisation = parse_id_text(c.request.param("authorisation"));
        return change(c, "identity.notice_authorisation_revoked", [&](db::Tx& tx, StaffId id) -> Result<Done, StaffRefusal> {
            if (!authorisation) return refuse(StaffRefusal::not_found);
            return revoke_authorisation(tx, by(c), id, *authorisation);
        });
    }

    web::Response set_active(Context& c, bool active) const {
        return change(c, active ? "identity.notice_staff_activated" : "identity.notice_staff_deactivated",
                      [&](db::Tx& tx, StaffId id) { return active ? activate(tx, by(c), id) : deactivate(tx, by(c), id); });
    }

  private:
    template <class F>
    web::Response change(const Context& c, std::string_view notice, F&& act) const {
        auto id = parse_id<StaffTag>(c.request.param("id"));
        if (!id) return c.refused(404, "site", "not_found");
        std::optional<StaffRefusal> refusal;
        auto answer = c.write([&](db::Tx& tx) {
            auto done = act(tx, *id);
            if (done) return c.go("/admin/staff/" + to_text(*id), notice);
            refusal = done.error();
            return web::text(422, "");
        });
        if (answer.status != 422 || !refusal) return answer;
        if (*refusal == StaffRefusal::not_found) return c.refused(404, "site", "not_found");
        return show_member(c, items_(), 422, *id, name(*refusal));
    }
    std::function<Items()> items_;
};

}  // namespace

void add_staff_pages(Routes& routes, const Parts& parts) {
    StaffPages pages(parts.items);
    routes.get("/admin/staff", Act::manage_staff, show_staff);
    routes.get("/admin/staff/{id}", Act::manage_staff, [pages](Context& c) { return pages.member(c); });
    routes.post("/admin/staff/{id}/authorisations", Act::manage_staff, [pages](Context& c) { return pages.give(c); });
    routes.post("/admin/staff/{id}/authorisations/{authorisation}/revoke", Act::manage_staff,
                [pages](Context& c) { return pages.revoke(c); });
    routes.post("/admin/staff/{id}/deactivate", Act::manage_staff, [pages](Context& c) { return pages.set_active(c, false); });
    routes.post("/admin/staff/{id}/activate", Act::manage_staff, [pages](Context& c) { return pages.set_active(c, true); });
}

}  // namespace yimen::identity
