#include "catalogue/check_rules.h"
#include "catalogue/decimal.h"

namespace yimen::catalogue {

namespace {

std::vector<std::string> texts(const boost::json::object& golden, std::string_view name) {
  std::vector<std::string> all;
  auto* list = golden.if_contains(name);
  if (list && list->is_array())
    for (auto& one : list->get_array())
      if (auto* text = one.if_string()) all.emplace_back(*text);
  std::ranges::sort(all);
  return all;
}

std::vector<std::string> codes(const Outcome& outcome, Need need) {
  std::vector<std::string> all;
  for (auto& m : outcome.materials)
    if (m.need == need) all.push_back(m.material->code);
  std::ranges::sort(all);
  return all;
}

// As in the file: numbers and flags stand for themselves.
std::string plain(const boost::json::value& value) {
  if (auto* text = value.if_string()) return std::string(*text);
  return boost::json::serialize(value);
}

}  // namespace

std::vector<Fault> check_golden(const ItemVersion& item, const boost::json::object& golden, const std::string& file) {
  std::vector<Fault> faults;
  auto fault = [&](std::string message) { faults.push_back({file, 0, std::move(message)}); };
  auto differs = [&](std::string_view what, std::string_view wanted, std::string_view found) {
    if (wanted != found) fault(fmt::format("{} must be {}, but the rules give {}", what, wanted, found));
  };
  Answers answers;
  auto* given = golden.if_contains("answers");
  if (given && given->is_object())
    for (auto& [name, answer] : given->get_object()) {
      answers[name] = plain(answer);
      if (!item.question(name)) fault(fmt::format("there is no question \"{}\"", std::string_view(name)));
    }
  auto outcome = guide(item, answers, texts(golden, "held"));
  if (!outcome) {
    fault(fmt::format("answers are missing or impossible: {}", fmt::join(outcome.error(), ", ")));
    return faults;
  }
  for (auto& [name, wanted] : golden) {
    if (name == "situation") differs(name, plain(wanted), outcome->situation->name);
    if (name == "fee" && parse_decimal(plain(wanted)) != outcome->situation->fee.value * 10'000)
      differs(name, plain(wanted), yuan_text(outcome->situation->fee));
    if (name == "on_the_spot") differs(name, plain(wanted), outcome->situation->on_the_spot ? "true" : "false");
  }
  for (auto& [name, need] : {std::pair<std::string_view, Need>{"needed", Need::needed}, {"exempt", Need::exempt}, {"later", Need::later}})
    differs(name, fmt::format("[{}]", fmt::join(texts(golden, name), ", ")), fmt::format("[{}]", fmt::join(codes(*outcome, need), ", ")));
  return faults;
}

}  // namespace yimen::catalogue
