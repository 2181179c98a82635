#include "catalogue/pages_asking.h"

#include <charconv>

#include "base/text.h"
#include "catalogue/views.h"

namespace yimen::catalogue {

Filter filter_of(const web::Request& request) {
    Filter filter;
    filter.query = first_characters(trim(request.query.get("q")), 100);
    for (auto& dimension : dimensions()) {
        auto sent = request.query.get(dimension.name);
        if (!dimension.flag || sent == "yes") filter.*dimension.chosen = first_characters(sent, 100);
    }
    return filter;
}

size_t page_of(const web::Request& request) {
    auto text = request.query.get("page");
    unsigned page = 1;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
    return error == std::errc() && end == text.data() + text.size() ? std::clamp(page, 1u, 10'000u) : 1;
}

Answers answers_of(const web::Request& request) {
    Answers answers;
    for (auto& [name, value] : request.query) answers.emplace(name, value);
    return answers;
}

std::string not_computed_words(const GuideStep& step, Language language) {
    return web::words(language, fmt::format("catalogue.error_computed_{}", step.not_computed),
                      {{"questions", labels_of(step.from, language)}});
}

bool known_applicant(const identity::Context& c) { return c.who().person && !c.who().staff; }

Held held_by(const Parts& parts, const identity::Context& c, const ItemVersion& item) {
    if (!known_applicant(c)) return all_sources(item);
    return c.read([&](auto& tx) { return parts.held(tx, c.who(), item, c.today(), c.request.query.get("licence")); });
}

}  // namespace yimen::catalogue
