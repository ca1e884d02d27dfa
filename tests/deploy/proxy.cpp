#include "proxy.hpp"

#include "raw_client.hpp"

#include <array>
#include <chrono>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace optimat {
namespace {

std::string output_of(const std::string& command) {
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("a program cannot be started");
    std::string output;
    std::array<char, 4096> piece{};
    while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), pipe))
        output.append(piece.data(), size);
    ::pclose(pipe);
    return output;
}

void replace(std::string& text, const std::string& old_text, const std::string& new_text) {
    const std::size_t at = text.find(old_text);
    if (at == std::string::npos) throw std::runtime_error("deploy/haproxy.cfg no longer holds: " + old_text);
    text.replace(at, old_text.size(), new_text);
}

void wait_until_it_listens(std::uint16_t port) {
    for (int attempt = 0; attempt < 200; ++attempt) {
        try {
            const RawClient client(port);
            return;
        } catch (const std::runtime_error&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
        }
    }
    throw std::runtime_error("haproxy does not listen");
}

}  // namespace

std::uint16_t free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool is_bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                          ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(socket);
    if (!is_bound) throw std::runtime_error("no port is free");
    return ntohs(address.sin_port);
}

Proxy::Proxy(std::uint16_t first_backend, std::uint16_t second_backend)
    : m_plain(free_port()), m_tls(free_port()) {
    make_certificate();
    const std::string file =
        m_folder.write("haproxy.cfg", configuration(first_backend, second_backend)).string();
    const std::string log = (m_folder.path() / "log").string();
    m_process = ::fork();
    if (m_process == 0) {
        const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(out, 1);
        ::dup2(out, 2);
        // Else the proxy would keep the servers' ports open after they have stopped.
        ::close_range(3, ~0u, 0);
        // As root's PATH has it on Debian.
        ::setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);
        ::execlp("haproxy", "haproxy", "-db", "-f", file.c_str(), nullptr);
        ::_exit(127);
    }
    wait_until_it_listens(m_plain);
}

Proxy::~Proxy() {
    if (m_process <= 0) return;
    ::kill(m_process, SIGTERM);
    ::waitpid(m_process, nullptr, 0);
}

void Proxy::make_certificate() const {
    const std::string folder = m_folder.path().string();
    output_of(
        "cd " + folder +
        " && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
        " -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout key.pem -out certificate.pem 2>&1"
        " && cat certificate.pem key.pem > optimat.pem");
    if (!std::filesystem::exists(m_folder.path() / "optimat.pem"))
        throw std::runtime_error("openssl made no certificate");
}

std::string Proxy::configuration(std::uint16_t first_backend, std::uint16_t second_backend) const {
    std::ostringstream text;
    text << std::ifstream(OPTIMAT_SOURCE_DIR "/deploy/haproxy.cfg").rdbuf();
    std::string file = text.str();
    // What only root may do, or only a whole system has.
    replace(file, "    log /dev/log local0\n", "");
    replace(file, "    chroot /var/lib/haproxy\n", "");
    replace(file, "    user haproxy\n", "");
    replace(file, "    group haproxy\n", "");
    replace(file, "bind :80", "bind 127.0.0.1:" + std::to_string(m_plain));
    replace(file, "bind :443", "bind 127.0.0.1:" + std::to_string(m_tls));
    replace(file, "/etc/haproxy/optimat.pem", (m_folder.path() / "optimat.pem").string());
    replace(file, "inter 2s", "inter 100ms");
    replace(file, "127.0.0.1:8080", "127.0.0.1:" + std::to_string(first_backend));
    replace(file, "127.0.0.1:8081", "127.0.0.1:" + std::to_string(second_backend));
    return file;
}

std::string Proxy::ask_over_tls(const std::string& request, const std::string& options) const {
    const std::string file = m_folder.write("request", request).string();
    return output_of("timeout 10 openssl s_client -quiet -verify_return_error -verify_hostname localhost"
                     " -servername localhost -CAfile " +
                     (m_folder.path() / "certificate.pem").string() + " " + options +
                     " -connect 127.0.0.1:" + std::to_string(m_tls) + " <" + file + " 2>/dev/null");
}

}  // namespace optimat
