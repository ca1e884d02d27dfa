// Takes connections and, when it is to stop, drains them.

#include "base/error.hpp"
#include "http/server_core.hpp"

#include <algorithm>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <fmt/format.h>
#include <thread>

namespace optimat {

namespace {

constexpr std::size_t most_refused_at_once = 64;

}  // namespace

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
