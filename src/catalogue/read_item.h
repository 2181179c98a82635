#pragma once
#include "base/embedded.h"
#include "catalogue/load.h"
#include "catalogue/reader.h"

namespace yimen::catalogue {

// The pieces of an item; `form` may be without a value where nothing is applied for online, `rules` (one text) where
// nothing is asked.
struct ItemPieces {
    Piece department, item, form, rules;
};
ItemVersion read_item(const ItemPieces&, std::vector<Fault>&);
// `questions`: what the item asks, which formulas may name beside the form's own fields.
Form read_form(const Piece&, const std::vector<Question>& questions, std::vector<Fault>&);
// Names that stand twice, prefills and answers that cannot be, fields that depend on themselves.
void check_form(const ItemVersion&, const Piece& form, std::vector<Fault>&);
Question read_question(Reader);
std::vector<Choice> read_choices(const Reader&);
// What no single value shows: names that do not exist, things that stand twice, situations that can never hold.
void check_item(const ItemVersion&, const Piece& item, const Piece& form, std::vector<Fault>&);
// The same for what stands outside questions, situations and materials: codes, channels, for whom. Called by read_item.
void check_offer(const ItemVersion&, const Piece& item, std::vector<Fault>&);
std::vector<Theme> read_themes(const Piece&, std::vector<Fault>&);
std::vector<LifeEvent> read_life_events(const Piece&, std::vector<Fault>&);

}  // namespace yimen::catalogue
