#pragma once
#include "catalogue/catalogue.h"
#include "document/document.h"

namespace yimen::catalogue {

// The one-time notice (一次性告知单, Administrative License Law art. 30): everything to bring, what nobody has to bring
// and why, limits, fee and place, for the answers given. `address`: where the same stands online, in its QR code.
document::Notice one_time_notice(const ItemVersion&, const Answers&, const Outcome&, Language, Date, const std::string& address);

}  // namespace yimen::catalogue
