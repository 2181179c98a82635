#pragma once
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/config.h"
#include "crypto/crypto.h"
#include "db/database.h"
#include "identity/identity.h"
#include "identity/remembered.h"
#include "ledger/ledger.h"
#include "web/events.h"
#include "web/limits.h"
#include "web/router.h"
#include "web/templates.h"

// What a handler works with: the request, who asks, and the program's parts.
namespace yimen::identity {

// The parts, made once by app.
struct Site {
    Division division;
    db::Database& database;
    const Clock& clock;
    const web::Templates& templates;
    web::EventHub& events;
    const crypto::Keys& keys;
    const Config& config;
    // How many notifications somebody has not read yet: cases knows, and stands above identity.
    std::function<int64_t(const Who&)> unread;
    std::shared_ptr<RememberedSessions> remembered = std::make_shared<RememberedSessions>();

    // How people reach this service from outside, without a slash at its end: for QR codes and notices.
    std::string public_address() const {
        auto& address = config.text("public_address");
        return address.empty() ? "http://localhost:" + config.text("port") : address;
    }
};

class Context {
  public:
    web::Request& request;
    const Site& site;

    const Who& who() const { return who_; }
    Language language() const { return language_; }
    bool elder() const { return elder_; }  // large print (长者模式)
    Instant now() const { return now_; }   // one moment for the whole request
    Date today() const { return shanghai_date(now_); }

    // A page in the user's language; adds view["page"] (web/README.md says what is in it).
    // What the view does not have is looked up in `shared`: large objects made once, which are not copied.
    web::Response page(int status, std::string_view name, web::View view, const web::View* shared = nullptr) const;
    // The error page, or an RFC 9457 problem for the API, for 403, 404, 409, 422 …: the text is "<feature>.error_<code>".
    web::Response refused(int status, std::string_view feature, std::string_view code) const;
    // 303, with a notice shown once on the next page: `notice` is a text key, may be empty.
    web::Response go(std::string path, std::string_view notice = {}) const;

    // Reads: see db::Database::read. Handlers of the API ask the database through this and `write` alone: the two confirm who asks.
    template <class F>
    auto read(F&& f) const {
        return site.database.read([&](db::Tx& tx) {
            auto confirmed = confirming(tx);
            if constexpr (std::is_void_v<std::invoke_result_t<F, db::Tx&>>) {
                f(tx);
                confirmed();
            } else {
                auto result = f(tx);
                confirmed();
                return result;
            }
        });
    }

    // For what is changed by neither of the two: who asks is confirmed now.
    void confirm() const {
        if (to_confirm_) read([](db::Tx&) {});
    }

    // A change: f(tx) runs in one transaction. The request's idempotency key (form field `_key`, or the header
    // Idempotency-Key) is looked up first and stored with the answer (status, Location, JSON body): the same person asking
    // the same route with the same key gets the first answer again, and f does not run. An answer of 400 or more is
    // rolled back and not stored. A POST of a page without a key is refused (400).
    web::Response write(const std::function<web::Response(db::Tx&)>& f) const;

    ledger::Actor actor() const;  // for ledger entries

    // The answer that begins a session in this browser, and the one that ends it.
    web::Response enter(web::Response, std::string_view token) const;
    web::Response leave(web::Response) const;

  private:
    friend class Routes;
    friend web::Response error_page(const Site&, int status, const web::Request&);
    Context(web::Request& r, const Site& s);
    // What only this browser and we know: CSRF tokens are made from it. Empty until it has a cookie.
    std::string_view secret() const;
    web::View chrome(const web::View& page) const;
    std::chrono::minutes idle() const;
    // Takes who asks from what is remembered of the session, or looks it up.
    void find_who(bool may_remember);
    // Where who asks is only remembered: sends the question for the session along; what this returns waits for the answer and throws
    // Stale where the session is another than was remembered.
    struct Stale {};
    std::function<void()> confirming(db::Tx&) const;

    Who who_;
    Language language_ = Language::zh;
    bool elder_ = false;
    Instant now_{};
    std::string token_;  // of the session
    std::string visit_;  // of a browser without one
    std::string notice_;
    Session remembered_;  // where who_ comes from, while it is to be confirmed
    mutable bool to_confirm_ = false;
};

// The page, or problem, for what went wrong in front of any handler or inside one: 404, 405, 413, 431, 500, 503 …
web::Response error_page(const Site&, int status, const web::Request&);

struct RouteLimits {
    uint64_t max_body = 64 << 10;
    uint64_t max_upload = 0;
    bool live = false;
    // Given: for visitors who bring no session the handler works in memory alone and waits for nothing, whenever this is true; such
    // a request is answered on the network thread.
    std::function<bool(const web::Request&)> from_memory = {};
    // For what costs much and needs no sign-in: from one address so many, then 429 with Retry-After. Routes may share one.
    std::shared_ptr<web::RateLimit> rate = nullptr;
};

// Adds routes whose act is authorised before the handler runs: nobody signed in → 303 to sign-in with a way back (pages) or
// 401 (API); signed in without the role → 403. Every refusal is recorded. Unsafe methods need the CSRF token, except with
// "Authorization: Bearer <token>" (a session token used by programs, without cookies).
class Routes {
  public:
    using Handler = std::function<web::Response(Context&)>;
    Routes(web::Router&, const Site&);
    void add(web::Method, std::string pattern, Act, Handler, RouteLimits = {});
    void get(std::string pattern, Act act, Handler handler, RouteLimits limits = {}) {
        add(web::Method::get, std::move(pattern), act, std::move(handler), limits);
    }
    void post(std::string pattern, Act act, Handler handler, RouteLimits limits = {}) {
        add(web::Method::post, std::move(pattern), act, std::move(handler), limits);
    }
    const Site& site() const { return site_; }

  private:
    static web::Response answer(const Site&, web::Request&, Act, const Handler&, web::RateLimit*);
    static web::Response answer_as_found(Context&, Act, const Handler&, bool may_remember);
    web::Router& router_;
    const Site& site_;
};

}  // namespace yimen::identity
