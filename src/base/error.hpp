#pragma once
// An operation that cannot go on throws one of these. Each kind owns the exit code of the program and the
// HTTP status of a page. Messages have up to three parts: what happened, what to do, and which file or option
// led here; never a value of a person's row. Exceptions end in cli/main.cpp and at the web error page only.

#include <stdexcept>
#include <string>

namespace optimat {

/// Exit codes are part of the program's contract: append only.
enum class ExitCode : int {
    done = 0,
    unexpected = 1,
    usage = 2,           ///< the command line is wrong
    definition = 10,     ///< a definition, policy or mapping file is wrong
    input_refused = 11,  ///< an extract, or one of its files, cannot be read
    permission = 12,
    store = 13,         ///< the store cannot be opened, read or written
    issues_found = 14,  ///< `optimat check` read everything and found errors
    bug = 70,
};

class Error : public std::runtime_error {
  public:
    Error(ExitCode exit_code, int http_status, const std::string& message)
        : std::runtime_error(message), m_exit_code(exit_code), m_http_status(http_status) {}
    ExitCode exit_code() const { return m_exit_code; }
    int http_status() const { return m_http_status; }

  private:
    ExitCode m_exit_code;
    int m_http_status;
};

struct UsageError : Error {
    explicit UsageError(const std::string& message) : Error(ExitCode::usage, 400, message) {}
};
struct DefinitionError : Error {
    explicit DefinitionError(const std::string& message) : Error(ExitCode::definition, 500, message) {}
};
struct InputError : Error {
    explicit InputError(const std::string& message) : Error(ExitCode::input_refused, 422, message) {}
};
struct StoreError : Error {
    explicit StoreError(const std::string& message) : Error(ExitCode::store, 503, message) {}
};
struct OutputError : Error {
    explicit OutputError(const std::string& message) : Error(ExitCode::unexpected, 500, message) {}
};

}  // namespace optimat
