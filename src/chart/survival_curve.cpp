#include "chart/survival_curve.hpp"

#include "chart/drawing.hpp"
#include "chart/scale.hpp"

#include <algorithm>

namespace optimat::chart {

namespace {

struct CurveLook {
    std::string_view colour, dash;
};
constexpr CurveLook looks[] = {{inks::accent, ""}, {"#7c2855", "8 4"}, {"#00664f", "2 3"}};

/// Beyond so many, ticks would hide the curve.
constexpr std::ptrdiff_t most_censored_ticks = 60;

class SurvivalDrawing {
  public:
    SurvivalDrawing(const SurvivalPicture& data, const Frame& frame)
        : m_data(data),
          m_drawing(frame),
          m_lines(std::min(data.lines.size(), std::size(looks))),
          m_bottom(m_drawing.is_narrow() ? 236 : 304),
          m_x{0, static_cast<double>(std::max(1, data.last_time)), m_drawing.is_narrow() ? 42.0 : 54.0,
              frame.width - (m_drawing.is_narrow() ? 16.0 : 24.0)},
          m_y{0, 1, m_bottom, top},
          m_ticks(time_steps()) {}

    Html draw() {
        grid();
        for (std::size_t i = 0; i < m_lines; ++i)
            band(m_data.lines[i].curve, looks[i]);
        median();
        for (std::size_t i = 0; i < m_lines; ++i)
            curve(m_data.lines[i].curve, looks[i]);
        if (m_lines == 0)
            m_drawing.text({(m_x.at_from + m_x.at_to) / 2, m_y(0.6)}, "nobody to follow",
                           {m_drawing.small(), inks::muted, Anchor::middle});
        return m_drawing.finish(m_lines == 0 ? m_bottom + 46 : at_risk(key(m_bottom + 58)));
    }

  private:
    /// Steps that people know: weeks, four weeks, quarters and years of days.
    std::vector<std::int32_t> time_steps() const {
        const auto most = m_drawing.is_narrow() ? 5 : 10;
        std::int32_t step = 365;
        for (const std::int32_t usual : {1, 2, 5, 7, 14, 28, 56, 91, 182})
            if (m_data.last_time / usual <= most) {
                step = usual;
                break;
            }
        while (m_data.last_time / step > most)
            step *= 2;
        std::vector<std::int32_t> ticks;
        for (std::int32_t time = 0; time <= m_data.last_time; time += step)
            ticks.push_back(time);
        return ticks;
    }

    double x(std::int32_t time) const { return m_x(std::min(time, m_data.last_time)); }

    void grid() {
        m_drawing.text({2, 12}, fit_text(m_data.measure, m_drawing.small(), m_drawing.width() - 4),
                       {m_drawing.small(), inks::text});
        for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
            m_drawing.line({m_x.at_from, m_y(share)}, {m_x.at_to, m_y(share)},
                           {share == 0 ? inks::axis : inks::grid});
            m_drawing.text({m_x.at_from - 6, m_y(share) + 4}, percent_text(share),
                           {m_drawing.small() - 1, inks::muted, Anchor::end});
        }
        for (const std::int32_t time : m_ticks) {
            m_drawing.line({x(time), m_bottom}, {x(time), m_bottom + 5}, {inks::axis});
            m_drawing.text({x(time), m_bottom + 18}, count_text(time),
                           {m_drawing.small() - 1, inks::text, Anchor::middle});
        }
        m_drawing.text({(m_x.at_from + m_x.at_to) / 2, m_bottom + 36}, m_data.axis_name,
                       {m_drawing.small(), inks::text, Anchor::middle});
    }

    /// Where a curve goes level and then down: the corners, up to the end of the scale.
    template <typename Figure>
    std::vector<std::optional<Point>> corners(const optimat::SurvivalCurve& curve, Figure figure) const {
        std::vector<std::optional<Point>> path = {Point{x(0), m_y(1)}};
        double level = m_y(1);
        for (const SurvivalStep& step : curve.steps) {
            const std::optional<double> next = figure(step);
            path.emplace_back(Point{x(step.time), level});
            if (!next || step.time > m_data.last_time) break;
            if (m_y(*next) != level) path.emplace_back(Point{x(step.time), m_y(*next)});
            level = m_y(*next);
        }
        return path;
    }

    void band(const optimat::SurvivalCurve& curve, const CurveLook& look) {
        if (curve.steps.empty()) return;
        const auto end_of = [](double optimat::Interval::*end) {
            return [end](const SurvivalStep& step) {
                return step.interval ? std::optional((*step.interval).*end) : std::nullopt;
            };
        };
        std::vector<std::optional<Point>> around = corners(curve, end_of(&optimat::Interval::high));
        const auto below = corners(curve, end_of(&optimat::Interval::low));
        around.insert(around.end(), below.rbegin(), below.rend());
        m_drawing.path(path_through(around) + "Z", {look.colour, "", "", m_lines > 1 ? 0.1 : 0.15}, "");
    }

    void curve(const optimat::SurvivalCurve& curve, const CurveLook& look) {
        if (curve.steps.empty()) return;
        const auto survival = [](const SurvivalStep& step) { return std::optional(step.survival); };
        m_drawing.stroked_path(path_through(corners(curve, survival)), {look.colour, 2.25, look.dash});
        censored_ticks(curve, look);
    }

    void censored_ticks(const optimat::SurvivalCurve& curve, const CurveLook& look) {
        const auto is_tick = [&](const SurvivalStep& step) {
            return step.censored > 0 && step.time <= m_data.last_time;
        };
        const auto ticks = std::ranges::count_if(curve.steps, is_tick);
        if (ticks == 0 || ticks > most_censored_ticks) return;
        m_has_ticks = true;
        for (const SurvivalStep& step : curve.steps)
            if (is_tick(step))
                m_drawing.line({x(step.time), m_y(step.survival) - 5}, {x(step.time), m_y(step.survival) + 5},
                               {look.colour, 1.25});
    }

    void median() {
        const auto time = m_lines > 0 ? m_data.lines[0].curve.median() : std::nullopt;
        if (!time || *time > m_data.last_time) return;
        m_drawing.line({m_x.at_from, m_y(0.5)}, {x(*time), m_y(0.5)}, {inks::text, 1, "4 3"});
        m_drawing.line({x(*time), m_y(0.5)}, {x(*time), m_bottom}, {inks::text, 1, "4 3"});
        const std::string& name = m_data.lines[0].name;
        const std::string words = (name.empty() ? "half by " : name + ": half by ") + count_text(*time);
        const bool is_right = x(*time) + 8 + text_width(words, m_drawing.small()) < m_x.at_to;
        m_drawing.text({x(*time) + (is_right ? 6 : -6), m_bottom - 8}, words,
                       {m_drawing.small(), inks::text, is_right ? Anchor::start : Anchor::end,
                        Weight::regular, Halo::white});
    }

    double key(double y) {
        for (std::size_t i = 0; i < m_lines; ++i) {
            if (m_data.lines[i].name.empty()) continue;
            m_drawing.stroked_path(path_through({Point{4, y - 4}, Point{32, y - 4}}),
                                   {looks[i].colour, 2.25, looks[i].dash});
            const double room = m_drawing.width() - 42;
            m_drawing.text({38, y}, fit_text(m_data.lines[i].name, m_drawing.small(), room),
                           {m_drawing.small(), inks::text});
            y += 18;
        }
        const std::string band_words = "95% interval";
        m_drawing.rect({4, y - 10, 28, 11}, {looks[0].colour, "", "", 0.15});
        m_drawing.text({38, y}, band_words, {m_drawing.small() - 1, inks::muted});
        if (m_has_ticks) {
            const double after = 38 + text_width(band_words, m_drawing.small() - 1) + 20;
            m_drawing.line({after, y - 10}, {after, y}, {looks[0].colour, 1.25});
            m_drawing.text({after + 6, y}, "follow-up ends", {m_drawing.small() - 1, inks::muted});
        }
        return y + 24;
    }

    double at_risk(double y) {
        m_drawing.text({2, y}, "Still followed, people",
                       {m_drawing.small(), inks::text, Anchor::start, Weight::bold});
        y += 18;
        for (std::size_t i = 0; i < m_lines; ++i) {
            double taken_to = 0;
            if (m_lines > 1) m_drawing.line({4, y - 4}, {20, y - 4}, {looks[i].colour, 2.25, looks[i].dash});
            for (const std::int32_t time : m_ticks) {
                const std::string words = count_text(m_data.lines[i].curve.at_risk_at(time));
                const double reach = text_width(words, m_drawing.small() - 1) / 2;
                if (x(time) - reach < taken_to) continue;
                taken_to = x(time) + reach + 4;
                m_drawing.text({x(time), y}, words, {m_drawing.small() - 1, inks::text, Anchor::middle});
            }
            y += 17;
        }
        return y - 6;
    }

    static constexpr double top = 28;
    const SurvivalPicture& m_data;
    Drawing m_drawing;
    std::size_t m_lines;
    double m_bottom;
    Scale m_x, m_y;
    std::vector<std::int32_t> m_ticks;
    bool m_has_ticks = false;
};

}  // namespace

Html survival_curve(const SurvivalPicture& data, const Frame& frame) {
    return SurvivalDrawing(data, frame).draw();
}

Html survival_curve_figure(const SurvivalPicture& data, const Frame& frame) {
    return chart_figure("", "", survival_curve(data, frame), survival_curve(data, narrow(frame)));
}

}  // namespace optimat::chart
