#include "catalogue/exchange_national.h"

#include "base/codes.h"
#include "base/money.h"
#include "base/text.h"
#include "catalogue/decimal.h"

namespace yimen::catalogue {

namespace {

namespace json = boost::json;

json::object words(const std::string& text) { return {{"zh", text}, {"en", text}}; }

// The lists write 无 where there is nothing.
std::string or_nothing(std::string text) { return text == "无" || text == "否" || text == "0" ? std::string() : text; }

json::array lines_of(const std::string& text, const std::function<json::value(const std::string&)>& made) {
    json::array all;
    for (auto line : split(text, '\n'))
        if (auto plain = trim(line); !plain.empty()) all.push_back(made(std::string(plain)));
    return all;
}

constexpr std::pair<std::string_view, std::string_view> served[] = {{"1", "自然人"},   {"2", "企业法人"}, {"3", "事业法人"},
                                                                    {"4", "社会组织"}, {"5", "行政机关"}, {"6", "其他组织"}};

// 服务对象: who may apply, and in words.
void put_applicants(json::object& item, const ExchangeRow& basic) {
    bool person = false, organisation = false;
    std::string whom;
    for (auto& code : basic.codes("server_type")) {
        auto found = std::ranges::find_if(served, [&](auto& one) { return one.first == code || one.second == code; });
        if (found == std::end(served)) {
            basic.fault("server_type", told("“{}”不是本列的代码：应为 1 至 6，用逗号分开",
                                            "\"{}\" is no code of this column: 1 to 6, with commas between", first_characters(code, 20)));
            continue;
        }
        (found->first == "1" ? person : organisation) = true;
        whom += (whom.empty() ? "" : "、") + std::string(found->second);
    }
    if (whom.empty()) basic.needed("server_type");
    json::array applicants;
    if (person) applicants.emplace_back("person");
    if (organisation) applicants.emplace_back("organisation");
    item["applicants"] = std::move(applicants);
    item["for_whom"] = words(whom);
}

void put_themes(json::object& item, const NationalRows& rows, const std::vector<Theme>& themes) {
    json::array found;
    if (rows.extend)
        for (auto column : {"user_topic_type", "corp_topic_type"})
            for (auto& topic : rows.extend->codes(column))
                if (auto theme = theme_for(topic, themes); theme && std::ranges::find(found, json::value(*theme)) == found.end())
                    found.emplace_back(*theme);
    const auto& applicants = item.at("applicants").as_array();
    if (found.empty()) found.emplace_back(!applicants.empty() && applicants.front() == "person" ? "living" : "open-business");
    item["themes"] = std::move(found);
}

void put_channels(json::object& item, const NationalRows& rows) {
    const auto forms = rows.basic.codes("handle_type");
    auto among = [&](std::string_view code) { return std::ranges::find(forms, code) != forms.end(); };
    const bool online = rows.extend ? rows.extend->yes("is_online", among("2")) : among("2");
    const bool kiosk = rows.extend && rows.extend->yes("is_service_terminals", false);
    json::array channels;
    if (online) channels.emplace_back("online");
    if (among("1") || !(online || kiosk)) channels.emplace_back("window");
    if (kiosk) channels.emplace_back("kiosk");
    item["channels"] = std::move(channels);
    item["booking"] = !rows.extend || rows.extend->yes("is_schedule", true);
    if (rows.extend)
        item["handle_area"] = rows.extend->code(
            "handle_area", {{"1", "region"}, {"2", "region"}, {"3", "city"}, {"4", "city"}, {"5", "district"}, {"6", "district"}},
            "district");
}

json::object limit(const ExchangeRow& basic, std::string_view days, std::string_view type) {
    return {{"days", basic.needed_number(days, 0, 365)},
            {"working_days", basic.code(type, {{"1", "working"}, {"2", "calendar"}, {"工作日", "working"}, {"自然日", "calendar"}},
                                        "working") == "working"}};
}

// A standard that is one amount can be charged; any other is told in words.
std::optional<std::string> amount(std::string_view standard) {
    if (standard.ends_with("元")) standard.remove_suffix(std::string_view("元").size());
    auto millionths = parse_decimal(trim(standard));
    if (!millionths || *millionths < 0 || *millionths % 10'000) return std::nullopt;
    return yuan_text({*millionths / 10'000});
}

// Gives the fee of the one situation, and puts why and how much in words.
std::string put_fee(json::object& item, const NationalRows& rows) {
    auto basis = or_nothing(rows.basic.text("fee_basis"));
    std::string fee = "0";
    for (auto& row : rows.fees) {
        const auto name = row.needed("fee_name"), standard = row.needed("fee_stand");
        auto sum = amount(standard);
        if (sum && rows.fees.size() == 1)
            fee = *sum;
        else
            basis += fmt::format("{}{}：{}", basis.empty() ? "" : "\n", name, standard);
        if (auto law = row.text("by_law"); basis.empty()) basis = law.empty() ? name : law;
    }
    if (!basis.empty()) item["fee_basis"] = words(basis);
    return fee;
}

void put_situation(json::object& item, const NationalRows& rows) {
    auto promised = limit(rows.basic, "promise_day", "promise_type"), statutory = limit(rows.basic, "anticipate_day", "anticipate_type");
    if (promised.at("working_days") == statutory.at("working_days") && promised.at("days").as_int64() > statutory.at("days").as_int64())
        rows.basic.fault("promise_day", {"比 anticipate_day 长：承诺时限不得超过法定时限",
                                         "is longer than anticipate_day: a promise may only be shorter than the statutory limit"});
    const auto type = rows.basic.code("project_type", {{"1", "1"}, {"2", "2"}, {"9", "9"}}, "2");
    item["project_type"] = type;
    item["situations"] = json::array{json::object{{"name", "general"},
                                                  {"title", {{"zh", "一般情形"}, {"en", "General case"}}},
                                                  {"fee", put_fee(item, rows)},
                                                  {"promised", std::move(promised)},
                                                  {"statutory", std::move(statutory)},
                                                  {"on_the_spot", type == "1"},
                                                  {"review_plan", type == "1" ? "examiner_verifier" : "three_level"}}};
}

// As addresses and forms can hold it; otherwise one is made from the place in the list.
std::string material_code(const ExchangeRow& row, size_t place) {
    auto code = row.text("row_guid");
    const bool fits = !code.empty() && code.size() <= 80 &&
                      std::ranges::all_of(code, [](unsigned char c) { return c < 0x80 && (std::isalnum(c) || c == '-' || c == '_'); });
    return fits ? code : fmt::format("material-{}", place);
}

json::object material_from(const ExchangeRow& row, size_t place) {
    json::object m{{"code", material_code(row, place)}};
    const auto name = row.needed("material_name");
    m["name"] = words(name);
    auto explanation = or_nothing(row.text("fill_explain"));
    if (explanation.empty()) explanation = row.text("accept_stand");
    // 3: may be left out at first and supplied later (容缺).
    if (row.code("is_need", {{"1", "needed"}, {"2", "optional"}, {"3", "later"}}, "needed") == "later") explanation += "（可容缺后补）";
    m["explanation"] = words(explanation.empty() ? name : explanation);
    m["kind"] = row.code("material_type", {{"1", "original"}, {"2", "copy"}, {"3", "original_or_copy"}, {"4", "original_or_copy"}},
                         "original_or_copy");
    m["medium"] = row.code("material_format", {{"1", "paper"}, {"2", "electronic"}, {"3", "either"}}, "either");
    m["source"] = row.code(
        "source_type",
        {{"1", "applicant"}, {"2", "government"}, {"3", "other"}, {"10", "applicant"}, {"20", "government"}, {"99", "other"}}, "applicant");
    m["copies"] = std::max<int64_t>(1, row.number("page_num", 0, 20, 1));
    if (auto format = or_nothing(row.text("page_format")); !format.empty()) m["format"] = words(format);
    if (auto law = or_nothing(row.text("by_law")); !law.empty()) m["legal_basis"] = words(law);
    return m;
}

json::array materials_from(const NationalRows& rows) {
    json::array all;
    std::set<std::string> codes;
    for (auto& row : rows.materials) {
        // 2: not needed at all. Whoever applies is asked for nothing that is not needed.
        if (row.text("is_need") == "2") continue;
        auto material = material_from(row, all.size() + 1);
        if (!codes.emplace(material.at("code").as_string()).second)
            row.fault("row_guid", {"在本事项的材料中重复：请各用一个", "stands twice among the materials of this item: give each its own"});
        all.push_back(std::move(material));
    }
    return all;
}

void put_codes(json::object& item, const ExchangeRow& basic, Date today) {
    const auto task_code = basic.needed("task_code"), catalogue_code = basic.needed("catalog_code"), department = basic.needed("dept_code");
    if (auto code = TaskCode::parse(task_code); !code)
        basic.fault("task_code", {describe(code.error(), Language::zh), describe(code.error(), Language::en)});
    else if (!task_code.starts_with(department))
        basic.fault("task_code", {"应以 dept_code（实施机关的信用代码）开头", "must begin with dept_code, the credit code of who decides"});
    else if (!task_code.ends_with(catalogue_code))
        basic.fault("task_code", {"应以 catalog_code 结尾", "must end with catalog_code"});
    else if (auto level = basic.text("use_level"); !level.empty() && level != task_code.substr(18, 1))
        basic.fault("use_level", told("是“{}”，而 task_code 第 19 位是 {}：请改正其一",
                                      "is \"{}\", but task_code says {} at its 19th place: correct one of them",
                                      first_characters(level, 20), task_code[18]));
    if (auto state = basic.text("task_state"); !state.empty() && state != "1")
        basic.fault("task_state", {"只能导入在用（1）的事项：请删去这一行；事项仍在提供的，请停办",
                                   "only items in use (1) can be imported: take the row out, and withdraw the item where it is on offer"});
    item["version"] = basic.number("task_version", 1, 9999, 1);
    item["from"] = to_iso(basic.date("plan_effective_date").value_or(today));
    item["task_code"] = task_code;
    item["catalogue_code"] = catalogue_code;
    item["item_type"] = basic.needed("task_type");
}

}  // namespace

json::object item_from(const NationalRows& rows, const std::string& name, const std::vector<Theme>& themes, Date today) {
    auto& basic = rows.basic;
    json::object item{{"item", name}};
    put_codes(item, basic, today);
    const auto title = basic.needed("task_name");
    item["name"] = words(title);
    item["summary"] = words(title);
    item["words"] = json::array{json::value(title)};
    put_applicants(item, basic);
    put_themes(item, rows, themes);
    put_channels(item, rows);
    item["visits"] = basic.number("limit_scene_num", 0, 10, 1);
    item["conditions"] = words(basic.needed("accept_condition"));
    auto result = rows.extend ? or_nothing(rows.extend->text("result_name")) : std::string();
    item["result_name"] = words(result.empty() ? "办理结果" : result);
    item["legal_basis"] = lines_of(basic.needed("by_law"), [](auto& line) { return json::object{{"title", words(line)}}; });
    item["steps"] = lines_of(basic.text("handle_flow"), [](auto& line) { return words(line); });
    for (auto& [key, column] :
         {std::pair{"where", "transact_addr"}, {"hours", "transact_time"}, {"phone", "link_way"}, {"complaint", "supervise_way"}})
        item[key] = words(basic.needed(column));
    if (auto special = or_nothing(basic.text("special_procedure")); !special.empty()) item["special_procedure"] = words(special);
    if (auto most = rows.extend ? or_nothing(rows.extend->text("limit_explain")) : ""; !most.empty()) item["quantity_limit"] = words(most);
    put_situation(item, rows);
    item["materials"] = materials_from(rows);
    json::array faqs;
    for (auto& row : rows.questions)
        faqs.push_back(json::object{{"question", words(row.needed("question"))}, {"answer", words(row.needed("answer"))}});
    item["faqs"] = std::move(faqs);
    return item;
}

json::object department_from(const ExchangeRow& basic) {
    const auto code = basic.needed("dept_code");
    if (auto parsed = CreditCode::parse(code); !code.empty() && !parsed)
        basic.fault("dept_code", {describe(parsed.error(), Language::zh), describe(parsed.error(), Language::en)});
    auto name = basic.text("dept_name");
    if (name.empty())
        basic.fault("dept_name",
                    {"还没有使用这个 dept_code 的部门：请填写部门名称", "no department with this dept_code is known yet: write its name"});
    return {{"department", "d-" + lower_ascii(code)}, {"name", words(name)}, {"credit_code", code}};
}

}  // namespace yimen::catalogue
