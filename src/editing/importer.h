#pragma once
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "catalogue/exchange.h"
#include "catalogue/published.h"
#include "editing/importing.h"

namespace yimen::editing {

// Tries and publishes what was handed in, one list at a time, beside the requests and with less claim to the processor than they. What
// a program left undone is taken up again by any other that serves from the same database.
class Importer {
  public:
    struct Parts {
        db::Database& database;
        db::Options options;  // for connections of its own, so that no request waits for one
        Division division;
        catalogue::PublishedCatalogue& catalogue;
        const Clock& clock;
        std::filesystem::path folder;        // where the files lie while they are read
        std::function<void(ImportId)> news;  // something changed: for whoever looks at it
        std::function<void()> published;     // after something was
    };
    explicit Importer(Parts);
    ~Importer();
    Importer(const Importer&) = delete;
    void stop();
    // There is something to do: looked at now instead of within two seconds.
    void wake();

  private:
    struct Stopped {};
    void run();
    bool work_once();
    void work(Import&);
    void try_it(Import&);
    void publish(Import&);
    void progress(Import&, size_t done, size_t total);
    void end(Import&, ImportState, std::string_view act);
    std::filesystem::path put_files(const Import&);
    catalogue::ImportPlan plan_of(Import&);
    void keep_lines(const Import&, const catalogue::ImportPlan&);

    const Parts parts_;
    std::unique_ptr<db::Database> own_;  // opened when it is first needed
    std::mutex guard_;
    std::condition_variable wake_;
    bool woken_ = false, stopping_ = false;
    Instant told_{};
    std::thread thread_;
};

std::string import_topic(Division, ImportId);

}  // namespace yimen::editing
