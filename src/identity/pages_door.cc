#include "identity/pages_door.h"

#include "base/text.h"
#include "identity/demo.h"

namespace yimen::identity {

namespace {

// Full-width letters and capitals are how names arrive from phones.
std::string plain_name(std::string_view typed) { return fold(trim(typed)); }

}  // namespace

std::string_view name(Door::Refusal refusal) {
    switch (refusal) {
        case Door::Refusal::wrong:
            return "wrong";
        case Door::Refusal::too_many:
            return "too_many";
        case Door::Refusal::no_mandate:
            return "no_mandate";
        case Door::Refusal::unavailable:
            return "unavailable";
    }
    return "";
}

int status(Door::Refusal refusal) {
    if (refusal == Door::Refusal::too_many) return 429;
    return refusal == Door::Refusal::unavailable ? 503 : 422;
}

Door::Entered Door::begin(const Context& c, const Identity& identity, OrganisationId acting_for) const {
    auto device = device_name(c.request.header("user-agent"));
    auto lasts = std::chrono::hours(c.site.config.number("session_hours", 1, 720));
    auto session = c.site.database.write(
        [&](db::Tx& tx) { return sign_in(tx, c.site.division, identity, acting_for, device, c.who().session, c.now(), lasts); });
    return {std::move(session), identity};
}

Result<Door::Entered, Door::Refusal> Door::enter(const Context& c, std::string_view typed, std::string_view secret,
                                                 std::string_view organisation) {
    auto name = plain_name(typed);
    if (name.size() > 200 || secret.size() > 200) return refuse(Refusal::wrong);
    if (!attempts_.allow(c.request.client, c.now())) return refuse(Refusal::too_many);
    auto identity = provider_.authenticate({name, std::string(secret)}, c.now());
    if (!identity && identity.error() == SignInRefusal::unavailable) return refuse(Refusal::unavailable);
    if (!identity) {
        bool few = failures_from_.allow(c.request.client, c.now()) && failures_at_.allow(name, c.now());
        return refuse(few ? Refusal::wrong : Refusal::too_many);
    }
    OrganisationId acting_for;
    if (!organisation.empty()) {
        auto choices = c.read([&](db::Tx& tx) { return may_act_for(tx, c.site.division, identity->person, c.today()); });
        for (auto& choice : choices)
            if (choice.credit_code == organisation) acting_for = choice.id;
        if (!acting_for) return refuse(Refusal::no_mandate);
    }
    return begin(c, *identity, acting_for);
}

std::optional<Door::Entered> Door::enter_demo(const Context& c, std::string_view account) {
    auto known = demo_identities();
    if (!c.site.config.flag("demo") || std::none_of(known.begin(), known.end(), [&](auto& one) { return one.account == account; }))
        return std::nullopt;
    auto found = c.read([&](db::Tx& tx) { return find_account(tx, c.site.division, account); });
    if (!found) return std::nullopt;
    return begin(c, {found->person, found->staff}, {});
}

bool Door::may_try(const Context& c, AccountId account) { return failures_at_.allow(to_text(account), c.now()); }

}  // namespace yimen::identity
