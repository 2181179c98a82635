#pragma once
#include "catalogue/licence_types.h"

// What a material's `exempt_source` may name: who holds it, and a type of licence (data/licences/) or a record that other
// departments share (data/records.yaml). One scheme for both, so that what becomes a licence of the library keeps its name in the items.
namespace yimen::catalogue {

struct SharedRecord {
    std::string source;  // "person:identity-card"
    Text name;
};
// Of data/records.yaml, from the program, read once. Throws std::runtime_error naming file and mend where it has a fault.
const std::vector<SharedRecord>& shared_records();

// The name of what the source stands for; nothing where it names neither a type of licence nor a record. "form" is what is made
// from the online form.
std::optional<Text> source_name(std::string_view source, const LicenceTypes&);

// "person:<name>" and "organisation:<name>"; both empty where it is neither.
struct SourceParts {
    std::string_view holder, name;
};
SourceParts source_parts(std::string_view source);

}  // namespace yimen::catalogue
