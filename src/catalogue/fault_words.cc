#include "catalogue/fault_words.h"

#include <fmt/args.h>

namespace yimen::catalogue {

namespace {

// The catalogue's sentences as its sources write them, in the order in which they are tried; {0} stands for what the first {} was.
// Where no English stands, theirs is right for everybody. A test holds the list to the sources.
struct Sentence {
    std::string_view message, zh, en;
};
constexpr Sentence sentences[] = {
    {"missing: write it as {{zh: …, en: …}}", "没有填写", "not filled in"},
    {"missing: write it, since item.yaml asks questions", "有引导问题，就要有决策表，请生成决策表",
     "there are guidance questions but no decision tables: make the tables"},
    {"missing: write it, since item.yaml has several situations", "有多个情形，就要有选择情形的决策表，请生成决策表",
     "there are several situations but no table that chooses one: make the tables"},
    {"missing: write it", "没有填写", "not filled in"},
    {"empty: write it", "没有填写", "not filled in"},
    {"must be a map of names and values", "内容的结构不对，请重新填写", "its structure is wrong: fill it in again"},
    {"unknown name; known here: {}", "不认识的名称，这里可用的有：{0}", ""},
    {"must be a list (\"- …\" lines)", "应为列表，请重新填写", "must be a list: fill it in again"},
    {"must be one text", "应为一段文字，请重新填写", "must be one text: fill it in again"},
    {"must be a whole number from {} to {}", "应为 {0} 至 {1} 的整数", ""},
    {"must be true or false", "应为是或否", ""},
    {"write it in both languages: {{zh: …, en: …}}", "请同时填写中文和英文", "write it in both languages"},
    {"must be an amount in yuan with at most two places, for example 12.50", "应为金额（元），最多两位小数，例如 12.50", ""},
    {"file type \"{}\" cannot be received; it may be pdf, png, jpeg", "不能接收 {0} 文件，可选 PDF、PNG、JPEG", ""},
    {"what is decided on the spot needs review_plan sole or examiner_verifier", "当场办结的情形，审查方案只能是独任或一审一核",
     "what is decided on the spot needs a sole officer, or one examiner and one verifier"},
    {"promised is longer than statutory: a promise may only be shorter", "承诺时限比法定时限长，承诺只能更短",
     "the promised time is longer than the statutory one: a promise may only be shorter"},
    {"must be the department's credit code, the level and the catalogue code, one after the other",
     "应依次为部门的统一社会信用代码、层级和基本编码；留空则自动组成", ""},
    {"must be a date such as 2026-01-01", "应为日期，例如 2026-01-01", ""},
    {"a question of kind choice needs two choices or more, and no other kind may have any", "单选题至少要有两个选项，其他题不能有选项", ""},
    {"\"{}\" is no kind of field; it may be {}", "“{0}”不是字段的类型，请重新选择", ""},
    {"\"{}\" is neither a type of licence (data/licences) nor a record (data/records.yaml): name person: or organisation: and one of "
     "these",
     "“{0}”既不是证照类型，也不是共享数据，请从列表中选择免于提交的来源",
     "“{0}” is neither a type of licence nor a shared record: choose one from the list"},
    {"at character {}: {}. Questions and fields that may be named: {}", "表达式的第 {0} 个字符：{1}", "the expression, character {0}: {1}"},
    {"only `valid` may ask for today's date: a form must read the same on every day", "只有校验条件可以使用今天的日期，请改写",
     "only checks may ask for today's date: a form must read the same on every day"},
    {"fields of kind choice and choices need choices, and no other kind may have any", "单选和多选字段要有选项，其他字段不能有选项", ""},
    {"low is above high: nothing could be entered", "最小值大于最大值，什么也填不进去", ""},
    {"locked without prefill could never be filled in: add prefill", "不能修改又不自动填写，就永远是空的，请选择自动填写来源",
     "not to be changed and not filled in by itself, it would stay empty: choose where it is filled in from"},
    {"only a text, number, money, date, yes_no or choice can be computed: change the kind or leave out value",
     "只有文字、数字、金额、日期、是或否、单选可以由公式算出，请改类型或删去公式",
     "only a text, number, amount, date, yes or no or one choice can be computed: change the kind or remove the formula"},
    {"computed and prefilled at once: leave out value or prefill", "不能既计算又自动填写，请删去其中一个",
     "computed and filled in from elsewhere at once: remove one of the two"},
    {"a field of kind table needs columns, and no other kind may have any", "表格字段要有列，其他字段不能有列，请编辑它的列",
     "a table needs columns, and no other kind may have any: edit its columns"},
    {"rows_low is above rows_high: no number of rows would do", "最少行数大于最多行数，请修改",
     "the least number of rows is above the largest"},
    {"a column is of a kind that is one short text: no table, address, files and the like",
     "列只能是一个短的字段，不能是表格、地址、文件等", ""},
    {"a form needs at least one section", "表单至少要有一节", ""},
    {"there is no question for prefill \"{}\"", "没有可供自动填写的引导问题“{0}”", ""},
    {"nothing can be prefilled from \"{}\"; it may be {}, answer.<question> or licence.<value>", "不能从“{0}”自动填写，请重新选择来源",
     "nothing can be filled in from \"{0}\": choose another source"},
    {"\"{}\" cannot fill in a field of this kind", "“{0}”不能填入这种类型的字段，请换一个来源或类型", ""},
    {"a field of this kind is never prefilled: leave out prefill", "这种类型的字段不能自动填写，请删去来源",
     "a field of this kind is never filled in by itself: remove the source"},
    {"\"{}\" has no answer \"{}\"; it has {}", "“{0}”没有答案“{1}”，只有：{2}", ""},
    {"\"{}\" is a question too: rename the field", "“{0}”也是引导问题的名称，请给字段改名", ""},
    {"a name is of letters, digits and \"_\": rename the field", "名称只能用字母、数字和下划线，请改名", ""},
    {"\"applicant\" stands for who applies, person or organisation: rename the field", "“applicant”表示由谁申请，请给字段改名", ""},
    {"a signature is given when handing in: put it into a section of declarations alone", "签名在提交时进行，请放到只有承诺和签名的一节里",
     ""},
    {"the field depends on itself ({}): break the ring in visible or value", "字段绕了一圈又依赖自己（{0}），请修改显示条件或公式",
     "the field depends on itself ({0}): change what shows or computes it"},
    {"a second field \"{}\": rename one", "有两个字段名称都是“{0}”，请改一个", ""},
    {"a second column \"{}\": rename one", "有两列名称都是“{0}”，请改一个", ""},
    {"a second section \"{}\": rename one", "有两节名称都是“{0}”，请改一个", ""},
    {"a second question \"{}\": rename one", "有两个问题名称都是“{0}”，请改一个", ""},
    {"a second situation \"{}\": rename one", "有两个情形名称都是“{0}”，请改一个", ""},
    {"a second material \"{}\": rename one", "有两份材料代码都是“{0}”，请改一个", ""},
    {"\"{}\" has a meaning of its own in addresses; choose another name", "“{0}”在网址中另有含义，请换一个名称", ""},
    {"\"{}\" must be small letters, digits and _, beginning with a letter", "“{0}”只能用小写字母、数字和下划线，并以字母开头", ""},
    {"situations: at least one is needed", "至少要有一个情形", "at least one situation is needed"},
    {"must be 12 digits: 00 (national list) or 31 (Shanghai list), item type (2), department (2), serial (3), sub-item (3)",
     "应为 12 位数字：00（国家目录）或 31（上海目录）、事项类型 2 位、部门 2 位、序号 3 位、子项 3 位", ""},
    {"its third and fourth digit are the item type: {} here, but item_type is {}", "第三、四位是事项类型：这里是 {0}，但事项类型选的是 {1}",
     "its third and fourth digit are the item type: {0} here, but {1} is chosen"},
    {"\"{}\" stands twice: remove one", "“{0}”重复了，请删去一个", ""},
    {"decided on the spot needs review_plan: sole or examiner_verifier", "当场办结的情形，审查方案只能是独任或一审一核",
     "decided on the spot needs a sole officer, or one examiner and one verifier"},
    {"a fee needs fee_basis: say which regulation allows it", "收费要有依据，请在“编码与办理方式”中填写收费依据",
     "a fee needs its basis: say under codes and channels which regulation allows it"},
    {"may hold small letters, digits and \"-\" only, at most 80", "只能用小写字母、数字和连字符，最多 80 个字符", ""},
    {"at least one is needed, so that it can be found by browsing", "至少要选一个，否则浏览时找不到", ""},
    {"at least one is needed", "至少要选一个", ""},
    {"say who may apply: [person], [organisation] or both", "请选择谁可以申请", "say who may apply"},
    {"write the everyday words people search by", "请填写大家平时搜索用的词", ""},
    {"say what it rests on", "请写明设定依据", ""},
    {"needs kiosk among the channels", "全程自助办理要有自助终端这个渠道", ""},
    {"\"{}\" happens to a licence, but none is named: add licence_type, or leave licence_effect out",
     "填写了对证照的效力（{0}），但没有填写证照类型，请填写证照类型",
     "its effect on a licence is given ({0}), but no type of licence: choose one"},
    {"there is no licence type \"{}\" in data/licences; there are {}", "没有证照类型“{0}”，可用的有：{1}",
     "there is no licence type \"{0}\"; there are {1}"},
    {"{} takes \"{}\" from the field \"{}\", which the form does not have: add the field, or mend {}",
     "证照类型 {0} 的“{1}”取自表单字段“{2}”，表单里没有这个字段，请补上，或换一个证照类型",
     "the licence type {0} takes \"{1}\" from the field \"{2}\", which the form does not have: add it, or choose another type"},
    {"{} takes \"{}\" from the question \"{}\", which is not asked: add the question, or mend {}",
     "证照类型 {0} 的“{1}”取自引导问题“{2}”，没有这个问题，请补上，或换一个证照类型",
     "the licence type {0} takes \"{1}\" from the question \"{2}\", which is not asked: add it, or choose another type"},
    {"{} ends with the field \"{}\", which is no date of the form: add it, or mend ends_with in {}",
     "证照类型 {0} 的有效期止于表单字段“{1}”，表单里没有这个日期字段，请补上，或换一个证照类型",
     "the licence type {0} ends with the field \"{1}\", which is no date of the form: add it, or choose another type"},
    {"the item is about no licence that the applicant holds: say so by licence_type and licence_effect in item.yaml",
     "这个事项不是就申请人已持有的证照办理的，不能从证照自动填写；请填写证照类型和对证照的效力",
     "the item is about no licence that the applicant holds: choose its type of licence and its effect"},
    {"{} says nothing of \"{}\"; see the values in {}", "证照类型 {0} 没有“{1}”这一项，不能从它自动填写",
     "the licence type {0} says nothing of \"{1}\": choose another source"},
    {"\"{}\" is unknown here; it may be {}", "“{0}”在这里不可用，可用的有：{1}", ""},
    {"too large: at most 256 KiB", "决策模型太大，发布时最大 256 KB", "the model is too large: at most 256 KB can be published"},
    {"too large: at most 200 inputs and decisions", "输入和决策太多，最多 200 个", ""},
    {"too many questions: at most 60", "引导问题太多，最多 60 个", ""},
    {"there is no question \"{}\" in item.yaml: name inputData as a question", "没有名为“{0}”的引导问题，请改正决策模型中的输入",
     "there is no question \"{0}\": name the model's input as a question"},
    {"a second inputData \"{}\": remove one", "决策模型有两个输入“{0}”，请删去一个", "the model has two inputs \"{0}\": remove one"},
    {"typeRef of \"{}\" must be {}, since item.yaml asks for that", "输入“{0}”的类型应为 {1}，与引导问题一致",
     "the input \"{0}\" must be of the type {1}, as the question is"},
    {"a second decision \"{}\": remove one", "有两个名为“{0}”的决策，请删去一个", ""},
    {"decision \"{}\" is used by nothing: name it {}, or require it", "决策“{0}”没有用处，请改名、引用或删去", ""},
    {"the item has several situations: write a decision table named \"situation\" that chooses one",
     "有多个情形，就要有名为 situation 的决策表来选择", ""},
    {"hitPolicy of materials must be COLLECT", "材料表的命中策略应为 COLLECT（所有符合的行都生效）",
     "the hit policy of materials must be COLLECT"},
    {"hitPolicy of {} must be FIRST or UNIQUE", "决策表“{0}”的命中策略应为 FIRST 或 UNIQUE",
     "the hit policy of {0} must be FIRST or UNIQUE"},
    {"materials needs two outputs, named material and need", "材料表要有 material 和 need 两个结果列", ""},
    {"{} needs one output", "决策表“{0}”只能有一个结果列", ""},
    {"too many rules: at most {} in a table", "行太多，一张表最多 {0} 行才能发布",
     "too many rows: at most {0} in a table can be published"},
    {"too many values in cells: at most {} of one input, and {} in all", "单元格中不同的值太多，一列最多 {0} 个，总共最多 {1} 个", ""},
    {"\"{}\" is answered with a {}: {} can never be its value", "“{0}”的答案是另一种类型，不可能是 {2}", ""},
    {"too many combinations of answers to follow: use fewer questions, or fewer rules that cut across each other",
     "答案的组合太多，算不过来，请减少问题，或减少互相交叉的行", ""},
    {"more than {} combinations of answers have to be tried, since inputs are expressions or other decisions: make inputs of questions by "
     "themselves",
     "要试的答案组合超过 {0} 个，因为输入列是表达式或其他决策，请让每一列只用一个问题", ""},
    {"the number \"{}\" may only be an input by itself, tested by constants (> 10, [0..5)): only fee and promised_days may be computed "
     "from "
     "it",
     "数字“{0}”只能单独作为一列，用常数比较（> 10、[0..5)）；只有收费（fee）和承诺天数（promised_days）可以由它算出", ""},
    {"for {} \"{}\" comes to {}: make it a number of nought or more for every answer",
     "答案为 {0} 时，“{1}”算出来是 {2}，请改写，使每个答案都得出不小于 0 的数", ""},
    {"\"{}\" takes too long to work out: make it simpler", "决策“{0}”计算太久，请简化", ""},
    {"question \"{}\" has no answers", "问题“{0}”没有可选的答案", ""},
    {"{}: {}: add one, or a last rule of \"-\" with hitPolicy FIRST", "决策表“{0}”：{1}，请补一行，或在最后加一行“-”",
     "table {0}: {1}; add a row for it, or a last row of \"-\""},
    {"{}: {}: tell them apart, or use hitPolicy FIRST", "决策表“{0}”：{1}，请区分开，或改用“第一个符合的行生效”",
     "table {0}: {1}; tell them apart, or let the first row that fits count"},
    {"{}: {}: remove it, or move it before the rules that take its answers", "决策表“{0}”：{1}，请删去，或移到包含它的行之前",
     "table {0}: {1}; remove it, or move it before the rows that take its answers"},
    {"some answers lead to no situation: add a last rule of \"-\"", "有的答案得不出情形，请在最后加一行“-”",
     "some answers lead to no situation: add a last row of \"-\""},
    {"{}: rule {} never counts: remove it, or move it before the rules that take its answers",
     "决策表“{0}”：第 {1} 行永远不会生效，请删去，或移到包含它的行之前",
     "table {0}: row {1} never counts; remove it, or move it before the rows that take its answers"},
    {"evaluated for {} this gives something else than its rules say: look at typeRef and inputValues",
     "答案为 {0} 时，算出的结果与各行所写的不一致，请检查输入的类型和可选值",
     "for {0} the model gives something else than its rows say: look at the inputs' types and allowed values"},
    {"question \"{}\" changes nothing: use it in a rule, or remove it from item.yaml",
     "问题“{0}”不影响任何结果，请在决策表中用到它，或删去这个问题",
     "the question \"{0}\" changes nothing: use it in a table, or remove it"},
    {"no answers lead to situation \"{}\": add a rule for it, or remove it from item.yaml",
     "没有答案会得出情形“{0}”，请为它补一行，或删去这个情形", "no answers lead to the situation \"{0}\": add a row for it, or remove it"},
    {"situation \"{}\" can be decided on the spot only with review_plan sole or examiner_verifier",
     "情形“{0}”当场办结，审查方案只能是独任或一审一核",
     "the situation \"{0}\" is decided on the spot, which needs a sole officer, or one examiner and one verifier"},
    {"{} days are promised for \"{}\", but the law allows {}: a promise may only be shorter",
     "情形“{1}”承诺 {0} 天，超过法定的 {2} 天，承诺只能更短", ""},
    {"material \"{}\" can never be needed: mend its rules, or remove it from item.yaml",
     "材料“{0}”永远不会需要，请修改决策表，或删去这份材料", "the material \"{0}\" can never be needed: change the tables, or remove it"},
    {"there is no situation {}: it may be {} (in double quotes)", "没有情形 {0}，可以写：{1}（放在英文双引号里）", ""},
    {"need cannot be {}: write \"needed\" or \"later\"", "需要程度不能是 {0}，请写 \"needed\"（需要）或 \"later\"（可以后补）", ""},
    {"there is no material {}: it may be {} (in double quotes)", "没有材料 {0}，可以写：{1}（放在英文双引号里）", ""},
    {"a fee cannot be {}: write an amount in yuan with at most two places", "收费不能是 {0}，请写金额（元），最多两位小数", ""},
    {"on_the_spot cannot be {}: write true or false", "当场办结不能是 {0}，请写 true（是）或 false（否）", ""},
    {"there is no review plan {}: it may be \"sole\", \"examiner_verifier\" or \"three_level\"",
     "没有审查方案 {0}，可以写 \"sole\"（独任）、\"examiner_verifier\"（一审一核）或 \"three_level\"（三级审批）", ""},
    {"promised_days cannot be {}: write a whole number of days up to 365", "承诺时限不能是 {0}，请写 365 以内的天数", ""},
};

// The pieces of a pattern between its {}; "{{" stands for one bracket.
std::vector<std::string> pieces_of(std::string_view pattern) {
    std::vector<std::string> pieces(1);
    for (size_t at = 0; at < pattern.size(); ++at) {
        auto two = pattern.substr(at, 2);
        if (two == "{}")
            pieces.emplace_back(), ++at;
        else if (two == "{{" || two == "}}")
            pieces.back() += pattern[at], ++at;
        else
            pieces.back() += pattern[at];
    }
    return pieces;
}

// What stood for each {}; nothing where the message is another sentence.
std::optional<std::vector<std::string>> match(const std::vector<std::string>& pieces, std::string_view message) {
    if (!message.starts_with(pieces.front())) return std::nullopt;
    std::vector<std::string> found;
    auto at = pieces.front().size();
    for (size_t piece = 1; piece < pieces.size(); ++piece) {
        bool last = piece + 1 == pieces.size();
        if (last && (message.size() < at + pieces[piece].size() || !message.ends_with(pieces[piece]))) return std::nullopt;
        auto next = last ? message.size() - pieces[piece].size() : message.find(pieces[piece], at);
        if (next == std::string_view::npos) return std::nullopt;
        found.emplace_back(message.substr(at, next - at));
        at = next + pieces[piece].size();
    }
    return at == message.size() ? std::optional(std::move(found)) : std::nullopt;
}

std::string filled(std::string_view sentence, const std::vector<std::string>& found) {
    fmt::dynamic_format_arg_store<fmt::format_context> args;
    for (auto& one : found) args.push_back(one);
    return fmt::vformat(sentence, args);
}

}  // namespace

Text fault_words(const std::string& message, const Said& said) {
    if (auto own = said.find(message); own != said.end()) return {own->second, message};
    for (auto& sentence : sentences) {
        auto found = match(pieces_of(sentence.message), message);
        if (!found) continue;
        auto chinese = *found;
        for (auto& part : chinese)
            if (auto known = said.find(part); known != said.end()) part = known->second;
        return {filled(sentence.zh, chinese), sentence.en.empty() ? message : filled(sentence.en, *found)};
    }
    return {fmt::format("这里有误，请检查（{}）", message), message};
}

std::pair<std::string, std::string> place_and_message(const std::string& told) {
    auto colon = told.find(": ");
    if (colon == std::string::npos) return {"", told};
    auto place = told.substr(0, colon);
    bool shaped =
        std::ranges::all_of(place, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '/' || c == '_' || c == '-'; });
    if (!shaped || place == "missing" || place == "empty" || told == "situations: at least one is needed") return {"", told};
    return {place, told.substr(colon + 2)};
}

Text placed_fault_words(const std::string& told) {
    auto [place, message] = place_and_message(told);
    auto words = fault_words(message, {});
    if (place.empty()) return words;
    return {fmt::format("{}：{}", place, words.zh), fmt::format("{}: {}", place, words.en)};
}

}  // namespace yimen::catalogue
