#include "catalogue/pages_notice.h"

#include "catalogue/views.h"
#include "web/templates.h"

namespace yimen::catalogue {

namespace {

using document::Notice;

std::string in_words(Language language, std::string_view key) { return web::words(language, fmt::format("catalogue.{}", key)); }

std::string text(const View& view, std::string_view key) { return std::string(view.at(key).as_string()); }

Notice::Block heading(Language language, std::string_view key) {
    Notice::Block block;
    block.heading = in_words(language, key);
    return block;
}

Notice::Block facts(const ItemVersion& item, const View& outcome, Language language) {
    Notice::Block block;
    auto add = [&](std::string_view key, std::string value) {
        if (!value.empty()) block.facts.emplace_back(in_words(language, key), std::move(value));
    };
    add("notice_item", item.name.in(language));
    add("task_code", item.task_code);
    add("situation", text(outcome, "title"));
    add("promised", text(outcome, "promised"));
    add("statutory", text(outcome, "statutory"));
    add("fee", text(outcome, "fee"));
    add("result", item.result_name.in(language));
    add("where", item.where.in(language));
    add("hours", item.hours.in(language));
    add("phone", item.phone.in(language));
    return block;
}

Notice::Block answers(const View& outcome) {
    Notice::Block block;
    for (auto& one : outcome.at("answers").as_array())
        block.facts.emplace_back(text(one.as_object(), "label"), text(one.as_object(), "answer"));
    return block;
}

Notice::Block materials(const View& outcome, std::string_view group, Language language) {
    Notice::Table table;
    table.heads = {in_words(language, "number_head"), in_words(language, "material"),
                   in_words(language, group == "exempt" ? "why_exempt" : "how_to_prepare")};
    table.widths = {10, 46, 69};
    for (auto& one : outcome.at(group).as_array()) {
        auto& m = one.as_object();
        auto said = group == "exempt" ? text(m, "because") : fmt::format("{}\n{}", text(m, "explanation"), text(m, "format"));
        if (group == "later") said += "\n" + text(m, "because");
        table.rows.push_back({fmt::format("{}", m.at("number").to_number<int>()), text(m, "name"), std::move(said)});
    }
    Notice::Block block;
    block.table = std::move(table);
    return block;
}

// Each law once, with the articles that count.
std::string basis(const ItemVersion& item, Language language) {
    const bool english = language == Language::en;
    std::string all, law;
    for (auto& one : item.legal_basis) {
        auto& title = one.title.in(language);
        auto& article = one.article.in(language);
        const bool same = !law.empty() && title == law;
        if (!same) all += fmt::format("{}{}", all.empty() ? "" : english ? "; " : "；", title);
        if (!article.empty()) all += fmt::format("{}{}", same && !english ? "、" : english ? ", " : "", article);
        law = title;
    }
    return all;
}

void add_materials(Notice& notice, const View& outcome) {
    for (auto [group, key] : {std::pair{"needed", "needed_heading"}, {"later", "later_heading"}, {"exempt", "exempt_heading"}}) {
        if (outcome.at(group).as_array().empty()) continue;
        notice.blocks.push_back(heading(notice.language, key));
        notice.blocks.push_back(materials(outcome, group, notice.language));
    }
}

}  // namespace

document::Notice one_time_notice(const ItemVersion& item, const Answers& given, const Outcome& outcome, Language language, Date today,
                                 const std::string& address) {
    Notice notice;
    notice.language = language;
    notice.authority = item.authority.in(language);
    notice.title = in_words(language, "notice_title");
    auto view = outcome_view(item, given, outcome, language);
    notice.blocks.push_back(facts(item, view, language));
    add_materials(notice, view);
    if (!view.at("answers").as_array().empty()) {
        notice.blocks.push_back(heading(language, "your_answers"));
        notice.blocks.push_back(answers(view));
    }
    notice.place_and_date = for_people(today, language);
    notice.qr = address;
    notice.qr_caption = in_words(language, "notice_qr");
    notice.footer = {in_words(language, "notice_footer"), in_words(language, "notice_exempt_footer")};
    if (!item.legal_basis.empty())
        notice.footer.push_back(in_words(language, "basis") + (language == Language::en ? ": " : "：") + basis(item, language));
    return notice;
}

}  // namespace yimen::catalogue
