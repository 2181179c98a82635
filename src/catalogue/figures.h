#pragma once
#include "catalogue/catalogue.h"

namespace yimen::catalogue {

// 事项总览: what the catalogue in force offers, counted and never written down.
struct Figures {
    int items = 0;
    int at_kiosks = 0, online = 0, bookable = 0, self_service = 0;
    int approvals_online = 0;             // 行政许可 (item type 01) with the channel online
    int approvals_at_most_one_visit = 0;  // of them those with visits ≤ 1
    int by_one_or_two = 0;                // in every situation decided by a sole officer or by one examiner and one verifier
    int situations = 0, on_the_spot = 0;  // situations, and those decided on the spot
    std::map<std::string, int> by_department, by_type, by_theme;
    void add(const ItemSummary&);
};

// GB/T 39046: "01" 行政许可 … "20" 公共服务.
struct ItemType {
    std::string_view code;
    std::string_view zh, en;
};
const std::vector<ItemType>& item_types();

}  // namespace yimen::catalogue
