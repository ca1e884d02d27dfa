#pragma once
// Which way a figure improves, and which way it moved.

#include <cstdint>
#include <string_view>

namespace optimat {

/// Which way a measure improves; for some neither way is better.
enum class BetterWhen : std::uint8_t { lower, higher, neither };
/// `lower`, `higher`, `neither`.
std::string_view text_of(BetterWhen better);

/// Which way a figure lies from what is expected of it.
enum class Towards : std::uint8_t { lower, higher };
/// `lower`, `higher`.
std::string_view text_of(Towards towards);

}  // namespace optimat
