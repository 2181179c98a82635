#pragma once
#include <boost/json/value.hpp>

#include "catalogue/catalogue.h"

// Where an address can be: the districts of the city and the towns of the district that is served, from data/divisions.
namespace yimen::catalogue {

struct Town {
    std::string code;  // nine digits
    Text name;
};
struct District {
    std::string code;  // six digits
    Text name;
    std::vector<Town> towns;  // empty where an address names the district alone
};
struct City {
    Text name;
    std::vector<District> districts;  // the one that is served first
};
const City& city();

// A place is a town's code, a district's where it has no towns here, or "other" outside of the city.
inline constexpr std::string_view outside = "other";
bool is_place(std::string_view);
// {"division", "town", "street"} of an address at the place; the division is empty outside of the city, and only the street stands
// there where no place is said.
boost::json::object address_at(std::string_view place, std::string_view street);
// The place of such an object; empty where it has none, and of a text.
std::string place_of(const boost::json::value&);

// "上海市奉贤区南桥镇环城东路1号" as an object, where town and street can be told; the text itself otherwise.
boost::json::value address_from(std::string_view text);
// As people write it; empty for nothing. A text stays as it is.
std::string address_text(const boost::json::value*, Language);

}  // namespace yimen::catalogue
