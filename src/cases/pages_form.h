#pragma once
#include <set>

#include "cases/pages_staff.h"

// Filling in an application: its form, materials and the last check, for the applicant or for a clerk beside them.
namespace yimen::cases {

// Where it is filled in: the same pages stand at /cases/{id}/… and, for drafts begun at a window, at /window/drafts/{id}/….
struct Place {
    std::string_view base;  // "/cases"
    identity::Act fill, hand_in, correct;
};
inline constexpr Place at_home{"/cases", identity::Act::draft_case, identity::Act::submit_case, identity::Act::correct_case};
inline constexpr Place at_window{"/window/drafts", identity::Act::help_applicant, identity::Act::help_applicant,
                                 identity::Act::help_applicant};

// GET and POST {base}/{id}/form/{section} and /resubmit, GET /materials and /check, POST /documents, /documents/{document}/remove
// and /submit.
void add_form_pages(identity::Routes&, const StaffParts&, const Place&);
// The bytes of one document: inline, a range at a time. `act` on the case is asked again.
void add_document_bytes(identity::Routes&, std::string pattern, identity::Act act);

// The same for programs: PATCH {base}/{id}/form, POST /documents, DELETE /documents/{document}, POST /submit and /resubmit.
void add_filling_api(identity::Routes&, const StaffParts&, const Place&);
// "answers" of a JSON body: texts by question; anything else is left out.
catalogue::Answers answers_of(const boost::json::object& body);
// 422 with the licences that there are to choose from.
web::Response licence_not_chosen(const identity::Context&, const std::vector<HeldLicence>&);

// --- what those pages share; nothing below is for others ---

// What the newest correction notice asks for, and what has been mended since.
struct Asked {
    std::set<std::string, std::less<>> materials, fields;
    boost::json::object remarks;
    std::string remark;
    std::set<std::string, std::less<>> mended;  // of both
    bool field(std::string_view name) const { return fields.contains(name); }
    std::string remark_on(std::string_view what) const;
};

// An application that can be changed now, with all that its pages need.
struct Filling {
    Case file;
    std::shared_ptr<const catalogue::ItemVersion> version;
    std::string base;  // "/cases/01J…"
    std::vector<Document> documents;
    catalogue::Held held;
    catalogue::Facts facts;   // what registers know of the applicant
    catalogue::Values known;  // of the form, from the registers and the answers
    std::optional<Asked> asked;
    bool correcting() const { return file.state == State::correction_requested; }
    Missing missing(Date today) const { return cases::missing(file, *version, documents, held, today, signer()); }
    // Whose name a signature is: of whoever applies or acts for the organisation.
    std::string signer() const {
        auto name = facts.find("person.name");
        return name == facts.end() ? "" : name->second;
    }
    // Whether the field shows what a register says and is not changed here.
    bool fixed(const catalogue::Field&) const;
};

// The case of the address for whoever may do `act` to it; no draft that somebody keeps at home for a clerk.
std::optional<Case> own_case(const identity::Context&, identity::Act);
// Reads what belongs to a draft or correction.
Filling filling_of(const identity::Context&, const StaffParts&, const Place&, Case);
// The list of tasks, with what a correction asks for.
web::Response tasks_page(const identity::Context&, const Filling&);
using FillingPage = std::function<web::Response(Filling&)>;
// 404 for what is not theirs; to the case itself when it cannot be changed now.
web::Response with_filling(const identity::Context&, const StaffParts&, const Place&, const FillingPage&);

// The tasks in order: a section each, materials, the last check; `current` is marked.
boost::json::array steps_view(const identity::Context&, const Filling&, std::string_view current);
// What the correction notice asks for, each with the way to it.
boost::json::array asked_view(const identity::Context&, const Filling&);
// What is wrong with a field, as a whole and in its parts ("number" of a person, "2-amount" of a table).
struct Beside {
    std::string whole;
    std::map<std::string, std::string> parts;
    std::string text() const;  // all of it in one
};
std::map<std::string, Beside> beside_fields(const std::vector<catalogue::FormError>&, Language);
// The field as it is typed or shown, with what is wrong about it.
web::View field_view(const Filling&, const catalogue::Field&, const catalogue::Values&, Language, const Beside& wrong = {});
// What stands in the box of a kind of several parts: "parts", "places", "grid", "files".
void add_parts(web::View&, const Filling&, const catalogue::Field&, const boost::json::value*, Language, const Beside& wrong);
// How a box looks: its width, the keyboard that a phone shows, what a browser may offer.
void add_look(web::View&, const catalogue::Field&, Language);
boost::json::array choices_view(const catalogue::Field&, const std::string& box, const boost::json::value*, Language);
// Where the error summary leads to: the first box of the field, or the box of one part.
std::string first_box(const catalogue::Field&);
std::string box_of(const catalogue::Field&, const std::string& part);
// What was typed into the field's boxes, in the form in which it is kept.
boost::json::value typed_value(const catalogue::Field&, const web::Fields&, Instant now);
// The same with one empty row more, or without one.
boost::json::value with_row(const catalogue::Field&, boost::json::value table);
boost::json::value without_row(boost::json::value table, size_t row);
// Rows in which nothing stands go when somebody goes on.
void drop_empty_rows(boost::json::value& table);
// Of the fields that the page had (each names itself in "_field", so that an empty group of boxes is seen too), those that differ
// from what is kept. With `going_on` empty rows of tables are left out.
catalogue::Values changed_fields(const identity::Context&, const Filling&, const catalogue::Section&, bool going_on);
// Saving the same again changes nothing, so no key is needed; and what was typed stays although it is wrong.
std::optional<Refusal> keep_fields(const identity::Context&, const StaffParts&, Filling&, const catalogue::Values&);
// Names of the section's fields that are seen now.
std::set<std::string> shown_names(const Filling&, const catalogue::Section&);
// The answer to a page that saves itself: what has come into sight or gone, what is computed, what is wrong with what was typed.
// `sections`: those that the page shows; `saved`: what it says about the keeping.
web::Response live_answer(const identity::Context&, const Filling&, const std::vector<const catalogue::Section*>& sections,
                          std::string saved);

// Next step after this section, as an address.
std::string step_after(const Filling&, size_t section);

web::Response materials_page(const identity::Context&, const Filling&, int status, const std::map<std::string, std::string>& errors);
void add_check_pages(identity::Routes&, const StaffParts&, const Place&);
void add_material_pages(identity::Routes&, const StaffParts&, const Place&);

// The largest file that is taken, and the largest that is read to say so beside its material.
constexpr uint64_t largest_document = 20u << 20, largest_upload = 24u << 20;
// Files of the request for one material, inspected and sealed before any transaction.
struct Uploaded {
    Document document;
    SealedContent content;
};
struct RefusedFile {
    std::string name;
    std::string_view code;  // texts "cases.error_file_<code>"
};
struct Uploads {
    std::vector<Uploaded> good;
    std::vector<RefusedFile> refused;
};
Uploads inspected(const identity::Context&, const catalogue::Material&);
// The same of some of the request's files.
Uploads inspected(const std::vector<web::Upload>&, const identity::Context&, const catalogue::Material&);
std::string refused_words(const identity::Context&, const catalogue::Material&, const std::vector<RefusedFile>&);
std::string types_words(const catalogue::Material&, Language);
std::string accepted_types(const catalogue::Material&);
// What files of this code are taken for: a material, or a field of kind files ("field:photos") as if it were one.
std::optional<catalogue::Material> taken_for(const catalogue::ItemVersion&, std::string_view code);
catalogue::Material as_material(const catalogue::Field&);

}  // namespace yimen::cases
