#include "catalogue/read_item.h"

namespace yimen::catalogue {

namespace {

bool digits(std::string_view text) {
    return std::ranges::all_of(text, [](unsigned char c) { return c >= '0' && c <= '9'; });
}

// Part of addresses and of folder names: nothing but a–z, digits and "-".
bool plain_name(std::string_view name) {
    auto fits = [](unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && name.size() <= 80 && name.front() != '-' && std::ranges::all_of(name, fits);
}

// 00 or 31, the type, the department (2), the serial (3), the sub-item (3).
void check_code(const ItemVersion& item, const Reader& place) {
    auto& code = item.catalogue_code;
    if (code.size() != 12 || !digits(code) || !(code.starts_with("00") || code.starts_with("31")))
        place.fault("must be 12 digits: 00 (national list) or 31 (Shanghai list), item type (2), department (2), serial (3), sub-item (3)");
    else if (code.substr(2, 2) != item.item_type)
        place.fault(
            fmt::format("its third and fourth digit are the item type: {} here, but item_type is {}", code.substr(2, 2), item.item_type));
}

void check_known(const std::vector<std::string>& words, Reader list, std::initializer_list<std::string_view> known) {
    auto places = list.list();
    for (size_t i = 0; i < words.size(); ++i) {
        if (std::ranges::find(known, words[i]) == known.end())
            places[i].fault(fmt::format("\"{}\" is unknown here; it may be {}", words[i], fmt::join(known, ", ")));
        if (std::find(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i), words[i]) !=
            words.begin() + static_cast<std::ptrdiff_t>(i))
            places[i].fault(fmt::format("\"{}\" stands twice: remove one", words[i]));
    }
}

void check_situation(const ItemVersion& item, const Situation& situation, Reader place) {
    if (situation.on_the_spot && situation.review_plan == "three_level")
        place["on_the_spot"].fault("decided on the spot needs review_plan: sole or examiner_verifier");
    if (situation.fee.value > 0 && item.fee_basis.zh.empty()) place["fee"].fault("a fee needs fee_basis: say which regulation allows it");
}

}  // namespace

void check_offer(const ItemVersion& item, const Piece& piece, std::vector<Fault>& faults) {
    Reader r(piece, faults);
    if (!plain_name(item.item)) r["item"].fault("may hold small letters, digits and \"-\" only, at most 80");
    check_code(item, r["catalogue_code"]);
    check_known(item.channels, r["channels"], {"online", "window", "kiosk"});
    check_known(item.applicants, r["applicants"], {"person", "organisation"});
    if (item.channels.empty()) r["channels"].fault("at least one is needed");
    if (item.applicants.empty()) r["applicants"].fault("say who may apply: [person], [organisation] or both");
    if (item.themes.empty()) r["themes"].fault("at least one is needed, so that it can be found by browsing");
    if (item.words.empty()) r["words"].fault("write the everyday words people search by");
    if (item.legal_basis.empty()) r["legal_basis"].fault("say what it rests on");
    if (item.self_service && !item.offered("kiosk")) r["self_service"].fault("needs kiosk among the channels");
    auto places = r["situations"].list();
    for (size_t i = 0; i < item.situations.size(); ++i) check_situation(item, item.situations[i], places[i]);
}

}  // namespace yimen::catalogue
