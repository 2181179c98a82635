#include "app/subjects.h"

#include "cases/cases.h"
#include "catalogue/store.h"
#include "editing/importing.h"
#include "identity/store.h"
#include "licences/licences.h"

namespace yimen::app {

std::map<std::string, ledger::SubjectDigest> subject_digests(const crypto::Keys& keys) {
    auto digests = identity::subject_digests();
    digests["item_version"] = catalogue::item_version_digest;
    digests["item_draft"] = editing::draft_digest;
    digests["item_import"] = editing::import_digest;
    digests["licence"] = licences::licence_digest;
    digests["case"] = [&fields = keys.fields](db::Tx& tx, Division division, ledger::ChainId chain) {
        return cases::case_digest(tx, fields, division, chain);
    };
    return digests;
}

}  // namespace yimen::app
