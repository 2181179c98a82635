#pragma once
#include "rules/parser.h"
#include "rules/xml.h"

namespace yimen::rules {

// What a typeRef names: "number", "tLoan", "library.tLoan", or with a prefix as files of DMN 1.2 write it, "feel:number". nullptr for
// any, and (recorded) for what is unknown.
const Type* referred_type(std::string_view written, Compiling&);

// Compiles boxed expressions (DMN 1.5, 10.2.1) from their XML.
class Boxed {
  public:
    Boxed(Scope& scope, Compiling& all) : scope(scope), all(all) {}

    // The expression among an element's children; nullptr when there is none.
    NodeP expression_in(Xml parent);
    NodeP expression(Xml);
    // "typeRef" of an element; nullptr when it has none or an unknown one (recorded).
    const Type* type_of(Xml);
    std::vector<Parameter> parameters_of(Xml function);
    // The layout, with the parameters declared first, stays in the scope's present one.
    NodeP decision_table(Xml);

  private:
    NodeP literal(Xml);
    NodeP context(Xml);
    NodeP list(Xml);
    NodeP relation(Xml);
    NodeP invocation(Xml);
    NodeP function(Xml, std::string_view own_name);
    NodeP conditional_(Xml);
    NodeP filter_(Xml);
    NodeP iterator(Xml);
    NodeP required(Xml parent, std::string_view child_name);
    NodeP missing(Xml, std::string_view what);

    Scope& scope;
    Compiling& all;
    int depth_ = 0;
};

}  // namespace yimen::rules
