#include "db/value.h"

#include <stdexcept>

namespace yimen::db::detail {

void wrong_type(const char* wanted) { throw std::logic_error(std::string("a column was read as ") + wanted + " but holds something else"); }

}  // namespace yimen::db::detail
