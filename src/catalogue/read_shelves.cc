#include "catalogue/read_item.h"

namespace yimen::catalogue {

std::vector<Theme> read_themes(const Piece& piece, std::vector<Fault>& faults) {
    std::vector<Theme> themes;
    Reader r(piece, faults);
    for (auto& part : r["themes"].list()) {
        Reader theme = part;
        themes.push_back({theme["name"].text(), theme["title"].words(), theme["hint"].words()});
        theme.done();
    }
    r.done();
    return themes;
}

std::vector<LifeEvent> read_life_events(const Piece& piece, std::vector<Fault>& faults) {
    std::vector<LifeEvent> events;
    Reader r(piece, faults);
    for (auto& part : r["life_events"].list()) {
        Reader event = part;
        events.push_back({event["name"].text(), event["title"].words(), event["hint"].words(),
                          event["for"].one_of<std::string>({{"person", "person"}, {"organisation", "organisation"}})});
        event.done();
    }
    r.done();
    return events;
}

}  // namespace yimen::catalogue
