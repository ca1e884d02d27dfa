#pragma once

// How many random extracts a test sees: all of them on the release build; a few where the sanitizers watch
// every step, which takes ten times as long.

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace optimat::conformance {

#ifdef __SANITIZE_ADDRESS__
inline constexpr bool is_watched = true;
#else
inline constexpr bool is_watched = false;
#endif

constexpr std::uint64_t seeds_until(std::uint64_t all) {
    return is_watched ? std::min<std::uint64_t>(all, 8) : all;
}

/// The seeds 1 to `all`, or the first of them.
inline auto seeds_to(std::uint64_t all) { return testing::Range<std::uint64_t>(1, seeds_until(all) + 1); }

inline std::string seed_name(const testing::TestParamInfo<std::uint64_t>& test) {
    return fmt::format("seed_{}", test.param);
}

}  // namespace optimat::conformance
