#pragma once
// The log of the server: one JSON object on a line. It has typed fields only: no text that came with a
// request can be written, so neither a person's value nor an address or a search ever stands in a log.

#include "http/message.hpp"

#include <array>
#include <filesystem>

namespace optimat {

enum class LogLevel : std::uint8_t { info, warning, error };
std::string_view text_of(LogLevel level);

enum class LogEvent : std::uint8_t {
    started,
    stopping,
    stopped,
    request,
    signed_in,
    sign_in_failed,
    signed_out,
    import_started,
    import_done,
    import_refused,
    store_failed,
    bug,  ///< something that should not be possible
};
std::string_view text_of(LogEvent event);

/// Sixteen hexadecimal digits that tell one request from others in the logs; no secret.
class RequestId {
  public:
    static RequestId make();
    std::string_view text() const { return {m_digits.data(), m_digits.size()}; }

  private:
    std::array<char, 16> m_digits{};
};

/// What one line tells. A field without a value is left out of the line.
struct LogLine {
    LogLevel level = LogLevel::info;
    LogEvent event = LogEvent::request;
    RouteName route{};
    std::optional<Method> method{};
    std::optional<int> status{};
    std::optional<std::chrono::microseconds> took{};  ///< written in milliseconds
    std::optional<RequestId> request{};
};

class Log {
  public:
    /// To standard error.
    Log();
    /// To the end of a file, made when it is not there. Throws OutputError when it cannot be opened.
    explicit Log(const std::filesystem::path& file);
    ~Log();
    /// From any thread; the line is out when it returns. `{"time":"2026-01-31T09:00:00.123Z","level":"info",
    /// "event":"request","route":"home","method":"GET","status":200,"milliseconds":1.2,"request":"…","process":7}`
    void write(const LogLine& line);

  private:
    struct Writer;
    std::unique_ptr<Writer> m_writer;
};

/// The text of one line without its end: the moment in UTC, the process as its number.
std::string json_of(const LogLine& line, std::chrono::system_clock::time_point moment, int process);

}  // namespace optimat
