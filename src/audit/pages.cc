#include "audit/pages.h"

#include "base/text.h"
#include "identity/store_register.h"

namespace yimen::audit {

namespace {

using identity::Act;
using identity::Context;
using web::Response;
using web::words;

Response search(const Context& c, const Parts&) {
    std::string asked(trim(c.request.query.get("number")));
    web::View view{{"title", words(c.language(), "audit.title")}, {"number", asked}};
    if (asked.empty()) return c.page(200, "audit/search", std::move(view));
    auto number = CaseNumber::parse(asked);
    auto found = number ? c.read([&](db::Tx& tx) { return cases::find_by_number(tx, c.site.keys.fields, c.site.division, number->text()); })
                        : std::nullopt;
    if (found && identity::permits(c.who(), Act::read_ledger, found->subject(), c.today()))
        return c.go("/audit/cases/" + to_text(found->id));
    view["error"] = words(c.language(), "audit.error_no_case");
    return c.page(404, "audit/search", std::move(view));
}

std::string fact_name(std::string_view key, Language language) {
    auto text = fmt::format("audit.fact_{}", key);
    return web::has_words(text) ? words(language, text) : std::string(key);
}

// Codes of the item as its version calls them.
std::string item_words(std::string_view key, std::string_view code, const catalogue::ItemVersion& version, Language language) {
    if (key == "item" && code == version.item) return version.name.in(language);
    for (auto& situation : version.situations)
        if (key == "situation" && situation.name == code) return situation.title.in(language);
    for (auto& material : version.materials)
        if (key == "material" && material.code == code) return material.name.in(language);
    for (auto& section : version.form)
        for (auto& field : section.fields)
            if (key == "fields" && field.name == code) return field.label.in(language);
    return std::string(code);
}

std::string fact_words(std::string_view key, const boost::json::value& value, const catalogue::ItemVersion& version, Language language) {
    if (auto* text = value.if_string()) {
        if (key == "state" || key == "notice" || key == "how") {
            auto word = key == "how" ? fmt::format("issuing.how_{}", std::string_view(*text))
                                     : fmt::format("window.{}_{}", key, std::string_view(*text));
            return web::has_words(word) ? words(language, word) : std::string(*text);
        }
        if (key.ends_with("_sealed")) return words(language, "audit.sealed");
        return item_words(key, *text, version, language);
    }
    if (value.is_bool()) return words(language, value.as_bool() ? "window.yes" : "window.no");
    if (auto* list = value.if_array()) {
        std::string joined;
        for (auto& one : *list) joined += (joined.empty() ? "" : words(language, "window.comma")) + fact_words(key, one, version, language);
        return joined;
    }
    return value.is_null() ? "" : boost::json::serialize(value);
}

// What became another, each fact as before → after; the event itself is the heading.
boost::json::array changes(const ledger::Line& line, const catalogue::ItemVersion& version, Language language) {
    boost::json::array rows;
    auto* after = line.after.if_object();
    auto* before = line.before.if_object();
    if (!after) return rows;
    for (auto& [key, value] : *after) {
        auto* was = before ? before->if_contains(key) : nullptr;
        if (key == "event" || (was && *was == value)) continue;
        web::View row{{"name", fact_name(key, language)}, {"after", fact_words(key, value, version, language)}};
        if (was) row["before"] = fact_words(key, *was, version, language);
        rows.push_back(std::move(row));
    }
    return rows;
}

// Names as they are in the register today, each looked up once.
class Names {
  public:
    Names(db::Tx& tx, const Context& c) : tx_(tx), c_(c) {}
    std::string of(const ledger::Actor& actor) {
        auto& name = names_[{actor.kind, actor.id}];
        if (name.empty()) name = found(actor);
        return name;
    }

  private:
    std::string found(const ledger::Actor& actor) {
        if (actor.kind == "staff")
            if (auto member = identity::find_staff(tx_, c_.site.division, {actor.id})) return member->name;
        if (actor.kind == "person")
            if (auto person = identity::find_person(tx_, c_.site.division, {actor.id})) return person->name;
        return words(c_.language(), actor.kind == "system" ? "window.the_system" : "window.somebody");
    }
    db::Tx& tx_;
    const Context& c_;
    std::map<std::pair<std::string, int64_t>, std::string> names_;
};

std::string event_words(const ledger::Line& line, Language language) {
    auto* after = line.after.if_object();
    auto* event = after ? after->if_contains("event") : nullptr;
    auto text = event && event->is_string() ? fmt::format("window.event_{}", std::string_view(event->as_string())) : std::string();
    return web::has_words(text) ? words(language, text) : line.act;
}

boost::json::array entries_view(db::Tx& tx, const Context& c, const cases::Case& file, const catalogue::ItemVersion& version) {
    auto language = c.language();
    auto kept = ledger::checkpoints_of(tx, file.division, {file.id.value});
    Names names(tx, c);
    boost::json::array entries;
    for (auto& line : ledger::history(tx, file.division, {file.id.value})) {
        auto place = entries.size() < kept.size() ? kept[entries.size()] : 0;
        auto role = fmt::format("site.role_{}", line.actor.role);
        entries.push_back(web::View{{"seq", line.seq},
                                    {"at", for_people(line.at, language)},
                                    {"who", names.of(line.actor)},
                                    {"role", web::has_words(role) ? words(language, role) : line.actor.role},
                                    {"event", event_words(line, language)},
                                    {"act", line.act},
                                    {"changes", changes(line, version, language)},
                                    {"hash", line.hash_hex},
                                    {"hash_short", line.hash_hex.substr(0, 12)},
                                    {"checkpoint", place ? std::to_string(place) : words(language, "audit.pending")}});
    }
    return entries;
}

void add_verification(const Context& c, const Parts& parts, const cases::Case& file, web::View& view) {
    auto report = ledger::verify_chain(c.site.database, c.site.keys.ledger, file.division, {file.id.value}, parts.digests);
    boost::json::array faults;
    for (auto& fault : report.faults) faults.push_back(web::View{{"what", fault.what}, {"where", fault.where}, {"detail", fault.detail}});
    view["entries_verified"] = report.entries;
    view["checkpoints_verified"] = report.checkpoints;
    view["pending_verified"] = report.pending;
    view["verified_at"] = for_people(c.now(), c.language());
    view["sound"] = faults.empty();
    view["broken"] = !faults.empty();
    view["faults"] = std::move(faults);
}

Response show(const Context& c, const Parts& parts) {
    auto file = cases::case_of_address(c, parts.staff);
    if (!file) return c.refused(404, "window", "not_found");
    auto version = parts.staff.catalogue.version(file->item_version);
    if (!version) throw std::runtime_error("a case is pinned to an item version that is gone");
    auto number = CaseNumber::parse(file->number);
    auto title = number ? number->printed() : words(c.language(), "window.no_number");
    web::View view{{"title", title},
                   {"id", to_text(file->id)},
                   {"number", title},
                   {"applicant", file->applicant_name},
                   {"item", version->name.in(c.language())},
                   {"state", cases::state_view(file->state, c.language())}};
    view["entries"] = c.read([&](db::Tx& tx) { return entries_view(tx, c, *file, *version); });
    view["count"] = view["entries"].as_array().size();
    if (c.request.query.get("verify") == "now") add_verification(c, parts, *file, view);
    return c.page(200, "audit/case", std::move(view));
}

}  // namespace

void add_pages(identity::Routes& routes, const Parts& parts) {
    routes.get("/audit", Act::read_ledger, [parts](Context& c) { return search(c, parts); });
    routes.get("/audit/cases/{id}", Act::read_ledger, [parts](Context& c) { return show(c, parts); });
}

}  // namespace yimen::audit
