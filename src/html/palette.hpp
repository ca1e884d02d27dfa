#pragma once
// Colours for SVG that the server draws: the same values as the custom properties of web/styles/palette.css
// (a test compares the two). Contrast on white is given as WCAG 2.2 reckons it. Colour never carries a
// meaning alone: a cohort has its pattern and its name beside it, and neighbouring areas stand 2 px of white
// apart.

#include <string_view>

namespace optimat::palette {

// Cohorts. At least 3:1 against white, so an area is seen without its pattern.
inline constexpr std::string_view red = "#b3261e";    ///< 6.5:1 on white; text on it: white
inline constexpr std::string_view amber = "#c27c00";  ///< 3.4:1 on white; text on it: black
inline constexpr std::string_view green = "#2e7d32";  ///< 5.1:1 on white; text on it: white
inline constexpr std::string_view grey =
    "#768692";  ///< 3.8:1 on white; text on it: black: without a category

// The rest.
inline constexpr std::string_view ink = "#212b32";    ///< text and axes
inline constexpr std::string_view quiet = "#4c6272";  ///< second text, grid labels; 6.4:1
inline constexpr std::string_view rule = "#d8dde0";   ///< lines of tables and grids
inline constexpr std::string_view paper = "#ffffff";
inline constexpr std::string_view accent = "#005eb8";   ///< one's own service, links; 6.5:1
inline constexpr std::string_view others = "#aeb7bd";   ///< all other services, beside accent
inline constexpr std::string_view band = "#e8edee";     ///< a threshold band or quartiles behind marks
inline constexpr std::string_view concern = "#b45309";  ///< what has become worse; 5.0:1

}  // namespace optimat::palette
