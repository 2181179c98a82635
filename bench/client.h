#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <string>

#include "figures.h"

namespace bench {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
template <class T>
using Await = asio::awaitable<T, Executor>;

// Where to, with which headers on every request.
struct Target {
    uint16_t port = 0;
    std::vector<std::string> headers;  // "Name: value"
    // A request as sent; a body makes it JSON.
    std::string request(std::string_view method, std::string_view path, std::string_view body = {},
                        std::string_view more_headers = {}) const;
};

struct Answer {
    int status = 0;  // 0: the connection broke
    uint64_t size = 0;
    std::string location, body;  // the body only where it was asked for
};

// One connection that is kept, and made anew after it broke.
class Client {
  public:
    Client(asio::io_context& context, uint16_t port) : socket_(context), port_(port) {}
    // Sends a request and reads the whole answer.
    Await<Answer> ask(const std::string& request, bool keep_body = false);
    // Sends a request and leaves the answer to be read by read_some. False where nobody answers.
    Await<bool> begin(const std::string& request);
    // More bytes of an answer without end; none: it ended.
    Await<std::string_view> read_some();

  private:
    Await<bool> connect();
    Await<Answer> read_answer(bool keep_body);

    asio::basic_stream_socket<asio::ip::tcp, Executor> socket_;
    uint16_t port_;
    bool open_ = false;
    boost::beast::flat_buffer buffer_;
    std::array<char, 512> piece_{};
};

// Lets this process open as many connections as the system allows.
void allow_descriptors();

}  // namespace bench
