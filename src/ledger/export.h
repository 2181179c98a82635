#pragma once

// An export's lines: {"yimen_ledger": 1}, then {"entry": …}, {"checkpoint": …} and {"pending": …}, each kind in the
// order of its primary key; {"unreadable": …} stands for a row that could not be read.
namespace yimen::ledger {

inline constexpr int export_version = 1;

}  // namespace yimen::ledger
