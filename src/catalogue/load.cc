#include "catalogue/load.h"

#include "base/text.h"
#include "catalogue/check_rules.h"
#include "catalogue/families.h"
#include "catalogue/licence_types.h"
#include "catalogue/read_item.h"
#include "catalogue/standard_form.h"

namespace yimen::catalogue {

namespace {

constexpr std::string_view root = "data/catalogue/", licence_root = "data/licences/";

// Whether the program reads a file of this name, below data/catalogue/.
bool has_a_place(std::string_view path) {
    const auto parts = split(path, '/');
    if (parts.size() == 1) return path == "themes.yaml" || path == "life-events.yaml" || path == "README.md";
    if (parts.size() == 2) return parts[1] == "department.yaml" || (parts[0] == "forms" && path.ends_with(".yaml"));
    if (parts.size() == 3 && parts[1] == "families") return path.ends_with(".yaml");
    if (parts.size() == 3) return parts[2] == "item.yaml" || parts[2] == "form.yaml" || parts[2] == "rules.dmn";
    return parts.size() == 4 && parts[2] == "golden" && path.ends_with(".yaml");
}

class Loader {
  public:
    explicit Loader(const std::vector<EmbeddedFile>& files) {
        std::vector<EmbeddedFile> licences;
        for (auto& file : files) {
            if (file.path.starts_with(licence_root))
                licences.push_back(file);
            else
                files_.emplace(file.path, file.bytes);
        }
        if (!licences.empty()) own_types_ = LicenceTypes::read(licences, loaded_.faults);
    }

    LoadedCatalogue load() {
        loaded_.themes = read_themes(piece(std::string(root) + "themes.yaml"), loaded_.faults);
        loaded_.life_events = read_life_events(piece(std::string(root) + "life-events.yaml"), loaded_.faults);
        for (auto& [path, bytes] : files_) {
            if (path.ends_with("/item.yaml")) read_folder(path);
            if (path.ends_with(".yaml") && path.find("/families/") != std::string::npos) read_family(path);
            check_file(path);
        }
        add(check_standard_forms(files_));
        check_together();
        std::ranges::stable_sort(loaded_.faults, {}, [](auto& f) { return std::tie(f.file, f.line); });
        loaded_.faults.erase(std::unique(loaded_.faults.begin(), loaded_.faults.end()), loaded_.faults.end());
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

    void check_file(const std::string& path) {
        if (!has_a_place(path.substr(std::min(root.size(), path.size()))))
            loaded_.faults.push_back(
                {path, 0, "nothing reads a file of this name: see docs/configuring-an-item.md for what may stand where"});
        if (path.ends_with("/form.yaml") && !files_.contains(path.substr(0, path.rfind('/')) + "/item.yaml"))
            loaded_.faults.push_back({path, 0, "there is no item.yaml beside it: write one"});
    }

    void read_folder(const std::string& path) {
        const auto folder = path.substr(0, path.rfind('/'));
        read(piece(path), folder.substr(0, folder.rfind('/')), piece(folder + "/form.yaml", true), folder);
    }

    void read_family(const std::string& path) {
        auto* family = tree(path);
        if (!family) return;
        const auto families = path.substr(0, path.rfind('/'));
        for (auto& member : members_of(path, *family, loaded_.faults))
            read({path, &member.item, &member.lines}, families.substr(0, families.rfind('/')), {}, {});
    }

    // `folder`: of an item with a folder of its own, which must be named like it.
    void read(const Piece& item, const std::string& department, Piece form, const std::string& folder) {
        boost::json::value rules;
        if (auto file = files_.find(folder + "/rules.dmn"); !folder.empty() && file != files_.end()) rules = file->second;
        ItemPieces pieces{piece(department + "/department.yaml"), item, std::move(form),
                          Piece{folder + "/rules.dmn", rules.is_null() ? nullptr : &rules, nullptr}};
        if (!pieces.department.value || !pieces.item.value) return;
        const size_t before = loaded_.faults.size();
        auto version = read_item(pieces, loaded_.faults);
        named_.insert(version.item);
        check_place(version, pieces, department, folder);
        if (loaded_.faults.size() != before) return;
        add(check_licence(version, own_types_ ? *own_types_ : LicenceTypes::embedded(), pieces.item, pieces.form));
        add(check_rules(version, pieces.rules.file));
        if (loaded_.faults.size() != before) return;
        auto golden = folder.empty() ? boost::json::array() : read_golden(version, folder + "/golden/");
        if (loaded_.faults.size() != before) return;
        boost::json::object stored{{"department", *pieces.department.value}, {"item", *pieces.item.value}};
        if (pieces.form.value) stored["form"] = *pieces.form.value;
        if (!rules.is_null()) stored["rules"] = std::move(rules);
        if (!golden.empty()) stored["golden"] = std::move(golden);
        auto line = item.lines->find("");
        loaded_.items.push_back({std::move(version), std::move(stored)});
        places_.push_back({item.file, line == item.lines->end() ? 1 : line->second});
    }

    void add(std::vector<Fault> faults) { std::ranges::move(faults, std::back_inserter(loaded_.faults)); }

    // Where the name stands that a fault begins with, or the field of the form that it quotes; 0 where there is no such line.
    static int line_in_golden(const YamlTree& golden, const std::string& message) {
        auto line = [&](const std::string& path) {
            auto found = golden.lines.find(path);
            return found == golden.lines.end() ? 0 : found->second;
        };
        auto quote = message.find('"'), end = message.find('"', quote + 1);
        if (message.starts_with("form") && quote != message.npos && end != message.npos)
            if (auto at = message.starts_with("form:") ? line("/form/" + message.substr(quote + 1, end - quote - 1)) : line("/form_errors"))
                return at;
        return message.starts_with("form") ? std::max(line("/form"), 0) : 0;
    }

    // The example applications of an item, each of which must come out as it says.
    boost::json::array read_golden(const ItemVersion& version, const std::string& folder) {
        boost::json::array all;
        for (auto file = files_.lower_bound(folder); file != files_.end() && file->first.starts_with(folder); ++file) {
            if (!file->first.ends_with(".yaml")) continue;
            auto* found = tree(file->first);
            auto* object = found ? found->value.if_object() : nullptr;
            if (!object) {
                if (found) loaded_.faults.push_back({file->first, 1, "must be a map of names and values"});
                continue;
            }
            auto faults = check_golden(version, *object, file->first);
            for (auto& fault : faults) fault.line = line_in_golden(*found, fault.message);
            add(std::move(faults));
            boost::json::object one{{"name", file->first.substr(folder.size(), file->first.size() - folder.size() - 5)}};
            for (auto& [name, value] : *object) one[name] = value;
            all.push_back(std::move(one));
        }
        return all;
    }

    void check_place(const ItemVersion& version, const ItemPieces& pieces, const std::string& department, const std::string& folder) {
        Reader place(pieces.item, loaded_.faults);
        if (!department.ends_with("/" + version.department))
            Reader(pieces.department, loaded_.faults)["department"].fault(fmt::format("must be named as its folder: {}", department));
        if (!folder.empty() && !folder.ends_with("/" + version.item))
            place["item"].fault(fmt::format("must be named as its folder: {}", folder));
        check_names(version.themes, place["themes"], [&](auto& name) {
            return std::ranges::find(loaded_.themes, name, &Theme::name) != loaded_.themes.end()
                       ? std::string()
                       : fmt::format("there is no theme \"{}\" in themes.yaml", name);
        });
        check_names(version.life_events, place["life_events"], [&](auto& name) {
            auto event = std::ranges::find(loaded_.life_events, name, &LifeEvent::name);
            if (event == loaded_.life_events.end()) return fmt::format("there is no life event \"{}\" in life-events.yaml", name);
            return version.for_applicant(event->for_whom)
                       ? std::string()
                       : fmt::format("\"{}\" is an event of a{}: add it to applicants, or choose another event", name,
                                     event->for_whom == "person" ? " person" : "n organisation");
        });
    }

    template <class Wrong>
    static void check_names(const std::vector<std::string>& names, const Reader& list, Wrong wrong) {
        auto places = list.list();
        for (size_t i = 0; i < names.size(); ++i)
            if (auto message = wrong(names[i]); !message.empty()) places[i].fault(message);
    }

    void check_together() {
        Taken by_name, by_code, by_task_code;
        for (size_t i = 0; i < loaded_.items.size(); ++i) {
            auto& item = loaded_.items[i].version;
            check_free(by_name, i, "item", item.item);
            if (check_free(by_code, i, "catalogue_code", item.catalogue_code)) check_free(by_task_code, i, "task_code", item.task_code);
        }
        for (size_t i = 0; i < loaded_.items.size(); ++i)
            for (auto& material : loaded_.items[i].version.materials)
                if (!material.from_item.empty() && !named_.contains(material.from_item))
                    fault_of(i, fmt::format("material {} is from_item \"{}\", which does not exist", material.code, material.from_item));
    }

    // Values by the item that has them.
    using Taken = std::map<std::string, size_t>;

    bool check_free(Taken& taken, size_t at, std::string_view what, const std::string& value) {
        auto [other, added] = taken.emplace(value, at);
        if (added) return true;
        auto& place = places_[other->second];
        fault_of(at, fmt::format("{}: {} of {} is taken by {} ({}:{}): choose another", what, value, loaded_.items[at].version.item,
                                 loaded_.items[other->second].version.item, place.file, place.line));
        return false;
    }

    void fault_of(size_t item, std::string message) {
        loaded_.faults.push_back({places_[item].file, places_[item].line, std::move(message)});
    }

    struct Place {
        std::string file;
        int line;
    };

    std::map<std::string, std::string_view> files_;
    std::map<std::string, std::optional<YamlTree>> trees_;
    LoadedCatalogue loaded_;
    std::optional<LicenceTypes> own_types_;     // of the folder that is read; otherwise the program's
    std::set<std::string, std::less<>> named_;  // every item, those with faults too
    std::vector<Place> places_;                 // of the items, where each begins
};

}  // namespace

LoadedCatalogue load_catalogue(const std::vector<EmbeddedFile>& files) { return Loader(files).load(); }

std::vector<Fault> check_catalogue(const std::vector<EmbeddedFile>& files) { return load_catalogue(files).faults; }

Result<ItemVersion, std::vector<Fault>> read_stored(const boost::json::object& stored, const std::string& name) {
    std::vector<Fault> faults;
    auto piece = [&](std::string_view key) { return Piece{fmt::format("{} {}", name, key), stored.if_contains(key), nullptr}; };
    auto version = read_item({piece("department"), piece("item"), piece("form"), piece("rules")}, faults);
    if (faults.empty()) return version;
    return refuse(std::move(faults));
}

}  // namespace yimen::catalogue
