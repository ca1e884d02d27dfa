#include "cli/output.hpp"

#include "base/error.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace optimat {

namespace {

constexpr std::size_t buffer_size = 1 << 16;

/// The file that is really meant: a link's target, so that the link stays.
std::filesystem::path resolved(const std::filesystem::path& file) {
    std::error_code error;
    const auto target = std::filesystem::canonical(file, error);
    return error ? file : target;
}

/// Whether something is there that is no plain file: /dev/null or a pipe is written in place, never replaced.
bool is_special(const std::filesystem::path& file) {
    const auto type = std::filesystem::status(file).type();
    return type != std::filesystem::file_type::not_found && type != std::filesystem::file_type::regular;
}

std::filesystem::path partial_name(const std::filesystem::path& file) {
    std::filesystem::path partial = file;
    return partial.replace_filename(fmt::format(".{}.{}.partial", file.filename().string(), ::getpid()));
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

[[noreturn]] void cannot_write(const std::filesystem::path& file, int error) {
    throw OutputError(fmt::format("{}: cannot be written: {}; check -o and the permissions of its folder",
                                  file.string(), std::strerror(error)));
}

void put_in_place(const std::filesystem::path& partial, const std::filesystem::path& file) {
    if (std::rename(partial.c_str(), file.c_str()) == 0) return;
    const int error = errno;
    ::unlink(partial.c_str());
    cannot_write(file, error);
}

}  // namespace

Output::Output(const std::optional<std::filesystem::path>& file) : m_descriptor(STDOUT_FILENO) {
    if (!file) return;
    if (std::filesystem::is_directory(*file))
        throw OutputError(fmt::format("{}: is a folder; write the name of a file after -o", file->string()));
    m_file = resolved(*file);
    if (is_special(*m_file)) {
        m_descriptor = ::open(m_file->c_str(), O_WRONLY | O_CLOEXEC);
    } else {
        // Without a name until commit(), where the file system can do that: a killed run then leaves nothing
        // at all.
        m_descriptor = ::open(folder_of(*m_file).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
        if (m_descriptor < 0) {
            m_partial = partial_name(*m_file);
            m_descriptor = ::open(m_partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        } else {
            m_nameless = true;
        }
    }
    if (m_descriptor >= 0) return;
    m_partial.clear();
    cannot_write(*file, errno);
}

Output::~Output() {
    if (m_file && m_descriptor >= 0) ::close(m_descriptor);
    if (!m_partial.empty()) ::unlink(m_partial.c_str());
}

void Output::write(std::string_view text) {
    m_buffer += text;
    if (m_buffer.size() < buffer_size) return;
    write_all(m_buffer);
    m_buffer.clear();
}

void Output::write_all(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(m_descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EPIPE) throw ClosedPipe{};
        if (written < 0) fail(std::strerror(errno));
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void Output::fail(const std::string& what) const {
    throw OutputError(
        fmt::format("{}: cannot be written: {}", m_file ? m_file->string() : "standard output", what));
}

void Output::commit() {
    write_all(m_buffer);
    m_buffer.clear();
    if (!m_file) return;
    const bool in_place = m_partial.empty() && !m_nameless;
    if (!in_place && ::fsync(m_descriptor) != 0) fail(std::strerror(errno));
    if (m_nameless) give_name();
    if (::close(std::exchange(m_descriptor, -1)) != 0) fail(std::strerror(errno));
    if (!in_place) put_in_place(std::exchange(m_partial, {}), *m_file);
}

void Output::give_name() {
    const auto partial = partial_name(*m_file);
    const std::string descriptor = fmt::format("/proc/self/fd/{}", m_descriptor);
    if (::linkat(AT_FDCWD, descriptor.c_str(), AT_FDCWD, partial.c_str(), AT_SYMLINK_FOLLOW) != 0)
        fail(std::strerror(errno));
    m_partial = partial;
}

Terminal terminal_for(const std::optional<std::filesystem::path>& file, ColourChoice colour) {
    Terminal terminal;
    const bool is_terminal = !file && ::isatty(STDOUT_FILENO) == 1;
    const char* no_colour = std::getenv("NO_COLOR");
    const char* kind = std::getenv("TERM");
    const bool refused =
        (no_colour != nullptr && *no_colour != '\0') || (kind != nullptr && std::string_view(kind) == "dumb");
    if (colour == ColourChoice::always || (colour == ColourChoice::automatic && is_terminal && !refused))
        terminal.colour = Colour::always;
    winsize size{};
    if (is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0)
        terminal.width = size.ws_col;
    return terminal;
}

void tell(const Settings& settings, std::string_view line) {
    if (settings.talk == Talk::quiet) return;
    const std::string text = printable(line) + '\n';
    std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace optimat
