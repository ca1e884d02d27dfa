#pragma once
// The inside of the server, for server.cpp and session.cpp alone: the core that takes connections and drains
// them, and the session that serves one.

#include "http/server.hpp"

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <mutex>
#include <unordered_set>

namespace optimat {

namespace net = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using net::ip::tcp;
using Clock = std::chrono::steady_clock;
using Parser = http::request_parser<http::buffer_body>;

/// How long until what did not work is tried again.
inline constexpr std::chrono::milliseconds again{50};

inline auto into(error_code& failed) { return net::redirect_error(net::use_awaitable, failed); }

template <class Work> net::awaitable<std::invoke_result_t<Work>> as_coroutine(Work work) { co_return work(); }

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

}  // namespace optimat
