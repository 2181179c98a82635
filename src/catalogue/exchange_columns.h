#pragma once
#include "catalogue/exchange_table.h"

namespace yimen::catalogue {

// The tables of the national platform for items, named and with columns as it exchanges them, and beside them `yimen_item`: the
// version as it is kept here, for what the national tables have no column for.
struct ExchangeTables {
    ExchangeTable basic, extend, material, fee, questions, item;

    ExchangeTables();  // without rows, with the columns that are written
    std::vector<const ExchangeTable*> all() const { return {&basic, &extend, &material, &fee, &questions, &item}; }
    std::vector<ExchangeTable*> all() { return {&basic, &extend, &material, &fee, &questions, &item}; }
    // nullptr where no table is called so.
    ExchangeTable* named(std::string_view name);
};

// Without these a table cannot be read; others may be left out.
const std::vector<std::string_view>& needed_columns(std::string_view table);
// Each of the tables that were given has them; a fault for each that is missing.
std::vector<ExchangeFault> missing_columns(const ExchangeTables&);

// A spreadsheet's cell holds 32,767 characters; a version's JSON is divided into json_1, json_2 … of this many.
constexpr size_t characters_in_a_part = 30'000;

}  // namespace yimen::catalogue
