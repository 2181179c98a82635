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

// A FEEL expression over answers and fields, written in form.yaml; compiled when the form is read.
class Formula;
// What rules.dmn decides, compiled when it is first needed; see item_rules.h.
class ItemRules;

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
    bool whole = false;  // a number without a fraction
};
enum class Need { needed, exempt, later };  // exempt: government holds it; later: may be supplied after acceptance (容缺)
struct Material {
    std::string code;
    Text name, explanation, format;
    std::vector<std::string> file_types;  // "pdf", "png", "jpeg"
    int copies = 1;
    std::string kind = "original_or_copy";  // "original", "copy"
    std::string medium = "either";          // "paper", "electronic"
    std::string source = "applicant";       // "government", "other": who has it to begin with
    std::string from_item;                  // the item that it is the result of; empty: none
    Text exempt_because;                    // where another department or the licence library holds it
    std::string exempt_source;              // "organisation:business-licence", "person:identity-card", "form"; empty: never exempt
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
    std::optional<int64_t> low, high;              // of number, in its unit; of money, in yuan; of date, in days from today
    int max_characters = 200;
    std::string prefill;                     // "organisation.name", "person.phone", "answer.daily_discharge"
    bool locked = false;                     // prefilled and not to be changed here
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
    explicit Form(std::vector<Section> sections) : sections_(std::make_shared<const std::vector<Section>>(std::move(sections))) {}
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
    Fen fee;
    calendar::Limit promised, statutory;
    bool on_the_spot = false;
    std::string review_plan;  // "sole", "examiner_verifier", "three_level"
};

// What a grant does to a licence: makes the first of its number, or something with one that the applicant holds.
enum class LicenceEffect : uint8_t { newly, change, renewal, replacement, cancellation };
std::string_view name(LicenceEffect);  // as item.yaml has it: "new", "change" …

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
    std::vector<std::string> themes;       // keys of data/catalogue/themes.yaml, the main one first
    std::vector<std::string> life_events;  // keys of data/catalogue/life-events.yaml
    std::vector<std::string> applicants;   // 服务对象: "person", "organisation", or both
    std::string family, variant;           // of which family (may be empty) it is "new", "change", "renewal" …
    int popularity = 0;                    // 0–100; orders the home page and equal search results
    std::string item_type, project_type;   // GB/T 39046 codes: "01" licence; "1" on the spot, "2" promised
    std::vector<Basis> legal_basis;
    std::vector<Faq> faqs;
    std::vector<Text> steps;         // what happens, in order
    std::vector<std::string> words;  // everyday words people search by
    std::vector<Question> questions;
    std::vector<Material> materials;
    std::vector<Situation> situations;
    std::shared_ptr<const ItemRules> rules;
    Form form;
    std::string licence_type;  // what a grant issues: names data/licences/<type>
    LicenceEffect licence_effect = LicenceEffect::newly;
    int licence_years = 0;                   // how long it is valid, where not as its type says
    std::vector<std::string> channels;       // "online", "window", "kiosk"
    int visits = 1;                          // at most; 0: nobody needs to come
    bool booking = true;                     // a time can be booked
    bool self_service = false;               // done at a kiosk from beginning to end, without anybody's help
    std::string handle_area = "district";    // 通办范围: taken by any window of the district, the city or the region
    Text fee_basis;                          // why a fee may be taken
    Text quantity_limit, special_procedure;  // 数量限制; 特别程序 such as inspection on site; empty: none
    int acceptance_days = 5;                 // statutory: decide on acceptance within, working days (art. 32)
    bool online() const;                     // whether an application can be made here ("online" among the channels)
    bool offered(std::string_view channel) const;
    bool for_applicant(std::string_view kind) const;  // "person", "organisation"
    // Whether it is about a licence that the applicant holds already.
    bool about_a_licence() const { return !licence_type.empty() && licence_effect != LicenceEffect::newly; }
    const Material* material(std::string_view code) const;
    const Question* question(std::string_view name) const;
    const Field* field(std::string_view name) const;
};

// What lists, search and figures need of a version; all of them are in memory.
struct ItemSummary {
    enum Channels : uint8_t { online_channel = 1, window_channel = 2, kiosk_channel = 4 };
    ItemVersionId id;
    std::string item;
    int version = 1;
    Date from;
    std::string department, item_type, catalogue_code, task_code;
    Text name, summary, result_name, for_whom;
    std::shared_ptr<const Text> office;  // shared by the department's items
    std::string words;                   // one a line, the most important first
    std::vector<std::string> themes, life_events;
    uint8_t channels = 0;
    uint8_t applicants = 0;  // 1 persons, 2 organisations
    bool booking = true, self_service = false;
    uint8_t popularity = 0, visits = 1;
    uint16_t situations = 0, on_the_spot = 0;  // how many; how many of them are decided on the spot
    bool by_one_or_two = false;                // in every situation a sole officer, or one examiner and one verifier
    struct LicenceUse {
        std::string type;
        LicenceEffect effect;
    };
    std::shared_ptr<const LicenceUse> licence;  // none where a grant does nothing to a licence
    const Text& authority() const { return *office; }
    bool online() const { return channels & online_channel; }
    bool at_window() const { return channels & window_channel; }
    bool at_kiosk() const { return channels & kiosk_channel; }
    bool for_persons() const { return applicants & 1; }
    bool for_organisations() const { return applicants & 2; }
};
using Items = std::vector<std::shared_ptr<const ItemSummary>>;

using Answers = std::map<std::string, std::string>;  // guidance answers by question name
// Kept among the answers of a case, for its form: "person" or "organisation".
inline constexpr std::string_view who_applies = "applicant";

struct MaterialNeed {
    const Material* material;
    Need need;
    Text because;              // the answer or source it follows from
    std::string licence = {};  // in the library, which stands for it where it is exempt; empty: none
};
struct Outcome {
    // With the fee, limit and plan that the rules give for these answers; needs the version to live on.
    std::shared_ptr<const Situation> situation;
    std::vector<MaterialNeed> materials;
    std::vector<Text> explanation;
};
// What the applicant is known to have, for exemption: "organisation:business-licence", "person:identity-card". A
// material with the source "form" is made from the online form and is always held.
struct HeldSource {
    std::string source;
    Text because = {};         // "电子证照库中有…，编号…": said in place of the material's own reason; may be empty
    std::string licence = {};  // id of the licence in the library; empty: a record of the register
    HeldSource(const char* name) : source(name) {}
    HeldSource(std::string name, Text why = {}, std::string id = {})
        : source(std::move(name)), because(std::move(why)), licence(std::move(id)) {}
};
using Held = std::vector<HeldSource>;  // of several with the same source the first counts
// Everything that may be exempt, taken as held: what is shown while nobody is signed in.
Held all_sources(const ItemVersion&);
// The next question to ask (its answer can still matter), or none when the outcome stands.
const Question* next_question(const ItemVersion&, const Answers&);
// Whether `answer` can be given to the question: one of its choices, "yes"/"no", a plain number of at least 0 (a whole one
// where it asks for that).
bool possible(const Question&, std::string_view answer);
// The questions asked on the way, in order, with the next one last when there is one; answers to others are ignored.
std::vector<const Question*> asked_questions(const ItemVersion&, const Answers&);
// At most this many are still to be asked.
int questions_left(const ItemVersion&, const Answers&);
// Refuses with the names of the questions whose answers are missing or impossible, or from which no fee or time limit can be
// computed.
Result<Outcome, std::vector<std::string>> guide(const ItemVersion&, const Answers&, const Held&);
// The situation of that name as the rules leave it for these answers; as the item has it where they lead elsewhere.
// nullptr where there is none of that name. Needs the version to live on.
std::shared_ptr<const Situation> settled(const ItemVersion&, std::string_view situation, const Answers&);

// Form values by field name, as text in canonical form (dates ISO, numbers plain); several choices as an array of
// texts; kinds of several parts as an object of texts, tables as an array of such objects.
using Values = boost::json::object;
struct FormError {
    std::string field;
    Text message;
    std::string part;  // "number" of a person, "2-amount" of a table's second row; empty: the field as a whole
};
// What is known already, by source: {"organisation.name", "…"}, {"person.phone", "…"}. Sources of a field's `prefill`. What a
// licence says ("licence.site_address") is what the form had when it was granted, values of several parts as JSON.
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
std::vector<FormError> check_form(const ItemVersion&, std::optional<size_t> section, const Values&, const Answers&, Date today,
                                  std::string_view signer = {});

class Catalogue {
  public:
    virtual ~Catalogue() = default;
    // The version in force on `day`; nothing where the item is not offered. Shared and immutable. May read the database, as
    // may `version`, where nobody asked for it lately: not for each row of a list, which needs no more than its summary.
    virtual std::shared_ptr<const ItemVersion> in_force(std::string_view item, Date day) const = 0;
    virtual std::shared_ptr<const ItemVersion> version(ItemVersionId) const = 0;
    // From memory.
    virtual std::shared_ptr<const ItemSummary> summary(std::string_view item, Date day) const = 0;
    virtual Items all(Date day) const = 0;
};

}  // namespace yimen::catalogue
