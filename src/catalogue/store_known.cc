#include "catalogue/store_known.h"

#include "base/text.h"
#include "catalogue/exchange_national.h"
#include "catalogue/exchange_rows.h"
#include "catalogue/store.h"
#include "catalogue/store_exchange.h"

namespace yimen::catalogue {

namespace {

namespace json = boost::json;

std::string plain(std::string_view text) {
    std::string all;
    for (char c : trim(text))
        if (c != '\r') all += c;
    return all;
}

class Comparison {
  public:
    explicit Comparison(std::vector<ExchangeFault>& found) : found_(found) {}

    void compare(const ExchangeTable& given, std::span<const uint32_t> rows, const ExchangeTable& ours, std::string_view code) {
        if (rows.size() != ours.rows()) {
            found_.push_back(
                {given.name(), rows.empty() ? 0 : given.number(rows.front()), "task_code",
                 told("{0} 中有 {2} 的 {1} 行，而 yimen_item 中是 {3} 行：请两处一起改，或删去该事项在 yimen_item 中的行",
                      "{0} has {1} rows of {2}, but yimen_item says {3}: change it there too, or remove the item's row of yimen_item",
                      given.name(), rows.size(), code, ours.rows())});
            return;
        }
        for (size_t i = 0; i < rows.size(); ++i)
            for (size_t column = 0; column < ours.columns().size(); ++column) compare_cell(given, rows[i], ours, i, column);
    }

  private:
    void compare_cell(const ExchangeTable& given, size_t row, const ExchangeTable& ours, size_t our_row, size_t column) {
        auto& name = ours.columns()[column];
        auto at = given.column(name);
        if (!at) return;
        auto theirs = plain(given.cell(row, *at)), wanted = plain(ours.cell(our_row, column));
        if (theirs != wanted)
            found_.push_back({given.name(), given.number(row), name,
                              told("是“{}”，而 yimen_item 中是“{}”：请两处一起改，或删去该事项在 yimen_item 中的行",
                                   "says \"{}\", but yimen_item says \"{}\": change it there too, or remove the item's row of yimen_item",
                                   first_characters(theirs, 40), first_characters(wanted, 40)),
                              theirs});
    }

    std::vector<ExchangeFault>& found_;
};

void without_number(json::object& stored, bool day_too) {
    auto& item = stored["item"].as_object();
    item.erase("version");
    if (day_too) item.erase("from");
}

bool english(const ItemVersion& version) { return version.name.zh != version.name.en; }

}  // namespace

std::vector<ExchangeFault> differences(const ExchangeTables& given, const ItemPlaces& places, const ItemVersion& version,
                                       const std::vector<Theme>& themes) {
    ExchangeTables ours;
    add_rows(ours, version, "", themes);
    std::vector<ExchangeFault> found;
    Comparison comparison(found);
    const uint32_t basic[] = {static_cast<uint32_t>(places.basic)};
    comparison.compare(given.basic, basic, ours.basic, version.task_code);
    comparison.compare(given.extend, places.extend, ours.extend, version.task_code);
    comparison.compare(given.material, places.material, ours.material, version.task_code);
    comparison.compare(given.fee, places.fee, ours.fee, version.task_code);
    comparison.compare(given.questions, places.questions, ours.questions, version.task_code);
    return found;
}

KnownVersions::KnownVersions(db::Tx& tx, Division division) : tx_(tx), division_(division), sources_(sources(tx, division)) {
    for (auto& version : published_after(tx, division, 0).items) {
        auto& latest = items_[version->item];
        if (!latest || latest->version < version->version) latest = version;
    }
    for (auto& [name, item] : items_) {
        by_task_code_.emplace(item->task_code, item.get());
        departments_.emplace(item->task_code.substr(0, 18), std::pair(name, item->version));
        codes_of_departments_.emplace(item->department, item->task_code.substr(0, 18));
    }
}

const ItemSummary* KnownVersions::by_name(std::string_view item) const {
    auto found = items_.find(item);
    return found == items_.end() ? nullptr : found->second.get();
}

const ItemSummary* KnownVersions::by_task_code(std::string_view code) const {
    auto found = by_task_code_.find(code);
    return found == by_task_code_.end() ? nullptr : found->second;
}

void KnownVersions::read_ahead(const std::vector<std::string_view>& task_codes) {
    std::vector<std::string> items;
    for (auto code : task_codes)
        if (auto* item = by_task_code(code)) items.push_back(item->item);
    ahead_ = content_texts(tx_, division_, items);
}

std::optional<std::string> KnownVersions::content(const std::string& item, int version) const {
    if (auto found = ahead_.find({item, version}); found != ahead_.end()) return found->second;
    return content_text(tx_, division_, item, version);
}

const json::object& KnownVersions::stored(const ItemSummary& item) {
    if (last_ == &item) return last_stored_;
    auto text = content(item.item, item.version);
    if (!text) throw std::runtime_error(fmt::format("version {} of {} is gone from the database", item.version, item.item));
    last_stored_ = json::parse(*text).as_object();
    last_ = &item;
    return last_stored_;
}

ItemVersion KnownVersions::latest(const ItemSummary& item) {
    auto version = read_stored(stored(item), item.item);
    if (!version) throw std::runtime_error(to_text(version.error().front()));
    return std::move(*version);
}

bool KnownVersions::made_of(const ItemSummary& item, const std::string& source) const {
    auto found = sources_.find({item.item, item.version});
    return found != sources_.end() && found->second == source;
}

bool KnownVersions::richer(const ItemSummary& item) {
    auto& all = stored(item);
    return all.contains("rules") || all.contains("form") || all.contains("golden") || all.at("item").as_object().contains("questions") ||
           english(latest(item));
}

bool KnownVersions::same(const ItemVersion& version, const std::string& content, const json::object& now, bool stated) {
    auto& known = *items_.find(version.item)->second;
    if (this->content(version.item, version.version) == content) return true;
    auto before = stored(known), after = now;
    const bool later = stated && version.from > known.from;
    without_number(before, !later);
    without_number(after, !later);
    return before == after;
}

json::object KnownVersions::department(const ExchangeRow& basic) {
    const auto code = basic.text("dept_code");
    if (auto made = made_.find(code); made != made_.end()) {
        const auto name = basic.text("dept_name");
        std::string_view known = made->second.at("name").at("zh").as_string();
        if (!name.empty() && name != known)
            basic.fault("dept_name", told("这个 dept_code 是“{}”：一个代码只用一个名称",
                                          "this dept_code stands for \"{}\": use one name for one code", known));
        return made->second;
    }
    auto found = departments_.find(code);
    if (found == departments_.end()) return made_[code] = department_from(basic);
    auto text = content_text(tx_, division_, found->second.first, found->second.second);
    return made_[code] = json::parse(text.value()).at("department").as_object();
}

std::optional<Text> KnownVersions::claim(const ItemVersion& version) {
    if (auto* other = by_task_code(version.task_code); other && other->item != version.item)
        return told("{} 已经是事项 {} 的代码：请换一个", "{} is the code of the item {} already: choose another", version.task_code,
                    other->item);
    if (auto [other, taken] = names_taken_.emplace(version.item, version.task_code); !taken)
        return told("事项 {} 已用代码 {} 列出：请删去一处", "the item {} stands under {} already: remove one", version.item, other->second);
    auto [department, first] = codes_of_departments_.emplace(version.department, version.authority_credit_code);
    if (!first && department->second != version.authority_credit_code)
        return told("部门“{}”的代码是 {}：请给另一个部门换一个名称",
                    "the department \"{}\" has the code {}: give the other one another name", version.department, department->second);
    return std::nullopt;
}

}  // namespace yimen::catalogue
