#pragma once
#include <boost/json/array.hpp>

#include "catalogue/catalogue.h"

namespace yimen::catalogue {

// As read back from the database, where each version's summary stands beside it so that nothing has to be read whole to list
// and search. Raised whenever what is in a summary, or how it is counted, changes: older ones are then made anew.
constexpr int summary_format = 2;

ItemSummary summary_of(const ItemVersion&);
boost::json::array to_json(const ItemSummary&);

// Keeps texts that many items share (the department's name) once in memory. Not safe from several threads.
class SummaryReader {
  public:
    // Throws std::runtime_error, naming the item, for what no summary of this format can be.
    std::shared_ptr<const ItemSummary> read(std::string_view json);

  private:
    std::map<std::string, std::shared_ptr<const Text>, std::less<>> offices_;
};

}  // namespace yimen::catalogue
