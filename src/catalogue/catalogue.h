#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "base/clock.h"
#include "base/id.h"
#include "base/money.h"
#include "base/result.h"
#include "calendar/calendar.h"

// Items (事项) as data: read from data/catalogue/<department>/<item>/, kept in the database as immutable versions,
// served from memory.
namespace yimen::catalogue {

using ItemVersionId = Id<struct ItemVersionTag>;

struct Text {
  std::string zh, en;
  const std::string& in(Language l) const { return l == Language::en ? en : zh; }
};

// A condition on guidance answers, written in item.yaml as "premises = food and discharge > 50".
class Condition;
// A FEEL expression over answers and fields, written in form.yaml; compiled when the form is read.
class Formula;

struct Choice {
  std::string value;
  Text label, hint;
};
struct Question {  // of guidance
  enum class Kind { choice, number, yes_no };
  std::string name;
  Text label, hint;
  Kind kind = Kind::choice;
  std::vector<Choice> choices;
  Text unit;
  std::shared_ptr<const Condition> asked_when;  // none: always
};
enum class Need {
  needed,
  exempt,
  later
};  // exempt: government holds it; later: may be supplied after acceptance (容缺)
struct Material {
  std::string code;
  Text name, explanation, format;
  std::vector<std::string> file_types;  // "pdf", "png", "jpeg"
  int copies = 1;
  std::shared_ptr<const Condition> needed_when, later_when;
  Text exempt_because;        // where another department or the licence library holds it
  std::string exempt_source;  // "organisation:business-licence", "person:identity-card"; empty: never exempt
  Text legal_basis;
};
struct Field {
  enum class Kind {
    text,
    long_text,
    number,
    money,
    date,
    choice,
    choices,
    yes_no,
    phone,
    email,
    credit_code,
    resident_number,
    address,       // {division, town, street}; from registers and programs also one text
    person,        // {name, number, phone}
    organisation,  // {name, credit_code}
    table,         // a list of rows, each {column: value}
    files,         // a list of {document, name}, kept by attaching and detaching
    declaration,
    signature  // {name, at}
  };
  struct Validity {
    std::shared_ptr<const Formula> when;  // must hold where the field has a value
    Text message;
  };
  std::string name;
  Text label, hint;
  Kind kind = Kind::text;
  std::vector<Choice> choices;
  Text unit;
  bool required = true;
  std::shared_ptr<const Formula> required_when;  // decides instead, where it stands
  std::optional<int64_t> low, high;  // of number, in its unit; of money, in yuan; of date, in days from today
  int max_characters = 200;
  std::string prefill;  // "organisation.name", "person.phone", "answer.daily_discharge"
  bool locked = false;  // prefilled and not to be changed here
  std::shared_ptr<const Formula> visible;  // none: always
  std::shared_ptr<const Formula> value;    // computed from other fields, never typed
  std::vector<Validity> valid;
  std::vector<Field> columns;  // of table: kinds whose value is one text
  int rows_low = 0, rows_high = 50;
  std::vector<std::string> file_types;  // of files: "pdf", "png", "jpeg"
  Text text;                            // of declaration: what is agreed to, where the label is not all of it
};
struct Section {
  std::string name;
  Text title, intro;
  std::vector<Field> fields;
  std::shared_ptr<const Formula> visible;  // none: always
};
// The sections of a form in order. Cheap to copy: items without a form of their own share the standard one.
class Form {
 public:
  Form() = default;
  explicit Form(std::vector<Section> sections)
      : sections_(std::make_shared<const std::vector<Section>>(std::move(sections))) {}
  auto begin() const { return all().begin(); }
  auto end() const { return all().end(); }
  size_t size() const { return all().size(); }
  bool empty() const { return all().empty(); }
  const Section& front() const { return all().front(); }
  const Section& back() const { return all().back(); }
  const Section& operator[](size_t at) const { return all()[at]; }

 private:
  const std::vector<Section>& all() const {
    static const std::vector<Section> none;
    return sections_ ? *sections_ : none;
  }
  std::shared_ptr<const std::vector<Section>> sections_;
};
struct Situation {
  std::string name;
  Text title;
  std::shared_ptr<const Condition> when;  // the first that holds is the situation
  Fen fee;
  calendar::Limit promised, statutory;
  bool on_the_spot = false;
  std::string review_plan;  // "sole", "examiner_verifier", …
};

struct ItemVersion {
  struct Basis {
    Text title, article, text;
  };
  struct Faq {
    Text question, answer;
  };
  ItemVersionId id;
  std::string item;  // stable: "drainage-permit-new"; part of addresses
  int version = 1;
  Date from;
  std::string task_code, catalogue_code;
  Text name, summary, for_whom, conditions, result_name, where, hours, phone, complaint;
  std::string department;  // folder under data/catalogue: "water"
  Text authority;          // its name
  std::string authority_credit_code;
  std::vector<std::string> themes;      // keys of data/catalogue/themes.yaml
  std::vector<std::string> applicants;   // 服务对象: "person", "organisation", or both
  int popularity = 0;                   // 0–100; orders the home page and equal search results
  std::string item_type, project_type;  // GB/T 39046 codes: "01" licence; "1" on the spot, "2" promised
  std::vector<Basis> legal_basis;
  std::vector<Faq> faqs;
  std::vector<Text> steps;         // what happens, in order
  std::vector<std::string> words;  // everyday words people search by
  std::vector<Question> questions;
  std::vector<Material> materials;
  std::vector<Situation> situations;
  Form form;
  std::string licence_type;  // what a grant issues: names data/licences/<type>
  int licence_years = 5;
  std::vector<std::string> channels;  // "online", "window", "kiosk"
  int visits = 1;                     // at most
  int acceptance_days = 5;            // statutory: decide on acceptance within, working days (art. 32)
  bool online() const;                // whether an application can be made here ("online" among the channels)
  bool for_applicant(std::string_view kind) const;  // "person", "organisation"
  const Material* material(std::string_view code) const;
  const Question* question(std::string_view name) const;
  const Field* field(std::string_view name) const;
};

using Answers = std::map<std::string, std::string>;  // guidance answers by question name
// Kept among the answers of a case, for its form: "person" or "organisation".
inline constexpr std::string_view who_applies = "applicant";

struct MaterialNeed {
  const Material* material;
  Need need;
  Text because;  // the answer or source it follows from
};
struct Outcome {
  const Situation* situation;
  std::vector<MaterialNeed> materials;
  std::vector<Text> explanation;
};
// What the applicant is known to have, for exemption: "organisation:business-licence", "person:identity-card". A
// material with the source "form" is made from the online form and is always held.
using Held = std::vector<std::string>;
// Everything that may be exempt, taken as held: what is shown while nobody is signed in.
Held all_sources(const ItemVersion&);
// The next question to ask (its answer can still matter), or none when the outcome stands.
const Question* next_question(const ItemVersion&, const Answers&);
// Whether `answer` can be given to the question: one of its choices, "yes"/"no", a plain number of at least 0.
bool possible(const Question&, std::string_view answer);
// The questions asked on the way, in order, with the next one last when there is one; answers to others are ignored.
std::vector<const Question*> asked_questions(const ItemVersion&, const Answers&);
// At most this many are still to be asked.
int questions_left(const ItemVersion&, const Answers&);
// Refuses with the names of the questions whose answers are missing or impossible.
Result<Outcome, std::vector<std::string>> guide(const ItemVersion&, const Answers&, const Held&);

// Form values by field name, as text in canonical form (dates ISO, numbers plain); several choices as an array of
// texts; kinds of several parts as an object of texts, tables as an array of such objects.
using Values = boost::json::object;
struct FormError {
  std::string field;
  Text message;
  std::string part;  // "number" of a person, "2-amount" of a table's second row; empty: the field as a whole
};
// What is known already, by source: {"organisation.name", "…"}, {"person.phone", "…"}. Sources of a field's `prefill`.
using Facts = std::map<std::string, std::string>;
// The values that can be filled in: from the facts and, as "answer.<question>", from the guidance answers; a person or
// organisation from all that is known of them, an address with its town where the register's text tells it.
Values prefill(const ItemVersion&, const Facts&, const Answers&);
// Whether the field is shown, given the other values and the answers.
bool shown(const ItemVersion&, const Field&, const Values&, const Answers&);
// Whether the field must be filled in, where it is shown.
bool required(const ItemVersion&, const Field&, const Values&, const Answers&);
// Puts the values of computed fields; takes away those that nothing follows for. What a computed field held before does not
// matter.
void compute(const ItemVersion&, Values&, const Answers&);
// Checks one section, or all where `section` is none: visible fields only, every error at once. `signer`: the name that
// signatures must be, where it is known.
std::vector<FormError> check_form(const ItemVersion&, std::optional<size_t> section, const Values&, const Answers&,
                                  Date today, std::string_view signer = {});

class Catalogue {
 public:
  virtual ~Catalogue() = default;
  // The version in force on `day`; nothing where the item is not offered. Shared and immutable.
  virtual std::shared_ptr<const ItemVersion> in_force(std::string_view item, Date day) const = 0;
  virtual std::shared_ptr<const ItemVersion> version(ItemVersionId) const = 0;
  virtual std::vector<std::shared_ptr<const ItemVersion>> all(Date day) const = 0;
};

}  // namespace yimen::catalogue
