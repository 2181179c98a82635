#include "editing/importing.h"

#include <boost/json.hpp>

#include "catalogue/exchange_columns.h"
#include "editing/store_imports.h"

// Handing in a list, confirming its trial, dropping it.
namespace yimen::editing {

namespace {

void record(Desk& desk, const Import& import, std::string_view act, json::object after) {
    after["state"] = name(import.state);
    ledger::record(desk.tx, {import.division,
                             "item_import",
                             {import.id.value},
                             desk.actor,
                             std::string(act),
                             desk.now,
                             nullptr,
                             std::move(after),
                             digest(import)});
}

bool named_as_table(std::string_view name) {
    catalogue::ExchangeTables tables;
    return name.ends_with(".csv") && tables.named(name.substr(0, name.size() - 4));
}

}  // namespace

std::string_view name(ImportState state) {
    constexpr std::string_view names[] = {"waiting",    "trying",    "faulty",   "ready",   "confirmed",
                                          "publishing", "published", "outdated", "dropped", "failed"};
    return names[static_cast<int>(state)];
}

std::optional<catalogue::Text> wrong_with_file(std::string_view file, int64_t size, std::string_view first, size_t files) {
    using catalogue::told;
    const bool workbook = file.ends_with(".xlsx");
    if (!workbook && !named_as_table(file))
        return told(
            "“{}”不是已知的表：请按表名命名，例如 up_task_general_basic.csv，或上传一个 .xlsx 工作簿",
            "\"{}\" is none of the tables: name it after its table, such as up_task_general_basic.csv, or upload one .xlsx workbook", file);
    if (size > largest_import_file)
        return told("“{}”超过 {} MiB：请拆分，或在服务器上用命令行导入",
                    "\"{}\" is larger than {} MiB: divide it, or import it by the command on the server", file, largest_import_file >> 20);
    if (size == 0) return told("“{}”是空的", "\"{}\" is empty", file);
    if (workbook && files > 1) return told("工作簿要单独上传：请去掉其他文件", "a workbook comes alone: take the other files away");
    if (workbook != first.starts_with("PK\x03\x04"))
        return workbook ? told("“{}”不是 .xlsx 工作簿：请另存为 .xlsx", "\"{}\" is no .xlsx workbook: save it as .xlsx", file)
                        : told("“{}”是压缩包或工作簿，不是 CSV：请另存为“CSV UTF-8”",
                               "\"{}\" is an archive or a workbook, no CSV: save it as \"CSV UTF-8\"", file);
    if (!workbook && first.find('\0') != std::string_view::npos)
        return told("“{}”不是 UTF-8 文本：请另存为“CSV UTF-8”", "\"{}\" is no UTF-8 text: save it as \"CSV UTF-8\"", file);
    return std::nullopt;
}

bool may_import(const identity::Who& who, Date today) { return identity::permits(who, identity::Act::import_items, {}, today); }

Result<Import, Refusal> hand_in(Desk& desk, ImportId id, std::vector<ImportFile> files, std::string digest_of_bytes) {
    if (!may_import(desk.who, desk.today())) return refuse(Refusal::not_permitted);
    Import import;
    import.division = desk.who.division;
    import.id = id;
    import.files = std::move(files);
    import.digest = std::move(digest_of_bytes);
    import.uploaded_by = desk.who.staff;
    import.uploaded_by_name = desk.who.name;
    import.uploaded_at = desk.now;
    put(desk.tx, import);
    json::array names;
    for (auto& file : import.files) names.emplace_back(file.name);
    record(desk, import, "import_items", {{"files", std::move(names)}, {"sm3", import.digest}});
    return import;
}

Result<Import, Refusal> confirm(Desk& desk, ImportId id, std::string_view plan) {
    if (!identity::permits(desk.who, identity::Act::confirm_import, {}, desk.today())) return refuse(Refusal::not_permitted);
    auto import = find_import_locked(desk.tx, desk.who.division, id);
    if (!import) return refuse(Refusal::not_found);
    if (import->state != ImportState::ready) return refuse(Refusal::not_possible_now);
    if (import->uploaded_by == desk.who.staff) return refuse(Refusal::same_person);
    if (import->plan != plan) return refuse(Refusal::changed_meanwhile);
    import->state = ImportState::confirmed;
    import->confirmed_by = desk.who.staff;
    import->confirmed_by_name = desk.who.name;
    import->confirmed_at = desk.now;
    put(desk.tx, *import);
    record(desk, *import, "confirm_import", {{"sm3", import->digest}, {"plan", import->plan}});
    return std::move(*import);
}

Result<Import, Refusal> drop(Desk& desk, ImportId id) {
    if (!may_import(desk.who, desk.today())) return refuse(Refusal::not_permitted);
    auto import = find_import_locked(desk.tx, desk.who.division, id);
    if (!import) return refuse(Refusal::not_found);
    // Once it is confirmed it may be on its way into the catalogue this moment.
    if (import->state == ImportState::confirmed || import->state == ImportState::publishing || import->state == ImportState::published ||
        import->state == ImportState::dropped)
        return refuse(Refusal::not_possible_now);
    import->state = ImportState::dropped;
    import->ended_at = desk.now;
    put(desk.tx, *import);
    forget_pieces(desk.tx, import->division, id);
    record(desk, *import, "drop_import", {});
    return std::move(*import);
}

std::optional<std::string> import_digest(db::Tx& tx, Division division, ledger::ChainId chain) {
    auto import = find_import(tx, division, {chain.value});
    return import ? std::optional(digest(*import)) : std::nullopt;
}

}  // namespace yimen::editing
