#include <gmock/gmock.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <fstream>

#include "crypto/crypto.h"
#include "crypto/openssl.h"

namespace yimen::crypto {
namespace {

namespace fs = std::filesystem;

class KeysOnDisk : public testing::Test {
  protected:
    ~KeysOnDisk() override { fs::remove_all(folder); }

    std::string message_of_loading() const {
        try {
            Keys::load(folder, false);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "";
    }
    mode_t mode(const fs::path& path) const {
        struct stat status {};
        stat(path.c_str(), &status);
        return status.st_mode & 0777;
    }

    const fs::path folder = fs::temp_directory_path() / ("yimen-keys-" + random_token());
};

TEST_F(KeysOnDisk, AreMadeOnceAndThenRead) {
    const auto made = Keys::load(folder, true), again = Keys::load(folder, true), read = Keys::load(folder, false);
    for (auto& other : {again, read}) {
        EXPECT_EQ(other.fields.open(made.fields.seal("x", "c"), "c"), "x");
        EXPECT_EQ(other.ledger.public_point(), made.ledger.public_point());
        EXPECT_EQ(other.session_key, made.session_key);
        EXPECT_EQ(other.seal_key_pem, made.seal_key_pem);
        EXPECT_EQ(other.seal_certificate_pem, made.seal_certificate_pem);
    }
    EXPECT_EQ(made.session_key.size(), 32u);
}

TEST_F(KeysOnDisk, AreForTheirOwnerOnly) {
    Keys::load(folder, true);
    EXPECT_EQ(mode(folder), 0700u);
    int files = 0;
    for (auto& file : fs::directory_iterator(folder)) EXPECT_EQ(mode(file.path()), 0600u) << file.path() << ++files;
    for (auto name : {"fields.key", "session.key", "ledger.pem", "seal_key.pem", "seal_certificate.pem"}) {
        fs::permissions(folder / name, fs::perms::others_read, fs::perm_options::add);
        EXPECT_THAT(message_of_loading(), testing::HasSubstr(name));
        fs::permissions(folder / name, fs::perms::others_read, fs::perm_options::remove);
    }
    fs::permissions(folder, fs::perms::group_read, fs::perm_options::add);
    EXPECT_THAT(message_of_loading(), testing::HasSubstr(folder.string()));
}

TEST_F(KeysOnDisk, AreNamedWhenMissingOrBroken) {
    EXPECT_THAT(message_of_loading(), testing::HasSubstr(folder.string()));
    Keys::load(folder, true);
    for (auto name : {"fields.key", "session.key", "ledger.pem", "seal_key.pem", "seal_certificate.pem"}) {
        fs::rename(folder / name, folder / "away");
        EXPECT_THAT(message_of_loading(), testing::HasSubstr(name));
        fs::rename(folder / "away", folder / name);
    }
    std::ofstream(folder / "fields.key") << "abcd\n";
    EXPECT_THAT(message_of_loading(), testing::HasSubstr("fields.key"));
}

TEST_F(KeysOnDisk, NeverReplaceTheLostKeyOfACertificate) {
    Keys::load(folder, true);
    fs::remove(folder / "seal_key.pem");
    EXPECT_THROW(Keys::load(folder, true), std::runtime_error);
}

TEST_F(KeysOnDisk, MadeByManyAtOnceAreTheSame) {
    std::vector<std::string> points(8), seals(8);
    std::vector<std::thread> nodes;
    for (size_t i = 0; i < points.size(); ++i) {
        nodes.emplace_back([&, i] {
            const auto keys = Keys::load(folder, true);
            points[i] = keys.ledger.public_point();
            seals[i] = keys.seal_certificate_pem + keys.seal_key_pem;
        });
    }
    for (auto& node : nodes) node.join();
    EXPECT_THAT(points, testing::Each(points[0]));
    EXPECT_THAT(seals, testing::Each(seals[0]));
}

openssl::Certificate next_certificate(BIO* bio) { return openssl::Certificate(PEM_read_bio_X509(bio, nullptr, nullptr, nullptr)); }

TEST(SealCertificate, IsALeafForSigningUnderARootOfItsOwn) {
    const auto made = SealCertificate::make("奉贤区行政服务中心 (示范)");
    const auto bio = openssl::reader(made.chain_pem);
    const auto leaf = next_certificate(bio.get()), root = next_certificate(bio.get());
    ASSERT_TRUE(leaf && root);
    EXPECT_EQ(X509_get_key_usage(leaf.get()), uint32_t{KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION});
    EXPECT_EQ(X509_check_ca(leaf.get()), 0);
    EXPECT_EQ(X509_check_ca(root.get()), 1);
    const auto key_bio = openssl::reader(made.key_pem);
    const openssl::Key key(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, nullptr, nullptr));
    EXPECT_EQ(X509_check_private_key(leaf.get(), key.get()), 1);

    const openssl::Owned<X509_STORE, X509_STORE_free> trusted(X509_STORE_new());
    const openssl::Owned<X509_STORE_CTX, X509_STORE_CTX_free> context(X509_STORE_CTX_new());
    X509_STORE_add_cert(trusted.get(), root.get());
    X509_STORE_CTX_init(context.get(), trusted.get(), leaf.get(), nullptr);
    EXPECT_EQ(X509_verify_cert(context.get()), 1);
}

}  // namespace
}  // namespace yimen::crypto
