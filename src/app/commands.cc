#include "app/commands.h"

#include <fstream>
#include <iostream>

#include "app/settings.h"
#include "app/subjects.h"
#include "calendar/calendar.h"
#include "cases/life_cycle.h"
#include "cases/notice_proof.h"
#include "crypto/crypto.h"
#include "db/database.h"

namespace yimen::app {

namespace {

std::unique_ptr<db::Database> open_database(const Config& config) { return db::Database::open(database_options(config)); }

std::string text_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error(path + ": cannot be read");
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<ledger::Witness> witnesses_in(const std::string& path) {
    if (path.empty()) return {};
    auto found = ledger::witnesses_from_text(text_of(path));
    if (!found) throw std::runtime_error(path + ": holds something that is no checkpoint");
    return *found;
}

int print(const ledger::Report& report) {
    for (auto& fault : report.faults) fmt::print("{}: {}: {}\n", fault.what, fault.where, fault.detail);
    fmt::print("{} entries in {} chains, {} checkpoints, {} pending, {} subjects: {}\n", report.entries, report.chains, report.checkpoints,
               report.pending, report.subjects,
               report.faults.empty() ? "all as it was recorded" : fmt::format("{} faults", report.faults.size()));
    return report.faults.empty() ? 0 : 1;
}

}  // namespace

int migrate(const Config& config) {
    auto database = open_database(config);
    auto ran = db::migrate(*database);
    fmt::print("{}: {} migrations applied\n", database->describe(), ran);
    return 0;
}

int backup(const Config& config, const std::string& file) {
    if (std::filesystem::exists(file)) throw std::runtime_error(file + ": is there already; a backup overwrites nothing");
    open_database(config)->backup_to(file);
    fmt::print("{}: written\n", file);
    return 0;
}

int show_settings(const Config& config) {
    for (auto& s : config.all())
        fmt::print("# {} [{}]\n{} = {}\n", s.help, s.source, s.key, s.secret && s.source != "default" ? "(set)" : s.value);
    return 0;
}

int verify_ledger(const Config& config, const std::string& witnesses) {
    auto database = open_database(config);
    auto keys = crypto::Keys::load(config.text("keys"), false);
    return print(ledger::verify_all(*database, keys.ledger, subject_digests(keys), witnesses_in(witnesses)));
}

int export_ledger(const Config& config, const std::string& file) {
    std::ofstream out(file, std::ios::binary);
    if (!out) throw std::runtime_error(file + ": cannot be written");
    ledger::export_to(*open_database(config), out);
    out.close();
    if (!out) throw std::runtime_error(file + ": could not be written to its end");
    fmt::print("{}: written\n", file);
    return 0;
}

int verify_ledger_export(const std::string& file, const std::string& public_key, const std::string& witnesses) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error(file + ": cannot be read");
    return print(ledger::verify_export(in, crypto::Sm2Key::from_pem(text_of(public_key)), witnesses_in(witnesses)));
}

int verify_proof(const std::string& file, const std::string& public_key) {
    auto found = cases::check_proof_file(text_of(file), crypto::Sm2Key::from_pem(text_of(public_key)));
    if (!found) throw std::runtime_error(file + ": is no proof of a notice");
    auto& checked = found->checked;
    auto say = [](bool holds, const std::string& what) { fmt::print("{:6} {}\n", holds ? "holds" : "FAILS", what); };
    say(found->text, found->whole ? "what the notice says has the digest that the ledger's entry keeps"
                                  : "the ledger's entry keeps the digest of a notice");
    say(checked.entry, fmt::format("the entry has the hash {}", checked.hash_hex));
    say(checked.path, fmt::format("the hash leads to the root of checkpoint {} of {} entries", checked.checkpoint, checked.size));
    say(checked.signature, "the checkpoint is signed with this key");
    fmt::print("{} {}, {}, {}: {}\n", found->kind, found->number, checked.act, to_iso(checked.at),
               found->holds() ? "as it was recorded" : "NOT PROVED");
    return found->holds() ? 0 : 1;
}

int show_witnesses(const Config& config) {
    fmt::print("{}", ledger::to_text(ledger::newest_checkpoints(*open_database(config))));
    return 0;
}

int make_keys(const Config& config) {
    auto& folder = config.text("keys");
    if (auto parent = std::filesystem::path(folder).parent_path(); !parent.empty()) std::filesystem::create_directories(parent);
    auto keys = crypto::Keys::load(folder, true);
    fmt::print("{}: complete. The ledger's public key, for verifying elsewhere:\n{}", folder, keys.ledger.public_pem());
    return 0;
}

int show_life_cycle() {
    fmt::print("{}", cases::life_cycle_markdown());
    return 0;
}

int show_calendar(int year) {
    auto days = calendar::WorkingDays::embedded();
    if (!days.knows(year)) throw std::runtime_error(fmt::format("the notice of working days for {} is not in data/calendar", year));
    fmt::print("{}", calendar::dump(days, year));
    return 0;
}

}  // namespace yimen::app
