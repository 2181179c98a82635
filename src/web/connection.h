#pragma once
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "web/server_inside.h"

namespace yimen::web {

namespace beast = boost::beast;
namespace http = beast::http;

// One client over TCP or TLS. GCC 12 cannot compile every co_await inside a larger expression, so each stands in a statement of its own.
template <class S>
class Connection final : public Client {
  public:
    Connection(Server::Inside&, NetworkThread&, S, std::string peer);
    ~Connection() override;
    Await<void> serve();
    void cancel() override;

  private:
    static constexpr bool tls = !std::is_same_v<S, Socket>;
    static constexpr size_t largest_buffer = 64 << 10;
    using Head = http::request_parser<http::empty_body>;
    using Pieces = std::vector<asio::const_buffer>;
    auto& socket() {
        if constexpr (tls)
            return stream_.next_layer();
        else
            return stream_;
    }
    void wait_until_after(std::chrono::seconds time) {
        deadline = std::chrono::steady_clock::now() + time;
        timed_out = false;
    }

    Await<bool> one_request();
    Await<Failed> read_head(Head&);
    Await<int> read_body(Head&, const Route&, Request&);
    Await<int> read_upload(Head&, const Route&, std::string boundary, uint64_t most, Request&);
    // The parts of a multipart body, on a worker; the status says how it went.
    Response parted(std::string_view body, const std::string& boundary, const Route&, Request&);
    // On a worker, where there is room in the queue; a 503 otherwise, except for what has to be finished.
    enum class Full { refuse, wait };
    Await<Response> work(std::function<Response()>, Full = Full::refuse);
    Await<bool> refuse(int status, Request&, bool keep, std::string allow = "");
    // Whoever is still sending when the answer is out would lose it, since a socket closed with bytes unread is reset: what comes is
    // thrown away for a little while.
    Await<void> let_go();

    Await<bool> send(const Request&, Response, bool keep);
    Await<bool> send_stream(const Stream&);
    Await<void> send_events(EventStream);
    static Pieces only(std::string_view bytes) { return Pieces(1, asio::const_buffer(bytes.data(), bytes.size())); }
    // What the client takes without waiting is gone from `bytes`; false where it is gone itself.
    bool write_at_once(Pieces& bytes);
    Await<bool> write(Pieces);

    Server::Inside& server_;
    NetworkThread& thread_;
    S stream_;
    std::string peer_;
    beast::flat_buffer buffer_{largest_buffer};  // what does not fit, such as an endless extension of a chunk, is refused
    bool first_ = true;
    std::optional<EventStream> events_;  // what the last request asked for, to be sent when all about it is forgotten
};

// What to answer to a head or body that did not come whole; 0: nobody is there to be answered.
int status_of(const Failed&, bool timed_out);

}  // namespace yimen::web
