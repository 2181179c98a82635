#include "catalogue/divisions.h"

#include "base/embedded.h"
#include "base/text.h"
#include "catalogue/reader.h"

namespace yimen::catalogue {

namespace {

constexpr std::string_view file = "data/divisions/310000.yaml";

City read_city() {
    auto tree = read_yaml(file, embedded_file(file).value_or(""));
    if (!tree) throw std::logic_error(to_text(tree.error()));
    std::vector<Fault> faults;
    Reader r({std::string(file), &tree->value, &tree->lines}, faults);
    City city;
    city.name = r["city"]["name"].words();
    for (auto& part : r["districts"].list()) {
        Reader one = part;
        District district{one["code"].text(), one["name"].words(), {}};
        for (auto& place : one["towns"].list()) {
            Reader town = place;
            district.towns.push_back({town["code"].text(), town["name"].words()});
        }
        city.districts.push_back(std::move(district));
    }
    if (!faults.empty()) throw std::logic_error(to_text(faults.front()));
    return city;
}

struct Found {
    const District* district = nullptr;
    const Town* town = nullptr;
};
Found find(std::string_view place) {
    for (auto& district : city().districts) {
        if (district.towns.empty() && district.code == place) return {&district, nullptr};
        for (auto& town : district.towns)
            if (town.code == place) return {&district, &town};
    }
    return {};
}

std::string part_of(const boost::json::value& address, std::string_view part) {
    auto* object = address.if_object();
    auto* value = object ? object->if_contains(part) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool take(std::string_view& text, std::string_view begin) {
    if (!text.starts_with(begin)) return false;
    text.remove_prefix(begin.size());
    return true;
}

}  // namespace

const City& city() {
    static const City read = read_city();
    return read;
}

bool is_place(std::string_view place) { return place == outside || find(place).district; }

boost::json::object address_at(std::string_view place, std::string_view street) {
    if (place.empty()) return {{"street", street}};
    auto found = find(place);
    // Who chooses the town of an address that stood there as a whole has said the beginning twice.
    auto rest = street;
    if (found.district && take(rest, city().name.zh)) street = rest;
    if (found.district && take(rest, found.district->name.zh)) street = rest;
    if (found.town && take(rest, found.town->name.zh)) street = rest;
    return {{"division", found.district ? found.district->code : ""}, {"town", found.town ? found.town->code : ""}, {"street", street}};
}

std::string place_of(const boost::json::value& address) {
    if (!address.is_object() || !address.get_object().contains("division")) return "";
    auto town = part_of(address, "town"), division = part_of(address, "division");
    return !town.empty() ? town : division.empty() ? std::string(outside) : division;
}

boost::json::value address_from(std::string_view text) {
    auto rest = trim(text);
    bool in_city = take(rest, city().name.zh);
    for (auto& district : city().districts) {
        auto here = rest;
        bool named = take(here, district.name.zh);
        if (!named && in_city) continue;
        if (named && district.towns.empty() && !trim(here).empty()) return address_at(district.code, trim(here));
        for (auto& town : district.towns)
            if (auto street = here; take(street, town.name.zh) && !trim(street).empty()) return address_at(town.code, trim(street));
    }
    return boost::json::value(text);
}

std::string address_text(const boost::json::value* address, Language language) {
    if (!address) return "";
    if (auto* text = address->if_string()) return std::string(*text);
    auto street = part_of(*address, "street");
    auto found = find(place_of(*address));
    if (!found.district) return street;
    auto town = found.town ? found.town->name.in(language) : std::string();
    auto& district = found.district->name.in(language);
    if (language == Language::zh) return city().name.zh + district + town + street;
    return fmt::format("{}{}{}{}, {}", street, street.empty() ? "" : ", ", town.empty() ? "" : town + ", ", district, city().name.en);
}

}  // namespace yimen::catalogue
