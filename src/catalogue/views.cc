#include "catalogue/views.h"

#include "base/text.h"
#include "catalogue/licence_types.h"
#include "catalogue/settling.h"
#include "catalogue/summary.h"
#include "catalogue/views_computed.h"

namespace yimen::catalogue {

namespace {

boost::json::array lines(const Text& text, Language language) {
    boost::json::array all;
    for (auto line : split(text.in(language), '\n'))
        if (!trim(line).empty()) all.emplace_back(trim(line));
    return all;
}

boost::json::array stretches(std::string_view text, std::string_view query) {
    boost::json::array all;
    for (auto& stretch : mark(text, query)) all.push_back(View{{"text", stretch.text}, {"marked", stretch.marked}});
    return all;
}

// In some outcomes another: what depends on answers.
bool ever(const ItemVersion& item, const Material& m, uint8_t need) {
    auto& outcomes = decisions_of(item).outcomes;
    auto place = static_cast<size_t>(&m - item.materials.data());
    return std::ranges::any_of(outcomes, [&](auto& o) { return o.needs[place] == need; });
}

View material_view(const ItemVersion& item, const Material& m, Language language) {
    return {{"code", m.code},
            {"name", m.name.in(language)},
            {"explanation", m.explanation.in(language)},
            {"format", m.format.in(language)},
            {"copies", m.copies},
            {"basis", m.legal_basis.in(language)},
            {"exempt", !m.exempt_source.empty()},
            {"exempt_because", m.exempt_because.in(language)},
            {"depends", ever(item, m, 0)},
            {"may_follow", ever(item, m, 2)}};
}

boost::json::array names(const ItemVersion& item, QuestionSet questions) {
    boost::json::array all;
    for (auto& name : names_of(item, questions)) all.emplace_back(name);
    return all;
}

View situation_view(const ItemVersion& item, const Situation& s, Language language) {
    auto computed = computed_in(item, s);
    return {{"name", s.name},
            {"title", s.title.in(language)},
            {"fee", fee_words(item, s, language)},
            {"fee_computed_from", names(item, computed.fee)},
            {"free", s.fee.value == 0 && !computed.fee},
            {"promised", promise_words(item, s, language)},
            {"promised_computed_from", names(item, computed.promised_days)},
            {"statutory", limit_words(s.statutory, language)},
            {"on_the_spot", s.on_the_spot}};
}

View summary_of_limits(const ItemVersion& item, Language language) {
    return {{"promised", promise_words(item, language)},
            {"statutory", span(
                              item.situations, language, [](auto& a, auto& b) { return a.statutory.days < b.statutory.days; },
                              [&](auto& s) { return limit_words(s.statutory, language); })},
            {"fee", fee_words(item, language)}};
}

template <class T, class Make>
boost::json::array each(const std::vector<T>& things, Make make) {
    boost::json::array all;
    for (auto& thing : things) all.push_back(make(thing));
    return all;
}

Text area_words(std::string_view area) {
    if (area == "region") return {"长三角通办", "Any window of the Yangtze Delta"};
    return area == "city" ? Text{"全市通办", "Any window of the city"} : Text{"全区通办", "Any window of the district"};
}

boost::json::array channels(const ItemVersion& item) {
    return each(item.channels, [](auto& channel) { return boost::json::value(channel); });
}

}  // namespace

std::string limit_words(const calendar::Limit& limit, Language language) {
    if (limit.days == 0) return language == Language::en ? "on the spot" : "当场办结";
    if (language == Language::zh) return fmt::format("{} {}", limit.days, limit.working_days ? "个工作日" : "日");
    return fmt::format("{} {}{}", limit.days, limit.working_days ? "working day" : "day", limit.days == 1 ? "" : "s");
}

std::string fee_words(Fen fee, Language language) {
    if (fee.value == 0) return language == Language::en ? "free" : "不收费";
    auto yuan = fee.value % 100 == 0 ? std::to_string(fee.value / 100) : yuan_text(fee);
    return language == Language::en ? yuan + " yuan" : yuan + " 元";
}

View card(const ItemSummary& item, Language language) {
    return {{"id", item.item},
            {"path", "/items/" + item.item},
            {"name", item.name.in(language)},
            {"summary", item.summary.in(language)},
            {"authority", item.authority().in(language)},
            {"department", item.department},
            {"department_path", "/departments/" + item.department},
            {"online", item.online()},
            {"at_kiosk", item.at_kiosk()},
            {"self_service", item.self_service},
            {"at_once", item.on_the_spot > 0}};
}

boost::json::array cards(const Items& items, Language language, size_t most) {
    boost::json::array all;
    for (auto& item : items)
        if (all.size() < most) all.push_back(card(*item, language));
    return all;
}

View item_view(const ItemVersion& item, Language language) {
    View view = card(summary_of(item), language);
    view["version"] = item.version;
    view["in_force_from"] = to_iso(item.from);
    view["task_code"] = item.task_code;
    view["catalogue_code"] = item.catalogue_code;
    view["item_type"] = item.item_type;
    view["for_whom"] = lines(item.for_whom, language);
    view["conditions"] = lines(item.conditions, language);
    view["result"] = item.result_name.in(language);
    view["term"] = term_words(item).in(language);
    for (auto [name, text] :
         {std::pair{"where", &item.where}, {"hours", &item.hours}, {"phone", &item.phone}, {"complaint", &item.complaint}})
        view[name] = text->in(language);
    view["applicants"] = each(item.applicants, [](auto& kind) { return boost::json::value(kind); });
    view["booking"] = item.booking;
    view["self_service"] = item.self_service;
    view["handle_area"] = item.handle_area;
    view["handle_area_words"] = area_words(item.handle_area).in(language);
    view["has_steps"] = !item.steps.empty();
    for (auto [name, text] : {std::pair{"fee_basis", &item.fee_basis},
                              {"quantity_limit", &item.quantity_limit},
                              {"special_procedure", &item.special_procedure}})
        view[name] = text->in(language);
    view["channels"] = channels(item);
    view["at_window"] = item.offered("window");
    view["at_kiosk"] = item.offered("kiosk");
    view["visits"] = item.visits;
    view["no_visit"] = item.visits == 0;
    view["acceptance_days"] = item.acceptance_days;
    view["limits"] = summary_of_limits(item, language);
    view["situations"] = each(item.situations, [&](auto& s) { return situation_view(item, s, language); });
    view["several_situations"] = item.situations.size() > 1;
    view["materials"] = each(item.materials, [&](auto& m) { return material_view(item, m, language); });
    view["questions"] = item.questions.size();
    view["has_questions"] = !item.questions.empty();
    view["material_count"] = item.materials.size();
    view["has_faqs"] = !item.faqs.empty();
    view["basis"] = each(item.legal_basis, [&](auto& b) {
        return View{{"title", b.title.in(language)}, {"article", b.article.in(language)}, {"text", b.text.in(language)}};
    });
    view["steps"] = each(item.steps, [&](auto& step) { return boost::json::value(step.in(language)); });
    view["faqs"] = each(item.faqs, [&](auto& faq) {
        return View{{"question", faq.question.in(language)}, {"answer", faq.answer.in(language)}};
    });
    return view;
}

View hit_view(const Hit& hit, std::string_view query, Language language) {
    View view = card(*hit.item, language);
    view["name_parts"] = stretches(hit.item->name.in(language), query);
    view["summary_parts"] = stretches(hit.item->summary.in(language), query);
    view["word"] = hit.word;
    view["word_parts"] = stretches(hit.word, query);
    return view;
}

}  // namespace yimen::catalogue
