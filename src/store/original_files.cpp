#include "store/original_files.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace optimat {

namespace {

bool leaves_folder(const std::filesystem::path& name) {
    return name.empty() || name.is_absolute() || std::ranges::find(name, "..") != name.end();
}

std::string name_within(const std::filesystem::path& folder, const std::filesystem::path& file) {
    const std::filesystem::path name = file.lexically_normal().lexically_relative(folder.lexically_normal());
    if (leaves_folder(name)) return "outside/" + file.filename().string();
    return name.generic_string();
}

[[noreturn]] void throw_changed(const std::string& name) {
    throw InputError(
        fmt::format("{}: the file has changed while it was being imported; import the extract again", name));
}

}  // namespace

OriginalFile::OriginalFile(const std::filesystem::path& folder, const std::filesystem::path& file)
    : m_name(name_within(folder, file)), m_descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat status {};
    if (m_descriptor < 0 || ::fstat(m_descriptor, &status) != 0) {
        const int error = errno;
        if (m_descriptor >= 0) ::close(m_descriptor);
        throw InputError(fmt::format("{}: the file cannot be read: {}", m_name, std::strerror(error)));
    }
    m_size = static_cast<std::uint64_t>(status.st_size);
}

OriginalFile::~OriginalFile() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

OriginalFile::OriginalFile(OriginalFile&& other) noexcept
    : m_name(std::move(other.m_name)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_size(other.m_size) {}

std::size_t OriginalFile::piece_count() const {
    return std::max<std::size_t>(1, (m_size + original_piece_size - 1) / original_piece_size);
}

void OriginalFile::read_piece(std::size_t piece, std::string& bytes) const {
    const std::uint64_t begin = std::uint64_t{piece} * original_piece_size;
    bytes.resize(std::min<std::uint64_t>(original_piece_size, m_size - begin));
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t got =
            ::pread(m_descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(begin + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0)
            throw InputError(fmt::format("{}: the file cannot be read: {}", m_name, std::strerror(errno)));
        if (got == 0) throw_changed(m_name);
        done += static_cast<std::size_t>(got);
    }
}

OriginalWriter::OriginalWriter(const std::filesystem::path& folder, const std::string& name)
    : m_file(folder / name) {
    if (leaves_folder(name))
        throw StoreError("the stored snapshot is damaged: a file's name leaves its folder");
    std::error_code error;
    std::filesystem::create_directories(m_file.parent_path(), error);
    m_descriptor = ::open(m_file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (m_descriptor < 0) fail();
}

OriginalWriter::~OriginalWriter() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

void OriginalWriter::fail() const {
    throw OutputError(
        fmt::format("{}: the file cannot be written: {}", m_file.string(), std::strerror(errno)));
}

void OriginalWriter::append(std::string_view piece) {
    while (!piece.empty()) {
        const ssize_t written = ::write(m_descriptor, piece.data(), piece.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail();
        piece.remove_prefix(static_cast<std::size_t>(written));
    }
}

void OriginalWriter::finish() {
    if (::fsync(m_descriptor) != 0) fail();
}

}  // namespace optimat
