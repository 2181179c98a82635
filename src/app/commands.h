#pragma once
#include <string>

#include "base/config.h"

// The commands beside `serve`. Each returns the program's exit code and prints to standard output.
namespace yimen::app {

int serve(Config&);
int migrate(const Config&);
int backup(const Config&, const std::string& file);
// Puts a backup in the place of the database; refuses one that is damaged, one that another version made, and to overwrite.
int restore(const Config&, const std::string& file, bool replace);
int show_settings(const Config&);
// Every route with its act and who may do it; as a JSON array for programs.
int show_routes(const Config&, bool as_json);
int verify_ledger(const Config&, const std::string& witnesses);
int export_ledger(const Config&, const std::string& file);
int verify_ledger_export(const std::string& file, const std::string& public_key, const std::string& witnesses);
int verify_proof(const std::string& file, const std::string& public_key);
int show_witnesses(const Config&);
// A member of the centre's own staff with an account; the password is the first line of standard input. `posts` are roles, with
// commas between. Refuses a sign-in name that is taken.
int add_staff(const Config&, const std::string& member, const std::string& sign_in_name, const std::string& posts);
int make_keys(const Config&);
int show_life_cycle();
int show_calendar(int year);
// Prints every fault of the catalogue as "file:line: what and mend", then "N items, N faults"; exit code 1 when there is one.
// Without a folder: the catalogue inside the program. `counts`: what the items without a fault add up to, too.
int check_catalogue(const std::string& folder, bool counts);
// Writes the versions in force as the national interchange tables: a folder of CSV files, or one XLSX workbook.
int export_catalogue(const Config&, const std::string& format, const std::string& path);
// Publishes what such tables hold, all of it or nothing; prints every fault as "table, row, column: what and mend". Exit code 1
// when there is one. `check_only` publishes nothing.
int import_catalogue(const Config&, const std::string& path, bool check_only);
// Runs the folders of the DMN conformance kit below a directory; prints each case that fails, then "N passed, N failed".
int run_rules_kit(const std::string& directory);
// Evaluates FEEL: a line {"expression", "context"} of standard input, a line {"value", "notes"} of standard output; {"fault", "position"}
// for what does not compile. Exit code 1 when a line was no such request.
int evaluate_rules();
inline constexpr auto about_evaluating =
    R"(Each line is one JSON object, at most a megabyte long:
  {"expression": "fee * 1.06", "context": {"fee": 100}}
With "tests": true the expression is a decision table's cell, and "?" in the context is what it tests.
Each is answered by one line, in order:
  {"value": 106, "notes": []}
What JSON has no type for is written {"type": "date", "text": "2026-11-24"}. An expression that does not compile is answered by
{"fault": "...", "position": 3}. The exit code is 1 when a line was no such request.)";

}  // namespace yimen::app
