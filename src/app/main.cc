#include <CLI/CLI.hpp>
#include <iostream>

#include "app/commands.h"
#include "app/settings.h"
#include "base/log.h"

using namespace yimen;

namespace {

// Flags that stand for settings: --port 80 is the setting `port`.
void add_settings(CLI::App& command, Config& config, std::initializer_list<const char*> keys) {
    for (auto& setting : config.all())
        for (std::string_view key : keys)
            if (setting.key == key) {
                auto name = setting.key;
                std::ranges::replace(name, '_', '-');
                command.add_option_function<std::string>(
                    "--" + name, [&config, key = setting.key](const std::string& value) { config.set_flag(key, value); }, setting.help);
            }
}

}  // namespace

int main(int argc, char** argv) try {
    auto config = app::settings();
    // The file and the environment first, so that flags win.
    std::string file = getenv("YIMEN_CONFIG") ? getenv("YIMEN_CONFIG") : "";
    for (int i = 1; i + 1 < argc; ++i)
        if (std::string_view(argv[i]) == "--config") file = argv[i + 1];
    unsetenv("YIMEN_CONFIG");
    app::read_settings(config, file);

    CLI::App yimen("Yimen 一门: the system behind a one-stop government service centre", "yimen");
    yimen.set_version_flag("--version", "yimen " YIMEN_VERSION);
    yimen.require_subcommand(1);
    yimen.fallthrough();
    yimen.add_option("--config", file, "configuration file (key = value); also YIMEN_CONFIG");
    add_settings(yimen, config, {"db", "keys", "division", "log_level"});

    int code = 0;
    std::string path, format, witnesses, key, member, sign_in_name, posts;
    bool check_only = false, replace = false, demo = false, as_json = false, counts = false;
    int year = 2026;

    auto* serve = yimen.add_subcommand("serve", "serve the district until stopped");
    add_settings(*serve, config,
                 {"address", "port", "public_address", "certificate", "key_file", "trusted_proxies", "workers", "connections",
                  "network_threads", "queue", "max_connections", "uploads", "drain_seconds"});
    serve->add_flag("--demo", demo, "with the demonstration district: identities to try, keys made when missing");
    serve->callback([&] {
        if (demo) config.set_flag("demo", "yes");
        code = app::serve(config);
    });
    yimen.add_subcommand("migrate", "bring the database's tables up to this version; safe to repeat")->callback([&] {
        code = app::migrate(config);
    });
    auto* backup = yimen.add_subcommand("backup", "copy a SQLite database while it serves");
    backup->add_option("file", path, "where the copy goes; must not exist")->required();
    backup->callback([&] { code = app::backup(config, path); });
    auto* restore = yimen.add_subcommand("restore", "put a backup in the place of the SQLite database");
    restore->add_option("file", path, "the backup")->required();
    restore->add_flag("--replace", replace, "overwrite the database there");
    restore->callback([&] { code = app::restore(config, path, replace); });
    yimen.add_subcommand("config", "print every setting as a configuration file, and where each came from")->callback([&] {
        code = app::show_settings(config);
    });
    auto* routes = yimen.add_subcommand("routes", "print every route, its act in the policy and who may do it");
    routes->add_flag("--json", as_json, "as JSON");
    routes->callback([&] { code = app::show_routes(config, as_json); });

    auto* ledger = yimen.add_subcommand("ledger", "the record of every act");
    ledger->require_subcommand(1);
    auto* verify = ledger->add_subcommand("verify", "prove that nothing was altered, dropped or put in; exit code 1 when something was");
    verify->add_option("--witnesses", witnesses, "checkpoints kept outside the database");
    verify->callback([&] { code = app::verify_ledger(config, witnesses); });
    auto* export_ = ledger->add_subcommand("export", "write everything to a file that verify-export reads on another machine");
    export_->add_option("file", path)->required();
    export_->callback([&] { code = app::export_ledger(config, path); });
    auto* verify_export = ledger->add_subcommand("verify-export", "verify an export with the public key alone");
    verify_export->add_option("file", path)->required();
    verify_export->add_option("--public-key", key, "PEM file of the ledger's public key")->required();
    verify_export->add_option("--witnesses", witnesses, "checkpoints kept outside the database");
    verify_export->callback([&] { code = app::verify_ledger_export(path, key, witnesses); });
    auto* verify_proof = ledger->add_subcommand("verify-proof", "verify the proof of one notice with the public key alone");
    verify_proof->add_option("file", path, "proof.json, from the verification page or attached to the notice's PDF")->required();
    verify_proof->add_option("--public-key", key, "PEM file of the ledger's public key")->required();
    verify_proof->callback([&] { code = app::verify_proof(path, key); });
    ledger->add_subcommand("witnesses", "print the newest checkpoints, to be kept elsewhere")->callback([&] {
        code = app::show_witnesses(config);
    });

    auto* keys = yimen.add_subcommand("keys", "the installation's keys");
    keys->require_subcommand(1);
    keys->add_subcommand("make", "make the keys that are missing")->callback([&] { code = app::make_keys(config); });
    auto* staff = yimen.add_subcommand("staff", "people who work here");
    staff->require_subcommand(1);
    auto* add = staff->add_subcommand("add", "add somebody with an account; the password is read from standard input");
    add->add_option("name", member, "as others read it")->required();
    add->add_option("--sign-in-name", sign_in_name, "to sign in with")->required();
    add->add_option("--posts", posts,
                    "with commas between: administrator, auditor, director, officer, window_clerk, guide_clerk, issuing_clerk")
        ->required();
    add->callback([&] { code = app::add_staff(config, member, sign_in_name, posts); });
    auto* cases = yimen.add_subcommand("cases", "cases");
    cases->require_subcommand(1);
    cases->add_subcommand("table", "print the statutory life cycle as Markdown")->callback([&] { code = app::show_life_cycle(); });
    auto* catalogue = yimen.add_subcommand("catalogue", "what is on offer");
    catalogue->require_subcommand(1);
    auto* check = catalogue->add_subcommand(
        "check", "print every fault as file:line: what is wrong and how to mend it; exit code 1 when there is one");
    check->add_option("folder", path, "data/catalogue of a checkout; without it the catalogue inside the program");
    check->add_flag("--counts", counts, "print what the items add up to: at kiosks, online, on the spot, by department, type and theme");
    check->callback([&] { code = app::check_catalogue(path, counts); });
    auto* export_tables =
        catalogue->add_subcommand("export", "write the items in force as the national interchange tables (docs/exchange.md)");
    export_tables->add_option("--format", format, "csv: a folder with one file a table; xlsx: one workbook with a sheet a table")
        ->required()
        ->check(CLI::IsMember({"csv", "xlsx"}));
    export_tables->add_option("path", path, "the folder or file to write; nothing is overwritten")->required();
    export_tables->callback([&] { code = app::export_catalogue(config, format, path); });
    auto* import_tables = catalogue->add_subcommand(
        "import", "publish what the national interchange tables hold, all of it or, where a row has a fault, nothing");
    import_tables->add_option("path", path, "a folder of CSV files or an .xlsx workbook")->required();
    import_tables->add_flag("--check", check_only, "tell what it would do and every fault; publish nothing");
    import_tables->callback([&] { code = app::import_catalogue(config, path, check_only); });
    auto* calendar = yimen.add_subcommand("calendar", "working days");
    calendar->require_subcommand(1);
    auto* dump = calendar->add_subcommand("dump", "print each day of a year");
    dump->add_option("year", year)->required();
    dump->callback([&] { code = app::show_calendar(year); });

    auto* rules = yimen.add_subcommand("rules", "decision models");
    rules->require_subcommand(1);
    auto* tck = rules->add_subcommand("tck", "run folders of the DMN conformance kit; exit code 1 when a case fails");
    tck->add_option("directory", path, "where the kit's folders are")->required();
    tck->callback([&] { code = app::run_rules_kit(path); });
    auto* evaluate = rules->add_subcommand("evaluate", "evaluate FEEL, a line of standard input after the other");
    evaluate->footer(app::about_evaluating);
    evaluate->callback([&] { code = app::evaluate_rules(); });

    try {
        yimen.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return yimen.exit(e);
    }
    return code;
} catch (const std::exception& e) {
    std::cerr << "yimen: " << e.what() << "\n";
    return 1;
}
