#include <fstream>
#include <iostream>

#include "app/commands.h"
#include "catalogue/figures.h"
#include "catalogue/load.h"
#include "catalogue/summary.h"

namespace yimen::app {

namespace {

constexpr std::string_view root = "data/catalogue", licence_root = "data/licences";

// The files below a folder, kept while they are read as if they stood under data/catalogue; with those of a folder "licences"
// beside it, where there is one.
class Folder {
  public:
    explicit Folder(const std::filesystem::path& folder) {
        if (!std::filesystem::is_directory(folder)) throw std::runtime_error(folder.string() + ": is no directory");
        read(folder, root);
        if (std::filesystem::is_directory(beside(folder))) read(beside(folder), licence_root);
    }
    // The types of licences that belong to a folder of items.
    static std::filesystem::path beside(const std::filesystem::path& folder) {
        return std::filesystem::weakly_canonical(folder).parent_path() / "licences";
    }

    std::vector<EmbeddedFile> files() const {
        std::vector<EmbeddedFile> all;
        for (auto& [path, bytes] : kept_) all.push_back({path, bytes});
        return all;
    }

  private:
    void read(const std::filesystem::path& folder, std::string_view as) {
        for (auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file() || entry.path().filename().string().starts_with('.')) continue;
            std::ifstream file(entry.path(), std::ios::binary);
            if (!file) throw std::runtime_error(entry.path().string() + ": cannot be read");
            auto& [path, bytes] = kept_.emplace_back();
            path = fmt::format("{}/{}", as, std::filesystem::relative(entry.path(), folder).string());
            bytes.assign(std::istreambuf_iterator<char>(file), {});
        }
    }

    std::vector<std::pair<std::string, std::string>> kept_;
};

void print_map(std::string_view title, const std::map<std::string, int>& counts) {
    fmt::print("{}:\n", title);
    for (auto& [name, count] : counts) fmt::print("  {:6}  {}\n", count, name);
}

void print_figures(const catalogue::Figures& f) {
    for (auto [count, words] : {std::pair{f.items, "items"},
                                {f.at_kiosks, "at kiosks"},
                                {f.online, "online"},
                                {f.bookable, "bookable"},
                                {f.self_service, "fully self-service"},
                                {f.approvals_online, "approval items (item type 01) online"},
                                {f.approvals_at_most_one_visit, "of them with at most one visit"},
                                {f.by_one_or_two, "decided by a sole officer or by one examiner and one verifier, in every situation"},
                                {f.situations, "situations"},
                                {f.on_the_spot, "situations decided on the spot"}})
        fmt::print("{:8}  {}\n", count, words);
    print_map("by department", f.by_department);
    print_map("by item type", f.by_type);
    print_map("by theme", f.by_theme);
}

}  // namespace

int check_catalogue(const std::string& folder, bool counts) {
    std::optional<Folder> read;
    if (!folder.empty()) read.emplace(folder);
    auto loaded = catalogue::load_catalogue(read ? read->files() : embedded_files_under("data/catalogue/"));
    for (auto& fault : loaded.faults) {
        // As the caller names the folder, so that an editor finds the file.
        if (read && fault.file.starts_with(root))
            fault.file = (std::filesystem::path(folder) / fault.file.substr(root.size() + 1)).string();
        if (read && fault.file.starts_with(licence_root))
            fault.file = (Folder::beside(folder) / fault.file.substr(licence_root.size() + 1)).string();
        std::cout << to_text(fault) << "\n";
    }
    std::cout << std::flush;
    if (counts) {
        catalogue::Figures figures;
        for (auto& item : loaded.items) figures.add(catalogue::summary_of(item.version));
        print_figures(figures);
    }
    fmt::print("{} items, {} faults\n", loaded.items.size(), loaded.faults.size());
    return loaded.faults.empty() ? 0 : 1;
}

}  // namespace yimen::app
