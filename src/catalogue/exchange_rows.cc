#include "catalogue/exchange_rows.h"

#include "base/money.h"
#include "catalogue/settling.h"
#include "catalogue/views.h"

namespace yimen::catalogue {

namespace {

using Row = std::map<std::string_view, std::string>;

void add(ExchangeTable& table, const Row& row) {
    table.add_row();
    for (auto& column : table.columns()) {
        auto found = row.find(column);
        table.add_cell(found == row.end() ? std::string_view() : std::string_view(found->second));
    }
}

std::string yes(bool so) { return so ? "1" : "0"; }

template <class Things, class Words>
std::string lines(const Things& things, Words words) {
    std::string all;
    for (auto& thing : things) all += (all.empty() ? "" : "\n") + words(thing);
    return all;
}

std::string basis_line(const ItemVersion::Basis& basis) {
    std::string line = basis.title.zh;
    for (auto* part : {&basis.article.zh, &basis.text.zh})
        if (!part->empty()) line += " " + *part;
    return line;
}

// What is computed is at most what the law allows.
int most_promised(const ItemVersion& item, const Situation& situation) {
    return computed_in(item, situation).promised_days ? situation.statutory.days : situation.promised.days;
}

// The situation that stands for the item: a national row has one limit only. The longest promise, so that none is broken.
const Situation& slowest(const ItemVersion& item) {
    return *std::ranges::max_element(item.situations, {}, [&](auto& one) { return most_promised(item, one); });
}

bool takes_fee(const ItemVersion& item, const Situation& situation) { return situation.fee.value > 0 || computed_in(item, situation).fee; }

bool takes_fee(const ItemVersion& item) {
    return std::ranges::any_of(item.situations, [&](auto& one) { return takes_fee(item, one); });
}

// An amount, or in words what it is computed from.
std::string standard_of(const ItemVersion& item, const Situation& situation) {
    return computed_in(item, situation).fee ? fee_words(item, situation, Language::zh) : yuan_text(situation.fee);
}

std::string joined(std::initializer_list<std::pair<bool, std::string_view>> codes) {
    std::string all;
    for (auto& [there, code] : codes)
        if (there) all += (all.empty() ? "" : ",") + std::string(code);
    return all;
}

std::string topics(const ItemVersion& item, const std::vector<Theme>& themes) {
    std::string all;
    for (auto& name : item.themes) {
        auto theme = std::ranges::find(themes, name, &Theme::name);
        all += (all.empty() ? "" : ",") + (theme == themes.end() ? name : theme->title.zh);
    }
    return all;
}

std::string one_of(std::string_view word, std::initializer_list<std::pair<std::string_view, std::string_view>> codes) {
    for (auto& [name, code] : codes)
        if (name == word) return std::string(code);
    return "";
}

void add_basic(ExchangeTable& table, const ItemVersion& item) {
    auto& limit = slowest(item);
    add(table, {{"task_code", item.task_code},
                {"catalog_code", item.catalogue_code},
                {"task_name", item.name.zh},
                {"task_type", item.item_type},
                {"task_version", std::to_string(item.version)},
                {"task_state", "1"},
                {"use_level", item.task_code.substr(18, 1)},
                {"dept_code", item.authority_credit_code},
                {"dept_name", item.authority.zh},
                {"project_type", item.project_type},
                {"server_type", joined({{item.for_applicant("person"), "1"}, {item.for_applicant("organisation"), "2"}})},
                {"by_law", lines(item.legal_basis, basis_line)},
                {"accept_condition", item.conditions.zh},
                {"handle_flow", lines(item.steps, [](auto& step) { return step.zh; })},
                {"handle_type", joined({{item.offered("window"), "1"}, {item.online(), "2"}})},
                {"anticipate_day", std::to_string(limit.statutory.days)},
                {"anticipate_type", limit.statutory.working_days ? "1" : "2"},
                {"promise_day", std::to_string(most_promised(item, limit))},
                {"promise_type", limit.promised.working_days ? "1" : "2"},
                {"special_procedure", item.special_procedure.zh},
                {"limit_scene_num", std::to_string(item.visits)},
                {"is_fee", yes(takes_fee(item))},
                {"fee_basis", item.fee_basis.zh},
                {"transact_addr", item.where.zh},
                {"transact_time", item.hours.zh},
                {"link_way", item.phone.zh},
                {"supervise_way", item.complaint.zh},
                {"plan_effective_date", to_iso(item.from)}});
}

void add_extend(ExchangeTable& table, const ItemVersion& item, const std::vector<Theme>& themes) {
    const auto topic = topics(item, themes);
    add(table, {{"task_code", item.task_code},
                {"is_online", yes(item.online())},
                {"is_schedule", yes(item.booking)},
                {"is_service_terminals", yes(item.offered("kiosk"))},
                {"is_entry_center", yes(item.offered("window"))},
                {"handle_area", one_of(item.handle_area, {{"region", "2"}, {"city", "4"}, {"district", "5"}})},
                {"result_name", item.result_name.zh},
                {"user_topic_type", item.for_applicant("person") ? topic : ""},
                {"corp_topic_type", item.for_applicant("organisation") ? topic : ""},
                {"limit_explain", item.quantity_limit.zh}});
}

void add_materials(ExchangeTable& table, const ItemVersion& item) {
    int order = 0;
    for (auto& m : item.materials)
        add(table, {{"task_code", item.task_code},
                    {"row_guid", m.code},
                    {"material_name", m.name.zh},
                    {"material_type", one_of(m.kind, {{"original", "1"}, {"copy", "2"}, {"original_or_copy", "3"}})},
                    {"material_format", one_of(m.medium, {{"paper", "1"}, {"electronic", "2"}, {"either", "3"}})},
                    {"is_need", "1"},
                    {"source_type", one_of(m.source, {{"applicant", "10"}, {"government", "20"}, {"other", "99"}})},
                    {"source_explain", m.exempt_because.zh},
                    {"page_num", std::to_string(m.copies)},
                    {"page_format", m.format.zh},
                    {"fill_explain", m.explanation.zh},
                    {"by_law", m.legal_basis.zh},
                    {"order_num", std::to_string(++order)}});
}

void add_fees_and_questions(ExchangeTables& tables, const ItemVersion& item) {
    int order = 0;
    for (auto& s : item.situations)
        if (takes_fee(item, s))
            add(tables.fee, {{"task_code", item.task_code},
                             {"row_guid", s.name},
                             {"fee_name", s.title.zh},
                             {"fee_stand", standard_of(item, s)},
                             {"by_law", item.fee_basis.zh},
                             {"order_num", std::to_string(++order)}});
    order = 0;
    for (auto& faq : item.faqs)
        add(tables.questions, {{"task_code", item.task_code},
                               {"question", faq.question.zh},
                               {"answer", faq.answer.zh},
                               {"order_num", std::to_string(++order)}});
}

// As spreadsheets count: two for a character beyond the first 65,536.
std::vector<std::string_view> parts_of(std::string_view text) {
    std::vector<std::string_view> parts;
    size_t begin = 0, units = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0) == 0x80) continue;
        const size_t more = byte >= 0xF0 ? 2 : 1;
        if (units + more > characters_in_a_part) {
            parts.push_back(text.substr(begin, i - begin));
            begin = i;
            units = 0;
        }
        units += more;
    }
    parts.push_back(text.substr(begin));
    return parts;
}

}  // namespace

size_t parts_needed(std::string_view content) { return parts_of(content).size(); }

void add_rows(ExchangeTables& tables, const ItemVersion& item, std::string_view content, const std::vector<Theme>& themes) {
    add_basic(tables.basic, item);
    add_extend(tables.extend, item, themes);
    add_materials(tables.material, item);
    add_fees_and_questions(tables, item);
    const auto parts = parts_of(content);
    tables.item.widen("json_", parts.size());
    tables.item.add_row();
    tables.item.add_cell(item.task_code);
    for (auto part : parts) tables.item.add_cell(part);
}

}  // namespace yimen::catalogue
