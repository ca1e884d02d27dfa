#pragma once
// HAProxy, run with deploy/haproxy.cfg on free ports of this machine and with a certificate made for the
// moment.

#include "base/temporary_folder.hpp"

#include <cstdint>
#include <string>

#include <sys/types.h>

namespace optimat {

class Proxy {
  public:
    /// In front of two servers. Waits until it listens; throws std::runtime_error when it does not.
    Proxy(std::uint16_t first_backend, std::uint16_t second_backend);
    ~Proxy();
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    std::uint16_t plain_port() const { return m_plain; }
    /// What comes back for a request over TLS, with the certificate checked; "" when there is no connection.
    std::string ask_over_tls(const std::string& request, const std::string& options = "") const;

  private:
    void make_certificate() const;
    std::string configuration(std::uint16_t first_backend, std::uint16_t second_backend) const;

    TemporaryFolder m_folder;
    std::uint16_t m_plain, m_tls;
    pid_t m_process = -1;
};

/// A port that nothing listened on a moment ago.
std::uint16_t free_port();

}  // namespace optimat
