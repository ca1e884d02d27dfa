#pragma once
// The drawing of a control chart, from the limits behind to the notes below.

#include "chart/control_chart.hpp"
#include "chart/control_scale.hpp"
#include "chart/drawing.hpp"
#include "chart/month_axis.hpp"
#include "chart/scale.hpp"

#include <functional>

namespace optimat::chart {

class ControlDrawing {
  public:
    ControlDrawing(const ControlPicture& data, const Frame& frame);
    Html draw();

  private:
    /// A flag with its number and the row above the plot it stands in.
    struct PlacedFlag {
        const ControlFlag* flag;
        std::size_t number, row;
    };
    /// Flags so that those in one row do not touch.
    std::vector<PlacedFlag> placed_flags() const;

    /// The measure's words in lines, at least one.
    std::vector<std::string> head_lines() const;
    double column_left(std::size_t column) const { return m_axis.centre(column) - m_axis.column_width() / 2; }
    double column_right(std::size_t column) const {
        return m_axis.centre(column) + m_axis.column_width() / 2;
    }
    double y(double figure) const { return m_y(m_scale.cut(figure)); }
    double small() const { return m_drawing.small(); }
    const std::vector<ControlPoint>& points() const { return m_data.chart.points; }

    void grid();
    /// The area between the limits, cut to the scale.
    void band();
    /// A figure as a level line through each column, joined where columns neighbour in one segment; figures
    /// beyond the scale are left out.
    using Level = std::function<std::optional<double>(const ControlPoint&)>;
    void level_line(const Level& level, const Stroke& stroke);
    void levels();
    /// Names and figures of the levels at the right end.
    void level_names();
    void segment_marks();
    void joined_values();
    void markers();
    std::string hint(std::size_t column) const;
    /// Why a point is not used.
    std::string remark(std::size_t column) const;
    void flags();

    // Below the months; each returns where the next may begin.
    double key(double at);
    double notes(double at);
    double flag_words(double at);
    double wrapped(const std::string& words, double left, double at, std::string_view ink);

    const ControlPicture& m_data;
    Drawing m_drawing;
    ControlScale m_scale;
    double m_left, m_right;
    MonthAxis m_axis;
    std::vector<PlacedFlag> m_flags;
    double m_top, m_bottom;
    Scale m_y;
};

}  // namespace optimat::chart
