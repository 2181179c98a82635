#include "catalogue/summary.h"

#include <boost/json/parse.hpp>

#include "base/text.h"

namespace yimen::catalogue {

namespace {

constexpr std::pair<std::string_view, ItemSummary::Channels> known_channels[] = {
    {"online", ItemSummary::online_channel}, {"window", ItemSummary::window_channel}, {"kiosk", ItemSummary::kiosk_channel}};

uint8_t flags(const std::vector<std::string>& words, std::string_view first, std::string_view second) {
    return static_cast<uint8_t>((std::ranges::find(words, first) != words.end() ? 1 : 0) |
                                (std::ranges::find(words, second) != words.end() ? 2 : 0));
}

boost::json::array texts(const std::vector<std::string>& words) {
    boost::json::array all;
    for (auto& word : words) all.emplace_back(word);
    return all;
}

// Reads one after the other what to_json wrote.
class Fields {
  public:
    explicit Fields(const boost::json::array& all) : all_(all) {}
    std::string text() { return std::string(all_.at(at_++).as_string()); }
    Text words() {
        auto zh = text();
        return {std::move(zh), text()};
    }
    template <class T = int>
    T number() {
        return static_cast<T>(all_.at(at_++).as_int64());
    }
    std::vector<std::string> list() {
        std::vector<std::string> words;
        for (auto& word : all_.at(at_++).as_array()) words.emplace_back(word.as_string());
        return words;
    }

  private:
    const boost::json::array& all_;
    size_t at_ = 0;
};

}  // namespace

ItemSummary summary_of(const ItemVersion& item) {
    ItemSummary s;
    std::tie(s.id, s.item, s.version, s.from) = std::tie(item.id, item.item, item.version, item.from);
    std::tie(s.department, s.item_type, s.catalogue_code, s.task_code) =
        std::tie(item.department, item.item_type, item.catalogue_code, item.task_code);
    std::tie(s.name, s.summary, s.result_name, s.for_whom) = std::tie(item.name, item.summary, item.result_name, item.for_whom);
    s.office = std::make_shared<const Text>(item.authority);
    std::tie(s.themes, s.life_events) = std::tie(item.themes, item.life_events);
    for (auto& word : item.words) s.words += (s.words.empty() ? "" : "\n") + word;
    for (auto& [name, flag] : known_channels)
        if (item.offered(name)) s.channels |= flag;
    s.applicants = flags(item.applicants, "person", "organisation");
    s.booking = item.booking;
    s.self_service = item.self_service;
    s.popularity = static_cast<uint8_t>(item.popularity);
    s.visits = static_cast<uint8_t>(item.visits);
    s.situations = static_cast<uint16_t>(item.situations.size());
    s.on_the_spot = static_cast<uint16_t>(std::ranges::count_if(item.situations, &Situation::on_the_spot));
    s.by_one_or_two = std::ranges::none_of(item.situations, [](auto& one) { return one.review_plan == "three_level"; });
    if (!item.licence_type.empty()) s.licence = std::make_shared<const ItemSummary::LicenceUse>(item.licence_type, item.licence_effect);
    return s;
}

boost::json::array to_json(const ItemSummary& s) {
    return {s.id.value,
            s.item,
            s.version,
            to_iso(s.from),
            s.department,
            s.item_type,
            s.catalogue_code,
            s.task_code,
            s.name.zh,
            s.name.en,
            s.summary.zh,
            s.summary.en,
            s.result_name.zh,
            s.result_name.en,
            s.for_whom.zh,
            s.for_whom.en,
            s.authority().zh,
            s.authority().en,
            s.words,
            texts(s.themes),
            texts(s.life_events),
            int(s.channels),
            int(s.applicants),
            int(s.booking),
            int(s.self_service),
            int(s.popularity),
            int(s.visits),
            int(s.situations),
            int(s.on_the_spot),
            int(s.by_one_or_two),
            s.licence ? s.licence->type : "",
            s.licence ? int(s.licence->effect) : 0};
}

std::shared_ptr<const ItemSummary> SummaryReader::read(std::string_view json) try {
    auto value = boost::json::parse(json);
    Fields fields(value.as_array());
    auto s = std::make_shared<ItemSummary>();
    s->id = {fields.number<int64_t>()};
    s->item = fields.text();
    s->version = fields.number();
    s->from = parse_date(fields.text()).value();
    for (auto* text : {&s->department, &s->item_type, &s->catalogue_code, &s->task_code}) *text = fields.text();
    for (auto* text : {&s->name, &s->summary, &s->result_name, &s->for_whom}) *text = fields.words();
    auto office = fields.words();
    auto& known = offices_[office.zh + "\n" + office.en];
    if (!known) known = std::make_shared<const Text>(std::move(office));
    s->office = known;
    s->words = fields.text();
    s->themes = fields.list();
    s->life_events = fields.list();
    s->channels = fields.number<uint8_t>();
    s->applicants = fields.number<uint8_t>();
    s->booking = fields.number();
    s->self_service = fields.number();
    s->popularity = fields.number<uint8_t>();
    s->visits = fields.number<uint8_t>();
    s->situations = fields.number<uint16_t>();
    s->on_the_spot = fields.number<uint16_t>();
    s->by_one_or_two = fields.number();
    auto type = fields.text();
    auto effect = fields.number<LicenceEffect>();
    if (!type.empty()) s->licence = std::make_shared<const ItemSummary::LicenceUse>(std::move(type), effect);
    return s;
} catch (const std::exception& error) {
    throw std::runtime_error(fmt::format("the summary of an item cannot be read ({}): {}", error.what(), first_characters(json, 80)));
}

}  // namespace yimen::catalogue
