#include "chart/histogram.hpp"

#include "chart/drawing.hpp"
#include "chart/scale.hpp"

#include <algorithm>
#include <cmath>

namespace optimat::chart {

namespace {

double in_milligrams(Micrograms dose) { return static_cast<double>(dose.number) / 1000; }

/// The whole number of widths at or below a difference, also below 0.
std::int64_t floored(std::int64_t difference, std::int64_t width) {
    return difference / width - (difference % width < 0 ? 1 : 0);
}

}  // namespace

Histogram make_histogram(const std::vector<Micrograms>& doses, std::optional<Micrograms> threshold,
                         int bins) {
    Histogram result{{}, milligrams(1), {}, threshold, ""};
    if (doses.empty()) return result;
    const auto [lowest, highest] = std::minmax_element(doses.begin(), doses.end());
    const double range = std::max(1.0, in_milligrams(std::max(*highest, threshold.value_or(*highest))));
    result.bin_width.number = std::max<std::int64_t>(1, std::llround(nice_ticks(range, bins).step * 1000));
    const std::int64_t width = result.bin_width.number, origin = threshold.value_or(Micrograms{0}).number;
    const auto bin_of = [&](Micrograms dose) { return floored(dose.number - origin, width); };
    const std::int64_t first = bin_of(*lowest), last = bin_of(*highest);
    result.first_edge.number = origin + first * width;
    result.people.assign(static_cast<std::size_t>(last - first + 1), 0);
    for (const Micrograms dose : doses)
        ++result.people[static_cast<std::size_t>(bin_of(dose) - first)];
    return result;
}

namespace {

class HistogramDrawing {
  public:
    HistogramDrawing(const Histogram& data, const Frame& frame)
        : m_data(data),
          m_drawing(frame),
          m_bottom(m_drawing.is_narrow() ? 210 : 260),
          m_ticks(whole_ticks(highest())),
          m_x{from(), to(), m_drawing.is_narrow() ? 40.0 : 54.0, frame.width - 14.0},
          m_y{0, m_ticks.last(), m_bottom, top} {}

    Html draw() {
        for (const double tick : m_ticks.at) {
            m_drawing.line({m_x.at_from, m_y(tick)}, {m_x.at_to, m_y(tick)},
                           {tick == 0 ? inks::axis : inks::grid});
            m_drawing.text({m_x.at_from - 6, m_y(tick) + 4}, count_text(std::llround(tick)),
                           {m_drawing.small() - 1, inks::muted, Anchor::end});
        }
        m_drawing.text({2, 12}, "people", {m_drawing.small() - 1, inks::muted});
        for (std::size_t i = 0; i < m_data.people.size(); ++i)
            bin(i);
        dose_axis();
        if (m_data.threshold) threshold(in_milligrams(*m_data.threshold));
        return m_drawing.finish(m_bottom + 46);
    }

  private:
    double edge(std::size_t bin) const {
        return in_milligrams(m_data.first_edge) + static_cast<double>(bin) * in_milligrams(m_data.bin_width);
    }
    double threshold_or(double other) const {
        return m_data.threshold ? in_milligrams(*m_data.threshold) : other;
    }
    double from() const { return std::min(edge(0), threshold_or(edge(0))); }
    double to() const {
        const double end = edge(std::max<std::size_t>(1, m_data.people.size()));
        return std::max(end,
                        threshold_or(end) + (threshold_or(end) > end ? in_milligrams(m_data.bin_width) : 0));
    }
    double highest() const {
        return m_data.people.empty()
                   ? 0
                   : static_cast<double>(*std::max_element(m_data.people.begin(), m_data.people.end()));
    }

    void bin(std::size_t i) {
        if (m_data.people[i] == 0) return;
        const double left = m_x(edge(i)), right = m_x(edge(i + 1)),
                     height = m_bottom - m_y(static_cast<double>(m_data.people[i]));
        const double gap = right - left > 4 ? 1 : 0.25;
        const bool below = m_data.threshold && edge(i) < in_milligrams(*m_data.threshold) - 1e-9;
        m_drawing.rect({left + gap, m_bottom - height, right - left - 2 * gap, height},
                       below ? Fill{m_drawing.pattern(Pattern::hatch), inks::muted} : Fill{inks::accent},
                       number_text_short(edge(i)) + " to under " + number_text_short(edge(i + 1)) +
                           " mg: " + count_text(m_data.people[i]) + " people");
    }

    void dose_axis() {
        for (const double tick : ticks_between(m_x.from, m_x.to, m_drawing.is_narrow() ? 7 : 12)) {
            m_drawing.line({m_x(tick), m_bottom}, {m_x(tick), m_bottom + 5}, {inks::axis});
            m_drawing.text({m_x(tick), m_bottom + 19}, number_text_short(tick),
                           {m_drawing.small() - 1, inks::muted, Anchor::middle});
        }
        m_drawing.text({(m_x.at_from + m_x.at_to) / 2, m_bottom + 38}, m_data.dose_name,
                       {m_drawing.small(), inks::text, Anchor::middle});
    }

    void threshold(double mg) {
        const double x = m_x(mg);
        m_drawing.line({x, top - 12}, {x, m_bottom}, {inks::text, 2});
        const std::string words = "threshold " + number_text_short(mg) + " mg";
        const bool right = x + 8 + text_width(words, m_drawing.small()) < m_drawing.width();
        m_drawing.text(
            {right ? x + 7 : x - 7, top - 3}, words,
            {m_drawing.small(), inks::text, right ? Anchor::start : Anchor::end, Weight::bold, Halo::white});
    }

    static constexpr double top = 36;
    const Histogram& m_data;
    Drawing m_drawing;
    double m_bottom;
    Ticks m_ticks;
    Scale m_x, m_y;
};

}  // namespace

Html histogram(const Histogram& data, const Frame& frame) { return HistogramDrawing(data, frame).draw(); }

Html histogram_figure(const Histogram& data, const Frame& frame) {
    return chart_figure("histogram", chart_data_json(data), histogram(data, frame),
                        histogram(data, narrow(frame)));
}

}  // namespace optimat::chart
