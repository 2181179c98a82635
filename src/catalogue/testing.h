#pragma once
#include "catalogue/load.h"

namespace yimen::catalogue {

// The catalogue inside the program, read once.
inline const LoadedCatalogue& embedded_catalogue() {
    static const LoadedCatalogue loaded = load_catalogue(embedded_files_under("data/catalogue/"));
    return loaded;
}

// What a department's items are made from: a fault in one of them shows here as it does in the whole, and fifty times sooner.
inline std::vector<EmbeddedFile> files_of_department(std::string_view name) {
    std::vector<EmbeddedFile> files;
    for (auto* part : {"themes.yaml", "life-events.yaml", "forms/"})
        std::ranges::move(embedded_files_under(fmt::format("data/catalogue/{}", part)), std::back_inserter(files));
    std::ranges::move(embedded_files_under(fmt::format("data/catalogue/{}/", name)), std::back_inserter(files));
    return files;
}

inline std::vector<std::string> to_texts(const std::vector<Fault>& faults) {
    std::vector<std::string> texts;
    for (auto& fault : faults) texts.push_back(to_text(fault));
    return texts;
}

inline const ItemVersion& embedded_item(std::string_view name) {
    for (auto& item : embedded_catalogue().items)
        if (item.version.item == name) return item.version;
    throw std::logic_error("no such item: " + std::string(name));
}

}  // namespace yimen::catalogue
