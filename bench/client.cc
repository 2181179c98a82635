#include "client.h"

#include <sys/resource.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http.hpp>

namespace bench {

namespace http = boost::beast::http;
using Failed = boost::system::error_code;

namespace {

auto quietly(Failed& failed) { return asio::redirect_error(asio::use_awaitable_t<Executor>(), failed); }

}  // namespace

std::string Target::request(std::string_view method, std::string_view path, std::string_view body, std::string_view more) const {
    auto text = fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n", method, path, port);
    for (auto& header : headers) text += header + "\r\n";
    text += more;
    if (!body.empty() && more.find("Content-Type:") == std::string_view::npos) text += "Content-Type: application/json\r\n";
    if (method != "GET") text += fmt::format("Content-Length: {}\r\n", body.size());
    return fmt::format("{}\r\n{}", text, body);
}

Await<bool> Client::connect() {
    Failed failed;
    socket_.close(failed);
    buffer_.clear();
    co_await socket_.async_connect({asio::ip::address_v4::loopback(), port_}, quietly(failed));
    open_ = !failed;
    if (open_) socket_.set_option(asio::ip::tcp::no_delay(true), failed);
    co_return open_;
}

Await<bool> Client::begin(const std::string& request) {
    if (!open_) {
        bool connected = co_await connect();
        if (!connected) co_return false;
    }
    Failed failed;
    co_await asio::async_write(socket_, asio::buffer(request), quietly(failed));
    open_ = !failed;
    co_return open_;
}

Await<Answer> Client::read_answer(bool keep_body) {
    Answer answer;
    Failed failed;
    http::response_parser<http::empty_body> head;
    head.body_limit(boost::none);
    while (!head.is_header_done()) {
        if (buffer_.size() > 0) buffer_.consume(head.put(buffer_.data(), failed));
        if (head.is_header_done()) break;
        if (failed && failed != http::error::need_more) co_return answer;
        failed = {};
        auto n = co_await socket_.async_read_some(buffer_.prepare(32 << 10), quietly(failed));
        if (failed) co_return answer;
        buffer_.commit(n);
    }
    auto length = head.content_length().value_or(0);
    while (length > answer.size) {
        if (buffer_.size() == 0) {
            auto n = co_await socket_.async_read_some(buffer_.prepare(32 << 10), quietly(failed));
            if (failed) co_return answer;
            buffer_.commit(n);
        }
        auto take = std::min<uint64_t>(buffer_.size(), length - answer.size);
        if (keep_body) answer.body.append(static_cast<const char*>(buffer_.data().data()), take);
        buffer_.consume(take);
        answer.size += take;
    }
    auto location = head.get()[http::field::location];
    answer.location.assign(location.data(), location.size());
    answer.status = static_cast<int>(head.get().result_int());
    open_ = head.get().keep_alive();
    co_return answer;
}

Await<Answer> Client::ask(const std::string& request, bool keep_body) {
    Answer answer;
    bool sent = co_await begin(request);
    if (sent) answer = co_await read_answer(keep_body);
    if (answer.status == 0) open_ = false;
    co_return answer;
}

Await<std::string_view> Client::read_some() {
    Failed failed;
    auto n = co_await socket_.async_read_some(asio::buffer(piece_), quietly(failed));
    co_return std::string_view(piece_.data(), failed ? 0 : n);
}

void allow_descriptors() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace bench
