#include <charconv>
#include <istream>
#include <stdexcept>

#include <boost/json.hpp>

#include "ledger/audit.h"
#include "ledger/entry_json.h"
#include "ledger/export.h"

namespace yimen::ledger {
namespace {

namespace json = boost::json;

using namespace from_json;

int64_t number(const json::object& o, std::string_view key) { return o.at(key).as_int64(); }

CheckpointRow read_checkpoint(const json::object& o) {
    return {number(o, "division"), number(o, "number"), number(o, "at"),      number(o, "entries"),  id(o, "first"),
            id(o, "last"),         bytes(o, "root"),    bytes(o, "previous"), bytes(o, "signature"), bytes(o, "leaves")};
}
PendingRow read_pending(const json::object& o) {
    PendingRow row{number(o, "division"), {id(o, "id"), id(o, "chain"), number(o, "seq"), {}}};
    row.leaf.hash = to_digest(bytes(o, "hash"), row.where());
    return row;
}

class ExportSource final : public Source {
  public:
    explicit ExportSource(std::istream& in) : in_(in) {}
    void entries(const std::function<void(const EntryRow&)>& take, Findings& findings) override {
        each_line(
            "entry", [&](const json::object& o) { take(entry_from(o)); }, findings);
    }
    void checkpoints(const std::function<void(const CheckpointRow&)>& take, Findings& findings) override {
        each_line(
            "checkpoint", [&](const json::object& o) { take(read_checkpoint(o)); }, findings);
    }
    void pending(const std::function<void(const PendingRow&)>& take, Findings& findings) override {
        each_line(
            "pending", [&](const json::object& o) { take(read_pending(o)); }, findings);
    }

  private:
    // Every line must be of a known kind: one that is skipped in all readings would be a way to hide it.
    static bool known(std::string_view line) {
        return line == fmt::format("{{\"yimen_ledger\":{}}}", export_version) || line.starts_with("{\"entry\":") ||
               line.starts_with("{\"checkpoint\":") || line.starts_with("{\"pending\":");
    }

    void each_line(std::string_view kind, const std::function<void(const json::object&)>& take, Findings& findings) {
        in_.clear();
        if (!in_.seekg(0)) throw std::runtime_error("An export is read more than once: give it as a file");
        const auto beginning = fmt::format("{{\"{}\":", kind);
        std::string line;
        for (int64_t at = 1; std::getline(in_, line); ++at) {
            if (!line.starts_with(beginning)) {
                if (!known(line)) findings.add("line", fmt::format("line {}", at), "it is no line of an export");
                continue;
            }
            try {
                take(json::parse(line).as_object().at(kind).as_object());
            } catch (const std::exception& error) {
                findings.add("line", fmt::format("line {}", at), error.what());
            }
        }
        if (in_.bad()) throw std::runtime_error("The export could not be read to its end");
    }

    std::istream& in_;
};

}  // namespace

Report verify_export(std::istream& in, const crypto::Sm2Key& public_key, const std::vector<Witness>& witnesses) {
    ExportSource source(in);
    return audit(source, public_key, witnesses, [](const EntryRow&, Findings&) {});
}

}  // namespace yimen::ledger
