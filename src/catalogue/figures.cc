#include "catalogue/figures.h"

namespace yimen::catalogue {

void Figures::add(const ItemSummary& item) {
    ++items;
    at_kiosks += item.at_kiosk();
    online += item.online();
    bookable += item.booking;
    self_service += item.self_service;
    const bool approval = item.item_type == "01" && item.online();
    approvals_online += approval;
    approvals_at_most_one_visit += approval && item.visits <= 1;
    by_one_or_two += item.by_one_or_two;
    situations += item.situations;
    on_the_spot += item.on_the_spot;
    ++by_department[item.department];
    ++by_type[item.item_type];
    for (auto& theme : item.themes) ++by_theme[theme];
}

const std::vector<ItemType>& item_types() {
    static const std::vector<ItemType> types{
        {"01", "行政许可", "Licences"},         {"02", "行政处罚", "Penalties"},      {"03", "行政强制", "Coercive measures"},
        {"04", "行政征收", "Levies"},           {"05", "行政给付", "Benefits"},       {"06", "行政检查", "Inspections"},
        {"07", "行政确认", "Confirmations"},    {"08", "行政奖励", "Awards"},         {"09", "行政裁决", "Rulings"},
        {"10", "其他行政权力", "Other powers"}, {"20", "公共服务", "Public services"}};
    return types;
}

}  // namespace yimen::catalogue
