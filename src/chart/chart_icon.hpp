#pragma once
// Two small pictures that sum up a control chart in a table: how the figure varies, and whether its target
// will be met. 36 × 28 pixels, without text: the words are in the <title>, and a table has them beside the
// picture.

#include "chart/frame.hpp"
#include "statistics/control_chart.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace optimat::chart {

/// `Improvement (lower)`, `Concern (higher)`, `Change (higher)`, `Common cause`; `No limits yet` for nothing.
std::string variation_words(const std::optional<LatestVariation>& latest);
/// `Consistently hits the target`, `Consistently fails the target`, `Hits and misses the target`, `No
/// target`.
std::string_view assurance_words(Assurance assurance);

/// The shape and colour that the point has in the chart, with an arrow for the way it went. `id` is unique in
/// the page, as Frame::id.
Html variation_icon(const std::optional<LatestVariation>& latest, const std::string& id);

/// The range between the limits as a bar, and where the target's line lies: clear of it, or through it. A bar
/// above the line is better when higher is.
Html assurance_icon(Assurance assurance, BetterWhen better, const std::string& id);

}  // namespace optimat::chart
