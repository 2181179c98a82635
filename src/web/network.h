#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

// One thread that speaks with clients. Each client belongs to one thread for as long as it stays, so that nothing about it is locked.
namespace yimen::web {

namespace asio = boost::asio;
using Failed = boost::system::error_code;
using Executor = asio::io_context::executor_type;
template <class T>
using Await = asio::awaitable<T, Executor>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using TlsSocket = asio::ssl::stream<Socket>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

inline auto quietly(Failed& failed) { return asio::redirect_error(asio::use_awaitable_t<Executor>(), failed); }

constexpr auto never = std::chrono::steady_clock::time_point::max();

// A client as its thread sees it: how long it is waited for.
struct Client {
    virtual ~Client() = default;
    // What is being read or written ends as aborted.
    virtual void cancel() = 0;

    std::chrono::steady_clock::time_point deadline = never;
    bool timed_out = false;
    bool idle = false;  // between two requests: closed at once when the server stops
};

// One open stream of events.
struct Subscriber {
    explicit Subscriber(Executor executor) : wake(executor) {}
    static constexpr size_t most_waiting = 64;

    Timer wake;  // cancelled when there is something to send
    std::vector<std::shared_ptr<const std::string>> waiting;
    bool ended = false;
};

struct NetworkThread {
    NetworkThread() : busy(context.get_executor()) {}

    std::unordered_set<Client*> clients;
    std::map<std::string, std::unordered_set<std::shared_ptr<Subscriber>>, std::less<>> topics;
    asio::io_context context{1};  // only one thread runs it; goes first, with whoever is still served
    asio::executor_work_guard<Executor> busy;
    std::thread thread;

    // Looks once a second whose time is up; a timer for each read and write would cost more than the read.
    Await<void> watch_deadlines();
    // Gives an event to this thread's subscribers, some at a time, so that other clients are served in between.
    void deliver(const std::string& topic, std::shared_ptr<const std::string> event);
    // Closes connections that wait for a request and ends streams: the server stops.
    void let_go();
};

}  // namespace yimen::web
