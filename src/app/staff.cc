#include <iostream>

#include "app/commands.h"
#include "app/settings.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "db/node.h"
#include "identity/register.h"
#include "identity/store_accounts.h"

namespace yimen::app {

namespace {

identity::Roles posts_from(std::string_view words) {
    identity::Roles posts;
    for (auto word : split(words, ',')) {
        auto all = identity::all_roles();
        auto found = std::ranges::find_if(all, [&](auto role) { return name(role) == trim(word); });
        if (found == all.end() || *found == identity::Role::applicant) {
            std::string known;
            for (auto role : all)
                if (role != identity::Role::applicant) known += fmt::format(" {}", name(role));
            throw std::runtime_error(fmt::format("\"{}\" is no post; there are:{}", trim(word), known));
        }
        posts.bits |= static_cast<uint32_t>(*found);
    }
    return posts;
}

// Never an argument: those are seen by everybody on the machine.
std::string password_from_input() {
    std::string password;
    std::getline(std::cin, password);
    if (characters(password) < 10) throw std::runtime_error("the password is read from standard input and needs at least 10 characters");
    if (password.size() > 128) throw std::runtime_error("the password is longer than 128 bytes");
    return password;
}

}  // namespace

int add_staff(const Config& config, const std::string& member, const std::string& sign_in_name, const std::string& posts) {
    const auto roles = posts_from(posts);
    const auto password = crypto::hash_password(password_from_input());
    const auto district = division(config);
    auto database = db::Database::open(database_options(config));
    db::migrate(*database);
    SystemClock clock;
    db::NodeLease node(*database, clock, fmt::format("staff add, process {}", getpid()));  // so that its ids are nobody else's
    const identity::By by{district, {"system", 0, "", ""}, clock.now()};
    auto added = database->write([&](db::Tx& tx) {
        if (identity::find_account(tx, district, sign_in_name)) return false;
        auto id = make_id<identity::StaffTag>();
        auto account = make_id<identity::AccountTag>();
        identity::put_staff(tx, district, {id, member, roles, {}});
        identity::insert_account(tx, district, {account, sign_in_name, password, {}, id, 0, {}});
        identity::record(tx, by, "staff", id.value, "register", nullptr, boost::json::object{{"posts", roles.bits}});
        identity::record(tx, by, "account", account.value, "register", nullptr, nullptr);
        return true;
    });
    if (!added) throw std::runtime_error(fmt::format("somebody signs in as {} already; nothing was changed", sign_in_name));
    fmt::print("{} can sign in as {}\n", member, sign_in_name);
    return 0;
}

}  // namespace yimen::app
