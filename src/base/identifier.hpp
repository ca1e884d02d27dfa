#pragma once
// Identifiers of people and records are distinct types without a formatter or <<: they cannot slip into a
// log, a metric or an error text. Code that is meant to show one (a list for staff, an export) says so with
// `bytes()`. tests/compile_fail keeps it so.

#include <compare>
#include <string_view>

namespace optimat {

template <class Tag> class Identifier {
  public:
    constexpr Identifier() = default;
    constexpr explicit Identifier(std::string_view bytes) : m_bytes(bytes) {}
    /// The case system's own reference, at most 64 bytes of UTF-8. Borrowed from the snapshot that holds it.
    constexpr std::string_view bytes() const { return m_bytes; }
    /// Byte order, the order of every output.
    friend constexpr auto operator<=>(Identifier, Identifier) = default;

  private:
    std::string_view m_bytes;
};

using ClientId = Identifier<struct ClientTag>;
using RecordId = Identifier<struct RecordTag>;  ///< of a prescription, episode, TOP, screen or inventory

}  // namespace optimat
