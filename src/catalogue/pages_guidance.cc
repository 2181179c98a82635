#include "catalogue/guidance.h"
#include "catalogue/pages.h"
#include "catalogue/pages_asking.h"
#include "catalogue/pages_notice.h"
#include "catalogue/published.h"
#include "catalogue/views.h"

namespace yimen::catalogue {

namespace {

using identity::Act;
using identity::Context;
using web::Response;

// What is shown of the item beside the guidance, and looked up where it stands: see Context::page.
struct Asked {
    std::shared_ptr<const KnownItem> known;
    const ItemVersion* item = nullptr;
    const View* shown = nullptr;
    GuideStep step;
};

std::optional<Asked> asked(const Parts& parts, Context& c) {
    Asked asked{parts.catalogue.open(c.request.param("item"), c.today()), nullptr, nullptr, {}};
    if (!asked.known) return std::nullopt;
    asked.item = &asked.known->version;
    asked.shown = &asked.known->views.in(c.language());
    asked.step = guide_step(*asked.item, answers_of(c.request), c.request.query.get("ask"), c.request.query.get("answering"));
    return asked;
}

// The licence that an application will be about, where somebody comes from one of theirs: it travels through the questions.
std::string licence_of_address(const Context& c) {
    auto id = parse_id<struct LicenceAsked>(c.request.query.get("licence"));
    return id ? to_text(*id) : "";
}

std::string with_licence(std::string href, const std::string& licence) {
    if (licence.empty()) return href;
    return fmt::format("{}{}licence={}", href, href.find('?') == href.npos ? '?' : '&', licence);
}

// What a screen reader says with the field.
std::string described_by(const Question& question, bool refused) {
    std::string ids = question.hint.zh.empty() ? "" : "answer-hint";
    if (refused) ids += ids.empty() ? "answer-error" : " answer-error";
    return ids;
}

Response question_page(Context& c, const Asked& asked) {
    auto& step = asked.step;
    const bool number = step.question->kind == Question::Kind::number;
    auto question = question_view(*asked.item, *step.question, step.answers, c.language());
    question["described"] = described_by(*step.question, step.refused);
    if (step.refused) question["given"] = step.sent;
    auto answered = answered_view(*asked.item, step.asked, step.answers, c.language());
    auto licence = licence_of_address(c);
    if (!licence.empty()) question["kept"].as_array().push_back(View{{"name", "licence"}, {"value", licence}});
    for (auto& line : answered) line.as_object()["change"] = with_licence(std::string(line.at("change").as_string()), licence);
    View view{{"question", std::move(question)},
              {"has_answers", !answered.empty()},
              {"answered", std::move(answered)},
              {"name_of_item", asked.shown->at("name")},
              {"at", step.number},
              {"left", step.left},
              {"back", with_licence(step.back, licence)}};
    if (step.refused) {
        view["error"] = !step.not_computed.empty() ? not_computed_words(step, c.language())
                                                   : web::words(c.language(), !number                ? "catalogue.error_choose"
                                                                              : step.question->whole ? "catalogue.error_whole_number"
                                                                                                     : "catalogue.error_number");
        view["error_at"] = number ? "answer" : "answer-1";
    }
    view["title"] = fmt::format("{}{} · {}", step.refused ? web::words(c.language(), "catalogue.error_prefix") : "",
                                step.question->label.in(c.language()), asked.item->name.in(c.language()));
    return c.page(step.refused ? 422 : 200, "catalogue/question", std::move(view), asked.shown);
}

Response result_page(const Parts& parts, Context& c, const Asked& asked) {
    auto& item = *asked.item;
    auto& answers = asked.step.answers;
    auto outcome = guide(item, asked.step.asked, answers, held_by(parts, c, item)).value();
    auto query = answers_query(asked.step.asked, answers);
    auto licence = licence_of_address(c);
    auto told = outcome_view(item, asked.step.asked, answers, outcome, c.language());
    for (auto& line : told["answers"].as_array())
        line.as_object()["change"] = with_licence(std::string(line.at("change").as_string()), licence);
    View view{{"outcome", std::move(told)},
              {"back", with_licence(asked.step.back, licence)},
              {"checked", known_applicant(c)},
              {"applicant", c.who().acting_for_name.empty() ? c.who().name : c.who().acting_for_name},
              {"may_help", identity::permits(c.who().roles, Act::help_applicant)},
              {"help", fmt::format("/window/help/new?item={}{}{}", item.item, query.empty() ? "" : "&", query)},
              {"start", with_licence(fmt::format("/cases/new?item={}{}{}", item.item, query.empty() ? "" : "&", query), licence)},
              {"notice", fmt::format("/items/{}/notice.pdf{}{}", item.item, query.empty() ? "" : "?", query)},
              {"share", fmt::format("/items/{}/guide{}{}", item.item, query.empty() ? "" : "?", query)},
              {"title", web::words(c.language(), "catalogue.result_title", {{"name", item.name.in(c.language())}})}};
    return c.page(200, "catalogue/result", std::move(view), asked.shown);
}

Response guidance(const Parts& parts, Context& c) {
    auto found = asked(parts, c);
    if (!found) return c.refused(404, "catalogue", "no_item");
    return found->step.question ? question_page(c, *found) : result_page(parts, c, *found);
}

// Where answers are missing, the way leads through the questions first.
Response notice(const Parts& parts, Context& c) {
    auto found = asked(parts, c);
    if (!found) return c.refused(404, "catalogue", "no_item");
    auto& item = *found->item;
    auto& answers = found->step.answers;
    auto outcome = guide(item, answers, held_by(parts, c, item));
    if (!outcome) return c.go(guide_path(item, answers));
    auto query = answers_query(item, answers);
    auto address = fmt::format("{}/items/{}/guide{}{}", c.site.public_address(), item.item, query.empty() ? "" : "?", query);
    auto made = one_time_notice(item, answers, *outcome, c.language(), c.today(), address);
    auto name = fmt::format("{}-{}.pdf", made.title, item.name.in(c.language()));
    return web::file("application/pdf", name, document::notice_pdf(made), false);
}

}  // namespace

void add_guidance_pages(identity::Routes& routes, const Parts& parts) {
    routes.get("/items/{item}/guide", Act::ask_guidance, [&parts](Context& c) { return guidance(parts, c); },
               {.from_memory = item_is_open(routes, parts)});
    // Drawing a PDF costs as much as a hundred pages, and anybody may ask for one.
    auto pdfs = std::make_shared<web::RateLimit>(std::max(30, parts.pdfs_per_minute / 4), parts.pdfs_per_minute);
    routes.get("/items/{item}/notice.pdf", Act::ask_guidance, [&parts](Context& c) { return notice(parts, c); }, {.rate = pdfs});
}

}  // namespace yimen::catalogue
