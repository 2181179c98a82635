#pragma once
#include "licences/pages.h"
#include "web/limits.h"

// What the pages and the API of licences share.
namespace yimen::licences {

using identity::Context;

// {"name", "word", "sentence", "colour", "shape"}: a status is never told by colour alone.
web::View status_view(const Licence&, const Context&);
// What a card shows.
web::View card(const Licence&, const Types&, const Context&);
// {"name", "label", "value"} of what the case gave the licence; without what is printed only, where `told_to_all`.
boost::json::array values_view(const Licence&, const Types&, Language, bool told_to_all);

// The licence of the address, if it belongs to whoever asks, or whom they act for.
std::optional<Licence> own_licence(const Context&);
std::vector<Licence> own_licences(const Context&);

// What can be applied for about a licence in force: {"name", "effect", "href"}; renewal first.
boost::json::array actions_view(const Licence&, const Parts&, const Context&);
// {"identifier", "name", "issued_on", "word", "verify"} of the version that took its place; null where none has.
boost::json::value successor_view(const Licence&, const Context&);

std::string verify_path(const Licence&);
std::string verify_address(const Licence&, const identity::Site&);

// What anybody may know who has the token: the card with a person's name masked, the values told to all, and whether the
// signature over the facts holds, which is checked for each answer.
web::View verified_view(const Licence&, const Types&, const Context&);
web::Response too_many(const Context&);

}  // namespace yimen::licences
