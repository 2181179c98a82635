#include "cases/acts.h"

// Documents handed in for a case, by the applicant or by a clerk beside them.
namespace yimen::cases {

using identity::Act;

namespace {

constexpr int most_documents = 100;

Act act_for(const Desk& desk) { return desk.who.staff ? Act::help_applicant : Act::draft_case; }

}  // namespace

Result<Document, Refusal> attach(Desk& desk, CaseId id, Document document) {
    auto opened = open(desk, id, act_for(desk), Event::attach);
    if (!opened) return refuse(opened.error());
    if (!opened->version->material(document.material)) return refuse(Refusal::unknown_material);
    auto all = documents(desk.tx, opened->after.division, id);
    if (std::count_if(all.begin(), all.end(), [](auto& d) { return !d.removed; }) >= most_documents)
        return refuse(Refusal::too_many_documents);
    document.id = make_id<DocumentTag>();
    document.added_at = desk.now;
    document.added_by = desk.who.name;
    insert_document(desk.tx, opened->after.division, id, document);
    all.push_back(document);
    opened->after.documents_digest = documents_digest(all);
    record(desk, std::move(*opened), act_for(desk), Event::attach, std::nullopt,
           {{"material", document.material}, {"document", to_text(document.id)}});
    return document;
}

Result<Case, Refusal> detach(Desk& desk, CaseId id, DocumentId which) {
    auto opened = open(desk, id, act_for(desk), Event::attach);
    if (!opened) return refuse(opened.error());
    auto all = documents(desk.tx, opened->after.division, id);
    auto found = std::find_if(all.begin(), all.end(), [&](auto& d) { return d.id == which && !d.removed; });
    if (found == all.end()) return refuse(Refusal::not_found);
    found->removed = true;
    remove_document(desk.tx, opened->after.division, which, desk.now);
    opened->after.documents_digest = documents_digest(all);
    return record(desk, std::move(*opened), act_for(desk), Event::attach, std::nullopt,
                  {{"material", found->material}, {"removed", to_text(which)}});
}

}  // namespace yimen::cases
