#pragma once
// Little-endian numbers and texts, one after the other: what every payload of a snapshot is made of. A reader
// never trusts what it reads: every step checks that the bytes are there.

#include "base/error.hpp"

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace optimat {

static_assert(std::endian::native == std::endian::little, "payloads are written as the machine holds them");

/// Throws StoreError: stored bytes are not what was written. `what` says which part, never a value.
[[noreturn]] void throw_damaged(std::string_view what);

class ByteWriter {
  public:
    template <std::unsigned_integral Number> void number(Number value) {
        m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void bytes(std::string_view bytes) { m_bytes.append(bytes); }
    /// Its length in four bytes, then the text.
    void text(std::string_view text) {
        number(static_cast<std::uint32_t>(text.size()));
        bytes(text);
    }
    void reserve(std::size_t size) { m_bytes.reserve(size); }
    std::size_t size() const { return m_bytes.size(); }
    std::string take() { return std::move(m_bytes); }

  private:
    std::string m_bytes;
};

class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : m_left(bytes) {}

    template <std::unsigned_integral Number> Number number() {
        Number value;
        std::memcpy(&value, bytes(sizeof value).data(), sizeof value);
        return value;
    }
    /// The next `size` bytes, borrowed.
    std::string_view bytes(std::size_t size) {
        if (size > m_left.size()) throw_damaged("it ends too early");
        const std::string_view taken = m_left.substr(0, size);
        m_left.remove_prefix(size);
        return taken;
    }
    std::string_view text() { return bytes(number<std::uint32_t>()); }
    std::size_t left() const { return m_left.size(); }
    void expect_end() const {
        if (!m_left.empty()) throw_damaged("it goes on after its end");
    }

  private:
    std::string_view m_left;
};

}  // namespace optimat
