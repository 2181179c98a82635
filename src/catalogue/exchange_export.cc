#include "catalogue/exchange.h"
#include "catalogue/exchange_rows.h"
#include "catalogue/store_exchange.h"

namespace yimen::catalogue {

ExchangeTables export_tables(db::Tx& tx, Division division, const Items& items, const std::vector<Theme>& themes) {
    ExchangeTables tables;
    for (auto& item : items) {
        auto content = content_text(tx, division, item->id);
        if (!content) throw std::runtime_error(fmt::format("version {} of {} is gone from the database", item->version, item->item));
        auto version = read_stored(boost::json::parse(*content).as_object(), fmt::format("version {} of {}", item->version, item->item));
        if (!version) throw std::runtime_error(to_text(version.error().front()));
        add_rows(tables, *version, *content, themes);
    }
    return tables;
}

}  // namespace yimen::catalogue
