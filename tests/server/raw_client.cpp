#include "raw_client.hpp"

#include <algorithm>
#include <stdexcept>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace optimat {
namespace {

using Clock = std::chrono::steady_clock;

std::string lower_case(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

}  // namespace

std::string RawAnswer::field(std::string_view lower_case_name) const {
    std::size_t at = head.find("\r\n");
    while (at != std::string::npos) {
        at += 2;
        const std::size_t end = std::min(head.find("\r\n", at), head.size());
        const std::string line = head.substr(at, end - at);
        const std::size_t colon = line.find(": ");
        if (colon != std::string::npos && lower_case(line.substr(0, colon)) == lower_case_name)
            return line.substr(colon + 2);
        at = head.find("\r\n", at);
    }
    return "";
}

RawClient::RawClient(std::uint16_t port) : m_socket(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(m_socket);
        throw std::runtime_error("the test cannot connect");
    }
}

RawClient::~RawClient() {
    if (m_socket >= 0) ::close(m_socket);
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::finish_sending() { ::shutdown(m_socket, SHUT_WR); }

void RawClient::reset() {
    const linger at_once{1, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(m_socket, -1));
}

RawClient::More RawClient::read_more(Clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd wait{m_socket, POLLIN, 0};
    if (left <= 0 || ::poll(&wait, 1, static_cast<int>(left)) <= 0) return More::nothing;
    char piece[64 * 1024];
    const ssize_t size = ::recv(m_socket, piece, sizeof piece, 0);
    if (size <= 0) return More::closed;
    m_read.append(piece, static_cast<std::size_t>(size));
    return More::bytes;
}

std::optional<RawAnswer> RawClient::read_head(Clock::time_point until) {
    std::size_t end;
    while ((end = m_read.find("\r\n\r\n")) == std::string::npos)
        if (read_more(until) != More::bytes) return std::nullopt;
    RawAnswer answer;
    answer.head = m_read.substr(0, end);
    m_read.erase(0, end + 4);
    if (answer.head.size() < 12) return std::nullopt;
    answer.status = std::stoi(answer.head.substr(9, 3));
    return answer;
}

std::optional<RawAnswer> RawClient::answer(std::chrono::milliseconds within) {
    const auto until = Clock::now() + within;
    std::optional<RawAnswer> answer = read_head(until);
    if (!answer) return std::nullopt;
    const std::string length = answer->field("content-length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    while (m_read.size() < size)
        if (read_more(until) != More::bytes) return std::nullopt;
    answer->body = m_read.substr(0, size);
    m_read.erase(0, size);
    return answer;
}

std::optional<RawAnswer> RawClient::answer_without_body(std::chrono::milliseconds within) {
    return read_head(Clock::now() + within);
}

bool RawClient::is_closed_within(std::chrono::milliseconds time) {
    return m_read.empty() && read_more(Clock::now() + time) == More::closed;
}

std::optional<RawAnswer> ask(std::uint16_t port, std::string_view request) {
    RawClient client(port);
    client.send(request);
    return client.answer();
}

}  // namespace optimat
