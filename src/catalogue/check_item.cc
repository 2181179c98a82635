#include "catalogue/read_item.h"

namespace yimen::catalogue {

namespace {

template <class T, class Name>
void check_unique(const std::vector<T>& things, Name name, Reader list, std::string_view what) {
    auto places = list.list();
    std::set<std::string> seen;
    for (size_t i = 0; i < things.size(); ++i)
        if (!seen.insert(name(things[i])).second) places[i].fault(fmt::format("a second {} \"{}\": rename one", what, name(things[i])));
}

// Answers stand in addresses beside these.
constexpr std::string_view words_of_addresses[] = {"ask", "answering", "lang", "elder", "item", "q", "page", "applicant", "licence"};

// As expressions of rules and forms can name it.
bool plain_name(std::string_view name) {
    return !name.empty() && name[0] >= 'a' && name[0] <= 'z' &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == name.npos;
}

void check_questions(const ItemVersion& item, Reader& r) {
    auto places = r["questions"].list();
    for (size_t i = 0; i < item.questions.size(); ++i) {
        auto& q = item.questions[i];
        if (std::ranges::find(words_of_addresses, q.name) != std::end(words_of_addresses))
            places[i]["name"].fault(fmt::format("\"{}\" has a meaning of its own in addresses; choose another name", q.name));
        if (!plain_name(q.name))
            places[i]["name"].fault(fmt::format("\"{}\" must be small letters, digits and _, beginning with a letter", q.name));
    }
    check_unique(
        item.questions, [](auto& q) { return q.name; }, r["questions"], "question");
}

void check_situations(const ItemVersion& item, Reader& r) {
    if (item.situations.empty()) return r.fault("situations: at least one is needed");
    check_unique(
        item.situations, [](auto& s) { return s.name; }, r["situations"], "situation");
}

void check_materials(const ItemVersion& item, Reader& r) {
    check_unique(
        item.materials, [](auto& m) { return m.code; }, r["materials"], "material");
}

}  // namespace

void check_item(const ItemVersion& item, const Piece& piece, const Piece& form, std::vector<Fault>& faults) {
    Reader r(piece, faults);
    check_questions(item, r);
    check_situations(item, r);
    check_materials(item, r);
    if (form.value) check_form(item, form, faults);
}

}  // namespace yimen::catalogue
