#include "catalogue/exchange_columns.h"

#include "base/text.h"

namespace yimen::catalogue {

namespace {

std::vector<std::string> columns(std::string_view names) {
    std::vector<std::string> all;
    for (auto name : split(names, ' ')) all.emplace_back(name);
    return all;
}

}  // namespace

ExchangeTables::ExchangeTables()
    : basic(
          "up_task_general_basic",
          columns("task_code catalog_code task_name task_type task_version task_state use_level power_source dept_code dept_name dept_type "
                  "entrust_name project_type server_type by_law accept_condition handle_flow handle_type anticipate_day anticipate_type "
                  "anticipate_explain promise_day promise_type promise_explain special_procedure limit_scene_num is_fee fee_basis "
                  "transact_addr transact_time link_way supervise_way plan_effective_date plan_cancel_date link_addr mobile_terminal_url")),
      extend(
          "up_task_general_extend",
          columns("task_code is_online online_handle_depth is_schedule is_service_terminals is_express is_pay_online is_entry_center "
                  "handle_area result_name result_type result_guid user_topic_type corp_topic_type service_type other_dept limit_explain "
                  "town_code village_code")),
      material("up_task_general_material",
               columns("task_code row_guid material_name material_type material_format is_need source_type source_explain page_num "
                       "page_format form_guid example_guid fill_explain by_law accept_stand order_num")),
      fee("up_task_general_fee_project", columns("task_code row_guid fee_name fee_stand by_law is_desc desc_explain order_num")),
      questions("up_task_general_questions", columns("task_code row_guid question answer order_num")),
      item("yimen_item", columns("task_code json_1")) {}

ExchangeTable* ExchangeTables::named(std::string_view name) {
    for (auto* table : all())
        if (table->name() == name) return table;
    return nullptr;
}

const std::vector<std::string_view>& needed_columns(std::string_view table) {
    static const std::map<std::string_view, std::vector<std::string_view>> needed{
        {"up_task_general_basic",
         {"task_code", "catalog_code", "task_name", "task_type", "dept_code", "project_type", "server_type", "by_law", "accept_condition",
          "anticipate_day", "promise_day", "transact_addr", "transact_time", "link_way", "supervise_way"}},
        {"up_task_general_extend", {"task_code"}},
        {"up_task_general_material", {"task_code", "material_name"}},
        {"up_task_general_fee_project", {"task_code", "fee_name", "fee_stand"}},
        {"up_task_general_questions", {"task_code", "question", "answer"}},
        {"yimen_item", {"task_code", "json_1"}}};
    return needed.at(table);
}

std::vector<ExchangeFault> missing_columns(const ExchangeTables& tables) {
    std::vector<ExchangeFault> faults;
    for (auto* table : tables.all())
        for (auto name : needed_columns(table->name()))
            if (!table->column(name))
                faults.push_back({table->name(),
                                  1,
                                  std::string(name),
                                  {"缺少这一列：请添加，列名须完全一致", "this column is missing: add it, named exactly so"}});
    return faults;
}

}  // namespace yimen::catalogue
