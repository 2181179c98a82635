#pragma once
#include "cases/pages_staff.h"

// What the pages of applicants and of staff show of a case alike.
namespace yimen::cases {

std::string size_words(int64_t bytes);
// The text of a JSON value; empty for anything else.
std::string text_of(const boost::json::value*);
// A form value as people read it; phone and identity numbers masked unless `revealed`.
std::string answer_words(const catalogue::Field&, const boost::json::value*, Language, bool revealed);
// The sections with the fields shown; the text itself is under "value", and an empty one is shown as left open.
boost::json::array form_view(const Case&, const catalogue::ItemVersion&, Language, bool revealed);
boost::json::array guidance_view(const Case&, const catalogue::ItemVersion&, Language);
std::string situation_title(const Case&, const catalogue::ItemVersion&, Language);
// Each limit that runs, with its date and why.
boost::json::array limits_view(db::Tx&, const identity::Context&, const StaffParts&, const Case&, const catalogue::ItemVersion&);
// "20261125…" as printed; what to say before there is one.
std::string printed_number(const Case&, Language);

// Licences to choose from: {"id", "name", "number", "holder", "until", "chosen"}.
boost::json::array licences_view(const std::vector<HeldLicence>&, LicenceId chosen, Language);
// What the case is about, as it stood when the case began: {"name", "number", "holder", "status", "validity", "look"}; null for none.
boost::json::value about_licence_view(Desk&, const Case&, Language);
// Each material that the answers call for, for programs: {"code", "name", "need", "because", "licence"}.
boost::json::array materials_json(const Case&, const catalogue::ItemVersion&, const catalogue::Held&, Language);
// Where staff look at a licence that stands for a material of the case; empty for none.
std::string look_path(const Case&, std::string_view licence);
// The item that grants the first licence of a type; none where nobody can apply for it.
std::shared_ptr<const catalogue::ItemSummary> item_granting(const catalogue::Catalogue&, std::string_view type, Date today);

}  // namespace yimen::cases
