#pragma once
#include "editing/pages.h"
#include "editing/store.h"
#include "editing/store_list.h"

// What the analysts' pages share.
namespace yimen::editing {

using identity::Act;
using identity::Context;
using web::Response;
using web::View;
using web::words;

Desk desk_of(const Context&, db::Tx&);
std::string item_of(const Context&);                                     // of the address
std::string path_of(std::string_view item, std::string_view rest = {});  // "/editing/items/<item>/<rest>"
std::optional<Draft> open_draft(const Context&, std::string_view item);  // nothing where none is open
int status_of(Refusal);
Response refusal_page(const Context&, Refusal);

// News for whoever has the item open: nothing about what, only that something changed.
std::string topic(Division, std::string_view item);
void tell(const Context&, db::Tx&, std::string_view item);
// One act in one transaction that leads on to `to`, or to the refusal's page.
using ActOnItem = std::function<Result<Draft, Refusal>(Desk&)>;
Response do_act(const Context&, std::string_view item, std::string to, std::string_view notice, const ActOnItem&);

// Notes that this person looks at the item, and adds to the view who else does: "others", "live".
void add_company(const Context&, std::string_view item, std::string_view part, View&);
// What stands at the head of every page of an item: "item", "name", "base", "state", "editable", "revision", …
View head_view(const Context&, const Draft&);
std::string name_of(const Draft&, Language);
std::string word_of(Language, std::string_view stem, std::string_view name);  // the text "<stem><name>", else the name itself

// A part's form as it is typed in. `theirs`: what somebody else saved meanwhile, where that differs.
struct Filled {
    const Part& part;
    const Typed& typed;
    const std::vector<Wrong>& wrong;
    const Typed* theirs = nullptr;
    size_t more_rows = 1;
};
json::array boxes_view(const Context&, const Filled&);
// The names that an expression here may use, each with a sample; `cells`: in decision tables.
json::array names_view(const Context&, const json::object& content, bool cells);
// Each mistake with the way to its input.
json::array mistakes_view(const Context&, const Filled&);

// --- pages_part.cc ---
// What an address names: the part, and of a list the entry (from 1; 0: a new one).
struct Place {
    Part part;
    bool entry = false;
    size_t number = 0;

    std::string key() const {  // of what is typed in there
        if (!entry) return part.name;
        return fmt::format("{}/{}", part.name, number ? std::to_string(number) : "new");
    }
    std::string ledger_word() const {
        if (part.piece.empty()) return std::string(part.list);
        return fmt::format("{}/{}", part.piece, part.list == "fields" || part.list == "columns" ? "sections" : part.list);
    }
};
using PlacePage = std::function<Response(const Draft&, const Place&)>;
// The place of the address in the open draft; the refusal's page where there is none.
Response with_place(const Context&, const PlacePage&);

// --- pages_typing.cc ---
Response kept(const Context&);        // to the island: what was typed is kept aside, and when
std::string digest_of(const Typed&);  // what a form showed, for "seen" in its address
Typed whole_form(const web::Fields&);
// Of the boxes that were sent (each names itself in "_field", so that emptied ones are seen too) what is new, the rest as it was.
Typed with_changes(Typed, const web::Fields&);

// --- pages_list.cc ---
ListFilter filter_of(const Context&);  // of the address
// What was published since somebody looked last, here or by files, is taken into the list first.
void catch_up(const Context&);

void add_list_pages(identity::Routes&, const Parts&);
void add_workbench_pages(identity::Routes&, const Parts&);
void add_part_pages(identity::Routes&, const Parts&);
// Moving, copying and removing entries of lists; beginning a form of one's own.
void add_entry_pages(identity::Routes&);
void add_gate_pages(identity::Routes&, const Parts&);
void add_compare_pages(identity::Routes&, const Parts&);
void add_table_pages(identity::Routes&, const Parts&);
void add_model_pages(identity::Routes&, const Parts&);
void add_preview_pages(identity::Routes&, const Parts&);
void add_import_pages(identity::Routes&, const Parts&);

}  // namespace yimen::editing
