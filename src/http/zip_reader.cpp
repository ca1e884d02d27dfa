#include "http/zip_reader.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <minizip/unzip.h>
#include <set>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace optimat {
namespace {

constexpr std::size_t longest_name = 255;
constexpr std::size_t piece_size = 128 * 1024;
constexpr uLong encrypted_flag = 1;

[[noreturn]] void refuse(std::string_view reason) {
    throw InputError(
        fmt::format("The zip cannot be taken: {}. Make it again from the extract's files alone", reason));
}

bool is_plain_name(std::string_view name) {
    const auto is_odd = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\' || c == ':';
    };
    if (name.empty() || name.front() == '/' || std::ranges::any_of(name, is_odd)) return false;
    while (!name.empty()) {
        const std::size_t end = std::min(name.find('/'), name.size());
        const std::string_view component = name.substr(0, end);
        if (component.empty() || component == "." || component == "..") return false;
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return true;
}

// Of the Unix mode that some programs keep in the upper half; without one an entry is a file or a folder.
bool is_link_or_device(uLong attributes) {
    const auto type = static_cast<mode_t>(attributes >> 16) & S_IFMT;
    return type != 0 && type != S_IFREG && type != S_IFDIR;
}

void judge(const unz_file_info64& info, std::string_view name, const ZipLimits& limits) {
    if (!is_plain_name(name)) refuse("an entry's name leads out of its folder or is no plain name");
    if ((info.flag & encrypted_flag) != 0) refuse("it is encrypted");
    if (is_link_or_device(info.external_fa)) refuse("it holds a link");
    if (info.compression_method != 0 && info.compression_method != Z_DEFLATED)
        refuse("it is packed in a way other than deflate");
    const std::uint64_t inflated = info.uncompressed_size;
    if (inflated > limits.ratio_counts_above && inflated / limits.most_ratio > info.compressed_size)
        refuse("an entry inflates to far more than tables do");
}

// A file that did not exist before; removed again unless kept.
class NewFile {
  public:
    explicit NewFile(const std::filesystem::path& path)
        : m_path(path), m_file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
        if (m_file < 0)
            throw OutputError(fmt::format("A file cannot be made in {}", path.parent_path().string()));
    }
    ~NewFile() {
        if (m_file >= 0) ::close(m_file);
        if (!m_is_kept) ::unlink(m_path.c_str());
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::write(m_file, bytes.data(), bytes.size());
            if (written <= 0) fail();
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void keep() {
        if (::close(std::exchange(m_file, -1)) != 0) fail();
        m_is_kept = true;
    }

  private:
    [[noreturn]] void fail() const {
        throw OutputError(fmt::format("A file cannot be written in {}", m_path.parent_path().string()));
    }

    std::filesystem::path m_path;
    int m_file;
    bool m_is_kept = false;
};

// Whatever happens, an opened entry is closed before the next.
class OpenEntry {
  public:
    explicit OpenEntry(unzFile zip) : m_zip(zip) {
        if (unzOpenCurrentFile(m_zip) != UNZ_OK) refuse("it is damaged");
    }
    ~OpenEntry() {
        if (m_zip != nullptr) unzCloseCurrentFile(m_zip);
    }
    OpenEntry(const OpenEntry&) = delete;
    OpenEntry& operator=(const OpenEntry&) = delete;

    std::size_t read(std::string& piece) {
        const int size = unzReadCurrentFile(m_zip, piece.data(), static_cast<unsigned>(piece.size()));
        if (size < 0) refuse("it is damaged");
        return static_cast<std::size_t>(size);
    }
    void check_sum() {
        if (unzCloseCurrentFile(std::exchange(m_zip, nullptr)) != UNZ_OK) refuse("it is damaged");
    }

  private:
    unzFile m_zip;
};

}  // namespace

ZipReader::ZipReader(const std::filesystem::path& file, const ZipLimits& limits)
    : m_zip(unzOpen64(file.c_str())) {
    if (m_zip == nullptr) refuse("the file is no zip");
    try {
        list(limits);
    } catch (...) {
        unzClose(m_zip);
        throw;
    }
}

ZipReader::~ZipReader() { unzClose(m_zip); }

void ZipReader::list(const ZipLimits& limits) {
    std::set<std::string> names;
    std::uint64_t bytes = 0;
    std::size_t count = 0;
    unz_global_info64 whole{};
    if (unzGetGlobalInfo64(m_zip, &whole) != UNZ_OK) refuse("it is damaged");
    if (whole.number_entry == 0) return;
    int found = unzGoToFirstFile(m_zip);
    for (; found == UNZ_OK; found = unzGoToNextFile(m_zip)) {
        if (++count > limits.most_entries)
            refuse(fmt::format("it holds more than {} entries", limits.most_entries));
        unz_file_info64 info{};
        std::string name(longest_name + 1, '\0');
        if (unzGetCurrentFileInfo64(m_zip, &info, name.data(), name.size(), nullptr, 0, nullptr, 0) != UNZ_OK)
            refuse("it is damaged");
        if (info.size_filename > longest_name) refuse("an entry's name is too long");
        name.resize(info.size_filename);
        judge(info, name, limits);
        if (info.uncompressed_size > limits.most_bytes - bytes)
            refuse(fmt::format("it inflates to more than {} MiB", limits.most_bytes >> 20));
        bytes += info.uncompressed_size;
        const bool is_folder = name.ends_with('/');
        if (is_folder) name.pop_back();
        if (!names.insert(name).second) refuse("it holds two entries of one name");
        if (!is_folder) m_entries.push_back({name, info.uncompressed_size});
    }
    if (found != UNZ_END_OF_LIST_OF_FILE) refuse("it is damaged");
}

std::filesystem::path ZipReader::extract(std::string_view name, const std::filesystem::path& folder) {
    const auto entry = std::ranges::find(m_entries, name, &ZipEntry::name);
    if (entry == m_entries.end()) throw UsageError("The zip has no entry of that name");
    constexpr int with_case = 1;
    if (unzLocateFile(m_zip, entry->name.c_str(), with_case) != UNZ_OK) refuse("it is damaged");
    const std::filesystem::path target = folder / entry->name.substr(entry->name.rfind('/') + 1);
    copy_entry(*entry, target);
    return target;
}

void ZipReader::copy_entry(const ZipEntry& entry, const std::filesystem::path& target) {
    NewFile file(target);
    OpenEntry packed(m_zip);
    std::string piece(piece_size, '\0');
    std::uint64_t written = 0;
    while (const std::size_t size = packed.read(piece)) {
        written += size;
        if (written > entry.bytes) refuse("an entry is longer than it says");
        file.write(std::string_view(piece).substr(0, size));
    }
    if (written != entry.bytes) refuse("an entry is shorter than it says");
    packed.check_sum();
    file.keep();
}

}  // namespace optimat
