#include "catalogue/exchange_files.h"

#include <fstream>

#include "catalogue/exchange_csv.h"
#include "catalogue/exchange_xlsx.h"
#include "catalogue/xlsx_package.h"

namespace yimen::catalogue {

namespace {

constexpr uintmax_t largest_csv = 2'000'000'000;

std::string bytes_of(const std::filesystem::path& path, uintmax_t most) {
    std::ifstream in(path, std::ios::binary);
    const auto size = in ? std::filesystem::file_size(path) : 0;
    if (!in) throw std::runtime_error(path.string() + ": cannot be read");
    if (size > most) throw std::runtime_error(fmt::format("{}: is larger than {} bytes: divide it", path.string(), most));
    std::string bytes(size, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(size));
    if (in.gcount() != static_cast<std::streamsize>(size)) throw std::runtime_error(path.string() + ": cannot be read to its end");
    return bytes;
}

void write(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream out(path, std::ios::binary);
    out << bytes;
    out.close();
    if (!out) throw std::runtime_error(path.string() + ": could not be written to its end");
}

Result<ExchangeTables, std::vector<ExchangeFault>> read_folder(const std::filesystem::path& folder) {
    ExchangeTables tables;
    std::vector<ExchangeFault> faults;
    for (auto& entry : std::filesystem::directory_iterator(folder)) {
        if (!entry.is_regular_file() || entry.path().filename().string().starts_with('.')) continue;
        const auto name = entry.path().stem().string();
        auto* table = entry.path().extension() == ".csv" ? tables.named(name) : nullptr;
        if (!table) {
            faults.push_back({entry.path().filename().string(),
                              0,
                              "",
                              {"没有这个名称的表：请拿掉这个文件，或按说明中的表名命名",
                               "no table is called so: take the file away, or name it as in docs/exchange.md"}});
            continue;
        }
        auto read = read_csv(name, bytes_of(entry.path(), largest_csv));
        if (read)
            *table = std::move(*read);
        else
            faults.push_back(std::move(read.error()));
    }
    if (!std::filesystem::exists(folder / (tables.basic.name() + ".csv")))
        faults.push_back(
            {tables.basic.name() + ".csv",
             0,
             "",
             {"缺少这个文件：其他表所说的事项都列在其中", "is not in the folder: it names the items that the other tables tell of"}});
    if (!faults.empty()) return refuse(std::move(faults));
    return tables;
}

}  // namespace

void write_csv_folder(const std::filesystem::path& folder, const ExchangeTables& tables) {
    if (std::filesystem::exists(folder) && !(std::filesystem::is_directory(folder) && std::filesystem::is_empty(folder)))
        throw std::runtime_error(folder.string() + ": is there already and not an empty folder; an export overwrites nothing");
    std::filesystem::create_directories(folder);
    for (auto* table : tables.all()) write(folder / (table->name() + ".csv"), write_csv(*table));
}

Result<ExchangeTables, std::vector<ExchangeFault>> read_exchange(const std::filesystem::path& path) {
    if (std::filesystem::is_directory(path)) return read_folder(path);
    if (path.extension() == ".xlsx") return read_xlsx(bytes_of(path, XlsxPackage::largest_file));
    throw std::runtime_error(path.string() + ": is neither a folder of CSV files nor a workbook");
}

}  // namespace yimen::catalogue
