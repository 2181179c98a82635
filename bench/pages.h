#pragma once
#include "client.h"

namespace bench {

struct Pages {
    Target target;
    std::vector<std::string> paths;  // asked for in turn
    int connections = 256;
    double seconds = 5, warm_up = 1;
    bool many_addresses = false;  // each request from another address, as X-Forwarded-For says
};

// Asks for pages as fast as they come. {"per_second", "failed", "bytes", "p50_us", …}
boost::json::object run_pages(const Pages&);

}  // namespace bench
