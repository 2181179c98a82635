#include "web/csrf.h"
#include "crypto/crypto.h"
#include "fuzz.h"

// The first line is what a browser says of where it comes from, the rest a token. Only our own tokens hold, and one of ours with a
// byte changed does not.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace yimen;
    using fuzz::must;
    auto [origin, token] = fuzz::first_line(fuzz::text(data, size));
    web::Request request;
    request.headers = {{"host", "yimen.example"}, {"origin", std::string(origin)}};
    must(web::from_another_site(request) == (!origin.empty() && origin != "http://yimen.example" && origin != "https://yimen.example"));
    must(!web::csrf_valid("key", "secret", token));
    if (token.size() < 2) return 0;
    auto ours = web::csrf_token("key", "secret");
    must(web::csrf_valid("key", "secret", ours));
    auto changed = crypto::from_base64url(ours).value();
    auto at = static_cast<unsigned char>(token[0]) % changed.size();
    if (token[1] == 0) return 0;
    changed[at] = static_cast<char>(changed[at] ^ token[1]);
    must(!web::csrf_valid("key", "secret", crypto::base64url(changed)));
    must(!web::csrf_valid("key", token, ours) || token == "secret");
    return 0;
}
