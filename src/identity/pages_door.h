#pragma once
#include "identity/accounts.h"
#include "identity/context.h"
#include "web/limits.h"

// What the sign-in page and the API share: who comes in, how often one may try, and the session that begins.
namespace yimen::identity {

class Door {
  public:
    // How many attempts, and how many failures, one address has in a minute; twice as many at once. A whole hall may stand behind
    // one address and sign in at nine o'clock: every attempt counts little, a failure much.
    explicit Door(IdentityProvider& provider, int attempts_a_minute = 300, int failures_a_minute = 20)
        : provider_(provider),
          attempts_(2 * attempts_a_minute, attempts_a_minute),
          failures_from_(2 * failures_a_minute, failures_a_minute) {}

    enum class Refusal { wrong, too_many, no_mandate, unavailable };
    struct Entered {
        NewSession session;
        Identity identity;
    };
    // `organisation` is a credit code, or empty for oneself.
    Result<Entered, Refusal> enter(const Context&, std::string_view name, std::string_view secret, std::string_view organisation = {});
    // Without a secret: only the demonstration, for its own accounts.
    std::optional<Entered> enter_demo(const Context&, std::string_view account);
    // One attempt at a password of somebody already inside (changing it); false: too many.
    bool may_try(const Context&, AccountId);

  private:
    Entered begin(const Context&, const Identity&, OrganisationId) const;
    IdentityProvider& provider_;
    web::RateLimit attempts_, failures_from_, failures_at_{10, 6};
};
std::string_view name(Door::Refusal);  // texts "identity.error_sign_in_<name>"
int status(Door::Refusal);

}  // namespace yimen::identity
