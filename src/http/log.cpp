#include "http/log.hpp"

#include "base/error.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <random>
#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <unistd.h>

namespace optimat {
namespace {

std::string quoted(std::string_view text) {
    std::string json = "\"";
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            json += {'\\', c};
        else if (code < 0x20 || code == 0x7f)
            json += fmt::format("\\u{:04x}", code);
        else
            json += c;
    }
    return json + '"';
}

}  // namespace

std::string_view text_of(LogLevel level) {
    switch (level) {
    case LogLevel::info:
        return "info";
    case LogLevel::warning:
        return "warning";
    case LogLevel::error:
        return "error";
    }
    return "";
}

std::string_view text_of(LogEvent event) {
    switch (event) {
    case LogEvent::started:
        return "started";
    case LogEvent::stopping:
        return "stopping";
    case LogEvent::stopped:
        return "stopped";
    case LogEvent::request:
        return "request";
    case LogEvent::signed_in:
        return "signed_in";
    case LogEvent::sign_in_failed:
        return "sign_in_failed";
    case LogEvent::signed_out:
        return "signed_out";
    case LogEvent::import_started:
        return "import_started";
    case LogEvent::import_done:
        return "import_done";
    case LogEvent::import_refused:
        return "import_refused";
    case LogEvent::store_failed:
        return "store_failed";
    case LogEvent::bug:
        return "bug";
    }
    return "";
}

RequestId RequestId::make() {
    thread_local std::mt19937_64 numbers{std::random_device{}()};
    RequestId id;
    fmt::format_to_n(id.m_digits.data(), id.m_digits.size(), "{:016x}", numbers());
    return id;
}

std::string json_of(const LogLine& line, std::chrono::system_clock::time_point moment, int process) {
    const auto milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(moment.time_since_epoch()).count();
    const std::time_t seconds = milliseconds / 1000;
    std::string json =
        fmt::format(R"({{"time":"{:%Y-%m-%dT%H:%M:%S}.{:03}Z","level":"{}","event":"{}")",
                    fmt::gmtime(seconds), milliseconds % 1000, text_of(line.level), text_of(line.event));
    if (!line.route.text().empty()) json += fmt::format(R"(,"route":{})", quoted(line.route.text()));
    if (line.method) json += fmt::format(R"(,"method":"{}")", text_of(*line.method));
    if (line.status) json += fmt::format(R"(,"status":{})", *line.status);
    if (line.took)
        json += fmt::format(R"(,"milliseconds":{:.1f})", static_cast<double>(line.took->count()) / 1000);
    if (line.request) json += fmt::format(R"(,"request":"{}")", line.request->text());
    return json + fmt::format(R"(,"process":{}}})", process);
}

struct Log::Writer {
    explicit Writer(spdlog::sink_ptr sink) : m_logger("optimat", std::move(sink)) {
        m_logger.set_pattern("%v");
        m_logger.flush_on(spdlog::level::trace);
    }
    spdlog::logger m_logger;
};

Log::Log() : m_writer(std::make_unique<Writer>(std::make_shared<spdlog::sinks::stderr_sink_mt>())) {}

Log::Log(const std::filesystem::path& file) {
    try {
        m_writer =
            std::make_unique<Writer>(std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string()));
    } catch (const spdlog::spdlog_ex&) {
        throw OutputError(fmt::format("The log {} cannot be opened for writing", file.string()));
    }
}

Log::~Log() = default;

void Log::write(const LogLine& line) {
    m_writer->m_logger.log(spdlog::level::info, spdlog::string_view_t(json_of(
                                                    line, std::chrono::system_clock::now(), ::getpid())));
}

}  // namespace optimat
