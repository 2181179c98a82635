#include "catalogue/facets.h"

namespace yimen::catalogue {

namespace {

using Visit = std::function<void(std::string_view)>;

void each(const std::vector<std::string>& all, const Visit& visit) {
    for (auto& one : all) visit(one);
}

void department_of(const ItemSummary& item, const Visit& visit) { visit(item.department); }
void themes_of(const ItemSummary& item, const Visit& visit) { each(item.themes, visit); }
void events_of(const ItemSummary& item, const Visit& visit) { each(item.life_events, visit); }
void type_of(const ItemSummary& item, const Visit& visit) { visit(item.item_type); }
void applicants_of(const ItemSummary& item, const Visit& visit) {
    if (item.for_persons()) visit("person");
    if (item.for_organisations()) visit("organisation");
}
template <auto Holds>
void flag(const ItemSummary& item, const Visit& visit) {
    if (Holds(item)) visit("yes");
}

}  // namespace

const std::vector<Dimension>& dimensions() {
    static const std::vector<Dimension> all{
        {"for", &Filter::applicant, {"谁来办", "Who it is for"}, false, applicants_of},
        {"online", &Filter::online, {"可网上办", "Online"}, true, flag<[](auto& i) { return i.online(); }>},
        {"kiosk", &Filter::kiosk, {"可自助终端办", "At a kiosk"}, true, flag<[](auto& i) { return i.at_kiosk(); }>},
        {"booking", &Filter::booking, {"可预约", "Bookable"}, true, flag<[](auto& i) { return i.booking; }>},
        {"at_once", &Filter::at_once, {"当场办结", "Decided on the spot"}, true, flag<[](auto& i) { return i.on_the_spot != 0; }>},
        {"self_service", &Filter::self_service, {"全程自助", "Wholly self-service"}, true, flag<[](auto& i) { return i.self_service; }>},
        {"event", &Filter::event, {"人生大事和企业阶段", "Life event"}, false, events_of},
        {"theme", &Filter::theme, {"主题", "Theme"}, false, themes_of},
        {"department", &Filter::department, {"部门", "Department"}, false, department_of},
        {"type", &Filter::type, {"事项类型", "Kind of matter"}, false, type_of}};
    return all;
}

}  // namespace yimen::catalogue
