#pragma once
#include "licences/licences.h"

// What a licence says, taken from the case that it follows from.
namespace yimen::licences {

// Puts `values`, in the words of the item (choices by their labels, numbers with their units; of people only their names), and
// `entries`, as the form had them.
// What this case's form and questions do not have is carried over from the version before; of a replacement, all of it.
void take_values(Licence&, const Type&, const cases::Case&, const catalogue::ItemVersion&, const Licence* before);

}  // namespace yimen::licences
