#include "chart/line_chart.hpp"

#include "chart/month_axis.hpp"
#include "chart/scale.hpp"

#include <algorithm>

namespace optimat::chart {

namespace {

/// Colour, dash and marker of a line; words in a tone that can be read on white.
struct LineLook {
    std::string_view colour, words, dash;
};
constexpr LineLook looks[] = {
    {inks::cohorts[0].fill, inks::cohorts[0].words, ""},
    {inks::cohorts[1].fill, inks::cohorts[1].words, "9 4"},
    {inks::cohorts[2].fill, inks::cohorts[2].words, "2 3"},
    {inks::cohorts[3].fill, inks::cohorts[3].words, "9 3 2 3"},
    {inks::accent, inks::accent, ""},
    {inks::muted, inks::muted, "7 4"},
    {"#7c2855", "#7c2855", "2 3"},
    {"#00664f", "#00664f", "10 3 2 3"},
    {"#8a5900", "#8a5900", "4 2"},
    {inks::text, inks::text, "1 2"},
};
const LineLook& look_of(LineInk ink) { return looks[static_cast<std::size_t>(ink)]; }

class LineDrawing {
  public:
    LineDrawing(const LineChart& data, const Frame& frame)
        : m_data(data),
          m_drawing(frame),
          m_left(m_drawing.is_narrow() ? 36 : 48),
          m_right(frame.width - label_room()),
          m_bottom(m_drawing.is_narrow() ? 236 : 304),
          m_axis(data.labels, m_left, m_right, m_drawing.is_narrow() ? 11 : 12),
          m_ticks(ticks()),
          m_scale{0, m_ticks.last(), m_bottom, top} {}

    Html draw() {
        grid();
        m_axis.draw(m_drawing, m_bottom + 17);
        for (const LineSeries& series : m_data.series)
            line(series);
        end_labels();
        return m_drawing.finish(m_bottom + 38);
    }

  private:
    double label_room() const {
        double room = 40;
        for (const LineSeries& series : m_data.series)
            room = std::max(room, text_width(end_text(series), m_drawing.small()) + 18);
        return std::min(room, m_drawing.width() * 0.34);
    }

    Ticks ticks() const {
        double highest = 0;
        for (const LineSeries& series : m_data.series)
            for (const std::optional<double>& value : series.values)
                highest = std::max(highest, value.value_or(0));
        Ticks nice = nice_ticks(highest);
        if (m_data.unit == Unit::share && nice.last() > 1) nice = nice_ticks(1);
        return nice;
    }

    void grid() {
        for (const double tick : m_ticks.at) {
            const double y = m_scale(tick);
            m_drawing.line({m_left, y}, {m_right, y}, {tick == 0 ? inks::axis : inks::grid});
            m_drawing.text({m_left - 6, y + 4},
                           m_data.unit == Unit::share ? tick_text(tick, m_ticks.step)
                                                      : figure_text(tick, m_data.unit),
                           {m_drawing.small() - 1, inks::muted, Anchor::end});
        }
        if (!m_data.axis_name.empty())
            m_drawing.text({2, 12}, m_data.axis_name, {m_drawing.small() - 1, inks::muted});
    }

    void line(const LineSeries& series) {
        const LineLook& look = look_of(series.ink);
        std::vector<std::optional<Point>> points;
        for (std::size_t i = 0; i < std::min(series.values.size(), m_axis.count()); ++i)
            points.push_back(series.values[i]
                                 ? std::optional(Point{m_axis.centre(i), m_scale(*series.values[i])})
                                 : std::nullopt);
        m_drawing.stroked_path(path_through(points), {look.colour, 2.25, look.dash});
        const bool dots = m_axis.count() <= 40;
        for (std::size_t i = 0; dots && i < points.size(); ++i)
            if (points[i])
                m_drawing.circle(*points[i], i + 1 == points.size() ? 4 : 2.5, {look.colour},
                                 series.name + ", " + m_data.labels[i] + ": " +
                                     figure_text(*series.values[i], m_data.unit));
    }

    static std::optional<std::size_t> last_column(const LineSeries& series) {
        for (std::size_t i = series.values.size(); i-- > 0;)
            if (series.values[i]) return i;
        return std::nullopt;
    }
    std::string last_text(const LineSeries& series) const {
        const auto last = last_column(series);
        return last ? figure_text(*series.values[*last], m_data.unit) : "–";
    }

    std::string end_text(const LineSeries& series) const {
        return series.end.empty() ? series.name + " " + last_text(series) : series.end;
    }

    void end_labels() {
        std::vector<double> wanted;
        for (const LineSeries& series : m_data.series) {
            const auto last = last_column(series);
            wanted.push_back(last ? m_scale(*series.values[*last]) : m_bottom);
        }
        const std::vector<double> at = spread_labels(wanted, 16, top, m_bottom);
        const double x = m_right + 12;
        for (std::size_t i = 0; i < at.size(); ++i) {
            const LineSeries& series = m_data.series[i];
            const LineLook& look = look_of(series.ink);
            const auto last = last_column(series);
            if (last)
                m_drawing.line({m_axis.centre(*last) + 5, wanted[i]}, {x - 3, at[i]}, {look.colour, 0.75});
            const std::string figure = series.end.empty() ? " " + last_text(series) : std::string{};
            const double room = m_drawing.width() - x - text_width(figure, m_drawing.small());
            const std::string& name = series.end.empty() ? series.name : series.end;
            m_drawing.text({x, at[i] + 4}, fit_text(name, m_drawing.small(), room) + figure,
                           {m_drawing.small(), look.words, Anchor::start, Weight::bold});
        }
    }

    static constexpr double top = 28;
    const LineChart& m_data;
    Drawing m_drawing;
    double m_left, m_right, m_bottom;
    MonthAxis m_axis;
    Ticks m_ticks;
    Scale m_scale;
};

}  // namespace

Html line_chart(const LineChart& data, const Frame& frame) { return LineDrawing(data, frame).draw(); }

Html line_chart_figure(const LineChart& data, const Frame& frame) {
    return chart_figure("", "", line_chart(data, frame), line_chart(data, narrow(frame)));
}

}  // namespace optimat::chart
