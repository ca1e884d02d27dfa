#pragma once
// What every chart is told beside its figures, and the <figure> a page puts it in.
//
// A chart is an inline SVG drawn for one width in pixels: presentation attributes and classes only (the
// pages' content security policy allows no inline style and no script), role="img", a <title> and a <desc>.
// It never carries a figure that the table beside it does not. Its text is 12 or 13 px at the width it was
// drawn for, so it must not be scaled far down: a page shows two drawings, one for wide screens and one for
// phones, and the style sheet hides one
// (`app-chart__wide`, `app-chart__narrow`; `app-chart__svg` is `max-width: 100%; height: auto`). Prints take
// the wide one.

#include "html/html.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace optimat::chart {

inline constexpr int full_width = 960;    ///< a chart across the page
inline constexpr int half_width = 470;    ///< two charts beside each other
inline constexpr int narrow_width = 340;  ///< a phone

/// Names and size of one drawing.
struct Frame {
    /// Prefix of the ids in the SVG, unique in the page: letters, digits and hyphens, a letter first.
    std::string id;
    std::string title;        ///< what the chart is, a few words
    std::string description;  ///< a whole sentence that says what it shows, with the figures that matter
    int width = full_width;   ///< pixels, 300 to 1,400; the height follows from the figures
};

/// The same chart drawn for a phone: ids end in `-narrow`.
Frame narrow(const Frame& frame);

/// `<figure class="app-chart" data-chart="KIND" data-chart-data="JSON">` around both drawings. The browser
/// may replace them with an interactive chart of the kind (web/scripts/charts); an empty kind is never
/// replaced.
Html chart_figure(std::string_view kind, std::string_view data, Html wide, Html narrow);

/// Whether figures are shares (0 to 1, written `45%`) or plain numbers.
enum class Unit : std::uint8_t { share, number };

}  // namespace optimat::chart
