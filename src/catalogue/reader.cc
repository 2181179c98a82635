#include "catalogue/reader.h"

#include "base/text.h"
#include "catalogue/decimal.h"

namespace yimen::catalogue {

void Reader::fault(std::string message) const {
    int line = 0;
    // What is missing has no line of its own: the nearest value around it is where to mend.
    for (auto path = path_; piece_->lines && !line; path.resize(path.rfind('/'))) {
        if (auto found = piece_->lines->find(path); found != piece_->lines->end()) line = found->second;
        if (path.empty()) break;
    }
    auto place = path_.empty() ? std::string() : path_.substr(1) + ": ";
    faults_->push_back({piece_->file, line, place + message});
}

Reader Reader::operator[](std::string_view key) {
    known_.emplace_back(key);
    const boost::json::value* value = nullptr;
    if (auto* map = value_ ? value_->if_object() : nullptr) value = map->if_contains(key);
    return Reader(*piece_, *faults_, value, fmt::format("{}/{}", path_, key));
}

void Reader::done() const {
    if (!there()) return fault("missing: write it");
    auto* map = value_->if_object();
    if (!map) return fault("must be a map of names and values");
    for (auto& [key, value] : *map)
        if (std::ranges::find(known_, key) == known_.end())
            Reader(*piece_, *faults_, &value, fmt::format("{}/{}", path_, std::string_view(key)))
                .fault(fmt::format("unknown name; known here: {}", fmt::join(known_, ", ")));
}

std::vector<Reader> Reader::list() const {
    std::vector<Reader> parts;
    if (!there()) return parts;
    auto* array = value_->if_array();
    if (!array) return fault("must be a list (\"- …\" lines)"), parts;
    for (size_t i = 0; i < array->size(); ++i) parts.push_back(Reader(*piece_, *faults_, &(*array)[i], fmt::format("{}/{}", path_, i)));
    return parts;
}

std::string Reader::text(std::optional<std::string> fallback) const {
    if (!there()) {
        if (!fallback) fault("missing: write it");
        return fallback.value_or("");
    }
    if (auto* text = value_->if_string()) {
        auto trimmed = trim(std::string_view(*text));
        if (trimmed.empty() && !fallback) fault("empty: write it");
        return std::string(trimmed);
    }
    if (auto* number = value_->if_int64()) return std::to_string(*number);
    if (auto* flag = value_->if_bool()) return *flag ? "true" : "false";
    return fault("must be one text"), std::string();
}

int64_t Reader::number(int64_t low, int64_t high, std::optional<int64_t> fallback) const {
    if (!there() && fallback) return *fallback;
    auto* number = value_ ? value_->if_int64() : nullptr;
    if (number && *number >= low && *number <= high) return *number;
    fault(fmt::format("must be a whole number from {} to {}", low, high));
    return low;
}

bool Reader::flag(bool fallback) const {
    if (!there()) return fallback;
    if (auto* flag = value_->if_bool()) return *flag;
    return fault("must be true or false"), fallback;
}

Text Reader::words(bool required) const {
    if (!there()) {
        if (required) fault("missing: write it as {zh: …, en: …}");
        return {};
    }
    if (value_->is_object()) {
        Reader map = *this;
        Text text{map["zh"].text(), map["en"].text()};
        map.done();
        return text;
    }
    auto same = text();
    if (std::ranges::any_of(same, [](unsigned char c) { return c >= 0x80; })) fault("write it in both languages: {zh: …, en: …}");
    return {same, same};
}

std::vector<std::string> Reader::texts() const {
    std::vector<std::string> all;
    for (auto& part : list()) all.push_back(part.text());
    return all;
}

Fen Reader::yuan() const {
    auto millionths = parse_decimal(text());
    if (millionths && *millionths >= 0 && *millionths % 10'000 == 0) return {*millionths / 10'000};
    fault("must be an amount in yuan with at most two places, for example 12.50");
    return {};
}

}  // namespace yimen::catalogue
