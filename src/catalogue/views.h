#pragma once
#include "catalogue/search.h"

// What pages, documents and the API show of items: plain objects in one language.
namespace yimen::catalogue {

using View = boost::json::object;

// "5 个工作日", "当场办结" for no day at all.
std::string limit_words(const calendar::Limit&, Language);
std::string fee_words(Fen, Language);
// Of a situation before any answers, and of all: "按填报的“面积”计算" where it is computed, never what item.yaml has in its place.
std::string fee_words(const ItemVersion&, const Situation&, Language);
std::string fee_words(const ItemVersion&, Language);
std::string promise_words(const ItemVersion&, const Situation&, Language);
std::string promise_words(const ItemVersion&, Language);
// “面积”、“人数”
std::string labels_of(const std::vector<const Question*>&, Language);

// Name, summary, department and address of the page: for lists.
View card(const ItemSummary&, Language);
boost::json::array cards(const Items&, Language, size_t most = SIZE_MAX);
// Everything the item's page shows and /api/items/{item} answers.
View item_view(const ItemVersion&, Language);
struct Shelf;
// What the home page shows and people browse by: "popular", "examples", "themes", "departments", "item_count".
View browse_view(const Shelf&, Language);
// A hit with the matching parts of its name and summary marked.
View hit_view(const Hit&, std::string_view query, Language);

// As the value of a query: whatever is not a plain letter, digit, "-", "_" or "." percent-encoded.
std::string escaped(std::string_view text);
// The answers that count, in the order asked, as "premises=food&…".
std::string answers_query(const ItemVersion&, const Answers&);
// All answers, also those to questions that do not apply now and may apply again, in the order of the questions.
std::string kept_query(const ItemVersion&, const Answers&);
// The question with its choices, the answer given marked as chosen.
View question_view(const ItemVersion&, const Question&, const Answers&, Language);
// What was answered, each with the way back to its question.
boost::json::array answered_view(const ItemVersion&, const Answers&, Language);
View outcome_view(const ItemVersion&, const Answers&, const Outcome&, Language);
// The same three where it is known which questions were asked: finding out is the costly part.
using Asked = std::vector<const Question*>;
std::string answers_query(const Asked&, const Answers&);
boost::json::array answered_view(const ItemVersion&, const Asked&, const Answers&, Language);
View outcome_view(const ItemVersion&, const Asked&, const Answers&, const Outcome&, Language);

}  // namespace yimen::catalogue
