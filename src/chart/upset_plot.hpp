#pragma once
// An UpSet plot: how many people have exactly which items together. Bars of the combinations above, a matrix
// of dots that says which items each is made of below, and beside the matrix how many people have each item
// at all. Bars are divided in two, marked and not, by colour and by hatching. Rule asci/items; source 000
// Figure 11.

#include "chart/frame.hpp"

#include <string>
#include <vector>

namespace optimat::chart {

/// One item, and everybody who has it, whatever else they have.
struct UpsetItem {
    std::string name;
    std::int64_t people = 0;
    std::int64_t marked = 0;  ///< of people
};

/// People who have exactly these items and no other.
struct UpsetCombination {
    std::vector<bool> items;  ///< by item
    std::int64_t people = 0;
    std::int64_t marked = 0;  ///< of people
};

struct UpsetPlot {
    std::vector<UpsetItem> items;
    std::vector<UpsetCombination> combinations;  ///< in the order they are drawn
    std::string marked, unmarked;                ///< words of the two parts: `supervised`, `not supervised`
};

/// No more combinations are drawn.
inline constexpr std::size_t most_upset_combinations = 15;

/// What a plot leaves out, which its foot and the words beside it tell.
struct UpsetRest {
    std::size_t combinations = 0;  ///< those after the first most_upset_combinations
    std::int64_t people = 0;       ///< in them
    std::size_t items = 0;         ///< in none of the drawn combinations
};
UpsetRest left_out(const UpsetPlot& data);

/// Rows: the items that a drawn combination has, most people first.
Html upset_plot(const UpsetPlot& data, const Frame& frame);
Html upset_plot_figure(const UpsetPlot& data, const Frame& frame);

}  // namespace optimat::chart
