#pragma once
#include "cases/pages_staff.h"
#include "catalogue/published.h"

// The analysts' pages (事项编辑): the list of items, an item's workbench with a form for each part, checking, comparing, publishing.
namespace yimen::editing {

// The parts must live as long as the routes.
class Importer;
struct Parts {
    catalogue::PublishedCatalogue& catalogue;
    const cases::StaffParts& staff;
    Importer* importer = nullptr;  // told of what is handed in
};
void add_pages(identity::Routes&, const Parts&);

}  // namespace yimen::editing
