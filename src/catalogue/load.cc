#include "catalogue/load.h"

#include "catalogue/standard_form.h"

namespace yimen::catalogue {

namespace {

constexpr std::string_view root = "data/catalogue/";

class Loader {
 public:
  explicit Loader(const std::vector<EmbeddedFile>& files) {
    for (auto& file : files) files_.emplace(file.path, file.bytes);
  }

  LoadedCatalogue load() {
    read_themes();
    std::vector<EmbeddedFile> files;
    for (auto& [path, bytes] : files_) files.push_back({path, bytes});
    for (auto& fault : check_standard_forms(files)) loaded_.faults.push_back(std::move(fault));
    for (auto& [path, bytes] : files_)
      if (path.ends_with("/item.yaml")) read(path);
    check_together();
    std::ranges::stable_sort(loaded_.faults, {}, [](auto& f) { return std::tie(f.file, f.line); });
    return std::move(loaded_);
  }

 private:
  // The file as a tree; nothing, with a fault unless `optional`, where there is none or it is damaged.
  const YamlTree* tree(const std::string& path, bool optional = false) {
    if (auto known = trees_.find(path); known != trees_.end()) return known->second ? &*known->second : nullptr;
    auto& slot = trees_[path];
    auto file = files_.find(path);
    if (file == files_.end()) {
      if (!optional) loaded_.faults.push_back({path, 0, "missing: write it"});
      return nullptr;
    }
    auto read = read_yaml(path, file->second);
    if (!read) return loaded_.faults.push_back(std::move(read.error())), nullptr;
    slot = std::move(*read);
    return &*slot;
  }

  Piece piece(const std::string& path, bool optional = false) {
    auto* found = tree(path, optional);
    return found ? Piece{path, &found->value, &found->lines} : Piece{path, nullptr, nullptr};
  }

  void read_themes() {
    auto themes = piece(std::string(root) + "themes.yaml");
    if (!themes.value) return;
    Reader r(themes, loaded_.faults);
    for (auto& part : r["themes"].list()) {
      Reader theme = part;
      loaded_.themes.push_back({theme["name"].text(), theme["title"].words(), theme["hint"].words()});
      theme.done();
    }
    r.done();
  }

  void read(const std::string& path) {
    auto folder = path.substr(0, path.rfind('/'));
    auto department = folder.substr(0, folder.rfind('/'));
    ItemPieces pieces{piece(department + "/department.yaml"), piece(path), piece(folder + "/form.yaml", true)};
    if (!pieces.department.value || !pieces.item.value) return;
    const size_t before = loaded_.faults.size();
    auto version = read_item(pieces, loaded_.faults);
    check_place(version, pieces, folder);
    if (loaded_.faults.size() != before) return;
    boost::json::object stored{{"department", *pieces.department.value}, {"item", *pieces.item.value}};
    if (pieces.form.value) stored["form"] = *pieces.form.value;
    loaded_.items.push_back({std::move(version), std::move(stored)});
  }

  void check_place(const ItemVersion& version, const ItemPieces& pieces, const std::string& folder) {
    if (!folder.ends_with(fmt::format("/{}/{}", version.department, version.item)))
      Reader(pieces.item, loaded_.faults)
          .fault(fmt::format("item and department must be named as their folders: {}", folder));
    for (auto& theme : version.themes)
      if (std::ranges::find(loaded_.themes, theme, &Theme::name) == loaded_.themes.end())
        Reader(pieces.item, loaded_.faults)["themes"].fault(
            fmt::format("there is no theme \"{}\" in themes.yaml", theme));
  }

  void check_together() {
    std::map<std::string, std::string> by_name, by_code;
    for (auto& [version, stored] : loaded_.items) {
      auto file = fmt::format("{}{}/{}/item.yaml", root, version.department, version.item);
      if (auto [other, added] = by_name.emplace(version.item, file); !added)
        loaded_.faults.push_back({file, 0, fmt::format("the item's name is taken by {}", other->second)});
      if (auto [other, added] = by_code.emplace(version.task_code, file); !added)
        loaded_.faults.push_back({file, 0, fmt::format("task_code is taken by {}", other->second)});
    }
  }

  std::map<std::string, std::string_view> files_;
  std::map<std::string, std::optional<YamlTree>> trees_;
  LoadedCatalogue loaded_;
};

}  // namespace

LoadedCatalogue load_catalogue(const std::vector<EmbeddedFile>& files) { return Loader(files).load(); }

std::vector<Fault> check_catalogue(const std::vector<EmbeddedFile>& files) { return load_catalogue(files).faults; }

Result<ItemVersion, std::vector<Fault>> read_stored(const boost::json::object& stored, const std::string& name) {
  std::vector<Fault> faults;
  auto piece = [&](std::string_view key) {
    return Piece{fmt::format("{} {}", name, key), stored.if_contains(key), nullptr};
  };
  auto version = read_item({piece("department"), piece("item"), piece("form")}, faults);
  if (faults.empty()) return version;
  return refuse(std::move(faults));
}

}  // namespace yimen::catalogue
