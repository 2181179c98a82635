#include "editing/importer.h"

#include <sys/resource.h>

#include <fstream>

#include "base/log.h"
#include "catalogue/exchange_files.h"
#include "crypto/crypto.h"
#include "editing/store_imports.h"

namespace yimen::editing {

namespace {

// How long somebody who works on a list may be silent before others take it up.
constexpr auto patience = std::chrono::seconds(60);
constexpr size_t faults_kept = 5'000;
constexpr size_t lines_together = 250;

// Removes the files when they have been read.
struct Removed {
    std::filesystem::path path;
    ~Removed() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

// Over all that would be published. A day that nobody stated is left out: it is the day of the publishing.
std::string digest_of(const catalogue::ImportPlan& plan, Date today) {
    const auto day = fmt::format("\"from\":\"{}\"", to_iso(today));
    crypto::Digest all{};
    for (auto& one : plan.publications) {
        auto content = one.content;
        if (auto at = content.find(day); at != std::string::npos) content.erase(at, day.size());
        all = crypto::sm3(fmt::format("{}\n{}\n{}\n{}", crypto::hex(crypto::view(all)), one.item, one.version, content));
    }
    return crypto::hex(crypto::view(all));
}

ImportLine line_of(const catalogue::ExchangeFault& fault) { return {fault.table, fault.row, fault.column, fault.value, fault.message}; }
ImportLine line_of(const catalogue::Publication& one) { return {one.item, one.version, one.department, one.from, one.summary.name}; }

}  // namespace

std::string import_topic(Division division, ImportId id) { return fmt::format("editing/{}/import/{}", division.code(), to_text(id)); }

Importer::Importer(Parts parts) : parts_(std::move(parts)), thread_([this] { run(); }) {}

Importer::~Importer() { stop(); }

void Importer::stop() {
    {
        std::lock_guard lock(guard_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Importer::wake() {
    {
        std::lock_guard lock(guard_);
        woken_ = true;
    }
    wake_.notify_all();
}

void Importer::run() {
    setpriority(PRIO_PROCESS, 0, 10);  // of this thread alone: people wait for requests, not for this
    for (;;) {
        {
            std::unique_lock lock(guard_);
            wake_.wait_for(lock, std::chrono::seconds(2), [this] { return stopping_ || woken_; });
            if (stopping_) return;
            woken_ = false;
        }
        try {
            while (work_once()) {
            }
        } catch (const Stopped&) {
            return;
        } catch (const std::exception& error) {
            log::warning("imports_not_looked_at", {{"why", error.what()}});
        }
    }
}

bool Importer::work_once() {
    const auto now = parts_.clock.now();
    auto nothing = parts_.database.read([&](db::Tx& tx) { return imports_waiting(tx, parts_.division, now) == 0; });
    if (nothing) return false;
    auto import = parts_.database.write([&](db::Tx& tx) { return take_import(tx, parts_.division, now, now + patience); });
    if (!import) return false;
    try {
        work(*import);
    } catch (const Stopped&) {
        parts_.database.write([&](db::Tx& tx) { note_progress(tx, *import, Instant{}); });
        throw;
    } catch (const db::Unavailable&) {
        throw;  // somebody takes it up when the database is back
    } catch (const std::exception& error) {
        log::error("import_failed", {{"import", to_text(import->id)}, {"why", error.what()}});
        end(*import, ImportState::failed, "fail_import");
    }
    return true;
}

void Importer::work(Import& import) {
    if (!own_) own_ = db::Database::open(parts_.options);
    if (import.state == ImportState::confirmed || import.state == ImportState::publishing)
        publish(import);
    else
        try_it(import);
}

void Importer::progress(Import& import, size_t done, size_t total) {
    const auto now = parts_.clock.now();
    if (now - told_ < std::chrono::milliseconds(700) && done) return;
    {
        std::lock_guard lock(guard_);
        if (stopping_) throw Stopped();
    }
    told_ = now;
    import.done = static_cast<int64_t>(done);
    import.total = static_cast<int64_t>(total);
    parts_.database.write([&](db::Tx& tx) { note_progress(tx, import, now + patience); });
    parts_.news(import.id);
}

std::filesystem::path Importer::put_files(const Import& import) {
    const auto folder = parts_.folder / ("import-" + to_text(import.id));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    for (size_t file = 0; file < import.files.size(); ++file) {
        std::ofstream out(folder / import.files[file].name, std::ios::binary);
        for (size_t place = 0;; ++place) {
            auto bytes = own_->read([&](db::Tx& tx) { return piece(tx, import.division, import.id, file, place); });
            if (bytes.empty()) break;
            out << bytes;
        }
        out.close();
        if (!out) throw std::runtime_error(folder.string() + ": could not be written to its end");
    }
    return folder;
}

void Importer::keep_lines(const Import& import, const catalogue::ImportPlan& plan) {
    parts_.database.write([&](db::Tx& tx) { forget_lines(tx, import.division, import.id); });
    std::map<std::string_view, std::vector<ImportLine>> all;
    for (auto& fault : plan.faults) all["fault"].push_back(line_of(fault));
    for (size_t i = 0; i < plan.publications.size(); ++i) all[plan.is_next[i] ? "next" : "new"].push_back(line_of(plan.publications[i]));
    for (auto& [kind, found] : all)
        for (size_t at = 0; at < found.size(); at += lines_together)
            parts_.database.write([&](db::Tx& tx) {
                add_lines(tx, import.division, import.id, kind, static_cast<int64_t>(at) + 1,
                          std::span(found).subspan(at, std::min(lines_together, found.size() - at)));
            });
}

catalogue::ImportPlan Importer::plan_of(Import& import) {
    progress(import, 0, 0);
    Removed files{put_files(import)};
    const bool workbook = import.files.front().name.ends_with(".xlsx");
    auto tables = catalogue::read_exchange(workbook ? files.path / import.files.front().name : files.path);
    if (!tables) {
        catalogue::ImportPlan plan;
        plan.fault_count = tables.error().size();
        plan.faults = std::move(tables.error());
        return plan;
    }
    const catalogue::PlanOptions options{faults_kept, [&](size_t done) { progress(import, done, tables->basic.rows()); }};
    return own_->read([&](db::Tx& tx) {
        return catalogue::plan_import(tx, import.division, *tables, parts_.catalogue.themes(), parts_.catalogue.life_events(),
                                      shanghai_date(parts_.clock.now()), options);
    });
}

void Importer::try_it(Import& import) {
    auto plan = plan_of(import);
    keep_lines(import, plan);
    import.added = static_cast<int64_t>(plan.added);
    import.next_versions = static_cast<int64_t>(plan.next_versions);
    import.unchanged = static_cast<int64_t>(plan.unchanged);
    import.fault_count = static_cast<int64_t>(plan.fault_count);
    import.plan = digest_of(plan, shanghai_date(parts_.clock.now()));
    end(import, plan.fault_count ? ImportState::faulty : ImportState::ready, "try_import");
}

void Importer::publish(Import& import) {
    const auto today = shanghai_date(parts_.clock.now());
    auto plan = plan_of(import);
    if (plan.fault_count || digest_of(plan, today) != import.plan) return end(import, ImportState::outdated, "outdate_import");
    const ledger::Actor actor{"staff", import.confirmed_by.value, "analyst", ""};
    if (!catalogue::import_plan(parts_.database, import.division, plan, actor, parts_.clock.now()))
        return end(import, ImportState::outdated, "outdate_import");
    end(import, ImportState::published, "publish_import");
    parts_.published();
}

void Importer::end(Import& import, ImportState state, std::string_view act) {
    const auto now = parts_.clock.now();
    const bool over = state != ImportState::ready;
    auto ended = parts_.database.write([&](db::Tx& tx) {
        auto current = find_import_locked(tx, import.division, import.id);
        // Somebody dropped it meanwhile.
        if (!current || !current->under_way()) return false;
        import.state = state;
        if (over) import.ended_at = now;
        put(tx, import);
        note_progress(tx, import, Instant{});
        if (over) forget_pieces(tx, import.division, import.id);
        json::object after{{"state", name(state)},
                           {"new", import.added},
                           {"next", import.next_versions},
                           {"unchanged", import.unchanged},
                           {"faults", import.fault_count}};
        ledger::record(tx, {import.division,
                            "item_import",
                            {import.id.value},
                            {"system", 0, "", ""},
                            std::string(act),
                            now,
                            nullptr,
                            std::move(after),
                            digest(import)});
        return true;
    });
    if (ended) parts_.news(import.id);
}

}  // namespace yimen::editing
