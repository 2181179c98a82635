#pragma once
#include <string>

#include "identity/store_accounts.h"
#include "identity/store_register.h"

// Who somebody is, as established by whoever vouches for it. An installation that signs people in elsewhere (the national or
// municipal unified identity platform, a department's directory) writes another IdentityProvider and hands it to add_pages; sessions,
// mandates, posts and authorisations stay here.
namespace yimen::identity {

// What the browser or program brought: a name and a password, or what an outside provider sent back with it.
struct Credentials {
    std::string name, secret;
};
struct Identity {
    PersonId person;  // one of both
    StaffId staff;
};
// `wrong` says no more, whether the name is unknown, the password wrong, the account locked or the person no longer active;
// `unavailable`: an outside provider does not answer.
enum class SignInRefusal { wrong, unavailable };

class IdentityProvider {
  public:
    virtual ~IdentityProvider() = default;
    // May take a second and wait for others: never called inside a transaction. Safe from any thread.
    virtual Result<Identity, SignInRefusal> authenticate(const Credentials&, Instant now) = 0;
};

}  // namespace yimen::identity
