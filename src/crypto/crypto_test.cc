#include "crypto/crypto.h"

#include <gmock/gmock.h>

namespace yimen::crypto {
namespace {

std::string bytes(std::string_view text) { return from_hex(text).value(); }

TEST(Sm3, GivesTheDigestsPublishedInTheStandard) {
    EXPECT_EQ(hex(view(sm3("abc"))), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    std::string sixteen_times;
    for (int i = 0; i < 16; ++i) sixteen_times += "abcd";
    EXPECT_EQ(hex(view(sm3(sixteen_times))), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

TEST(Sm3, OfAStreamIsThatOfTheWhole) {
    const auto text = random_bytes(10'000);
    Sm3Stream stream;
    for (size_t i = 0; i < text.size(); i += 77) stream.update(std::string_view(text).substr(i, 77));
    EXPECT_EQ(stream.finish(), sm3(text));
}

TEST(Sha256, GivesTheDigestOfFips180) {
    EXPECT_EQ(hex(view(sha256("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HmacSm3, DependsOnKeyAndMessageAndTakesEmptyOnes) {
    EXPECT_NE(hmac_sm3("key", ""), hmac_sm3("", "key"));
    EXPECT_EQ(hmac_sm3("", ""), hmac_sm3(std::string_view(), std::string_view()));
    EXPECT_NE(hmac_sm3("", "a"), hmac_sm3("a", "a"));
}

TEST(Sm4, EncryptsThePublishedBlock) {
    const auto key = bytes("0123456789abcdeffedcba9876543210");
    EXPECT_EQ(hex(sm4_block(key, key)), "681edf34d206965e86b3e94f536e4246");
    EXPECT_THROW(sm4_block("short", key), std::runtime_error);
    EXPECT_THROW(sm4_block(key, "short"), std::runtime_error);
}

constexpr auto published_d = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8";
constexpr auto published_signature =
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";

TEST(Sm2, VerifiesThePublishedSignatureAndNoChangedBit) {
    const auto key = Sm2Key::from_private(bytes(published_d));
    const auto signature = bytes(published_signature);
    EXPECT_TRUE(key.verify("message digest", signature));
    EXPECT_FALSE(key.verify("message digesu", signature));
    for (size_t i = 0; i < signature.size(); ++i) {
        auto changed = signature;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(key.verify("message digest", changed)) << i;
    }
}

TEST(Sm2, RefusesSignaturesThatCannotBeOnes) {
    const auto key = Sm2Key::generate();
    for (auto& wrong : {std::string(), std::string(63, 'a'), std::string(65, 'a'), std::string(64, '\0'), std::string(64, '\xff')}) {
        EXPECT_FALSE(key.verify("message", wrong));
    }
}

TEST(Sm2, SignsSoThatOnlyItsOwnPublicKeyVerifies) {
    const auto key = Sm2Key::generate();
    const auto signature = key.sign("acceptance notice");
    EXPECT_EQ(signature.size(), 64u);
    EXPECT_TRUE(Sm2Key::from_public(key.public_point()).verify("acceptance notice", signature));
    EXPECT_FALSE(Sm2Key::generate().verify("acceptance notice", signature));
    EXPECT_NE(key.sign("acceptance notice"), signature) << "the same nonce twice would give the key away";
}

TEST(Sm2, KeysSurvivePem) {
    const auto key = Sm2Key::generate();
    const auto signature = Sm2Key::from_pem(key.private_pem()).sign("text");
    EXPECT_TRUE(Sm2Key::from_pem(key.public_pem()).verify("text", signature));
    EXPECT_THROW(Sm2Key::from_pem(key.public_pem()).sign("text"), std::runtime_error);
    EXPECT_THROW(Sm2Key::from_pem(SealCertificate::make("x").key_pem), std::runtime_error) << "P-256 is not SM2";
    EXPECT_THROW(Sm2Key::from_pem("-----BEGIN"), std::runtime_error);
}

TEST(Sm2, RefusesPointsThatAreNotOnTheCurve) {
    auto point = Sm2Key::generate().public_point();
    point[40] = static_cast<char>(point[40] ^ 1);
    EXPECT_THROW(Sm2Key::from_public(point), std::runtime_error);
    EXPECT_THROW(Sm2Key::from_public(""), std::runtime_error);
}

class Fields : public testing::Test {
  protected:
    FieldCipher cipher{std::string(32, 'k')}, other{std::string(32, 'o')};
};

TEST_F(Fields, OpenOnlyWithTheirKeyAndContext) {
    for (size_t length : {0, 1, 15, 16, 17, 1000}) {
        const auto plain = random_bytes(length), sealed = cipher.seal(plain, "person.phone");
        EXPECT_EQ(cipher.open(sealed, "person.phone"), plain);
        EXPECT_EQ(cipher.open(sealed, "person.name"), std::nullopt);
        EXPECT_EQ(other.open(sealed, "person.phone"), std::nullopt);
    }
}

TEST_F(Fields, DoNotOpenAfterAnyChange) {
    const auto sealed = cipher.seal("13800138000", "person.phone");
    for (size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 128);
        EXPECT_EQ(cipher.open(changed, "person.phone"), std::nullopt) << i;
        EXPECT_EQ(cipher.open(sealed.substr(0, i), "person.phone"), std::nullopt) << i;
    }
}

TEST_F(Fields, CannotMoveBytesBetweenContextAndContent) {
    const auto sealed = cipher.seal("bc", "a");
    EXPECT_EQ(cipher.open(sealed, "ab"), std::nullopt);
    EXPECT_NE(cipher.lookup("bc", "a"), cipher.lookup("c", "ab"));
}

TEST_F(Fields, LookUpIsTheSameForTheSameValueOnly) {
    EXPECT_EQ(cipher.lookup("x", "person.phone"), cipher.lookup("x", "person.phone"));
    EXPECT_NE(cipher.lookup("x", "person.phone"), cipher.lookup("y", "person.phone"));
    EXPECT_NE(cipher.lookup("x", "person.phone"), cipher.lookup("x", "person.number"));
    EXPECT_NE(cipher.lookup("x", "person.phone"), other.lookup("x", "person.phone"));
    EXPECT_NE(cipher.seal("x", "person.phone"), cipher.seal("x", "person.phone"));
}

TEST(Password, IsKnownAgainInItsPhcForm) {
    const PasswordCost cheap{.memory_kib = 64, .passes = 1};
    const auto phc = hash_password("correct horse", cheap);
    EXPECT_THAT(phc, testing::StartsWith("$argon2id$v=19$m=64,t=1,p=1$"));
    EXPECT_TRUE(verify_password("correct horse", phc));
    EXPECT_FALSE(verify_password("correct horsf", phc));
    EXPECT_FALSE(verify_password("", phc));
    EXPECT_NE(hash_password("correct horse", cheap), phc);
}

TEST(Password, NeverMatchesWhatIsNoHash) {
    for (auto wrong : {"", "x", "$argon2id$", "$argon2id$v=19$m=64,t=1,p=1$AAAA$"}) EXPECT_FALSE(verify_password("x", wrong));
}

TEST(Password, CostsSixtyFourMegabytesUnlessToldOtherwise) {
    EXPECT_THAT(hash_password("x"), testing::StartsWith("$argon2id$v=19$m=65536,t=3,p=1$"));
}

TEST(Encoding, ReadsBackWhatItWrote) {
    for (size_t length = 0; length < 70; ++length) {
        const auto value = random_bytes(length);
        EXPECT_EQ(from_hex(hex(value)), value);
        EXPECT_EQ(from_base64url(base64url(value)), value);
    }
    EXPECT_EQ(base64url("\xfb\xff\xfe"), "-__-");  // RFC 4648, 5
    EXPECT_EQ(base64url("foob"), "Zm9vYg");        // RFC 4648, 10
}

TEST(Encoding, RefusesOtherSpellings) {
    for (auto wrong : {"0", "0g", "é"}) EXPECT_EQ(from_hex(wrong), std::nullopt) << wrong;
    for (auto wrong : {"Z", "Zm9vYh", "Zm9vYg==", "Zm9v Yg", "+/+/"}) EXPECT_EQ(from_base64url(wrong), std::nullopt) << wrong;
}

TEST(Tokens, AreLongAndNeverTheSame) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(random_token()).second);
    EXPECT_EQ(random_token().size(), 32u);
    EXPECT_EQ(random_token(16).size(), 22u);
}

TEST(Comparison, InConstantTimeIsEquality) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abcd"));
}

}  // namespace
}  // namespace yimen::crypto
