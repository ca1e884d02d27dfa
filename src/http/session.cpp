// One connection of the server.

#include "base/error.hpp"
#include "http/request_head.hpp"
#include "http/response_head.hpp"
#include "http/server_core.hpp"

#include <algorithm>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>

namespace optimat {

namespace {

constexpr std::size_t head_piece = 4 * 1024;
constexpr std::size_t body_piece = 128 * 1024;
constexpr std::chrono::milliseconds linger_deadline{1'000};
constexpr std::size_t most_lingered = 4 * 1024 * 1024;

// What an application does must not take the server down: whatever it throws ends here.
template <class Call> Response plain_500_when_it_throws(Call call) {
    try {
        return call();
    } catch (...) {
        return plain_page(500);
    }
}

Admission admit(Application& application, const Request& head) {
    try {
        return application.admit(head);
    } catch (...) {
        Admission refused;
        refused.refusal = plain_page(500);
        return refused;
    }
}

// Nothing when the sink did its part, or the page that ends the request.
template <class Call> std::optional<Response> page_of_error(Application& application, Call call) {
    try {
        call();
        return std::nullopt;
    } catch (const Error& error) {
        return plain_500_when_it_throws(
            [&] { return application.error_page(error.http_status(), error.what()); });
    } catch (...) {
        return plain_page(500);
    }
}

// 0: the connection is over and nobody listens for an answer.
int status_of(const error_code& failed) {
    if (failed == http::error::header_limit || failed == http::error::buffer_overflow) return 431;
    if (failed == http::error::end_of_stream || failed == http::error::partial_message) return 0;
    return failed.category() == http::make_error_code(http::error::bad_method).category() ? 400 : 0;
}

RawHead raw_head(const Parser& parser) {
    const auto& message = parser.get();
    RawHead head;
    head.method = std::string(message.method_string());
    head.target = std::string(message.target());
    head.version = message.version();
    for (const auto& field : message) {
        std::string name(field.name_string());
        for (char& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        head.headers.push_back({std::move(name), std::string(field.value())});
    }
    return head;
}

}  // namespace

net::awaitable<void> Server::Core::Session::live() {
    const auto self = shared_from_this();
    error_code ignored;
    const tcp::endpoint peer = m_socket.remote_endpoint(ignored);
    m_peer = peer.address().to_string();
    m_socket.set_option(tcp::no_delay(true), ignored);
    After after = After::next_request;
    if (m_role == Role::refuse) {
        m_started = Clock::now();
        after = co_await respond(plain_page(503), After::linger);
    }
    while (after == After::next_request) {
        const bool has_come = co_await wait_for_request();
        after = After::gone;
        if (has_come) after = co_await serve_request();
    }
    if (after == After::linger || (after == After::close && m_buffer.size() > 0)) co_await linger();
    clear_deadline();
    if (after == After::close) m_socket.shutdown(tcp::socket::shutdown_send, ignored);
    m_socket.close(ignored);
    m_core.close(self);
}

// The connection may wait here for long: it keeps no large buffer meanwhile.
net::awaitable<bool> Server::Core::Session::wait_for_request() {
    if (m_buffer.size() > 0) co_return true;
    if (m_core.m_stopping) co_return false;
    if (m_buffer.capacity() > head_piece) m_buffer.shrink_to_fit();
    error_code failed;
    m_is_idle = true;
    set_deadline(m_core.m_options.idle_deadline);
    const std::size_t size = co_await m_socket.async_read_some(m_buffer.prepare(head_piece), into(failed));
    clear_deadline();
    m_is_idle = false;
    m_buffer.commit(size);
    co_return !failed;
}

net::awaitable<Server::Core::Session::After> Server::Core::Session::serve_request() {
    m_started = Clock::now();
    m_has_method = false;
    Parser parser;
    parser.header_limit(m_core.m_options.header_limit);
    parser.body_limit(boost::none);  // the application says how long it may be once the head is known
    error_code failed;
    set_deadline(m_core.m_options.header_deadline);
    co_await http::async_read_header(m_socket, m_buffer, parser, into(failed));
    clear_deadline();
    if (failed) co_return co_await refuse_head(failed);

    const bool may_keep = parser.keep_alive();
    std::variant<Request, int> head = read_head(raw_head(parser));
    if (const int* status = std::get_if<int>(&head))
        co_return co_await respond(plain_page(*status), After::linger);
    Request request = complete(std::move(std::get<Request>(head)));
    m_method = request.method;
    m_has_method = true;
    if (!parser.is_done()) {
        const After after = co_await serve_body(parser, request);
        co_return !may_keep && after == After::next_request ? After::close : after;
    }
    Response response = co_await on_worker([this, &request] {
        Response answer = plain_500_when_it_throws([&] { return m_core.m_application.answer(request); });
        compress(request, answer);
        return answer;
    });
    co_return co_await respond(std::move(response), may_keep ? After::next_request : After::close);
}

Request Server::Core::Session::complete(Request request) const {
    request.peer = m_peer;
    if (m_core.m_options.behind_proxy) believe_proxy(request);
    return request;
}

net::awaitable<Server::Core::Session::After> Server::Core::Session::refuse_head(error_code failed) {
    const int status = m_is_late ? 408 : status_of(failed);
    if (status == 0) co_return After::gone;
    co_return co_await respond(plain_page(status), After::linger);
}

net::awaitable<Server::Core::Session::After> Server::Core::Session::serve_body(Parser& parser,
                                                                               Request& request) {
    Admission admission =
        co_await on_worker([this, &request] { return admit(m_core.m_application, request); });
    if (admission.refusal) co_return co_await respond(std::move(*admission.refusal), After::linger);
    const auto length = parser.content_length();
    const bool is_too_long = length && *length > admission.body_limit;
    After after = After::linger;
    if (is_too_long) {
        after = co_await respond(plain_page(413), After::linger);
    } else {
        bool is_open = true;
        if (request.header("expect")) is_open = co_await write("HTTP/1.1 100 Continue\r\n\r\n");
        after = After::gone;
        if (is_open) after = co_await read_body(parser, request, admission);
    }
    // A sink that is not used up undoes what it took, which may take a while: that is a worker's, too.
    if (admission.sink) co_await on_worker([&admission] { admission.sink.reset(); });
    co_return after;
}

net::awaitable<std::size_t> Server::Core::Session::read_piece(Parser& parser, std::string& piece,
                                                              error_code& failed) {
    auto& body = parser.get().body();
    body.data = piece.data();
    body.size = piece.size();
    body.more = true;
    set_deadline(m_core.m_options.body_deadline);
    co_await http::async_read_some(m_socket, m_buffer, parser, into(failed));
    clear_deadline();
    if (failed == http::error::need_buffer) failed = {};
    co_return piece.size() - body.size;
}

net::awaitable<Server::Core::Session::After>
Server::Core::Session::read_body(Parser& parser, Request& request, Admission& admission) {
    m_buffer.reserve(body_piece);
    std::string piece(body_piece, '\0');
    std::uint64_t taken = 0;
    Application& application = m_core.m_application;
    while (!parser.is_done()) {
        error_code failed;
        const std::size_t size = co_await read_piece(parser, piece, failed);
        if (failed) co_return co_await refuse_head(failed);
        taken += size;
        if (taken > admission.body_limit) co_return co_await respond(plain_page(413), After::linger);
        if (size == 0) continue;
        const std::string_view bytes = std::string_view(piece).substr(0, size);
        if (!admission.sink) {
            request.body.append(bytes);
            continue;
        }
        std::optional<Response> refusal = co_await on_worker([&application, &admission, bytes] {
            return page_of_error(application, [&] { admission.sink->take(bytes); });
        });
        if (refusal) co_return co_await respond(std::move(*refusal), After::linger);
    }
    Response response = co_await on_worker([&application, &admission, &request] {
        Response answer;
        if (admission.sink) {
            auto refusal = page_of_error(application, [&] { answer = admission.sink->finish(); });
            admission.sink.reset();
            if (refusal) answer = std::move(*refusal);
        } else {
            answer = plain_500_when_it_throws([&] { return application.answer(request); });
        }
        compress(request, answer);
        return answer;
    });
    co_return co_await respond(std::move(response), After::next_request);
}

net::awaitable<Server::Core::Session::After> Server::Core::Session::respond(Response response, After after) {
    if (m_core.m_stopping && after == After::next_request) after = After::close;
    const auto connection = after == After::next_request ? Connection::keep_alive : Connection::close;
    std::string bytes = response_head(response, connection, std::time(nullptr));
    std::string_view body = response.bytes();
    if ((m_has_method && m_method == Method::head) || !has_body(response.status)) body = {};
    // A short answer goes out in one piece; a long one is sent from where it lies.
    const bool is_short = body.size() <= head_piece * 8;
    if (is_short) bytes += body;
    bool is_sent = co_await write(bytes);
    if (is_sent && !is_short) is_sent = co_await write(body);
    Served served;
    served.status = response.status;
    served.bytes = body.size();
    served.took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_started);
    if (m_has_method) served.method = m_method;
    served.route = response.route;
    if (is_sent) m_core.m_application.served(served);
    co_return is_sent ? after : After::gone;
}

// Each piece has the deadline for itself: what counts is that the client goes on taking.
net::awaitable<bool> Server::Core::Session::write(std::string_view bytes) {
    while (!bytes.empty()) {
        error_code failed;
        const std::string_view piece = bytes.substr(0, body_piece * 2);
        set_deadline(m_core.m_options.body_deadline);
        const std::size_t size =
            co_await m_socket.async_write_some(net::buffer(piece.data(), piece.size()), into(failed));
        clear_deadline();
        if (failed) co_return false;
        bytes.remove_prefix(size);
    }
    co_return true;
}

// Closing a socket with bytes unread resets the connection, and the answer may be lost on its way: what still
// comes is thrown away for a moment.
net::awaitable<void> Server::Core::Session::linger() {
    error_code failed;
    m_socket.shutdown(tcp::socket::shutdown_send, failed);
    m_buffer.clear();
    set_deadline(linger_deadline);
    std::size_t thrown_away = 0;
    while (!failed && !m_is_late && thrown_away < most_lingered)
        thrown_away += co_await m_socket.async_read_some(m_buffer.prepare(head_piece), into(failed));
    clear_deadline();
}

}  // namespace optimat
