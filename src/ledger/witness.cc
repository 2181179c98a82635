#include <limits>

#include "ledger/store.h"

namespace yimen::ledger {

std::vector<Witness> newest_checkpoints(db::Database& database) {
    return database.read([](db::Tx& tx) {
        std::vector<Witness> witnesses;
        auto next = [&](int64_t after) { return store::next_checkpoint_division(tx, after); };
        for (auto division = next(std::numeric_limits<int64_t>::min()); division; division = next(*division)) {
            if (auto row = store::newest_checkpoint(tx, *division)) witnesses.push_back({row->text(), row->signature});
        }
        return witnesses;
    });
}

std::string to_text(const std::vector<Witness>& witnesses) {
    std::string text;
    for (auto& [checkpoint, signature] : witnesses) text += checkpoint + "signature " + crypto::hex(signature) + "\n";
    return text;
}

std::optional<std::vector<Witness>> witnesses_from_text(std::string_view text) {
    constexpr std::string_view before_signature = "\nsignature ";
    std::vector<Witness> witnesses;
    while (!text.empty()) {
        const auto at = text.find(before_signature);
        const auto end = at == std::string_view::npos ? at : text.find('\n', at + before_signature.size());
        if (end == std::string_view::npos) return std::nullopt;
        const auto hex = text.substr(at + before_signature.size(), end - at - before_signature.size());
        const auto signature = crypto::from_hex(hex);
        const auto checkpoint = text.substr(0, at + 1);
        if (!signature || !CheckpointRow::from_text(checkpoint)) return std::nullopt;
        witnesses.push_back({std::string(checkpoint), *signature});
        text.remove_prefix(end + 1);
    }
    return witnesses;
}

}  // namespace yimen::ledger
