#pragma once
// A sealed blob: a payload compressed with zstd between a head that says what it is and a checksum of every
// byte before it. The same payload gives the same bytes wherever the same version of zstd runs. See
// docs/snapshot-format.md.

#include <cstdint>
#include <string>
#include <string_view>

namespace optimat {

/// What a blob holds. Its number stands in the blob: append only.
enum class BlobKind : std::uint8_t {
    chunk = 1,     ///< one chunk of clients (chunk_codec.hpp)
    about = 2,     ///< what belongs to no client (about.hpp)
    original = 3,  ///< a piece of a file as it was given
    states = 4,    ///< everybody's state on the day of a release (outcome/frozen_states.hpp)
};

/// Written into every blob and part of a snapshot's id. A program reads every version up to its own.
constexpr std::uint16_t snapshot_format_version = 1;

/// No payload is larger, 1 GiB: a guard against a damaged size.
constexpr std::size_t largest_payload = std::size_t{1} << 30;

/// Throws StoreError for a payload beyond largest_payload. Safe to call from several threads.
std::string seal(BlobKind kind, std::string_view payload);

/// The payload. Throws StoreError when the blob is of another kind, of a later version, or not as it was
/// sealed.
std::string unseal(BlobKind kind, std::string_view blob);

}  // namespace optimat
