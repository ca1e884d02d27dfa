#pragma once
// Flows since the month before: two columns of groups in the order of the tracker, and bands of people
// between them whose thickness is their number. People who entered, left or were elsewhere have ends of their
// own. Source: rule "Service tracker", flows.

#include "chart/frame.hpp"

#include <vector>

namespace optimat::chart {

enum class FlowInk : std::uint8_t { red, amber, green, grey, neutral, outside };

/// One group, as it is called in either column.
struct FlowEnd {
    std::string before_name;  ///< `Red`, `Entered MAT`, `Came from elsewhere`
    std::string now_name;     ///< `Red`, `Left MAT`, `Moved elsewhere`
    FlowInk ink = FlowInk::neutral;
};

struct Sankey {
    std::string before_label, now_label;            ///< `Sep 2018`, `Oct 2018`
    std::vector<FlowEnd> ends;                      ///< in the order of the tracker
    std::vector<std::vector<std::int64_t>> people;  ///< people[from][to], square, none negative

    std::int64_t before(std::size_t end) const;  ///< row sum
    std::int64_t now(std::size_t end) const;     ///< column sum
    std::int64_t total() const;
};

/// A group without people in a column is not drawn there.
Html sankey(const Sankey& data, const Frame& frame);
Html sankey_figure(const Sankey& data, const Frame& frame);
/// Figures for the browser, kind `sankey`.
std::string chart_data_json(const Sankey& data);

}  // namespace optimat::chart
