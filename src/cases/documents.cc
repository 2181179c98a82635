#include "cases/acts.h"

// Documents handed in for a case, by the applicant or by a clerk beside them.
namespace yimen::cases {

using identity::Act;

namespace {

constexpr int most_documents = 100;

Act act_for(const Desk& desk) { return desk.who.staff ? Act::help_applicant : Act::draft_case; }

const catalogue::Field* field_of(const catalogue::ItemVersion& version, std::string_view material) {
    auto* field = material.starts_with(of_field) ? version.field(material.substr(of_field.size())) : nullptr;
    return field && field->kind == catalogue::Field::Kind::files ? field : nullptr;
}

// A field of kind files holds what was handed in for it, so that formulas and programs see it as any other value.
void follow(Opened& opened, const std::string& material, const std::vector<Document>& all) {
    auto* field = field_of(*opened.version, material);
    if (!field) return;
    boost::json::array files;
    for (auto& d : all)
        if (!d.removed && d.material == material) files.push_back(boost::json::object{{"document", to_text(d.id)}, {"name", d.name}});
    opened.after.form[field->name] = std::move(files);
    catalogue::compute(*opened.version, opened.after.form, opened.after.answers);
}

}  // namespace

Result<Document, Refusal> attach(Desk& desk, CaseId id, Document document) {
    auto opened = open(desk, id, act_for(desk), Event::attach);
    if (!opened) return refuse(opened.error());
    if (!opened->version->material(document.material) && !field_of(*opened->version, document.material))
        return refuse(Refusal::unknown_material);
    auto all = documents(desk.tx, opened->after.division, id);
    if (std::count_if(all.begin(), all.end(), [](auto& d) { return !d.removed; }) >= most_documents)
        return refuse(Refusal::too_many_documents);
    document.id = make_id<DocumentTag>();
    document.added_at = desk.now;
    document.added_by = desk.who.name;
    insert_document(desk.tx, opened->after.division, id, document);
    all.push_back(document);
    opened->after.documents_digest = documents_digest(all);
    follow(*opened, document.material, all);
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
    follow(*opened, found->material, all);
    return record(desk, std::move(*opened), act_for(desk), Event::attach, std::nullopt,
                  {{"material", found->material}, {"removed", to_text(which)}});
}

}  // namespace yimen::cases
