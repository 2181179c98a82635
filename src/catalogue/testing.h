#pragma once
#include "catalogue/load.h"

namespace yimen::catalogue {

// The catalogue inside the program, read once.
inline const LoadedCatalogue& embedded_catalogue() {
  static const LoadedCatalogue loaded = load_catalogue(embedded_files_under("data/catalogue/"));
  return loaded;
}

inline const ItemVersion& embedded_item(std::string_view name) {
  for (auto& item : embedded_catalogue().items)
    if (item.version.item == name) return item.version;
  throw std::logic_error("no such item: " + std::string(name));
}

}  // namespace yimen::catalogue
