#pragma once
#include "pages.h"

namespace bench {

struct Streams {
    Target target;  // with the headers that the stream needs
    std::string path;
    int count = 10000;
    int process = 0;  // the server's, to read its memory
    Pages page;       // an ordinary page asked for before, meanwhile and after
    // What makes the event that reaches all of them; empty: none is awaited.
    std::string trigger;  // the request as sent
};

// Opens many event streams and holds them. {"open", "open_seconds", "memory_before", "memory_with", "page_before", "page_with",
// "event_first_us", "event_all_us", "event_reached"}
boost::json::object run_streams(const Streams&);

}  // namespace bench
