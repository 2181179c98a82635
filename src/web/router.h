#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "web/request.h"
#include "web/response.h"

namespace yimen::web {

using Handler = std::function<Response(Request&)>;

struct Route {
    Method method;
    std::string pattern;  // "/cases/{number}/accept"; {name} is one segment
    Handler handler;
    std::string act;               // the policy's word for what this does; shown by `yimen routes`
    uint64_t max_body = 64 << 10;  // bytes of a form or JSON
    uint64_t max_upload = 0;       // bytes of one file; 0: multipart is refused
    bool live = false;             // answers with an EventStream
    // True where the handler answers this request from memory, without waiting for anything: it runs on the network thread.
    // Everything else goes to a worker.
    std::function<bool(const Request&)> at_once = {};
};

// Finds the route of a path, in time that grows with the path and not with the number of routes.
class Router {
  public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    // Two routes that would answer the same requests end the program at start.
    void add(Route);
    const std::vector<Route>& routes() const { return routes_; }

    struct Match {
        const Route* route = nullptr;
        Fields params;
        std::vector<Method> allowed;  // where the path exists but not the method: 405
    };
    // The path as sent: its segments are parted before they are decoded, so that %2F belongs to a name. A literal segment beats a
    // name (/cases/new is not the case called "new"), from the left. A trailing slash is another path.
    Match match(Method, std::string_view path) const;

  private:
    struct Node;
    std::vector<Route> routes_;
    std::unique_ptr<Node> root_;
};

}  // namespace yimen::web
