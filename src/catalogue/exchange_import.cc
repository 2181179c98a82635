#include "catalogue/exchange.h"

#include "base/text.h"
#include "catalogue/check_rules.h"
#include "catalogue/exchange_national.h"
#include "catalogue/fault_words.h"
#include "catalogue/store_known.h"
#include "crypto/crypto.h"

namespace yimen::catalogue {

namespace {

namespace json = boost::json;

using RowsOf = std::unordered_map<std::string_view, std::vector<uint32_t>>;  // by task_code

// The column of a national table where a fault of the item made from it is mended.
std::string_view column_for(std::string_view fault) {
    constexpr std::pair<std::string_view, std::string_view> columns[] = {
        {"catalogue_code", "catalog_code"}, {"task_code", "task_code"},     {"item_type", "task_type"},
        {"situations", "promise_day"},      {"name", "task_name"},          {"legal_basis", "by_law"},
        {"version", "task_version"},        {"from", "plan_effective_date"}};
    for (auto& [begin, column] : columns)
        if (fault.starts_with(begin)) return column;
    return {};
}

class Import {
  public:
    Import(db::Tx& tx, Division division, const ExchangeTables& tables, const std::vector<Theme>& themes,
           const std::vector<LifeEvent>& events, Date today, const PlanOptions& options)
        : known_(tx, division),
          tables_(tables),
          themes_(themes),
          events_(events),
          today_(today),
          options_(options),
          faults_(options.faults_kept) {}

    ImportPlan plan() {
        for (auto& fault : missing_columns(tables_)) faults_.add(fault);
        if (!faults_.count()) {
            index();
            for (size_t row = 0; row < tables_.basic.rows(); ++row) {
                if (row % at_a_time == 0) {
                    if (options_.progress) options_.progress(row);
                    read_ahead(row);
                }
                read(row);
            }
        }
        plan_.fault_count = faults_.count();
        plan_.faults = faults_.take();
        std::ranges::stable_sort(plan_.faults, {}, [&](auto& fault) { return std::pair(place_of(fault.table), fault.row); });
        if (plan_.fault_count) plan_.publications.clear();
        return std::move(plan_);
    }

  private:
    size_t place_of(const std::string& table) const {
        auto all = tables_.all();
        return static_cast<size_t>(std::ranges::find(all, table, [](auto* one) { return one->name(); }) - all.begin());
    }

    void index() {
        for (size_t row = 0; row < tables_.basic.rows(); ++row) {
            auto code = trim(tables_.basic.cell(row, "task_code"));
            if (!code.empty() && !items_.emplace(code, row).second)
                fault(tables_.basic, row, "task_code",
                      told("已在第 {} 行出现：请删去一行", "stands in row {} already: remove one of them",
                           tables_.basic.number(items_.at(code))));
        }
        for (auto* table : {&tables_.extend, &tables_.material, &tables_.fee, &tables_.questions, &tables_.item}) {
            auto& rows = rows_[table];
            for (size_t row = 0; row < table->rows(); ++row) {
                auto code = trim(table->cell(row, "task_code"));
                if (code.empty())
                    fault(*table, row, "task_code", {"没有填写：请填写", "is empty: write it"});
                else if (!items_.contains(code))
                    fault(
                        *table, row, "task_code",
                        told("“{0}”不在 {1} 中：请在那里添加，或删去这一行", "\"{0}\" is in no row of {1}: add it there or remove this row",
                             first_characters(code, 40), tables_.basic.name()));
                else
                    rows[code].push_back(static_cast<uint32_t>(row));
            }
        }
        for (auto* table : {&tables_.extend, &tables_.item})
            for (auto& [code, rows] : rows_[table])
                if (rows.size() > 1)
                    fault(*table, rows[1], "task_code",
                          told("已在第 {} 行出现：请删去一行", "stands in row {} already: remove one of them", table->number(rows[0])));
    }

    void fault(const ExchangeTable& table, size_t row, std::string_view column, Text message) {
        faults_.add({table.name(), table.number(row), std::string(column), std::move(message),
                     std::string(first_characters(table.cell(row, column), 200))});
    }

    const std::vector<uint32_t>& rows_of(const ExchangeTable& table, std::string_view code) const {
        static const std::vector<uint32_t> none;
        auto& rows = rows_.at(&table);
        auto found = rows.find(code);
        return found == rows.end() ? none : found->second;
    }

    std::vector<ExchangeRow> ordered(const ExchangeTable& table, std::string_view code) {
        std::vector<std::pair<int64_t, ExchangeRow>> found;
        for (auto row : rows_of(table, code)) {
            ExchangeRow one(table, row, faults_);
            found.emplace_back(one.number("order_num", 0, 1'000'000, 0), one);
        }
        std::ranges::stable_sort(found, {}, [](auto& one) { return one.first; });
        std::vector<ExchangeRow> all;
        for (auto& [order, row] : found) all.push_back(row);
        return all;
    }

    void read_ahead(size_t row) {
        std::vector<std::string_view> codes;
        for (size_t i = row; i < std::min(row + at_a_time, tables_.basic.rows()); ++i) {
            const auto code = trim(tables_.basic.cell(i, "task_code"));
            auto* known = known_.by_task_code(code);
            if (known && !known_.made_of(*known, source_of(i, code))) codes.push_back(code);
        }
        known_.read_ahead(codes);
    }

    void read(size_t row) {
        const auto code = trim(tables_.basic.cell(row, "task_code"));
        auto& kept = rows_of(tables_.item, code);
        source_ = source_of(row, code);
        if (auto* known = known_.by_task_code(code); known && known_.made_of(*known, source_)) return void(++plan_.unchanged);
        if (kept.empty())
            make(row, code);
        else
            take(row, code, kept.front());
    }

    // Over every cell of the item's rows with its column's name, and over how this program reads them: raised with each change of that.
    std::string source_of(size_t row, std::string_view code) const {
        static constexpr int reading = 1;
        std::string all = fmt::format("{}\n", reading);
        auto add = [&](const ExchangeTable& table, size_t at) {
            all += table.name() + "\n";
            for (size_t column = 0; column < table.columns().size(); ++column)
                if (auto cell = table.cell(at, column); !cell.empty())
                    all += fmt::format("{} {}\n{}\n", table.columns()[column], cell.size(), cell);
        };
        add(tables_.basic, row);
        for (auto* table : {&tables_.extend, &tables_.material, &tables_.fee, &tables_.questions, &tables_.item})
            for (auto at : rows_of(*table, code)) add(*table, at);
        return crypto::hex(crypto::view(crypto::sm3(all)));
    }

    // From yimen_item: whole as it was exported. The national columns must say the same, or nobody could tell which is meant.
    void take(size_t row, std::string_view code, size_t kept) {
        std::string text;
        for (int i = 1; auto column = tables_.item.column(fmt::format("json_{}", i)); ++i) text += tables_.item.cell(kept, *column);
        boost::system::error_code broken;
        auto value = json::parse(text, broken);
        if (broken || !value.is_object())
            return fault(tables_.item, kept, "json_1",
                         {"不是完整的 JSON 对象：请保持导出时的样子，或删去这一行",
                          "is no whole JSON object: leave it as it was exported, or remove this row"});
        auto& stored = value.get_object();
        auto version = read_stored(stored, "");
        if (!version) {
            for (auto& one : version.error()) fault(tables_.item, kept, "json_1", placed_fault_words(one.message));
            return;
        }
        const auto before = faults_.count();
        check_whole(*version, stored, kept);
        for (auto& difference : differences(tables_, places(row, code), *version, themes_)) faults_.add(difference);
        if (faults_.count() == before) decide(row, std::move(*version), std::move(stored), true);
    }

    ItemPlaces places(size_t row, std::string_view code) const {
        return {row, rows_of(tables_.extend, code), rows_of(tables_.material, code), rows_of(tables_.fee, code),
                rows_of(tables_.questions, code)};
    }

    // What read_stored leaves to the loader and the gate of publishing.
    void check_whole(const ItemVersion& version, const json::object& stored, size_t kept) {
        for (auto& name : version.themes)
            if (std::ranges::find(themes_, name, &Theme::name) == themes_.end())
                fault(tables_.item, kept, "json_1", told("没有主题“{}”", "there is no theme \"{}\"", first_characters(name, 40)));
        for (auto& name : version.life_events)
            if (std::ranges::find(events_, name, &LifeEvent::name) == events_.end())
                fault(tables_.item, kept, "json_1", told("没有人生事件“{}”", "there is no life event \"{}\"", first_characters(name, 40)));
        auto faults = check_rules(version, "rules.dmn");
        auto* golden = stored.if_contains("golden");
        if (golden && faults.empty()) {
            if (!golden->is_array())
                faults.push_back({"golden", 0, "must be a list"});
            else
                for (auto& one : golden->get_array())
                    if (auto* example = one.if_object())
                        std::ranges::move(check_golden(version, *example, "golden"), std::back_inserter(faults));
        }
        for (auto& one : faults) {
            auto words = placed_fault_words(one.message);
            fault(tables_.item, kept, "json_1", {fmt::format("{}：{}", one.file, words.zh), to_text(one)});
        }
    }

    // From the national columns alone.
    void make(size_t row, std::string_view code) {
        const auto before = faults_.count();
        const ExchangeRow basic(tables_.basic, row, faults_);
        auto* known = known_.by_task_code(code);
        if (known) {
            auto version = known_.latest(*known);
            if (differences(tables_, places(row, code), version, themes_).empty()) return void(++plan_.unchanged);
            if (known_.richer(*known))
                return basic.fault(
                    "task_code",
                    told("事项 {} 有自己的问题、规则、表单或英文，这些列会把它们丢掉：请加上它在 yimen_item 中的行，或在编辑页面上修改",
                         "the item {} has questions, rules, a form or English of its own, which these columns would lose: "
                         "add its row of yimen_item, or change it on the editing pages",
                         known->item));
        }
        auto& extend = rows_of(tables_.extend, code);
        NationalRows rows{basic, extend.empty() ? std::nullopt : std::optional(ExchangeRow(tables_.extend, extend.front(), faults_)),
                          ordered(tables_.material, code), ordered(tables_.fee, code), ordered(tables_.questions, code)};
        json::object stored{{"department", known_.department(basic)}};
        stored["item"] = item_from(rows, known ? known->item : lower_ascii(code), themes_, today_);
        if (faults_.count() != before) return;
        auto version = read_stored(stored, "");
        if (!version) {
            for (auto& one : version.error()) basic.fault(column_for(one.message), placed_fault_words(one.message));
            return;
        }
        decide(row, std::move(*version), std::move(stored), basic.date("plan_effective_date").has_value());
    }

    // New, the next version of an item that is published already, or nothing new. `stated`: its row names the day.
    void decide(size_t row, ItemVersion version, json::object stored, bool stated) {
        auto problem = known_.claim(version);
        if (problem) return fault(tables_.basic, row, "task_code", std::move(*problem));
        auto content = json::serialize(stored);
        auto* known = known_.by_name(version.item);
        if (known) {
            const auto wanted = version.from;
            if (known_.same(version, content, stored, stated)) return void(++plan_.unchanged);
            version.version = known->version + 1;
            version.from = std::max(wanted, today_);
            auto& item = stored["item"].as_object();
            item["version"] = version.version;
            item["from"] = to_iso(version.from);
            content = json::serialize(stored);
        }
        ++(known ? plan_.next_versions : plan_.added);
        plan_.publications.push_back(publication_of(version, std::move(content)));
        plan_.publications.back().source = source_;
        plan_.is_next.push_back(known != nullptr);
    }

    static constexpr size_t at_a_time = 200;
    KnownVersions known_;
    const ExchangeTables& tables_;
    const std::vector<Theme>& themes_;
    const std::vector<LifeEvent>& events_;
    Date today_;
    const PlanOptions& options_;
    ExchangeFaults faults_;
    ImportPlan plan_;
    std::string source_;                                  // of the item being read
    std::unordered_map<std::string_view, size_t> items_;  // rows of basic by task_code
    std::map<const ExchangeTable*, RowsOf> rows_;
};

}  // namespace

ImportPlan plan_import(db::Tx& tx, Division division, const ExchangeTables& tables, const std::vector<Theme>& themes,
                       const std::vector<LifeEvent>& events, Date today, const PlanOptions& options) {
    return Import(tx, division, tables, themes, events, today, options).plan();
}

bool import_plan(db::Database& database, Division division, const ImportPlan& plan, const ledger::Actor& actor, Instant now) {
    auto done = database.write([&](db::Tx& tx) -> Result<Done, Published> {
        auto published = publish_all(tx, division, plan.publications, actor, now);
        if (published.added != std::ssize(plan.publications)) return refuse(std::move(published));
        return Done{};
    });
    return done.has_value();
}

}  // namespace yimen::catalogue
