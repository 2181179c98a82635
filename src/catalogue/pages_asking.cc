#include "catalogue/pages_asking.h"

#include <charconv>

#include "base/text.h"

namespace yimen::catalogue {

Filter filter_of(const web::Request& request) {
  return {.query = std::string(first_characters(trim(request.query.get("q")), 100)),
          .department = std::string(request.query.get("department")),
          .theme = std::string(request.query.get("theme")),
          .online = request.query.get("online") == "yes"};
}

size_t page_of(const web::Request& request) {
  auto text = request.query.get("page");
  unsigned page = 1;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
  return error == std::errc() && end == text.data() + text.size() ? std::clamp(page, 1u, 10'000u) : 1;
}

Answers answers_of(const web::Request& request) {
  Answers answers;
  for (auto& [name, value] : request.query) answers.emplace(name, value);
  return answers;
}

}  // namespace yimen::catalogue
