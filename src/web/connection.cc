#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "base/id.h"
#include "base/text.h"
#include "web/body.h"
#include "web/events_inside.h"
#include "web/finish.h"
#include "web/read_request.h"
#include "web/server_inside.h"

namespace yimen::web {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Failed = boost::system::error_code;
template <class T>
using Await = asio::awaitable<T>;

constexpr uint64_t piece = 256 << 10;  // of a streamed body

auto quietly(Failed& failed) { return asio::redirect_error(asio::use_awaitable, failed); }

// What to answer to a body that did not come whole; 0: nobody is there to be answered.
int status_of(const Failed& failed) {
    if (failed == http::error::body_limit) return 413;
    return failed == beast::error::timeout ? 408 : 0;
}

// GCC 12 cannot compile every co_await inside a larger expression, so each stands in a statement of its own.

// One client over TCP or TLS.
template <class S>
class Connection {
  public:
    Connection(Server::Inside& server, S stream, std::string peer) : server_(server), stream_(std::move(stream)), peer_(std::move(peer)) {}
    Await<void> serve();

  private:
    static constexpr bool tls = !std::is_same_v<S, beast::tcp_stream>;
    auto& lowest() { return beast::get_lowest_layer(stream_); }
    Await<bool> one_request();
    Await<bool> wait_for_head(http::request_parser<http::empty_body>&, Failed&);
    Await<int> read_body(http::request_parser<http::empty_body>&, const Route&, Request&);
    Await<Response> work(const std::function<Response()>&);
    Await<bool> send(const Request&, Response, bool keep);
    Await<bool> send_stream(const Stream&);
    Await<void> send_events(const EventStream&);
    Await<bool> refuse(int status, Request&, bool keep);
    Await<bool> write(std::string_view);

    Server::Inside& server_;
    S stream_;
    std::string peer_;
    beast::flat_buffer buffer_{64 << 10};
    bool first_ = true;
};

template <class S>
Await<bool> Connection<S>::write(std::string_view bytes) {
    Failed failed;
    lowest().expires_after(server_.options.write_timeout);
    co_await asio::async_write(stream_, asio::buffer(bytes), quietly(failed));
    co_return !failed;
}

// Until the next request begins the connection may be closed by a server that stops.
template <class S>
Await<bool> Connection<S>::wait_for_head(http::request_parser<http::empty_body>& parser, Failed& failed) {
    {
        std::lock_guard hold(server_.guard);
        server_.idle[this] = [this, executor = stream_.get_executor()] { asio::post(executor, [this] { lowest().cancel(); }); };
    }
    if (!server_.stopping) {
        lowest().expires_after(first_ ? server_.options.header_timeout : server_.options.idle_timeout);
        co_await http::async_read_header(stream_, buffer_, parser, quietly(failed));
    }
    first_ = false;
    std::lock_guard hold(server_.guard);
    server_.idle.erase(this);
    co_return !server_.stopping || parser.is_header_done();
}

template <class S>
Await<int> Connection<S>::read_body(http::request_parser<http::empty_body>& head, const Route& route, Request& request) {
    auto type = request.header("content-type");
    auto boundary = multipart_boundary(type);
    if (!boundary.empty() && route.max_upload == 0) co_return 415;
    uint64_t most = boundary.empty() ? route.max_body : route.max_body + route.max_upload * 4;
    if (auto length = head.content_length(); length && *length > most) co_return 413;
    if (lower_ascii(request.header("expect")) == "100-continue") {
        bool told = co_await write("HTTP/1.1 100 Continue\r\n\r\n");
        if (!told) co_return 0;
    }
    Failed failed;
    lowest().expires_after(server_.options.body_timeout);
    if (!boundary.empty()) {
        http::request_parser<http::file_body> parser(std::move(head));
        parser.body_limit(most);
        BodyFile file(server_.options.upload_folder);
        beast::error_code opened;
        parser.get().body().open(file.path().c_str(), beast::file_mode::write, opened);
        if (opened) throw std::runtime_error(file.path().string() + ": " + opened.message());
        co_await http::async_read(stream_, buffer_, parser, quietly(failed));
        parser.get().body().close();
        if (failed) co_return status_of(failed);
        std::function<Response()> read = [&] {
            auto outcome = read_multipart(file.bytes(), boundary, server_.options.upload_folder, route.max_upload, request);
            return text(outcome.good ? 200 : outcome.too_large ? 413 : 400, "");
        };
        auto answer = co_await work(read);
        co_return answer.status;
    }
    http::request_parser<http::string_body> parser(std::move(head));
    parser.body_limit(most);
    co_await http::async_read(stream_, buffer_, parser, quietly(failed));
    if (failed) co_return status_of(failed);
    request.body = std::move(parser.get().body());
    if (!type.starts_with("application/x-www-form-urlencoded")) co_return valid_utf8(request.body) ? 200 : 400;
    co_return read_pairs(request.body, request.form) ? 200 : 400;
}

// On a worker, where there is room in the queue; a 503 otherwise.
template <class S>
Await<Response> Connection<S>::work(const std::function<Response()>& f) {
    if (server_.at_work.fetch_add(1) >= server_.options.queue + static_cast<size_t>(server_.options.workers)) {
        --server_.at_work;
        ++server_.refused_busy;
        Response busy = text(503, "The service is busy. Please try again in a few seconds. 服务繁忙，请稍后重试。\n");
        busy.header("Retry-After", "2");
        co_return busy;
    }
    Response answer;
    std::exception_ptr thrown;
    auto run = [&]() -> Await<void> {
        try {
            answer = f();
        } catch (...) {
            thrown = std::current_exception();
        }
        co_return;
    };
    co_await asio::co_spawn(server_.workers.get_executor(), run, asio::use_awaitable);
    --server_.at_work;
    if (thrown) std::rethrow_exception(thrown);
    co_return answer;
}

template <class S>
Await<bool> Connection<S>::send_stream(const Stream& stream) {
    for (uint64_t at = 0; at < stream.size;) {
        auto n = std::min(piece, stream.size - at);
        std::function<Response()> read = [&] { return text(200, stream.read(at, n)); };
        auto answer = co_await work(read);
        auto& bytes = std::get<std::string>(answer.body);
        if (bytes.size() != n) co_return false;
        bool sent = co_await write(bytes);
        if (!sent) co_return false;
        at += n;
    }
    co_return true;
}

template <class S>
Await<void> Connection<S>::send_events(const EventStream& wanted) {
    auto self = std::make_shared<Subscriber>(stream_.get_executor());
    auto& hub = server_.events.inside();
    hub.join(wanted.topics, self);
    ++server_.streams;
    bool open = co_await write("retry: 2000\n\n");
    while (open && !self->ended && !server_.stopping) {
        if (self->waiting.empty()) {
            Failed woken;
            self->wake.expires_after(std::chrono::seconds(20));
            co_await self->wake.async_wait(quietly(woken));
            if (!woken) open = co_await write(": still here\n\n");
            continue;
        }
        std::string all;
        for (auto& event : self->waiting) all += event;
        self->waiting.clear();
        open = co_await write(all);
    }
    --server_.streams;
    hub.leave(wanted.topics, self);
}

template <class S>
Await<bool> Connection<S>::send(const Request& request, Response response, bool keep) {
    auto bodiless = request.method == Method::head || response.status == 204 || response.status == 304;
    if (auto* events = std::get_if<EventStream>(&response.body)) {
        response.header("Content-Type", "text/event-stream");
        auto head = head_text(response, std::nullopt, false);
        bool sent = co_await write(head);
        if (sent && request.method != Method::head) co_await send_events(*events);
        co_return false;
    }
    if (auto* stream = std::get_if<Stream>(&response.body)) {
        auto head = head_text(response, stream->size, keep);
        bool sent = co_await write(head);
        if (sent && !bodiless) sent = co_await send_stream(*stream);
        co_return sent && keep;
    }
    auto& body = std::get<std::string>(response.body);
    auto out = head_text(response, response.status == 204 || response.status == 304 ? std::nullopt : std::optional<uint64_t>(body.size()), keep);
    if (!bodiless) out += body;
    bool sent = co_await write(out);
    co_return sent && keep;
}

template <class S>
Await<bool> Connection<S>::refuse(int status, Request& request, bool keep) {
    auto began = std::chrono::steady_clock::now();
    std::function<Response()> page = [&] {
        auto made = server_.error(status, request);
        finish(request, made);
        return made;
    };
    auto response = co_await work(page);
    server_.count(request, response, "-", began);
    bool again = co_await send(request, std::move(response), keep);
    co_return again;
}

template <class S>
Await<bool> Connection<S>::one_request() {
    http::request_parser<http::empty_body> head;
    head.header_limit(static_cast<uint32_t>(server_.options.max_header));
    head.body_limit(boost::none);
    Failed failed;
    bool began_one = co_await wait_for_head(head, failed);
    if (!began_one) co_return false;
    Request request;
    request.id = id_text(next_id());
    if (failed == http::error::header_limit) {
        bool again = co_await refuse(431, request, false);
        co_return again;
    }
    if (failed && failed.category() == http::make_error_code(http::error::bad_method).category() && failed != http::error::end_of_stream &&
        failed != http::error::partial_message)
        {
        bool again = co_await refuse(400, request, false);
        co_return again;
    }
    if (failed) co_return false;
    auto began = std::chrono::steady_clock::now();
    auto keep = head.get().keep_alive() && !server_.stopping;
    auto method = method_of(head.get().method());
    if (!read_head(head.get(), request)) {
        bool again = co_await refuse(400, request, false);
        co_return again;
    }
    read_client(peer_, tls, server_.options.trusted_proxies, request);
    if (!method) {
        bool again = co_await refuse(405, request, false);
        co_return again;
    }
    request.method = *method;
    auto found = server_.router.match(*method, request.path);
    bool has_body = !head.is_done();
    if (!found.route) {
        bool again = co_await refuse(found.allowed.empty() ? 404 : 405, request, keep && !has_body);
        co_return again;
    }
    request.params = std::move(found.params);
    RemoveUploads remove(request.uploads);
    if (has_body) {
        auto status = co_await read_body(head, *found.route, request);
        if (status == 0) co_return false;
        if (status != 200) {
        bool again = co_await refuse(status, request, false);
        co_return again;
    }
    }
    std::function<Response()> handle = [&] { return server_.handle(*found.route, request); };
    auto response = co_await work(handle);
    server_.count(request, response, found.route->pattern, began);
    bool again = co_await send(request, std::move(response), keep && !server_.stopping);
    co_return again;
}

template <class S>
Await<void> Connection<S>::serve() {
    Failed failed;
    if constexpr (tls) {
        lowest().expires_after(server_.options.header_timeout);
        co_await stream_.async_handshake(asio::ssl::stream_base::server, quietly(failed));
        if (failed) co_return;
    }
    bool more = true;
    while (more) more = co_await one_request();
    if constexpr (tls) {
        lowest().expires_after(std::chrono::seconds(2));
        co_await stream_.async_shutdown(quietly(failed));
    }
    lowest().socket().shutdown(asio::ip::tcp::socket::shutdown_send, failed);
}

}  // namespace

Await<void> serve_connection(Server::Inside& server, asio::ip::tcp::socket socket) {
    ++server.connections;
    Failed failed;
    auto peer = socket.remote_endpoint(failed).address().to_string();
    try {
        if (server.tls)
            co_await Connection<beast::ssl_stream<beast::tcp_stream>>(server, {beast::tcp_stream(std::move(socket)), *server.tls}, peer).serve();
        else
            co_await Connection<beast::tcp_stream>(server, beast::tcp_stream(std::move(socket)), peer).serve();
    } catch (const std::exception& e) {
        log::error("connection_failed", {{"why", e.what()}});
    }
    --server.connections;
}

}  // namespace yimen::web
