#pragma once
// A client that sends any bytes whatever, at any pace, and sees what comes back: what a well-behaved library
// would never send.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace optimat {

struct RawAnswer {
    int status = 0;
    std::string head;  ///< with the status line, without the empty line
    std::string body;
    std::string field(std::string_view lower_case_name) const;  ///< "" when there is none
};

class RawClient {
  public:
    /// Connects to 127.0.0.1. Throws std::runtime_error when it cannot.
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(RawClient&& other) noexcept
        : m_socket(std::exchange(other.m_socket, -1)), m_read(std::move(other.m_read)) {}
    RawClient& operator=(RawClient&&) = delete;

    /// False when the server no longer takes it.
    bool send(std::string_view bytes);
    /// Says that nothing more will be sent, and goes on listening.
    void finish_sending();
    /// Closes so that the server sees a broken connection.
    void reset();
    /// The next answer on the connection, its body by Content-Length; nothing when the server closes before
    /// it is whole.
    std::optional<RawAnswer> answer(std::chrono::milliseconds within = std::chrono::seconds(10));
    /// The same for HEAD: no body is waited for.
    std::optional<RawAnswer> answer_without_body(std::chrono::milliseconds within = std::chrono::seconds(10));
    /// Whether the server closes within that time, without a further byte.
    bool is_closed_within(std::chrono::milliseconds time);
    std::size_t unread() const { return m_read.size(); }

  private:
    enum class More : std::uint8_t { bytes, closed, nothing };
    More read_more(std::chrono::steady_clock::time_point until);
    std::optional<RawAnswer> read_head(std::chrono::steady_clock::time_point until);

    int m_socket = -1;
    std::string m_read;
};

/// One request on a connection of its own.
std::optional<RawAnswer> ask(std::uint16_t port, std::string_view request);

}  // namespace optimat
