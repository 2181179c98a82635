#include <yaml-cpp/yaml.h>

#include "base/embedded.h"
#include "licences/licences.h"

namespace yimen::licences {

namespace {

catalogue::Text text_of(const YAML::Node& node) { return {node["zh"].as<std::string>(), node["en"].as<std::string>()}; }

Type read(const EmbeddedFile& file) {
    auto root = YAML::Load(std::string(file.bytes));
    Type type;
    type.type = root["type"].as<std::string>();
    type.name = text_of(root["name"]);
    type.code_suffix = root["code_suffix"].as<std::string>();
    type.number_form = root["number_form"].as<std::string>();
    type.ends_with = root["ends_with"].as<std::string>("");
    for (auto use : root["used_for"]) type.used_for.push_back(text_of(use));
    for (auto value : root["values"])
        type.values.push_back({value["name"].as<std::string>(), text_of(value["label"]), value["from"].as<std::string>(),
                               value["on"].as<std::string>("") == "paper"});
    auto svg = embedded_file("data/licences/" + type.type + ".svg");
    if (!svg) throw std::runtime_error("there is no template " + type.type + ".svg beside it");
    type.svg = *svg;
    return type;
}

}  // namespace

Types Types::embedded() {
    Types types;
    for (auto& file : embedded_files_under("data/licences/")) {
        if (!file.path.ends_with(".yaml")) continue;
        try {
            auto type = read(file);
            types.types_.emplace(type.type, std::move(type));
        } catch (const std::exception& error) {
            throw std::runtime_error(fmt::format("{}: {}", file.path, error.what()));
        }
    }
    return types;
}

const Type* Types::find(std::string_view type) const {
    auto found = types_.find(type);
    return found == types_.end() ? nullptr : &found->second;
}

}  // namespace yimen::licences
