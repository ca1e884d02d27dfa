#pragma once
// The HTTP server: listens, reads requests within deadlines and limits, has the application answer them on a
// pool of workers, and drains on stop. HTTP/1.1 on TCP; TLS is a proxy's in front (deploy/). Boost.Beast
// stays in server.cpp.

#include "http/message.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace optimat {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;                          ///< 0: any free one, see Server::port
    unsigned threads = 2;                               ///< that read and write
    unsigned workers = 4;                               ///< that answer
    std::size_t most_connections = 4096;                ///< each further one is answered 503 and closed
    std::uint32_t header_limit = 16 * 1024;             ///< bytes; more is answered 431
    std::chrono::milliseconds header_deadline{10'000};  ///< for a whole head, from its first byte; 408 then
    std::chrono::milliseconds idle_deadline{60'000};    ///< between requests of a connection
    std::chrono::milliseconds body_deadline{30'000};    ///< without progress of a body or a response
    std::chrono::milliseconds drain_deadline{30'000};   ///< for what is under way when the server stops
    bool behind_proxy = false;  ///< X-Forwarded-For (last address) and X-Forwarded-Proto are the proxy's word
};

class Server {
  public:
    /// Binds at once. Throws UsageError, saying which address and port, when it cannot.
    Server(const ServerOptions& options, Application& application);
    ~Server();
    std::uint16_t port() const;
    /// Serves until stop(). Then idle connections close at once, what has been asked is answered, and after
    /// the drain deadline every connection is cut. An application's answer() that is still running is waited
    /// for.
    void run();
    /// From any thread or a signal handler's thread; at once.
    void stop();
    /// Now open.
    std::size_t connections() const;

  private:
    class Core;
    std::unique_ptr<Core> m_core;
};

}  // namespace optimat
