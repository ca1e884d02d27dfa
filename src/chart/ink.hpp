#pragma once
// The few colours of the charts: those of the palette, and for each cohort the strokes of its pattern and the
// words that can be read upon it. Nothing rests on hue alone. Text has 4.5 : 1 with what lies under it
// (ink_test.cpp).

#include "chart/stacked_share.hpp"
#include "html/palette.hpp"

#include <array>
#include <string_view>

namespace optimat::chart::inks {

inline constexpr std::string_view text = palette::ink, muted = palette::quiet, axis = "#768692",
                                  grid = "#e8edee", pale = "#f0f4f5", white = palette::paper,
                                  accent = palette::accent, others = palette::others, band = palette::band,
                                  neutral = "#8896a0", neutral_light = "#c9d1d6";

/// Points of control charts: what they say. Each also has its shape.
inline constexpr std::string_view common_cause = "#5a6873", improvement = "#005eb8",
                                  concern = palette::concern, neither = "#6a1b9a", target = "#b3261e";

/// Fill, the strokes of its pattern, text upon the fill, and the colour of words on white.
struct CohortInk {
    std::string_view fill, pattern, text, words;
};
inline constexpr std::array<CohortInk, cohort_count> cohorts = {{
    {palette::red, palette::red, "#ffffff", palette::red},
    {palette::amber, "#d9a03c", "#000000", "#8a5900"},
    {palette::green, "#6fae72", "#ffffff", palette::green},
    {palette::grey, "#a9b6bf", "#000000", "#5a6873"},
}};
constexpr const CohortInk& of(Cohort cohort) { return cohorts[static_cast<std::size_t>(cohort)]; }

}  // namespace optimat::chart::inks
