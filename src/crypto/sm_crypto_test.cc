#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "crypto/crypto.h"

// Our cryptography and npm's sm-crypto, written independently, must agree: each reads what the other made.
namespace yimen::crypto {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

fs::path repository() {
    for (auto at = fs::read_symlink("/proc/self/exe").parent_path(); at != at.root_path(); at = at.parent_path()) {
        if (fs::exists(at / "package-lock.json")) return at;
    }
    throw std::runtime_error("The test program is not inside the repository");
}

json::array ask_peer(const json::array& questions) {
    const auto file = fs::temp_directory_path() / fmt::format("yimen-sm-{}.json", getpid());
    std::ofstream(file) << json::serialize(questions);
    const auto root = repository();
    const auto command = fmt::format("node '{}' '{}'", (root / "src/crypto/sm_crypto_peer.mjs").string(), file.string());
    FILE* pipe = popen(command.c_str(), "r");
    std::string text;
    char part[4096];
    while (size_t count = fread(part, 1, sizeof part, pipe)) text.append(part, count);
    const int status = pclose(pipe);
    fs::remove(file);
    if (status != 0) throw std::runtime_error("sm-crypto did not answer; run npm ci");
    return json::parse(text).as_array();
}

TEST(SmCrypto, HashesAndKeyedHashesAgreeOnMessagesOfEveryLengthAroundABlock) {
    json::array questions;
    std::vector<std::string> ours;
    for (size_t length = 0; length < 200; ++length) {
        const auto message = random_bytes(length), key = random_bytes(32);
        questions.push_back({{"ask", "sm3"}, {"message", hex(message)}});
        ours.push_back(hex(view(sm3(message))));
        questions.push_back({{"ask", "hmac"}, {"message", hex(message)}, {"key", hex(key)}});
        ours.push_back(hex(view(hmac_sm3(key, message))));
    }
    const auto theirs = ask_peer(questions);
    ASSERT_EQ(theirs.size(), ours.size());
    for (size_t i = 0; i < ours.size(); ++i) EXPECT_EQ(theirs[i].as_string(), ours[i]) << questions[i];
}

TEST(SmCrypto, EncryptsBlocksAlike) {
    json::array questions;
    std::vector<std::string> ours;
    for (int i = 0; i < 50; ++i) {
        const auto key = random_bytes(16), block = random_bytes(16);
        questions.push_back({{"ask", "sm4"}, {"key", hex(key)}, {"block", hex(block)}});
        ours.push_back(hex(sm4_block(key, block)));
    }
    const auto theirs = ask_peer(questions);
    for (size_t i = 0; i < ours.size(); ++i) EXPECT_EQ(theirs.at(i).as_string(), ours[i]);
}

TEST(SmCrypto, VerifiesWhatWeSignAndNothingElse) {
    json::array questions;
    for (int i = 0; i < 10; ++i) {
        const auto key = Sm2Key::generate();
        const auto message = random_bytes(static_cast<size_t>(i) * 37), signature = key.sign(message);
        auto question = json::object{{"ask", "verify"}, {"point", hex(key.public_point())}, {"message", hex(message)}};
        question["signature"] = hex(signature);
        questions.push_back(question);
        question["message"] = hex(message + "!");
        questions.push_back(question);
    }
    const auto theirs = ask_peer(questions);
    ASSERT_EQ(theirs.size(), 20u);
    for (size_t i = 0; i < theirs.size(); ++i) EXPECT_EQ(theirs[i].as_bool(), i % 2 == 0);
}

TEST(SmCrypto, SignsWhatWeVerifyWithTheSamePublicPoint) {
    json::array questions;
    std::vector<std::pair<std::string, std::string>> keys_and_messages;
    for (int i = 0; i < 10; ++i) {
        const auto key = sm3(random_bytes(32));
        const auto message = random_bytes(static_cast<size_t>(i) * 41);
        keys_and_messages.emplace_back(view(key), message);
        questions.push_back({{"ask", "sign"}, {"key", hex(view(key))}, {"message", hex(message)}});
        questions.push_back({{"ask", "point"}, {"key", hex(view(key))}});
    }
    const auto theirs = ask_peer(questions);
    for (size_t i = 0; i < keys_and_messages.size(); ++i) {
        const auto& [secret, message] = keys_and_messages[i];
        const auto key = Sm2Key::from_private(secret);
        EXPECT_EQ(theirs.at(2 * i + 1).as_string(), hex(key.public_point()));
        const auto signature = *from_hex(theirs.at(2 * i).as_string());
        EXPECT_TRUE(Sm2Key::from_public(key.public_point()).verify(message, signature));
        EXPECT_FALSE(key.verify(message + "!", signature));
    }
}

}  // namespace
}  // namespace yimen::crypto
