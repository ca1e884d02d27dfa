#pragma once
// A real server on a free port of this machine, and an application that shows what reached it.

#include "http/server.hpp"

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace optimat {

/// `/hello` greets; `/echo` answers the body; `/slow` takes 400 ms; `/big` is 8 MiB; `/throw` throws; `/peer`
/// tells who asked and how; `/headers` lists them; `/healthz` tells m_is_healthy; `/text` is compressible;
/// `/upload` takes a body of up to 1 GiB through a sink.
class ShowingApplication : public Application {
  public:
    Admission admit(const Request& head) override;
    Response answer(const Request& request) override;
    void served(const Served& served) override;

    std::atomic<std::uint64_t> m_taken = 0;  ///< bytes that sinks took
    std::atomic<std::uint64_t> m_sum = 0;    ///< of those bytes, order and all
    std::atomic<int> m_finished = 0;         ///< sinks
    std::atomic<int> m_undone = 0;           ///< sinks destroyed without finish()
    std::atomic<int> m_answered = 0;
    std::atomic<int> m_hello = 0;  ///< of those, of /hello
    std::atomic<bool> m_is_healthy = true;
    std::vector<Served> all_served() const;

  private:
    mutable std::mutex m_mutex;
    std::vector<Served> m_served;
};

/// Bytes added to a sum that sees their order.
std::uint64_t running_sum(std::uint64_t sum, std::string_view bytes);

/// Options with deadlines short enough for tests.
ServerOptions quick_options();

class RunningServer {
  public:
    explicit RunningServer(const ServerOptions& options = quick_options())
        : m_server(options, m_application), m_thread([this] { m_server.run(); }) {}
    ~RunningServer() { stop(); }
    std::uint16_t port() const { return m_server.port(); }
    ShowingApplication& application() { return m_application; }
    Server& server() { return m_server; }
    /// Stops and waits for the end of run().
    void stop() {
        m_server.stop();
        if (m_thread.joinable()) m_thread.join();
    }

  private:
    ShowingApplication m_application;
    Server m_server;
    std::thread m_thread;
};

}  // namespace optimat
