#include "catalogue/store_export.h"

#include <zip.h>

#include <fstream>

#include <boost/json.hpp>

#include "catalogue/exchange_csv.h"
#include "catalogue/exchange_rows.h"
#include "catalogue/exchange_xlsx.h"
#include "catalogue/store_exchange.h"

namespace yimen::catalogue {

namespace {

constexpr size_t together = 200;
// A shorter content is one part, whatever its characters.
constexpr size_t surely_one_part = characters_in_a_part / 2;

std::map<std::pair<std::string, int>, std::string> contents(db::Database& database, Division division,
                                                            std::span<const std::shared_ptr<const ItemSummary>> items) {
    std::vector<std::string> names;
    for (auto& item : items) names.push_back(item->item);
    return database.read([&](db::Tx& tx) { return content_texts(tx, division, names); });
}

// The tables without rows, with as many columns json_1, json_2 … as the longest of all needs.
ExchangeTables empty_tables(size_t parts) {
    ExchangeTables tables;
    tables.item.widen("json_", parts);
    return tables;
}

template <class See>
void each_few(db::Database& database, Division division, const Items& items, See see) {
    for (size_t at = 0; at < items.size(); at += together) {
        auto few = std::span(items).subspan(at, std::min(together, items.size() - at));
        see(few, contents(database, division, few));
    }
}

size_t most_parts(db::Database& database, Division division, const Items& items) {
    size_t most = 1;
    each_few(database, division, items, [&](auto few, auto contents) {
        for (auto& item : few)
            if (auto found = contents.find({item->item, item->version}); found != contents.end() && found->second.size() > surely_one_part)
                most = std::max(most, parts_needed(found->second));
    });
    return most;
}

template <class Take>
void each_tables(db::Database& database, Division division, const Items& items, const std::vector<Theme>& themes, size_t parts, Take take) {
    each_few(database, division, items, [&](auto few, auto contents) {
        auto tables = empty_tables(parts);
        for (auto& item : few) {
            auto& content = contents.at({item->item, item->version});
            auto version = read_stored(boost::json::parse(content).as_object(), fmt::format("version {} of {}", item->version, item->item));
            if (!version) throw std::runtime_error(to_text(version.error().front()));
            add_rows(tables, *version, content, themes);
        }
        take(tables);
    });
}

// The CSV files beside the archive, until it is made of them.
class CsvFiles {
  public:
    CsvFiles(const std::filesystem::path& archive, const ExchangeTables& columns) : archive_(archive) {
        for (auto* table : columns.all()) {
            files_.push_back({table->name(), std::ofstream(path(table->name()), std::ios::binary)});
            files_.back().second << write_csv(*table);
        }
    }
    ~CsvFiles() {
        std::error_code ignored;
        for (auto& [name, file] : files_) std::filesystem::remove(path(name), ignored);
    }
    CsvFiles(const CsvFiles&) = delete;

    void add(const ExchangeTables& tables) {
        auto file = files_.begin();
        for (auto* table : tables.all()) {
            std::string rows;
            append_csv_rows(rows, *table);
            (file++)->second << rows;
        }
    }
    void pack() {
        int code = 0;
        auto* zip = zip_open(archive_.c_str(), ZIP_CREATE | ZIP_EXCL, &code);
        if (!zip) throw std::runtime_error(archive_.string() + ": cannot be written");
        for (auto& [name, file] : files_) {
            file.close();
            auto* source = file ? zip_source_file(zip, path(name).c_str(), 0, -1) : nullptr;
            if (!source || zip_file_add(zip, (name + ".csv").c_str(), source, ZIP_FL_ENC_UTF_8) < 0) {
                zip_discard(zip);
                throw std::runtime_error(archive_.string() + ": could not be written to its end");
            }
        }
        if (zip_close(zip) != 0) {
            zip_discard(zip);
            throw std::runtime_error(archive_.string() + ": could not be written to its end");
        }
    }

  private:
    std::string path(const std::string& name) const { return archive_.string() + "." + name; }

    std::filesystem::path archive_;
    std::vector<std::pair<std::string, std::ofstream>> files_;
};

}  // namespace

void write_workbook(db::Database& database, Division division, const Items& items, const std::vector<Theme>& themes,
                    const std::filesystem::path& file) {
    const auto parts = most_parts(database, division, items);
    XlsxWriter writer(file, empty_tables(parts));
    each_tables(database, division, items, themes, parts, [&](const ExchangeTables& tables) { writer.add(tables); });
    writer.finish();
}

void write_csv_archive(db::Database& database, Division division, const Items& items, const std::vector<Theme>& themes,
                       const std::filesystem::path& file) {
    const auto parts = most_parts(database, division, items);
    CsvFiles files(file, empty_tables(parts));
    each_tables(database, division, items, themes, parts, [&](const ExchangeTables& tables) { files.add(tables); });
    files.pack();
}

}  // namespace yimen::catalogue
