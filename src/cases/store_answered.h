#pragma once
#include "cases/store.h"

namespace yimen::cases {

// What was answered in a case handed in earlier, without anything personal: for asking what another version would make of it.
struct Answered {
    CaseId id;
    std::string number, situation;
    catalogue::ItemVersionId item_version;
    catalogue::Answers answers;
};
// Of one item, the newest first; no drafts.
std::vector<Answered> answered_cases(db::Tx&, Division, std::string_view item, int most);

}  // namespace yimen::cases
