#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/catalogue.h"
#include "catalogue/yaml.h"

// Reads typed values from the JSON of an item, noting every fault at once with its place.
namespace yimen::catalogue {

// One file's JSON; `lines` is empty for what comes from the database.
struct Piece {
    std::string file;
    const boost::json::value* value = nullptr;
    const std::map<std::string, int, std::less<>>* lines = nullptr;
};

class Reader {
  public:
    Reader(const Piece& piece, std::vector<Fault>& faults) : Reader(piece, faults, piece.value, "") {}

    bool there() const { return value_ && !value_->is_null(); }
    void fault(std::string message) const;

    // The value under a name of a map; reading it is what makes the name known, see `done`.
    Reader operator[](std::string_view key);
    // Reports the names in the map that nothing asked for: misspellings would otherwise be lost in silence.
    void done() const;
    std::vector<Reader> list() const;

    // Each takes the fallback where nothing stands; without a fallback that is a fault.
    std::string text(std::optional<std::string> fallback = {}) const;
    int64_t number(int64_t low, int64_t high, std::optional<int64_t> fallback = {}) const;
    bool flag(bool fallback) const;
    // {zh: …, en: …}; or one plain text where it is the same in both languages (without Chinese characters).
    Text words(bool required = true) const;
    std::vector<std::string> texts() const;
    Fen yuan() const;
    template <class T>
    T one_of(std::initializer_list<std::pair<std::string_view, T>> names, std::optional<T> fallback = {}) const {
        if (!there() && fallback) return *fallback;
        auto word = text();
        std::string known;
        for (auto& [name, value] : names) {
            if (name == word) return value;
            known += known.empty() ? std::string(name) : fmt::format(", {}", name);
        }
        if (!word.empty()) fault(fmt::format("\"{}\" is unknown here; it may be {}", word, known));
        return names.begin()->second;
    }

  private:
    Reader(const Piece& piece, std::vector<Fault>& faults, const boost::json::value* value, std::string path)
        : piece_(&piece), faults_(&faults), value_(value), path_(std::move(path)) {}

    const Piece* piece_;
    std::vector<Fault>* faults_;
    const boost::json::value* value_;
    std::string path_;
    std::vector<std::string> known_;
};

}  // namespace yimen::catalogue
