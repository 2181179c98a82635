#include "catalogue/formula.h"

#include "catalogue/forms.h"

namespace yimen::catalogue {

namespace {

struct Token {
    enum class Kind { word, text, mark } kind;
    std::string text;
};

bool of_word(char c) { return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Enough of FEEL's words to see which names stand in it; whether it is well formed, its parser says.
std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    for (size_t at = 0; at < text.size();) {
        size_t end = at + 1;
        auto kind = Token::Kind::mark;
        if (text[at] == '"') {
            while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
            end = std::min(end, text.size());
            tokens.push_back({Token::Kind::text, std::string(text.substr(at + 1, end - at - 1))});
            at = end + 1;
            continue;
        }
        if (of_word(text[at])) {
            kind = Token::Kind::word;
            while (end < text.size() && of_word(text[end])) ++end;
        } else if (text.substr(at, 2) == "!=") {
            end = at + 2;
        }
        if (text[at] != ' ' && text[at] != '\n') tokens.push_back({kind, std::string(text.substr(at, end - at))});
        at = end;
    }
    return tokens;
}

bool is(const std::vector<Token>& tokens, size_t at, std::string_view mark) {
    return at < tokens.size() && tokens[at].kind != Token::Kind::text && tokens[at].text == mark;
}

// The texts that stand behind the name at `at`: `= "a"`, `!= "a"`, `in ("a", "b")`.
std::vector<std::string> texts_after(const std::vector<Token>& tokens, size_t at) {
    auto text_at = [&](size_t i) { return i < tokens.size() && tokens[i].kind == Token::Kind::text; };
    if (is(tokens, at + 1, "=") || is(tokens, at + 1, "!="))
        return text_at(at + 2) ? std::vector{tokens[at + 2].text} : std::vector<std::string>{};
    std::vector<std::string> texts;
    if (!is(tokens, at + 1, "in") || !is(tokens, at + 2, "(")) return texts;
    for (size_t i = at + 3; text_at(i); i += 2) {
        texts.push_back(tokens[i].text);
        if (!is(tokens, i + 1, ",")) break;
    }
    return texts;
}

}  // namespace

Result<Formula, rules::Fault> Formula::read(std::string_view text, const Names& names) {
    Formula formula;
    auto tokens = tokens_of(text);
    for (size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].kind != Token::Kind::word || (i > 0 && is(tokens, i - 1, "."))) continue;
        auto& word = tokens[i].text;
        formula.asks_the_clock_ = formula.asks_the_clock_ || ((word == "today" || word == "now") && is(tokens, i + 1, "("));
        if (!names.contains(word)) continue;
        if (std::ranges::find(formula.uses_, word) == formula.uses_.end()) formula.uses_.push_back(word);
        for (auto& one : texts_after(tokens, i)) formula.compared_.push_back({word, one});
    }
    auto expression = rules::Expression::read(text, formula.uses_);
    if (!expression) return refuse(expression.error());
    formula.expression_ = std::move(*expression);
    return formula;
}

rules::Value Formula::evaluate(const Lookup& look, Date today) const {
    std::vector<rules::Value> values;
    values.reserve(uses_.size());
    for (auto& name : uses_) values.push_back(look(name));
    // A form's expression is short: what needs more than this is a mistake, and nobody should wait for it.
    constexpr rules::Limits limits{.steps = 200'000, .bytes = 16 << 20, .text = 64 << 10, .notes = 1};
    return expression_.evaluate(values, {start_of_day(today), limits, false}).value;
}

std::optional<Text> wrong_with_formula(std::string_view text, const std::set<std::string, std::less<>>& names) {
    auto read = Formula::read(text, names);
    if (read) return std::nullopt;
    auto at = read.error().position + 1;
    return Text{fmt::format("第 {} 个字符：{}", at, read.error().zh), fmt::format("character {}: {}", at, read.error().en)};
}

}  // namespace yimen::catalogue
