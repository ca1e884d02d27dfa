#pragma once
// How the workbook looks: one font, few colours, and styles as values that become the library's formats once.

#include <compare>
#include <cstdint>
#include <string_view>

namespace optimat::workbook {

/// 0xRRGGBB.
using Colour = std::uint32_t;

namespace colours {
// Red and green are dark and amber and grey light, so that neighbours in the stack differ in greyscale as
// well.
constexpr Colour red = 0xB3282D, amber = 0xF0B740, green = 0x2E7D4F, grey = 0xB8BFC6;
constexpr Colour ink = 0x1F2A33, muted = 0x5B6770, faint = 0xA4ADB5, line = 0xD5DADF, pale = 0xF3F5F7,
                 white = 0xFFFFFF;
constexpr Colour slate = 0x44525E, accent = 0x1D5F8A, accent_pale = 0xE6F0F7;
}  // namespace colours

/// Of red, amber, green and grey, and of text on them.
constexpr Colour cohort_fills[] = {colours::red, colours::amber, colours::green, colours::grey};
constexpr Colour cohort_inks[] = {colours::white, colours::ink, colours::white, colours::ink};

inline constexpr const char* font_name = "Arial";

enum class Align : std::uint8_t { left, centre, right };
enum class Line : std::uint8_t { none, below, above, around };

namespace formats {
inline constexpr std::string_view count = "#,##0", decimal1 = "0.0", decimal2 = "0.00", percent1 = "0.0%",
                                  percent2 = "0.00%", date = "yyyy-mm-dd", text = "@";
}

/// The look of a cell.
struct Style {
    int size = 10;
    bool bold = false, italic = false, wrap = false;
    bool top = false;  ///< at the top of its cell; else in the middle
    Colour colour = colours::ink;
    Colour fill = colours::white;  ///< white: none
    Align align = Align::left;
    Line line = Line::none;
    Colour line_colour = colours::line;
    int indent = 0;
    std::string_view number = "";
    friend auto operator<=>(const Style&, const Style&) = default;
};

}  // namespace optimat::workbook
