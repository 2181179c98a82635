#include "catalogue/load.h"

// Any bytes as an item's file are read or refused with a fault that names the file; never more than that.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace yimen::catalogue;
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    auto tree = read_yaml("item.yaml", bytes);
    if (!tree) return tree.error().file == "item.yaml" && !tree.error().message.empty() ? 0 : (__builtin_trap(), 0);
    auto loaded = load_catalogue({{"data/catalogue/themes.yaml", "themes: []"},
                                  {"data/catalogue/d/department.yaml",
                                   "department: d\nname: {zh: 局, en: D}\n"
                                   "credit_code: \"11310120MB2F700144\"\n"},
                                  {"data/catalogue/d/i/item.yaml", bytes},
                                  {"data/catalogue/d/i/form.yaml", bytes}});
    if (loaded.items.empty() == loaded.faults.empty()) __builtin_trap();
    return 0;
}
