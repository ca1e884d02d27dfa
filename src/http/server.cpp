#include "http/server.hpp"

#include "base/error.hpp"
#include "http/request_head.hpp"
#include "http/response_head.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <fmt/format.h>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace optimat {
namespace {

namespace net = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using net::ip::tcp;
using Clock = std::chrono::steady_clock;
using Parser = http::request_parser<http::buffer_body>;

constexpr std::size_t head_piece = 4 * 1024;
constexpr std::size_t body_piece = 128 * 1024;
constexpr std::size_t most_refused_at_once = 64;
constexpr std::chrono::milliseconds linger_deadline{1'000};
constexpr std::size_t most_lingered = 4 * 1024 * 1024;
constexpr std::chrono::milliseconds again{50};

auto into(error_code& failed) { return net::redirect_error(net::use_awaitable, failed); }

template <class Work> net::awaitable<std::invoke_result_t<Work>> as_coroutine(Work work) { co_return work(); }

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

class Server::Core {
  public:
    Core(const ServerOptions& options, Application& application);
    void run();
    void stop();
    std::uint16_t port() const { return m_port; }
    std::size_t connections() const;

  private:
    class Session;
    net::awaitable<void> accept();
    void open(tcp::socket socket);
    void close(const std::shared_ptr<Session>& session);
    void drain();
    void end_when_drained();

    ServerOptions m_options;
    Application& m_application;
    net::io_context m_io;
    net::executor_work_guard<net::io_context::executor_type> m_work;
    net::strand<net::io_context::executor_type> m_strand;  // of the acceptor and of stopping
    net::thread_pool m_workers;
    tcp::acceptor m_acceptor;
    net::steady_timer m_drain_timer;
    std::uint16_t m_port = 0;
    std::atomic<bool> m_stopping = false;
    mutable std::mutex m_mutex;  // of the sessions
    std::unordered_set<std::shared_ptr<Session>> m_sessions;
    std::size_t m_refused = 0;  // of the sessions
};

// One connection. Everything of it runs on its own strand, but for what workers do while it waits for them.
class Server::Core::Session : public std::enable_shared_from_this<Session> {
  public:
    enum class Role : std::uint8_t { serve, refuse };

    Session(Core& core, tcp::socket socket, Role role)
        : m_core(core), m_socket(std::move(socket)), m_timer(m_socket.get_executor()), m_role(role) {}

    net::awaitable<void> live();
    Role role() const { return m_role; }
    tcp::socket::executor_type executor() { return m_socket.get_executor(); }
    // Both on the strand.
    void close_when_idle() {
        if (m_is_idle) shut();
    }
    void shut() {
        error_code ignored;
        m_socket.close(ignored);
    }

  private:
    enum class After : std::uint8_t { next_request, close, linger, gone };

    net::awaitable<bool> wait_for_request();
    net::awaitable<After> serve_request();
    net::awaitable<After> refuse_head(error_code failed);
    net::awaitable<After> serve_body(Parser& parser, Request& request);
    net::awaitable<After> read_body(Parser& parser, Request& request, Admission& admission);
    net::awaitable<std::size_t> read_piece(Parser& parser, std::string& piece, error_code& failed);
    net::awaitable<After> respond(Response response, After after);
    net::awaitable<bool> write(std::string_view bytes);
    net::awaitable<void> linger();
    Request complete(Request request) const;

    template <class Work> net::awaitable<std::invoke_result_t<Work>> on_worker(Work work) {
        return net::co_spawn(m_core.m_workers, as_coroutine(std::move(work)), net::use_awaitable);
    }

    void set_deadline(std::chrono::milliseconds time) {
        m_is_late = false;
        watch(time, ++m_watch);
    }
    void clear_deadline() {
        ++m_watch;
        m_timer.cancel();
    }
    // Cancels what the socket waits for when the time has come, and again until the deadline is taken back: a
    // read of several steps may have been between two of them.
    void watch(std::chrono::milliseconds time, std::uint64_t number) {
        m_timer.expires_after(time);
        m_timer.async_wait([self = shared_from_this(), number](const error_code& failed) {
            if (failed || number != self->m_watch) return;
            self->m_is_late = true;
            error_code ignored;
            self->m_socket.cancel(ignored);
            self->watch(again, number);
        });
    }

    Core& m_core;
    tcp::socket m_socket;
    net::steady_timer m_timer;
    Role m_role;
    std::string m_peer;
    boost::beast::flat_buffer m_buffer;
    std::uint64_t m_watch = 0;
    bool m_is_late = false;
    bool m_is_idle = false;
    Method m_method = Method::get;
    bool m_has_method = false;
    Clock::time_point m_started;
};

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

Server::Core::Core(const ServerOptions& options, Application& application)
    : m_options(options),
      m_application(application),
      m_work(net::make_work_guard(m_io)),
      m_strand(net::make_strand(m_io)),
      m_workers(std::max(1u, options.workers)),
      m_acceptor(m_strand),
      m_drain_timer(m_strand) {
    try {
        const tcp::endpoint endpoint(net::ip::make_address(options.address), options.port);
        m_acceptor.open(endpoint.protocol());
        m_acceptor.set_option(tcp::acceptor::reuse_address(true));
        m_acceptor.bind(endpoint);
        m_acceptor.listen(1024);
        m_port = m_acceptor.local_endpoint().port();
    } catch (const boost::system::system_error& error) {
        throw UsageError(
            fmt::format("The server cannot listen on address {} and port {}: {}. Choose a free port and an "
                        "address of this machine",
                        options.address, options.port, error.code().message()));
    }
}

net::awaitable<void> Server::Core::accept() {
    while (!m_stopping) {
        error_code failed;
        tcp::socket socket =
            co_await m_acceptor.async_accept(net::any_io_executor(net::make_strand(m_io)), into(failed));
        if (m_stopping) break;
        if (!failed) {
            open(std::move(socket));
            continue;
        }
        // Such as no free file descriptor: those that wait are served once there is one.
        net::steady_timer pause(m_strand, again);
        co_await pause.async_wait(into(failed));
    }
}

void Server::Core::open(tcp::socket socket) {
    std::shared_ptr<Session> session;
    {
        const std::lock_guard lock(m_mutex);
        const bool is_room = m_sessions.size() - m_refused < m_options.most_connections;
        if (!is_room && m_refused >= most_refused_at_once) return;  // not even told
        if (!is_room) ++m_refused;
        session = std::make_shared<Session>(*this, std::move(socket),
                                            is_room ? Session::Role::serve : Session::Role::refuse);
        m_sessions.insert(session);
    }
    net::co_spawn(session->executor(), session->live(), [this, session](std::exception_ptr failed) {
        if (failed) close(session);
    });
}

void Server::Core::close(const std::shared_ptr<Session>& session) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_sessions.erase(session) > 0 && session->role() == Session::Role::refuse) --m_refused;
    }
    if (m_stopping) net::post(m_strand, [this] { end_when_drained(); });
}

void Server::Core::run() {
    net::co_spawn(m_strand, accept(), net::detached);
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 1; i < m_options.threads; ++i)
            threads.emplace_back([this] { m_io.run(); });
        m_io.run();
    }
    m_workers.join();
}

void Server::Core::stop() {
    m_stopping = true;
    net::post(m_strand, [this] { drain(); });
}

void Server::Core::drain() {
    error_code ignored;
    m_acceptor.close(ignored);
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& session : m_sessions)
            net::post(session->executor(), [session] { session->close_when_idle(); });
    }
    m_drain_timer.expires_after(m_options.drain_deadline);
    m_drain_timer.async_wait([this](const error_code& failed) {
        if (failed) return;
        const std::lock_guard lock(m_mutex);
        for (const auto& session : m_sessions)
            net::post(session->executor(), [session] { session->shut(); });
    });
    end_when_drained();
}

void Server::Core::end_when_drained() {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_sessions.empty()) return;
    }
    m_drain_timer.cancel();
    m_work.reset();
}

std::size_t Server::Core::connections() const {
    const std::lock_guard lock(m_mutex);
    return m_sessions.size();
}

Server::Server(const ServerOptions& options, Application& application)
    : m_core(std::make_unique<Core>(options, application)) {}
Server::~Server() = default;
std::uint16_t Server::port() const { return m_core->port(); }
void Server::run() { m_core->run(); }
void Server::stop() { m_core->stop(); }
std::size_t Server::connections() const { return m_core->connections(); }

}  // namespace optimat
