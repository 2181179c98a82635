#pragma once
#include "identity/provider.h"
#include "identity/register.h"

// Signing in by name and password, sessions, and what people do with their own account.
namespace yimen::identity {

// Verified against where the name is unknown, so that the answer takes as long. Made once from bytes nobody kept, at the cost that
// hash_password has.
inline constexpr std::string_view nobodys_password =
    "$argon2id$v=19$m=65536,t=3,p=1$p9lU0u+CtCYtdncAkrD8RA$Eew4R0HCcNDEDud237BvkicvMqo7bXCx3Eek4XC/nd0";

// After this many failures in a row an account is locked, first for a minute, then twice as long each time, up to an hour.
inline constexpr int failures_before_lock = 5;
std::optional<Instant> locked_after(int failures, Instant now);

class PasswordProvider final : public IdentityProvider {
  public:
    PasswordProvider(db::Database& database, Division division) : database_(database), division_(division) {}
    // Every failure is recorded: on the account's chain where there is one, else on a chain of its own.
    Result<Identity, SignInRefusal> authenticate(const Credentials&, Instant now) override;

  private:
    db::Database& database_;
    Division division_;
};

// Begins a session under a new token and ends `before`, the one this browser had: a token somebody planted never becomes signed in.
NewSession sign_in(db::Tx&, Division, const Identity&, OrganisationId acting_for, std::string_view device, SessionId before, Instant now,
                   std::chrono::hours lasts);
void sign_out(db::Tx&, const By&, SessionId);
// Empty `organisation`: for oneself. False without a mandate that is valid today.
bool choose_whom_to_act_for(db::Tx&, const By&, const Who&, OrganisationId);
// Whether it was a live session of theirs.
bool end_one(db::Tx&, const By&, const Who&, SessionId);
// Every session of theirs but the one that asks; returns how many ended.
size_t end_others(db::Tx&, const By&, const Who&);

enum class PasswordRefusal { wrong, too_short, too_long, same };
std::string_view name(PasswordRefusal);  // texts "identity.error_password_<name>"
// Works outside any transaction (two Argon2 hashes): the hash to store, or why not. 10 characters to 128 bytes.
Result<std::string, PasswordRefusal> new_password(const Account&, std::string_view current, std::string_view wanted);
// Stores it and ends every other session. False where the password was changed since `as_checked` was read.
bool change_password(db::Tx&, const By&, const Who&, const Account& as_checked, std::string_view phc);

// "Firefox · Windows" from a User-Agent header; for people to recognise their own sessions by.
std::string device_name(std::string_view user_agent);

}  // namespace yimen::identity
