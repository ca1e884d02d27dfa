#pragma once
// The few colours of the charts. Those of the cohorts differ in lightness as well, and each has a pattern of its own, so
// that nothing rests on hue alone. Contrast of every text with what lies under it is at least 4.5 : 1 (ink_test.cpp).

#include "chart/stacked_share.hpp"

#include <array>
#include <string_view>

namespace optimat::chart::inks {

inline constexpr std::string_view text = "#212b32", muted = "#4c6272", axis = "#768692", grid = "#e3e8ec",
                                  pale = "#f0f4f5", white = "#ffffff", accent = "#005eb8", accent_pale = "#d5e5f3",
                                  neutral = "#7b8a95", neutral_light = "#c3ccd3";

/// Fill, the strokes of its pattern, text upon it, and a tone dark enough for lines and words on white.
struct CohortInk {
    std::string_view fill, pattern, text, line;
};
inline constexpr std::array<CohortInk, cohort_count> cohorts = {{
    {"#b3282d", "#b3282d", "#ffffff", "#b3282d"},
    {"#f0b740", "#d1912a", "#212b32", "#8f5f00"},
    {"#2e7d4f", "#63a980", "#ffffff", "#2e7d4f"},
    {"#c3cad0", "#a0aab3", "#212b32", "#5b6770"},
}};
constexpr const CohortInk& of(Cohort cohort) { return cohorts[static_cast<std::size_t>(cohort)]; }

}  // namespace optimat::chart::inks
