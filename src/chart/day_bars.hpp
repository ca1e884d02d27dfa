#pragma once
// Horizontal bars for people in bands of time: waits by band, drop-out by day. Bars beyond what is wanted are
// hatched and named. What is withheld is said to be hidden, and is not drawn as 0.

#include "chart/frame.hpp"

#include <optional>
#include <string>
#include <vector>

namespace optimat::chart {

/// Whether a band is beyond what is wanted.
enum class DayBarMark : std::uint8_t { within, beyond };

struct DayBar {
    std::string label;                   ///< `up to 3 weeks`
    std::optional<std::int64_t> people;  ///< nothing: hidden
    DayBarMark mark = DayBarMark::within;
};

struct DayBars {
    std::string measure;             ///< `Wait for the first intervention`: above the bars
    std::vector<DayBar> bars;        ///< from the top
    std::optional<std::int64_t> of;  ///< what shares are of; nothing: counts alone
    std::string of_words;            ///< `of 518 people who started`: with `measure`; may be empty
    std::string beyond_words;        ///< `longer than 3 weeks`: told when a bar is marked beyond
};

Html day_bars(const DayBars& data, const Frame& frame);
/// The figure with both drawings. The browser leaves it as it is.
Html day_bars_figure(const DayBars& data, const Frame& frame);

}  // namespace optimat::chart
