#pragma once
// Columns of months and their labels, thinned to what there is room for; the last month is always labelled.

#include "chart/drawing.hpp"
#include "chart/stacked_share_layout.hpp"

#include <vector>

namespace optimat::chart {

class MonthAxis {
  public:
    /// Labels such as `Oct 2018`, in columns of equal width between two pixels.
    MonthAxis(std::vector<std::string> labels, double left, double right, double font_size);

    std::size_t count() const { return m_labels.size(); }
    double column_width() const { return m_column; }
    double centre(std::size_t column) const {
        return m_left + (static_cast<double>(column) + 0.5) * m_column;
    }
    /// Whether the column's label, and the small figures under it, have room.
    bool is_labelled(std::size_t column) const { return m_is_labelled[column]; }
    /// Where the column's label may be centred so that it stays near the columns.
    double label_centre(std::size_t column) const;
    /// Writes the labels in two lines, the first with its baseline at `y`; the last month bold.
    void draw(Drawing& drawing, double y) const;

  private:
    double label_width(std::size_t column) const;

    std::vector<std::string> m_labels;
    double m_left, m_right, m_size, m_column;
    std::vector<bool> m_is_labelled;
};

}  // namespace optimat::chart
