#include "catalogue/item_rules.h"

#include "base/text.h"
#include "catalogue/read_rules.h"

namespace yimen::catalogue {

namespace {

// 十二 → 12; nothing where it is no number up to 999.
std::optional<int> chinese_number(std::string_view text) {
    static constexpr std::string_view digits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    int number = 0, digit = 0;
    while (!text.empty()) {
        auto sign = text.substr(0, std::min<size_t>(3, text.size()));
        text.remove_prefix(sign.size());
        if (auto found = std::ranges::find(digits, sign); found != std::end(digits)) {
            digit = static_cast<int>(found - std::begin(digits));
        } else if (sign == "十" || sign == "百") {
            number += (digit ? digit : 1) * (sign == "十" ? 10 : 100);
            digit = 0;
        } else {
            return std::nullopt;
        }
    }
    return number + digit;
}

// 第二十一条 → "art. 21"; anything else as it is.
std::string article_in_english(std::string_view article) {
    constexpr std::string_view before = "第", behind = "条";
    if (!article.starts_with(before) || !article.ends_with(behind) || article.size() <= before.size() + behind.size())
        return std::string(article);
    auto number = chinese_number(article.substr(before.size(), article.size() - before.size() - behind.size()));
    return number ? fmt::format("art. {}", *number) : std::string(article);
}

std::string_view without_brackets(std::string_view text) { return text.substr(0, text.find("（")); }

std::string_view without_english_brackets(std::string_view text) { return trim(text.substr(0, text.find('('))); }

std::shared_ptr<const Decisions> without_rules(const ItemVersion& item) {
    auto out = std::make_shared<Decisions>();
    for (auto& question : item.questions) {
        out->classes.push_back(AnswerClasses::of(question, {}));
        out->classes.back().merge(std::vector<int>(out->classes.back().count()));
    }
    Outcomes outcomes(item, *out);
    outcomes.leaf(item.situations.empty() ? std::nullopt : std::optional<size_t>(0), {}, std::vector<uint8_t>(item.materials.size(), 1));
    return out;
}

}  // namespace

Text because_of(const ItemVersion& item, const std::string& annotation) {
    if (annotation.empty()) return {};
    // "…条例第二十一条" is 《…条例》第二十一条.
    std::string_view law(annotation), article;
    if (auto at = law.find("第"); at != law.npos && at > 0) article = law.substr(at), law = law.substr(0, at);
    const bool bare = annotation.find("《") == annotation.npos;
    auto zh = bare ? fmt::format("《{}》{}", law, article) : annotation;
    auto in_english = [&](std::string_view title) {
        return article.empty() ? std::string(title) : fmt::format("{} {}", title, article_in_english(article));
    };
    for (auto& basis : item.legal_basis)
        if (without_brackets(basis.title.zh) == law) return {std::move(zh), in_english(without_english_brackets(basis.title.en))};
    for (auto& m : item.materials)
        if (m.legal_basis.zh == annotation) return {std::move(zh), m.legal_basis.en};
    return {zh, zh};
}

std::shared_ptr<const Decisions> compile_rules(const ItemVersion& item, std::string_view text, const std::string& file,
                                               std::vector<Fault>& faults) {
    const auto before = faults.size();
    for (auto& question : item.questions)
        if (AnswerClasses::of(question, {}).count() == 0)
            faults.push_back({file, 0, fmt::format("question \"{}\" has no answers", question.name)});
    if (faults.size() != before) return nullptr;
    if (text.empty()) return without_rules(item);
    auto read = read_rules(item, text, file, faults);
    // What is half read would only repeat the faults found so far.
    if (!read || faults.size() != before) return nullptr;
    auto out = std::make_shared<Decisions>();
    const bool made = plain(item, *read) ? follow_rules(item, *read, file, *out, faults) : try_answers(item, *read, file, *out, faults);
    if (!made) return nullptr;
    out->diagram.close();
    return out;
}

const Decisions& ItemRules::decisions(const ItemVersion& item) const {
    std::call_once(once_, [&] {
        std::vector<Fault> faults;
        decisions_ = compile_rules(item, text_, item.item + "/rules.dmn", faults);
        if (!decisions_) throw std::logic_error("an item with faults in its rules was let in: " + to_text(faults.front()));
    });
    return *decisions_;
}

const Decisions& decisions_of(const ItemVersion& item) {
    if (!item.rules) throw std::logic_error("an item version was not made by read_item: " + item.item);
    return item.rules->decisions(item);
}

}  // namespace yimen::catalogue
