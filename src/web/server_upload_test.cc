#include <fstream>

#include "web/testing.h"

namespace yimen::web {

namespace {

std::string content_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string part(std::string_view disposition, std::string_view content) {
    return fmt::format("--XyZ\r\nContent-Disposition: form-data; {}\r\n\r\n{}\r\n", disposition, content);
}

class Uploads : public testing::Test {
  protected:
    Uploads() : live(with(folder)) {
        live.post(
            "/upload",
            [this](Request& request) {
                std::string said = std::string(request.form.get("a"));
                for (auto& upload : request.uploads)
                    said += fmt::format("|{} {} {} {}", upload.field, upload.name, upload.size, content_of(upload.file).substr(0, 20));
                files_while_handling = folder.files();
                if (request.query.has("fail")) throw std::runtime_error("handler");
                return text(200, said);
            },
            400'000);
        live.post("/plain", [](Request&) { return text(200, ""); });
        live.start();
    }
    static ServerOptions with(const Folder& folder) {
        auto options = quick_options();
        options.upload_folder = folder.path();
        return options;
    }
    Answer send(std::string_view body, std::string_view path = "/upload") {
        auto answer = Caller(live.port()).ask(post_request(path, "multipart/form-data; boundary=XyZ", body));
        live.stop();  // so that the request has ended
        EXPECT_EQ(folder.files(), 0u) << "something is left over";
        return answer;
    }
    Folder folder;
    Live live;
    size_t files_while_handling = 0;
};

size_t descriptors() { return static_cast<size_t>(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {})); }

// Larger than what waits in memory.
const std::string large = "%PDF-1.7" + std::string(300'000, 'x');

TEST_F(Uploads, AreReadByTheHandlerAndGoneAfterwards) {
    auto before = descriptors();
    auto answer = send(part("name=\"a\"", "排水") + part("name=\"f\"; filename=\"图纸 1.pdf\"", "%PDF-1.7") +
                       part("name=\"g\"; filename=\"\"", "") + "--XyZ--\r\n");
    EXPECT_EQ(answer.body, "排水|f 图纸 1.pdf 8 %PDF-1.7");
    EXPECT_LT(descriptors(), before) << "the server's own are closed, and nothing is left over";
}

TEST_F(Uploads, ThatAreLargeAreOnDiskWhileTheHandlerRuns) {
    EXPECT_EQ(send(part("name=\"f\"; filename=\"x\"", large) + "--XyZ--").body, "|f x 300008 %PDF-1.7xxxxxxxxxxxx");
    EXPECT_EQ(files_while_handling, 1u);
}

TEST_F(Uploads, AreGoneWhenTheHandlerFails) {
    EXPECT_EQ(send(part("name=\"f\"; filename=\"x\"", large) + "--XyZ--", "/upload?fail=1").status, 500);
    EXPECT_EQ(files_while_handling, 1u);
}

TEST_F(Uploads, AreRefusedWhenOneFileIsTooLarge) {
    EXPECT_EQ(send(part("name=\"f\"; filename=\"x\"", "small") + part("name=\"f\"; filename=\"y\"", std::string(400'001, 'x')) + "--XyZ--")
                  .status,
              413);
    EXPECT_EQ(files_while_handling, 0u);
}

TEST_F(Uploads, AreRefusedWhenAllTogetherAreTooLarge) {
    std::string body;
    for (int i = 0; i < 5; ++i) body += part("name=\"f\"; filename=\"x\"", std::string(399'000, 'x'));
    EXPECT_EQ(send(body + "--XyZ--").status, 413);
}

TEST_F(Uploads, AreRefusedWhereThePageHasNoFiles) { EXPECT_EQ(send(part("name=\"a\"", "x") + "--XyZ--", "/plain").status, 415); }

TEST_F(Uploads, AreRefusedWhenCutShort) { EXPECT_EQ(send(part("name=\"f\"; filename=\"x\"", "content")).status, 400); }

TEST_F(Uploads, AreNamedWithoutFoldersAndControlCharacters) {
    auto answer =
        send(part("name=f; filename=\"../../etc/passwd\"", "1") + part("name=f; filename=\"C:\\\\temp\\\\a\tb.pdf\"", "2") + "--XyZ--");
    EXPECT_EQ(answer.body, "|f passwd 1 1|f ab.pdf 1 2");
}

TEST_F(Uploads, AreGoneWhenTheClientLeavesInTheMiddle) {
    {
        Caller client(live.port());
        client.send(
            "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=XyZ\r\nContent-Length: "
            "900000\r\n\r\n" +
            part("name=\"f\"; filename=\"x\"", std::string(40'000, 'x')));
        for (int i = 0; i < 200 && folder.files() == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        EXPECT_EQ(folder.files(), 1u);
    }
    live.stop();
    EXPECT_EQ(folder.files(), 0u);
    EXPECT_EQ(files_while_handling, 0u);
}

TEST(UploadFolder, IsEmptiedOfWhatACrashLeftAndIsForNobodyElse) {
    Folder folder;
    std::filesystem::create_directory(folder / "uploads");
    std::ofstream(folder / "uploads/1.part") << "somebody's identity card";
    std::ofstream(folder / "uploads/2.body") << "somebody's identity card";
    std::ofstream(folder / "uploads/notes.txt") << "not ours";
    auto options = quick_options();
    options.upload_folder = (folder / "uploads").string();
    Live live(options);
    live.start();
    EXPECT_FALSE(std::filesystem::exists(folder / "uploads/1.part"));
    EXPECT_FALSE(std::filesystem::exists(folder / "uploads/2.body"));
    EXPECT_TRUE(std::filesystem::exists(folder / "uploads/notes.txt"));
    EXPECT_EQ(std::filesystem::status(folder / "uploads").permissions(), std::filesystem::perms::owner_all);
}

// Found by reading: the connection was closed without a word.
TEST(UploadFolder, ThatCannotBeWrittenIsSaidWith503) {
    Folder folder;
    auto options = quick_options();
    options.upload_folder = (folder / "uploads").string();
    Live live(options);
    live.post(
        "/upload", [](Request&) { return text(200, ""); }, 700'000);
    live.start();
    std::filesystem::remove_all(folder / "uploads");
    for (size_t size : {300'000u, 600'000u}) {  // the body waits in memory, and not
        Caller client(live.port());
        client.send(post_request("/upload", "multipart/form-data; boundary=XyZ",
                                 part("name=\"f\"; filename=\"x\"", std::string(size, 'x')) + "--XyZ--"));
        EXPECT_EQ(client.answer().status, 503) << size;
    }
}

}  // namespace

}  // namespace yimen::web
