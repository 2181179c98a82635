#include "catalogue/yaml.h"

#include <charconv>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "base/text.h"

namespace yimen::catalogue {

namespace {

constexpr size_t most_bytes = 256 << 10, most_values = 20'000, most_levels = 24;

struct Refused {
    int line;
    std::string message;
};

boost::json::value plain(const std::string& text) {
    if (text == "true") return true;
    if (text == "false") return false;
    int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool whole = error == std::errc() && end == text.data() + text.size() && text.size() <= 15;
    return whole && std::to_string(number) == text ? boost::json::value(number) : boost::json::value(text);
}

// Builds the JSON as the parser goes, without the library's node graph: an alias could make that grow without end.
class Builder final : public YAML::EventHandler {
  public:
    YamlTree tree;
    int documents = 0;

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents > 1) throw Refused{mark.line + 1, "a second document begins here: keep one document in a file"};
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add(mark, anchor, "", nullptr); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        throw Refused{mark.line + 1, "aliases (*name) are not allowed: write the value out"};
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& text) override {
        if (!open_.empty() && open_.back().map && !open_.back().key) return begin_key(mark, text);
        add(mark, anchor, tag, tag == "?" ? plain(text) : boost::json::value(text));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
        open(mark, anchor, tag, boost::json::array(), false);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
        open(mark, anchor, tag, boost::json::object(), true);
    }
    void OnMapEnd() override { close(); }

  private:
    struct Level {
        boost::json::value value;
        bool map;
        std::string path;
        std::optional<std::string> key;
    };

    void begin_key(const YAML::Mark& mark, const std::string& text) {
        auto& level = open_.back();
        if (level.value.as_object().contains(text)) throw Refused{mark.line + 1, fmt::format("\"{}\" stands twice here: remove one", text)};
        level.key = text;
    }

    std::string path_of_next(const YAML::Mark& mark) const {
        if (open_.empty()) return "";
        auto& level = open_.back();
        if (!level.map) return fmt::format("{}/{}", level.path, level.value.as_array().size());
        if (!level.key) throw Refused{mark.line + 1, "a name before \":\" must be plain text"};
        return level.path + "/" + *level.key;
    }

    std::string place(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag) {
        if (anchor) throw Refused{mark.line + 1, "anchors (&name) are not allowed: write the value out"};
        if (tag.size() > 1) throw Refused{mark.line + 1, "tags (!name) are not allowed: remove it"};
        if (++values_ > most_values) throw Refused{mark.line + 1, "too many values: at most 20,000"};
        auto path = path_of_next(mark);
        tree.lines[path] = mark.line + 1;
        return path;
    }

    void add(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag, boost::json::value value) {
        place(mark, anchor, tag);
        put(std::move(value));
    }

    void open(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag, boost::json::value value, bool map) {
        if (open_.size() >= most_levels) throw Refused{mark.line + 1, "nested too deeply: at most 24 levels"};
        auto path = place(mark, anchor, tag);
        open_.push_back({std::move(value), map, std::move(path), {}});
    }

    void close() {
        auto done = std::move(open_.back().value);
        open_.pop_back();
        put(std::move(done));
    }

    void put(boost::json::value value) {
        if (open_.empty()) {
            tree.value = std::move(value);
            return;
        }
        auto& level = open_.back();
        if (!level.map) {
            level.value.as_array().push_back(std::move(value));
            return;
        }
        level.value.as_object()[*level.key] = std::move(value);
        level.key.reset();
    }

    std::vector<Level> open_;
    size_t values_ = 0;
};

}  // namespace

std::string to_text(const Fault& fault) {
    return fault.line ? fmt::format("{}:{}: {}", fault.file, fault.line, fault.message) : fmt::format("{}: {}", fault.file, fault.message);
}

Result<YamlTree, Fault> read_yaml(std::string_view file, std::string_view bytes) {
    auto fault = [&](int line, std::string message) { return refuse(Fault{std::string(file), line, std::move(message)}); };
    if (bytes.size() > most_bytes) return fault(0, "too large: at most 256 KiB");
    if (!valid_utf8(bytes)) return fault(0, "not UTF-8: save it as UTF-8");
    try {
        std::istringstream stream{std::string(bytes)};
        YAML::Parser parser(stream);
        Builder builder;
        while (parser.HandleNextDocument(builder)) {
        }
        if (builder.documents == 0) return fault(0, "empty");
        return std::move(builder.tree);
    } catch (const Refused& refused) {
        return fault(refused.line, refused.message);
    } catch (const YAML::Exception& error) {
        return fault(error.mark.line + 1, fmt::format("not YAML: {}", error.msg));
    }
}

}  // namespace yimen::catalogue
