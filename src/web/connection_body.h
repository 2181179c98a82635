#pragma once
#include "base/text.h"
#include "web/body.h"
#include "web/connection.h"
#include "web/read_request.h"

// Reading what comes behind the head. Included by connection.cc alone.
namespace yimen::web {

// A large body waits in a file, which goes when this is done; a small one in memory.
template <class S>
Await<int> Connection<S>::read_upload(Head& head, const Route& route, std::string boundary, uint64_t most, Request& request) {
    http::request_parser<http::file_body> parser(std::move(head));
    parser.body_limit(most);
    BodyFile file(server_.options.upload_folder);
    beast::error_code opened;
    parser.get().body().open(file.path().c_str(), beast::file_mode::write, opened);
    if (opened) log::error("upload_not_kept", {{"why", opened.message()}, {"file", file.path().string()}});
    if (opened) co_return 503;
    Failed failed;
    co_await http::async_read(stream_, buffer_, parser, quietly(failed));
    deadline = never;
    parser.get().body().close();
    if (failed) co_return status_of(failed, timed_out);
    std::function<Response()> part = [&] { return parted(file.bytes(), boundary, route, request); };
    auto answer = co_await work(part);
    co_return answer.status;
}

// The parts of a body that came whole, into the request; an empty answer says how that went.
template <class S>
Response Connection<S>::parted(std::string_view body, const std::string& boundary, const Route& route, Request& request) try {
    auto outcome = read_multipart(body, boundary, server_.options.upload_folder, route.max_upload, request);
    return text(outcome.good ? 200 : outcome.too_large ? 413 : 400, "");
} catch (const std::exception& e) {
    log::error("upload_not_kept", {{"why", e.what()}, {"request", request.id}});
    return text(503, "");
}

template <class S>
Await<int> Connection<S>::read_body(Head& head, const Route& route, Request& request) {
    constexpr size_t small = 512 << 10;
    auto type = request.header("content-type");
    auto boundary = multipart_boundary(type);
    if (!boundary.empty() && route.max_upload == 0) co_return 415;
    uint64_t most = boundary.empty() ? route.max_body : route.max_body + route.max_upload * 4;
    auto length = head.content_length();
    if (length && *length > most) co_return 413;
    if (lower_ascii(request.header("expect")) == "100-continue") {
        bool told = co_await write(only("HTTP/1.1 100 Continue\r\n\r\n"));
        if (!told) co_return 0;
    }
    wait_until_after(server_.options.body_timeout);
    if (length.value_or(largest_buffer) > buffer_.capacity()) buffer_.reserve(largest_buffer);
    int status = 0;
    if (!boundary.empty() && length.value_or(UINT64_MAX) > small) {
        status = co_await read_upload(head, route, std::move(boundary), most, request);
    } else {
        http::request_parser<http::string_body> parser(std::move(head));
        parser.body_limit(most);
        Failed failed;
        co_await http::async_read(stream_, buffer_, parser, quietly(failed));
        deadline = never;
        if (failed) co_return status_of(failed, timed_out);
        request.body = std::move(parser.get().body());
        if (!boundary.empty()) {
            auto body = std::exchange(request.body, {});
            std::function<Response()> part = [&] { return parted(body, boundary, route, request); };
            auto answer = co_await work(part);
            status = answer.status;
        } else {
            bool form = type.starts_with("application/x-www-form-urlencoded");
            status = (form ? read_pairs(request.body, request.form) : plain_body(request.body)) ? 200 : 400;
        }
    }
    if (buffer_.size() == 0 && buffer_.capacity() >= largest_buffer) buffer_.shrink_to_fit();
    co_return status;
}

}  // namespace yimen::web
