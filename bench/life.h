#pragma once
#include "client.h"

namespace bench {

struct Lives {
    uint16_t port = 0;
    int at_once = 16;  // cases under way
    double seconds = 10, warm_up = 1;
    std::string document;  // a PDF handed in as each material; none: one empty page
    std::string password;
    bool without_documents = false;  // a matter for which nothing is handed in: seven acts instead of ten
};

// Lives whole cases, one after the other on each connection: begun, filled in, three documents (or none), handed in, accepted, decided, result
// made, delivered. Each act is one request and one durable transaction. {"cases_per_second", "acts_per_second", "failed", "why",
// "life": {…}, "acts": {"begin": {…}, …}}
boost::json::object run_lives(const Lives&);

}  // namespace bench
