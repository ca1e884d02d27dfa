#pragma once
// Where groups and bands of a flow chart lie. A pixel of height is the same number of people everywhere, and
// the bands into and out of a group fill it exactly.

#include "chart/sankey.hpp"

namespace optimat::chart {

/// One group in one column, in pixels from the top.
struct FlowNode {
    std::size_t end = 0;
    double top = 0, height = 0;
    double middle() const { return top + height / 2; }
};

/// One flow: where it leaves the left column and reaches the right one.
struct FlowBand {
    std::size_t from = 0, to = 0;
    std::int64_t people = 0;
    double from_top = 0, to_top = 0, height = 0;
};

struct SankeyLayout {
    std::vector<FlowNode> before, now;  ///< those with people, in the order of the ends
    std::vector<FlowBand> bands;  ///< those with people; bands of a group in the order of the other column
    double bottom = 0;            ///< of the longer column
};

/// `height` pixels for all people, and `gap` between groups.
SankeyLayout lay_out(const Sankey& data, double top, double height, double gap);

}  // namespace optimat::chart
