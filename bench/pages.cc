#include "pages.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace bench {

namespace {

struct Run {
    const Pages& pages;
    std::vector<std::string> requests;
    Moment counts_from, ends;
    Latencies latencies;
    uint64_t failed = 0, bytes = 0, asked = 0;

    std::string next() {
        auto& request = requests[asked++ % requests.size()];
        if (!pages.many_addresses) return request;
        auto address = fmt::format("X-Forwarded-For: 10.{}.{}.{}\r\n\r\n", asked >> 16 & 255, asked >> 8 & 255, asked & 255);
        return request.substr(0, request.size() - 2) + address;
    }
};

Await<void> ask_on(asio::io_context& context, Run& run) {
    Client client(context, run.pages.target.port);
    for (auto began = now(); began < run.ends; began = now()) {
        auto answer = co_await client.ask(run.next());
        auto ended = now();
        if (ended < run.counts_from || ended >= run.ends) continue;
        run.latencies.add(ended - began);
        run.bytes += answer.size;
        run.failed += answer.status != 200;
    }
}

}  // namespace

boost::json::object run_pages(const Pages& pages) {
    asio::io_context context{1};
    auto begin = now() + std::chrono::nanoseconds(static_cast<int64_t>(pages.warm_up * 1e9));
    Run run{pages, {}, begin, begin + std::chrono::nanoseconds(static_cast<int64_t>(pages.seconds * 1e9)), {}, 0, 0, 0};
    for (auto& path : pages.paths) run.requests.push_back(pages.target.request("GET", path));
    for (int i = 0; i < pages.connections; ++i) asio::co_spawn(context, ask_on(context, run), asio::detached);
    context.run();
    auto figures = run.latencies.figures();
    figures["per_second"] = static_cast<double>(run.latencies.count()) / pages.seconds;
    figures["failed"] = run.failed;
    figures["bytes"] = run.latencies.count() ? run.bytes / run.latencies.count() : 0;
    return figures;
}

}  // namespace bench
