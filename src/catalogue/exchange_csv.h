#pragma once
#include "base/result.h"
#include "catalogue/exchange_table.h"

// One table as CSV (RFC 4180): UTF-8, a comma between cells, the column names first. Written with a byte order mark and CRLF, as
// spreadsheets expect; read with or without either.
namespace yimen::catalogue {

std::string write_csv(const ExchangeTable&);
// Its rows alone, behind others that have the same columns.
void append_csv_rows(std::string& out, const ExchangeTable&);
// Refuses the file with its first fault: after one, nothing that follows can be trusted. Bounded for any bytes.
Result<ExchangeTable, ExchangeFault> read_csv(const std::string& name, std::string_view bytes, const ExchangeLimits& = {});

}  // namespace yimen::catalogue
