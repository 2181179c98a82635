#pragma once
#include "base/embedded.h"
#include "catalogue/catalogue.h"
#include "catalogue/yaml.h"

// Types of electronic licences (证照类型) as data: data/licences/<type>.yaml. What a licence is belongs to the feature of that
// name; its type stands here, since an item that grants it is checked against it.
namespace yimen::catalogue {

struct LicenceType {
    struct Value {
        std::string name;  // as the template and the record call it
        Text label;
        std::string from;            // "form.site_address", "answer.premises", "applicant.name", "licence.valid_to", "authority.name"
        bool on_paper_only = false;  // printed, and not told to whoever looks the licence up
        bool of_case() const { return from.starts_with("form.") || from.starts_with("answer."); }
        // Whether the shared templates give it a row of its own; what has its place there is none.
        bool is_row() const { return !from.starts_with("licence.") && from != "authority.name"; }
    };
    std::string type;
    Text name;
    std::string code_suffix;     // three digits behind the authority's credit code (GB/T 36904)
    std::string number_form;     // "沪奉水务排证字第{serial}号"
    int years = 0, months = 0;   // how long it is valid; both 0: for good (长期)
    std::string ends_with;       // field of the form whose date the licence does not outlive; may be empty
    std::vector<Text> used_for;  // what it is good for, for its holder
    std::string statement;       // "根据《…》，……特发此证。", printed by the shared templates
    std::vector<Value> values;
    // Other types that it stands for where a material may be exempt: a sole trader's business licence is one, too.
    std::vector<std::string> counts_as;
    // Where it is the registration of an organisation (营业执照): its first grant puts the organisation on the register, a change is
    // entered there, a cancellation ends it. Each names a value of the type, `representative` may be empty: whoever applies.
    struct Registration {
        std::string kind;  // of the organisation: "company", "sole_trader"
        std::string name, representative, address;
    };
    std::optional<Registration> registers;
    const Value* value(std::string_view name) const;
    std::string template_name;  // of data/licences/templates/; empty: a drawing of its own, <type>.svg
    std::string svg;
    std::string file;  // where it is written
};

class LicenceTypes {
  public:
    // The files below data/licences/, from the program or from a folder; every fault with file and line. A type with a fault is
    // left out.
    static LicenceTypes read(const std::vector<EmbeddedFile>&, std::vector<Fault>&);
    // The program's own, read once. Throws std::runtime_error naming file and mend for a type with a fault.
    static const LicenceTypes& embedded();
    const LicenceType* find(std::string_view type) const;
    const std::map<std::string, LicenceType, std::less<>>& all() const { return types_; }

  private:
    std::map<std::string, LicenceType, std::less<>> types_;
};

// How long what a grant issues is valid, in words ("5年", "长期"): as the item says, or its type of licence. Empty where neither does, and
// where the licence keeps the end it has, or ends.
Text term_words(const ItemVersion&);

// What stands between an item and the licence it says that it grants: a type that there is none of, values that neither its form
// nor its questions have, an effect without a type or on nothing, prefills from what such a licence does not say. `item` and
// `form` give the places.
struct Piece;
std::vector<Fault> check_licence(const ItemVersion&, const LicenceTypes&, const Piece& item, const Piece& form);
// The same without places, for what comes from the database: `name` goes before "item" and "form".
std::vector<Fault> check_licence(const ItemVersion&, const boost::json::object& stored, const std::string& name);

}  // namespace yimen::catalogue
