#include "catalogue/guide_step.h"

#include <gmock/gmock.h>

#include "catalogue/testing.h"
#include "catalogue/views.h"

namespace yimen::catalogue {
namespace {

const ItemVersion& drainage() { return embedded_item("drainage-permit-new"); }

std::string asked(const Answers& sent, std::string_view ask = "", std::string_view answering = "") {
    auto step = guide_step(drainage(), sent, ask, answering);
    return step.question ? step.question->name : "";
}

const Answers all_answers{{"premises", "food"}, {"discharging", "no"},    {"daily_discharge", "5"},
                          {"treatment", "yes"}, {"network", "municipal"}, {"in_person", "yes"}};

TEST(GuideStep, BeginsWithTheFirstQuestionAndGoesBackToTheItem) {
    auto step = guide_step(drainage(), {}, "", "");
    ASSERT_TRUE(step.question);
    EXPECT_EQ(step.question->name, "premises");
    EXPECT_EQ(step.number, 1);
    EXPECT_EQ(step.left, questions_left(drainage(), {}));
    EXPECT_EQ(step.back, "/items/drainage-permit-new");
}

TEST(GuideStep, AsksTheNextAndGoesBackWithEveryAnswer) {
    auto step = guide_step(drainage(), {{"premises", "food"}, {"discharging", "no"}}, "", "discharging");
    EXPECT_EQ(step.question->name, "daily_discharge");
    EXPECT_EQ(step.number, 3);
    EXPECT_EQ(step.back, "/items/drainage-permit-new/guide?premises=food&discharging=no&ask=discharging");
}

TEST(GuideStep, AsksAgainWithoutLosingWhatCameLater) {
    auto step = guide_step(drainage(), all_answers, "premises", "");
    EXPECT_EQ(step.question->name, "premises");
    EXPECT_EQ(step.answers, all_answers);
    EXPECT_EQ(step.number, 1);
}

TEST(GuideStep, KeepsAnswersToQuestionsThatDoNotApplyForTheWayBack) {
    auto sent = all_answers;
    sent["premises"] = "construction";
    auto step = guide_step(drainage(), sent, "", "premises");
    EXPECT_EQ(step.question->name, "site_water");
    EXPECT_EQ(step.answers.at("daily_discharge"), "5");
    EXPECT_THAT(step.back, testing::HasSubstr("daily_discharge=5"));
}

TEST(GuideStep, RefusesNoAnswerAndShowsTheQuestionAgain) {
    auto step = guide_step(drainage(), {}, "", "premises");
    EXPECT_EQ(step.question->name, "premises");
    EXPECT_TRUE(step.refused);
    EXPECT_EQ(step.sent, "");
}

TEST(GuideStep, RefusesWhatIsNoNumberAndKeepsWhatWasTyped) {
    auto step = guide_step(drainage(), {{"premises", "food"}, {"discharging", "no"}, {"daily_discharge", "a lot"}}, "", "daily_discharge");
    EXPECT_EQ(step.question->name, "daily_discharge");
    EXPECT_TRUE(step.refused);
    EXPECT_EQ(step.sent, "a lot");
}

TEST(GuideStep, ReadsNumbersAsPeopleWriteThem) {
    for (auto* written : {"1200", " 1200 ", "１２００", "1,200", "１，２００"}) {
        auto step = guide_step(drainage(), {{"premises", "food"}, {"discharging", "no"}, {"daily_discharge", written}}, "", "");
        EXPECT_EQ(step.answers["daily_discharge"], "1200") << written;
    }
    for (auto* written : {"1,2", "12,00", ",200", "1,200,3", "-1", "1e3"}) {
        auto step = guide_step(drainage(), {{"premises", "food"}, {"discharging", "no"}, {"daily_discharge", written}}, "", "");
        EXPECT_FALSE(step.answers.contains("daily_discharge")) << written;
    }
}

TEST(GuideStep, EndsWhereNothingCanMatterAnyMore) {
    EXPECT_EQ(asked(all_answers), "");
    EXPECT_EQ(asked(all_answers, "no_such_question"), "");
    auto step = guide_step(drainage(), all_answers, "", "in_person");
    EXPECT_EQ(step.left, 0);
    EXPECT_THAT(step.back, testing::EndsWith("&ask=in_person"));
}

TEST(GuideStep, LeavesOutWhatNamesNoQuestion) {
    auto step = guide_step(drainage(), {{"premises", "food"}, {"lang", "en"}, {"constructor", "x"}}, "", "");
    EXPECT_EQ(step.answers, (Answers{{"premises", "food"}}));
}

// Every way through, question by question as a browser would go, ends, and the number left never grows.
TEST(GuideStep, CountsDownOnEveryWay) {
    for (auto* choice : {"food", "construction", "industry", "office"}) {
        Answers answers;
        int left = 1000;
        for (int turn = 0; turn < 30; ++turn) {
            auto step = guide_step(drainage(), answers, "", "");
            if (!step.question) break;
            EXPECT_LT(step.left, left) << step.question->name;
            left = step.left;
            auto& question = *step.question;
            answers[question.name] = question.name == "premises"               ? choice
                                     : question.kind == Question::Kind::number ? "150"
                                     : question.kind == Question::Kind::yes_no ? "no"
                                                                               : question.choices[0].value;
        }
        EXPECT_FALSE(guide_step(drainage(), answers, "", "").question) << choice;
    }
}

}  // namespace
}  // namespace yimen::catalogue
