#include "catalogue/sources.h"

#include "catalogue/reader.h"

namespace yimen::catalogue {

namespace {

constexpr std::string_view path = "data/records.yaml";

std::vector<SharedRecord> read_records() {
    auto files = embedded_files_under(path);
    if (files.empty()) throw std::runtime_error(fmt::format("{} is not in the program", path));
    auto tree = read_yaml(std::string(path), files.front().bytes);
    if (!tree) throw std::runtime_error(to_text(tree.error()));
    std::vector<Fault> faults;
    const Piece piece{std::string(path), &tree->value, &tree->lines};
    Reader root(piece, faults);
    std::vector<SharedRecord> records;
    for (auto& r : root["records"].list()) {
        Reader place = r;
        records.push_back({place["source"].text(), place["name"].words()});
        if (source_parts(records.back().source).name.empty()) place["source"].fault("must be person:<name> or organisation:<name>");
        place.done();
    }
    root.done();
    if (!faults.empty()) throw std::runtime_error(to_text(faults.front()));
    return records;
}

}  // namespace

const std::vector<SharedRecord>& shared_records() {
    static const auto records = read_records();
    return records;
}

SourceParts source_parts(std::string_view source) {
    for (std::string_view holder : {"person", "organisation"})
        if (source.starts_with(holder) && source.size() > holder.size() + 1 && source[holder.size()] == ':')
            return {holder, source.substr(holder.size() + 1)};
    return {};
}

std::optional<Text> source_name(std::string_view source, const LicenceTypes& types) {
    if (source == "form") return Text{"网上填写的表单", "The online form"};
    auto parts = source_parts(source);
    if (auto* type = parts.name.empty() ? nullptr : types.find(parts.name)) return type->name;
    auto found = std::ranges::find(shared_records(), source, &SharedRecord::source);
    return found == shared_records().end() ? std::nullopt : std::optional(found->name);
}

}  // namespace yimen::catalogue
