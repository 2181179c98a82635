#include "catalogue/api.h"

#include "catalogue/pages_asking.h"
#include "catalogue/published.h"
#include "catalogue/views.h"
#include "catalogue/views_figures.h"
#include "web/limits.h"

namespace yimen::catalogue {

namespace {

using identity::Act;
using identity::Context;
using web::Response;

constexpr size_t most_suggestions = 8;

Response too_many(const Context& c) {
    auto refused = c.refused(429, "catalogue", "too_many_searches");
    refused.header("Retry-After", "30");
    return refused;
}

Response list(const Parts& parts, web::RateLimit& limit, Context& c) {
    auto filter = filter_of(c.request);
    if (!filter.query.empty() && !limit.allow(c.request.client, c.now())) return too_many(c);
    auto shelf = parts.catalogue.shelf(c.today());
    auto found = look_for(*shelf, filter);
    const size_t from = std::min((page_of(c.request) - 1) * results_a_page, found.hits.size());
    const size_t to = std::min(from + results_a_page, found.hits.size());
    boost::json::array items;
    for (size_t i = from; i < to; ++i) items.push_back(card(*found.hits[i].item, c.language()));
    View answer{{"items", std::move(items)}, {"count", found.hits.size()}, {"page", from / results_a_page + 1}};
    answer["facets"] = facets_view(*shelf, found, c.language());
    if (!found.suggestion.empty()) answer["did_you_mean"] = found.suggestion;
    return web::json(200, answer);
}

Response item(const Parts& parts, Context& c) {
    auto known = parts.catalogue.open(c.request.param("item"), c.today());
    return known ? web::json(200, known->views.in(c.language())) : c.refused(404, "catalogue", "no_item");
}

Response figures(const Parts& parts, Context& c) { return web::json(200, figures_answer(*parts.catalogue.shelf(c.today()), c.language())); }

// What cannot be an answer is named, all at once; a question without an answer comes next.
boost::json::array impossible(const ItemVersion& item, const Answers& sent, const GuideStep& step) {
    boost::json::array names;
    for (auto& question : item.questions)
        if (sent.contains(question.name) && !step.answers.contains(question.name)) names.emplace_back(question.name);
    return names;
}

View next_of(const ItemVersion& item, const GuideStep& step, Language language) {
    auto view = question_view(item, *step.question, step.answers, language);
    view["kind"] = step.question->kind == Question::Kind::choice   ? "choice"
                   : step.question->kind == Question::Kind::number ? "number"
                                                                   : "yes_no";
    for (auto* of_the_form : {"number", "kept", "given"}) view.erase(of_the_form);
    for (auto& choice : view["choices"].as_array())
        for (auto* of_the_form : {"at", "chosen"}) choice.as_object().erase(of_the_form);
    return view;
}

Response guidance(const Parts& parts, Context& c) {
    auto item = parts.catalogue.in_force(c.request.param("item"), c.today());
    if (!item) return c.refused(404, "catalogue", "no_item");
    auto sent = answers_of(c.request);
    auto step = guide_step(*item, sent, {}, {});
    if (auto names = impossible(*item, sent, step); !names.empty())
        return web::problem(422, "impossible_answers", web::words(c.language(), "catalogue.error_impossible_answers"),
                            {{"questions", std::move(names)}});
    if (!step.not_computed.empty()) {
        boost::json::array names;
        for (auto* question : step.from) names.emplace_back(question->name);
        return web::problem(422, "impossible_answers", not_computed_words(step, c.language()), {{"questions", std::move(names)}});
    }
    View answer{{"item", item->item},
                {"version", item->version},
                {"answers", answered_view(*item, step.answers, c.language())},
                {"left", step.left},
                {"next", nullptr},
                {"outcome", nullptr},
                {"page", guide_path(*item, step.answers)}};
    if (step.question) {
        answer["next"] = next_of(*item, step, c.language());
    } else {
        auto outcome = outcome_view(*item, step.answers, guide(*item, step.answers, held_by(parts, c, *item)).value(), c.language());
        outcome.erase("answers");
        answer["outcome"] = std::move(outcome);
    }
    return web::json(200, answer);
}

Response suggest(const Parts& parts, web::RateLimit& limit, Context& c) {
    if (!limit.allow(c.request.client, c.now())) return too_many(c);
    auto shelf = parts.catalogue.shelf(c.today());
    boost::json::array suggestions;
    for (auto& hit : shelf->index.search(c.request.query.get("q"), most_suggestions))
        suggestions.push_back(View{{"name", hit.item->name.in(c.language())},
                                   {"path", "/items/" + hit.item->item},
                                   {"authority", hit.item->authority().in(c.language())},
                                   {"word", hit.word}});
    return web::json(200, View{{"suggestions", std::move(suggestions)}});
}

}  // namespace

void add_api(identity::Routes& routes, const Parts& parts) {
    auto limit = std::make_shared<web::RateLimit>(std::max(60, parts.searches_per_minute / 4), parts.searches_per_minute);
    auto typing = std::make_shared<web::RateLimit>(std::max(120, parts.searches_per_minute), 3.0 * parts.searches_per_minute);
    routes.get("/api/items", Act::browse, [&parts, limit](Context& c) { return list(parts, *limit, c); });
    routes.get("/api/items/{item}", Act::browse, [&parts](Context& c) { return item(parts, c); });
    routes.get("/api/items/{item}/guidance", Act::ask_guidance, [&parts](Context& c) { return guidance(parts, c); });
    routes.get("/api/catalogue/figures", Act::browse, [&parts](Context& c) { return figures(parts, c); });
    routes.get("/api/suggest", Act::browse, [&parts, typing](Context& c) { return suggest(parts, *typing, c); });
}

}  // namespace yimen::catalogue
