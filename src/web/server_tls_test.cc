#include <openssl/err.h>
#include <openssl/ssl.h>

#include <fstream>

#include "crypto/crypto.h"
#include "web/testing.h"

namespace yimen::web {

namespace {

// Says one request by TLS and gives the answer's text; empty where the other side does not speak as asked.
std::string over_tls(uint16_t port, std::string_view request, int highest_version = TLS1_3_VERSION) {
    Caller client(port);
    auto context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), highest_version);
    auto tls = std::unique_ptr<SSL, decltype(&SSL_free)>(SSL_new(context.get()), SSL_free);
    SSL_set_fd(tls.get(), client.fd());
    std::string got;
    if (SSL_connect(tls.get()) == 1) {
        SSL_write(tls.get(), request.data(), static_cast<int>(request.size()));
        char bytes[4096];
        for (int n = 0; (n = SSL_read(tls.get(), bytes, sizeof bytes)) > 0;) got.append(bytes, static_cast<size_t>(n));
    }
    ERR_clear_error();
    return got;
}

class Tls : public testing::Test {
  protected:
    Tls() {
        auto made = crypto::SealCertificate::make("localhost");
        std::ofstream(folder / "certificate.pem") << made.chain_pem;
        std::ofstream(folder / "key.pem") << made.key_pem;
        live.options.certificate_file = folder / "certificate.pem";
        live.options.key_file = folder / "key.pem";
        live.get("/", [](Request& request) {
            auto response = text(200, request.secure ? "secure" : "open");
            set_cookie(response, {"session", "x"}, request.secure);
            return response;
        });
    }
    const std::string request = get_request("/", "Connection: close\r\n");
    Folder folder;
    Live live;
};

TEST_F(Tls, ServesAndSaysThatOnlyTlsIsToBeUsed) {
    live.start();
    auto answer = over_tls(live.port(), request);
    EXPECT_NE(answer.find("HTTP/1.1 200"), std::string::npos);
    EXPECT_NE(answer.find("Strict-Transport-Security: max-age="), std::string::npos);
    EXPECT_NE(answer.find("__Host-session=x; Path=/; SameSite=Lax; HttpOnly; Secure"), std::string::npos);
    EXPECT_TRUE(answer.ends_with("secure"));
}

TEST_F(Tls, RefusesVersionsThatAreBroken) {
    live.start();
    EXPECT_EQ(over_tls(live.port(), request, TLS1_1_VERSION), "");
    EXPECT_NE(over_tls(live.port(), request, TLS1_2_VERSION), "");
}

TEST_F(Tls, PlainHttpToItsPortEndsAndTheNextClientIsServed) {
    live.start();
    Caller plain(live.port());
    plain.send(request);
    EXPECT_EQ(plain.rest().find("HTTP/1.1 200"), std::string::npos);
    Caller silent(live.port());
    EXPECT_TRUE(silent.closes_within(std::chrono::seconds(4))) << "a handshake has its time too";
    EXPECT_NE(over_tls(live.port(), request), "");
}

TEST_F(Tls, StopsAtOnceThoughSomebodyBeganAHandshake) {
    live.options.header_timeout = std::chrono::seconds(30);
    live.start();
    Caller silent(live.port());
    for (int i = 0; i < 200 && live.server->figures().connections == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    auto began = std::chrono::steady_clock::now();
    live.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
}

TEST_F(Tls, DoesNotStartWithoutItsKey) {
    live.options.key_file = (folder / "missing.pem").string();
    EXPECT_THROW(live.start(), std::exception);
}

}  // namespace

}  // namespace yimen::web
