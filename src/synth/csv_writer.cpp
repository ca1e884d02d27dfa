#include "synth/csv_writer.hpp"

#include "base/error.hpp"

#include <cerrno>
#include <charconv>
#include <system_error>

#include <fmt/format.h>

namespace optimat::synth {

namespace {

[[noreturn]] void cannot_write(const std::filesystem::path& path, int error) {
    throw OutputError(
        fmt::format("{} cannot be written: {}. Give -o a folder that you can write to, on a disk with room.",
                    path.string(), std::generic_category().message(error)));
}

}  // namespace

CsvWriter::CsvWriter(const std::filesystem::path& path, std::string_view header)
    : m_path(path), m_file(std::fopen(path.c_str(), "wb")) {
    if (!m_file) cannot_write(m_path, errno);
    std::setvbuf(m_file.get(), nullptr, _IONBF, 0);
    m_buffer.reserve(flush_at + (std::size_t{1} << 16));
    m_buffer.append(header);
    m_buffer.push_back('\n');
}

void CsvWriter::text_cell(std::string_view text) {
    separate();
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        m_buffer.append(text);
        return;
    }
    m_buffer.push_back('"');
    for (const char c : text) {
        if (c == '"') m_buffer.push_back('"');
        m_buffer.push_back(c);
    }
    m_buffer.push_back('"');
}

void CsvWriter::number_text(std::int64_t number) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    m_buffer.append(digits, static_cast<std::size_t>(end - digits));
}

void CsvWriter::padded_text(std::int64_t number, int width) {
    char digits[24];
    char* at = digits + sizeof digits;
    for (; width > 0 || number > 0; --width, number /= 10)
        *--at = static_cast<char>('0' + number % 10);
    m_buffer.append(at, static_cast<std::size_t>(digits + sizeof digits - at));
}

void CsvWriter::day_cell(Day day) {
    const CivilDay parts = civil(day);
    separate();
    padded_text(parts.year, 4);
    m_buffer.push_back('-');
    padded_text(parts.month, 2);
    m_buffer.push_back('-');
    padded_text(parts.day, 2);
}

void CsvWriter::flush() {
    if (m_buffer.empty()) return;
    if (std::fwrite(m_buffer.data(), 1, m_buffer.size(), m_file.get()) != m_buffer.size())
        cannot_write(m_path, errno);
    m_bytes += m_buffer.size();
    m_buffer.clear();
}

void CsvWriter::close() {
    flush();
    if (std::fclose(m_file.release()) != 0) cannot_write(m_path, errno);
}

}  // namespace optimat::synth
