#pragma once
#include <functional>
#include <string>
#include <vector>

#include "web/request.h"
#include "web/response.h"

namespace yimen::web {

using Handler = std::function<Response(Request&)>;

struct Route {
    Method method;
    std::string pattern;      // "/cases/{number}/accept"; {name} is one segment
    Handler handler;
    std::string act;          // the policy's word for what this does; shown by `yimen routes`
    uint64_t max_body = 64 << 10;   // bytes of a form or JSON
    uint64_t max_upload = 0;  // bytes of one file; 0: multipart is refused
    bool live = false;        // answers with an EventStream
};

class Router {
  public:
    // Two routes for the same method and pattern end the program at start.
    void add(Route);
    const std::vector<Route>& routes() const { return routes_; }

    struct Match {
        const Route* route = nullptr;
        Fields params;
        std::vector<Method> allowed;  // where the path exists but not the method: 405
    };
    Match match(Method, std::string_view path) const;

  private:
    std::vector<Route> routes_;
};

}  // namespace yimen::web
