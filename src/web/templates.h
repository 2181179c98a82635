#pragma once
#include <memory>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "base/clock.h"

namespace yimen::web {

// What a page shows. The same objects answer the API where both say the same.
using View = boost::json::object;

// Texts for people from web/texts/<feature>.json: {"key": {"zh": "…", "en": "…"}}. Keys are "<feature>.<name>".
// {name} in a text is replaced from `values`. An unknown key ends the program in tests and shows the key in service.
std::string words(Language, std::string_view key, const View& values = {});
bool has_words(std::string_view key);

// Mustache templates from web/templates/<feature>/<name>.mustache, read and checked once, one compiled form a language:
//   {{x}} {{{x}}} {{#x}} {{^x}} {{> feature/partial}} as usual, dotted names, {{.}};
//   [[feature.key]] is the text in the page's language (escaped), in which {{x}} may stand.
// The first line may name the layout: {{! layout: public}} → web/templates/layout/public.mustache, whose {{> content}} is
// the page. What all pages show comes in view["page"] (see app/page.h).
class Templates {
  public:
    // Throws std::runtime_error naming file and line for a syntax error, a missing partial or a missing text.
    Templates();
    ~Templates();
    // What the view does not have is looked up in `shared`, which is not copied: see Mustache.
    std::string render(std::string_view name, Language, const View&, const View* shared = nullptr) const;

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// "/assets/site-3f2a9c.css" for "site.css", from the build's manifest.
std::string asset_path(std::string_view name);
// Routes for the built assets: immutable, brotli or gzip as accepted, with ETag.
class Router;
void add_asset_routes(Router&);

}  // namespace yimen::web
