#include "cases/pages_notices.h"

#include <fstream>

#include "cases/notice_proof.h"
#include "cases/pages_notice_text.h"
#include "cases/testing.h"
#include "document/testing.h"
#include "identity/testing.h"

// Every notice through its routes: as the applicant and staff get it, and as a stranger verifies it.
namespace yimen::cases {
namespace {

using testing::HasSubstr;
using testing::Not;

class NoticePages : public WithCases {
  protected:
    NoticePages() {
        identity::Routes routes(router, site);
        add_notice_pages(routes, catalogue());
    }
    static crypto::Keys sealing_keys() {
        auto all = keys();
        auto seal = crypto::SealCertificate::make("奉贤区水务局");
        all.seal_certificate_pem = seal.chain_pem;
        all.seal_key_pem = seal.key_pem;
        return all;
    }
    // A browser in which somebody has signed in.
    identity::Browser browser_of(identity::PersonId person, identity::OrganisationId organisation = {}) {
        identity::Browser browser(router);
        clock.set(now);
        auto session = database().write([&](db::Tx& tx) {
            return identity::begin_session(tx, division, person, {}, organisation, "test", now, std::chrono::hours(12));
        });
        browser.set_cookie("session", session.token);
        return browser;
    }
    Notice last_notice(CaseId id) {
        return database().read([&](db::Tx& tx) { return notices(tx, division, id); }).back();
    }
    static std::string path(CaseId id, const Notice& notice) {
        return fmt::format("/cases/{}/notices/{}", to_text(id), to_text(notice.id));
    }
    std::string token(const Notice& notice) { return notice_token(site.keys, division, notice.id); }

    // To be looked at: kept in the folder that YIMEN_TEST_KEEP names.
    static void keep(const std::string& name, const std::string& bytes) {
        if (auto* folder = getenv("YIMEN_TEST_KEEP")) std::ofstream(fmt::format("{}/{}", folder, name)) << bytes;
    }
    // The newest notice of the case as the applicant gets it.
    std::string pdf_of(CaseId id, std::string_view lang = "zh") {
        auto browser = browser_of(lina, company);
        auto notice = last_notice(id);
        EXPECT_EQ(browser.get(fmt::format("{}?lang={}", path(id, notice), lang)), 200);
        keep(fmt::format("{}-{}.pdf", notice.kind, lang), browser.page());
        return browser.page();
    }
    // Its words on one line, as a reader of the page finds them.
    std::string words_of(const std::string& pdf) {
        auto text = document::output({"pdftotext", "-layout", folder.write("notice.pdf", pdf), "-"});
        std::erase_if(text, [](char c) { return c == '\n' || c == ' ' || c == '\f'; });
        return text;
    }
    std::string said(CaseId id) { return words_of(pdf_of(id)); }

    Case corrected() {
        auto c = submitted(general());
        Correction wanted{{"drainage-plan", "forecast-report"},
                          {"outlet_diameter"},
                          {{"drainage-plan", "图上没有标出专用检测井的位置。"}},
                          "请一并核对水表编号。"};
        return sure(as(clerk(), [&](Desk& desk) { return request_correction(desk, c.id, wanted); }));
    }
    Case decided(bool grant, std::string_view reasons) {
        auto c = accepted(simple());
        return sure(as(officer(),
                       [&](Desk& desk) { return decide(desk, lock(desk.tx, keys().fields, division, c.id).value(), grant, reasons, {}); }));
    }
    // A change behind the ledger's back.
    void tamper(const std::string& sql) {
        database().write([&](db::Tx& tx) { tx.query_list(sql, {}); });
    }
    boost::json::object verification(const std::string& of) {
        identity::Browser stranger(router);
        EXPECT_EQ(stranger.get("/api/verify/notices/" + of), 200);
        return boost::json::parse(stranger.page()).as_object();
    }

    document::TemporaryFolder folder;
    FixedClock clock{now};
    Config settings = identity::page_settings();
    web::EventHub events;
    crypto::Keys all_keys = sealing_keys();
    identity::Site site{division, database(), clock,    identity::templates(),
                        events,   all_keys,   settings, [](const identity::Who&) { return 0; }};
    web::Router router;
};
ON_BOTH_DATABASES(NoticePages);

// Administrative License Law art. 32(1)(4): silence until then counts as acceptance.
TEST_P(NoticePages, AReceiptListsWhatWasReceivedAndByWhenAcceptanceIsDecided) {
    auto c = submitted(general());
    auto said = this->said(c.id);
    for (auto* words : {"申请收件凭证", "奉贤区水务局", "上海力向金属制品有限公司：", "排水许可证核发（新办）", "排水管网平面图及说明",
                        "平面图.pdf（1KB）", "免于提交的材料", "营业执照", "2026年12月1日前（含当日）", "自收到申请材料之日起即为受理",
                        "5个工作日", "第三十二条"})
        EXPECT_THAT(said, HasSubstr(words));
    EXPECT_THAT(said, HasSubstr(last_notice(c.id).number));
}

TEST_P(NoticePages, AReceiptStaysWhatItWasWhenMoreIsHandedIn) {
    auto c = corrected();
    auto receipt = database().read([&](db::Tx& tx) { return notices(tx, division, c.id); }).front();
    hand_in_document(agent(), c.id, "drainage-plan", "%PDF-1.7 a better plan");
    auto browser = browser_of(lina, company);
    EXPECT_EQ(browser.get(path(c.id, receipt)), 200);
    auto text = words_of(browser.page());
    EXPECT_EQ(text.find("平面图.pdf"), text.find("平面图.pdf", text.find("排水管网平面图")));
    EXPECT_EQ(receipt.content.at("materials").as_array()[0].at("files").as_array().size(), 1u);
}

// Art. 32(1)(4): one notice with everything in it.
TEST_P(NoticePages, ACorrectionNoticeListsEverythingWithItsRemarks) {
    auto said = this->said(corrected().id);
    for (auto* words :
         {"申请材料补正告知书", "一次告知", "材料：排水管网平面图及说明", "图上没有标出专用检测井的位置", "申请表：排放口管径",
          "请一并核对水表编号", "重新计算受理期限", "没有列出的内容，视为符合要求", "第三十二条第一款第四项"})
        EXPECT_THAT(said, HasSubstr(words));
}

TEST_P(NoticePages, AnAcceptanceNoticeGivesBothDatesAndWhy) {
    auto said = this->said(accepted(general()).id);
    for (auto* words : {"申请受理通知书", "于2026年11月24日决定予以受理", "承诺期限", "2026年12月1日", "法定期限", "2026年12月22日",
                        "当日不计入", "期限为20个工作日", "第四十五条"})
        EXPECT_THAT(said, HasSubstr(words));
}

TEST_P(NoticePages, ALateAcceptanceSaysThatSilenceWasAcceptance) {
    auto c = submitted(general());
    go_to(day(12, 2));
    sure(as(clerk(), [&](Desk& desk) { return accept(desk, c.id); }));
    EXPECT_THAT(said(c.id), HasSubstr("自收到申请材料之日即2026年11月24日起视为受理"));
}

// Art. 32(1)(1)–(2).
TEST_P(NoticePages, ARefusalToAcceptNamesReasonAuthorityAndRemedies) {
    auto c = submitted(general());
    sure(as(clerk(), [&](Desk& desk) { return refuse_acceptance(desk, c.id, "排放口所在道路的排水设施由市级管理。", "上海市水务局"); }));
    auto said = this->said(c.id);
    for (auto* words : {"不予受理通知书", "由市级管理", "请向上海市水务局提出申请", "六十日内", "行政复议", "六个月内", "行政诉讼"})
        EXPECT_THAT(said, HasSubstr(words));
}

// Art. 42(1).
TEST_P(NoticePages, AnExtensionSaysWhyHowLongAndTheNewDates) {
    auto c = accepted(general());
    sure(as(officer(), [&](Desk& desk) { return extend(desk, c.id, 3, "需要会同管网养护单位核实接入井。"); }));
    auto said = this->said(c.id);
    for (auto* words : {"延长办理期限告知书", "本机关负责人批准", "延长3个工作日", "核实接入井", "2026年12月25日", "第四十二条"})
        EXPECT_THAT(said, HasSubstr(words));
}

// Art. 45: in writing, and how long.
TEST_P(NoticePages, ASuspensionSaysWhyFromWhenAndHowLong) {
    auto c = accepted(general());
    go_to(day(11, 25));
    sure(as(officer(), [&](Desk& desk) { return suspend(desk, c.id, "出水水质检测。", 4); }));
    auto said = this->said(c.id);
    for (auto* words : {"期限中止计算告知书", "自2026年11月25日起", "出水水质检测", "预计需要4个工作日", "第四十五条"})
        EXPECT_THAT(said, HasSubstr(words));
}

// Art. 38(1), 40, 44.
TEST_P(NoticePages, ADecisionToGrantSaysWhatIsIssuedAndWhen) {
    auto said = this->said(decided(true, "").id);
    for (auto* words : {"准予行政许可决定书", "准予行政许可，颁发《城镇污水排入排水管网许可证》，有效期：5年", "十个工作日内", "予以公开",
                        "第三十八条第一款"})
        EXPECT_THAT(said, HasSubstr(words));
}

// Art. 38(2).
TEST_P(NoticePages, ADecisionToRefuseGivesReasonsAndRemedies) {
    auto said = this->said(decided(false, "排放口接入雨水管，不符合雨污分流的规定。").id);
    for (auto* words : {"不予行政许可决定书", "排放口接入雨水管", "六十日内", "本级人民政府申请行政复议", "六个月内",
                        "人民法院提起行政诉讼", "第三十八条第二款"})
        EXPECT_THAT(said, HasSubstr(words));
}

TEST_P(NoticePages, AnEnglishNoticeSaysThatItIsATranslation) {
    auto c = accepted(general());
    auto text = document::output({"pdftotext", folder.write("en.pdf", pdf_of(c.id, "en")), "-"});
    EXPECT_THAT(text, HasSubstr("Notice of acceptance"));
    EXPECT_THAT(text, HasSubstr("The Chinese text is the official one"));
}

TEST_P(NoticePages, ANoticeKeptBeforeItsListsWereKeptIsStillReadable) {
    auto c = submitted(general());
    auto notice = last_notice(c.id);
    notice.content = {{"acceptance_due", "2026-12-01"}, {"item", notice.content.at("item")}, {"applicant", notice.content.at("applicant")}};
    auto made = notice_text(notice, c, *catalogue().version(c.item_version), Language::zh);
    EXPECT_THAT(words_of(document::notice_pdf(made)), HasSubstr("2026年12月1日前（含当日）"));
}

TEST_P(NoticePages, ANoticeIsSignedAndItsCodeLeadsToItsVerification) {
    auto c = submitted(general());
    auto file = folder.write("notice.pdf", pdf_of(c.id));
    auto signature = document::output({"pdfsig", "-nocert", file});
    EXPECT_THAT(signature, HasSubstr("Signature is Valid"));
    EXPECT_THAT(signature, HasSubstr("Total document signed"));
    document::output({"pdftoppm", "-r", "150", "-png", file, folder.path("page")});
    std::string scanned;
    for (auto* page : {"page-1.png", "page-2.png"})
        if (std::filesystem::exists(folder.path(page))) scanned += document::output({"zbarimg", "-q", "--raw", folder.path(page)});
    EXPECT_EQ(scanned, "https://example.org/verify/notices/" + token(last_notice(c.id)) + "\n");
}

TEST_P(NoticePages, TheSameNoticeAskedForTwiceSaysTheSame) {
    auto c = submitted(general());
    auto first = said(c.id);
    now += std::chrono::hours(1);
    sure(as(clerk(), [&](Desk& desk) { return accept(desk, c.id); }));
    auto receipt = database().read([&](db::Tx& tx) { return notices(tx, division, c.id); }).front();
    auto browser = browser_of(lina, company);
    EXPECT_EQ(browser.get(path(c.id, receipt)), 200);
    EXPECT_EQ(words_of(browser.page()), first);
}

TEST_P(NoticePages, NobodyElseGetsANotice) {
    auto c = submitted(general());
    auto other = submitted(simple());
    auto notice = last_notice(c.id);
    EXPECT_EQ(browser_of(zhang).get(path(c.id, notice)), 404);
    EXPECT_EQ(browser_of(lina).get(path(c.id, notice)), 404);  // the company's, and she acts for herself
    EXPECT_EQ(browser_of(lina, company).get(path(other.id, notice)), 404);
    EXPECT_EQ(identity::Browser(router).get(path(c.id, notice)), 303);
}

TEST_P(NoticePages, AStrangerVerifiesANoticeAndLearnsNoName) {
    auto c = submitted(general());
    identity::Browser stranger(router);
    EXPECT_EQ(stranger.get("/verify/notices/" + token(last_notice(c.id))), 200);
    keep("verified.html", stranger.page());
    EXPECT_TRUE(stranger.shows("核验通过"));
    EXPECT_TRUE(stranger.shows("上海力向****有限公司"));
    EXPECT_FALSE(stranger.shows("上海力向金属"));
    EXPECT_EQ(stranger.get("/verify/notices/" + token(last_notice(c.id)) + "/proof.json"), 200);
    EXPECT_FALSE(stranger.shows("力向"));
    auto found = verification(token(last_notice(c.id)));
    EXPECT_EQ(found.at("outcome"), "verified");
    EXPECT_EQ(found.at("kind"), "receipt");
    stranger.get("/verify/notices/" + token(last_notice(c.id)) + "?lang=en");
    keep("verified-en.html", stranger.page());
    EXPECT_TRUE(stranger.shows("Verified"));
}

TEST_P(NoticePages, AnAddressThatNobodyPrintedFindsNothing) {
    auto notice = last_notice(submitted(general()).id);
    auto wrong = token(notice);
    wrong.back() = wrong.back() == 'A' ? 'Q' : 'A';
    identity::Browser stranger(router);
    for (auto& address : {wrong, to_text(notice.id), to_text(notice.id) + ".", std::string("x")})
        EXPECT_EQ(stranger.get("/verify/notices/" + address), 404) << address;
}

TEST_P(NoticePages, TryingAddressesIsSlowedDown) {
    identity::Browser stranger(router);
    int status = 0;
    for (int i = 0; i < 61; ++i) status = stranger.get("/verify/notices/x");
    EXPECT_EQ(status, 429);
}

TEST_P(NoticePages, AChangedByteOfANoticeIsNotVerified) {
    auto c = corrected();
    auto notice = last_notice(c.id);
    EXPECT_EQ(verification(token(notice)).at("outcome"), "verified");
    auto id = std::to_string(notice.id.value);
    for (auto& change :
         {std::string("content = REPLACE(content, '水表', '水裱')"), std::string("number = number || 'X'"),
          std::string("made_at = made_at + 1"), std::string("content = content || ' '  || '{'"), std::string("kind = 'acceptance'")}) {
        auto before = database().read([&](db::Tx& tx) { return find_notice(tx, division, notice.id); })->notice;
        tamper("UPDATE case_notice SET " + change + " WHERE id = " + id);
        EXPECT_EQ(verification(token(notice)).at("outcome"), "not_verified") << change;
        database().write([&](db::Tx& tx) {
            tx.query_list("DELETE FROM case_notice WHERE id = " + id, {});
            insert_notice(tx, division, c.id, before);
        });
    }
    EXPECT_EQ(verification(token(notice)).at("outcome"), "verified");
}

TEST_P(NoticePages, AChangedLedgerEntryIsNotVerified) {
    auto c = submitted(general());
    auto notice = last_notice(c.id);
    EXPECT_EQ(verification(token(notice)).at("outcome"), "verified");
    tamper(fmt::format("UPDATE ledger_entry SET act = 'accept_case' WHERE chain = {} AND seq = {}", c.id.value, notice.ledger_seq));
    EXPECT_EQ(verification(token(notice)).at("outcome"), "not_verified");
    auto page = identity::Browser(router);
    EXPECT_EQ(page.get("/verify/notices/" + token(notice)), 200);
    keep("not_verified.html", page.page());
    EXPECT_TRUE(page.shows("核验未通过"));
}

TEST_P(NoticePages, TheAttachedProofStandsOnItsOwn) {
    auto c = corrected();
    document::output({"pdfdetach", "-saveall", "-o", folder.path(""), folder.write("notice.pdf", pdf_of(c.id))});
    auto proof = document::read_file(folder.path("proof.json"));
    keep("proof.json", proof);
    keep("ledger.pem", keys().ledger.public_pem());
    auto key = crypto::Sm2Key::from_pem(keys().ledger.public_pem());
    auto found = check_proof_file(proof, key);
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->holds());
    EXPECT_TRUE(found->whole);
    EXPECT_EQ(found->number, last_notice(c.id).number);

    auto other_text = proof;
    other_text.replace(other_text.find("水表"), std::string("水表").size(), "电表");
    EXPECT_FALSE(check_proof_file(other_text, key)->holds());
    EXPECT_FALSE(check_proof_file(proof, crypto::Sm2Key::generate())->holds());
    EXPECT_FALSE(check_proof_file("{}", key));
    EXPECT_FALSE(check_proof_file("no proof", key));
}

TEST_P(NoticePages, AForeignProofProvesNothing) {
    auto first = submitted(general()), second = submitted(simple());
    auto file = [&](const Case& c) {
        auto notice = last_notice(c.id);
        return proof_file(prove_notice(database(), keys(), division, c.id, notice, now), notice, true);
    };
    auto key = crypto::Sm2Key::from_pem(keys().ledger.public_pem());
    auto mixed = file(first);
    EXPECT_TRUE(check_proof_file(boost::json::serialize(mixed), key)->holds());
    mixed["proof"] = file(second)["proof"];
    EXPECT_FALSE(check_proof_file(boost::json::serialize(mixed), key)->checked.entry);
    mixed = file(first);
    mixed["notice"] = file(second)["notice"];
    EXPECT_FALSE(check_proof_file(boost::json::serialize(mixed), key)->text);
}

TEST(MaskedName, KeepsEnoughToCompare) {
    EXPECT_EQ(masked_name("李娜", false), "李*");
    EXPECT_EQ(masked_name("欧阳娜娜", false), "欧***");
    EXPECT_EQ(masked_name("上海力向金属制品有限公司", true), "上海力向****有限公司");
    EXPECT_EQ(masked_name("小铺", true), "小*");
}

}  // namespace
}  // namespace yimen::cases
