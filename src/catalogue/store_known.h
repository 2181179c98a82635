#pragma once
#include <span>

#include <boost/json/object.hpp>

#include "catalogue/exchange_cells.h"
#include "catalogue/exchange_columns.h"
#include "catalogue/load.h"
#include "db/database.h"

namespace yimen::catalogue {

// The rows of one item, by table.
struct ItemPlaces {
    size_t basic;
    std::span<const uint32_t> extend, material, fee, questions;
};
// Where the rows say something else than the version would be exported as; columns that were left out say nothing.
std::vector<ExchangeFault> differences(const ExchangeTables&, const ItemPlaces&, const ItemVersion&, const std::vector<Theme>&);

// What is published already, and what the rows read so far have taken.
class KnownVersions {
  public:
    KnownVersions(db::Tx&, Division);

    // Reads at once what is published under these codes; what was read before is forgotten.
    void read_ahead(const std::vector<std::string_view>& task_codes);
    // The latest version of each item; nullptr where there is none.
    const ItemSummary* by_name(std::string_view item) const;
    const ItemSummary* by_task_code(std::string_view code) const;
    ItemVersion latest(const ItemSummary&);
    // Whether the latest version was made of rows with this digest.
    bool made_of(const ItemSummary&, const std::string& source) const;
    // Whether the version holds what the national columns cannot.
    bool richer(const ItemSummary&);
    // Whether the content is published already, but for its number; a first day that is `stated` and later makes it another.
    bool same(const ItemVersion&, const std::string& content, const boost::json::object& stored, bool stated);
    // As it is known, or made from the row.
    boost::json::object department(const ExchangeRow& basic);
    // Takes the names and codes of an item for it; why it cannot have them, where another item has.
    std::optional<Text> claim(const ItemVersion&);

  private:
    const boost::json::object& stored(const ItemSummary&);
    std::optional<std::string> content(const std::string& item, int version) const;

    db::Tx& tx_;
    Division division_;
    std::map<std::string, std::shared_ptr<const ItemSummary>, std::less<>> items_;
    std::unordered_map<std::string_view, const ItemSummary*> by_task_code_;
    std::map<std::string, std::pair<std::string, int>> departments_;  // by credit code, an item that names it
    std::map<std::pair<std::string, int>, std::string> sources_;      // digests by item and version
    std::map<std::string, boost::json::object> made_;                 // by credit code
    std::map<std::string, std::string> names_taken_, codes_of_departments_;
    std::map<std::pair<std::string, int>, std::string> ahead_;
    const ItemSummary* last_ = nullptr;
    boost::json::object last_stored_;
};

}  // namespace yimen::catalogue
