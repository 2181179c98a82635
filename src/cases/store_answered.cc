#include "cases/store_answered.h"

#include <boost/json.hpp>

namespace yimen::cases {

std::vector<Answered> answered_cases(db::Tx& tx, Division division, std::string_view item, int most) {
    std::vector<Answered> found;
    for (auto row : tx.query("SELECT id, number, situation, item_version, answers FROM case_file "
                             "WHERE division = $1 AND item = $2 AND number IS NOT NULL ORDER BY id DESC LIMIT $3",
                             division, item, most)) {
        Answered one{row.get<CaseId>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<catalogue::ItemVersionId>(3), {}};
        auto answers = boost::json::parse(row.get<std::string_view>(4));
        for (auto& [name, value] : answers.as_object()) one.answers.emplace(std::string(name), std::string(value.as_string()));
        found.push_back(std::move(one));
    }
    return found;
}

}  // namespace yimen::cases
