#include "chart/interval_plot.hpp"

#include "chart/drawing.hpp"
#include "chart/scale.hpp"

#include <algorithm>

namespace optimat::chart {

namespace {

std::vector<ServiceShare> sorted_services(const ServiceShares& data) {
    std::vector<ServiceShare> services;
    for (const ServiceShare& service : data.services)
        if (service.of > 0) services.push_back(service);
    // By name: in order of their figures they would be a league table.
    std::ranges::stable_sort(services, {}, &ServiceShare::name);
    return services;
}

class IntervalDrawing {
  public:
    IntervalDrawing(const ServiceShares& data, const Frame& frame)
        : m_data(data),
          m_drawing(frame),
          m_services(sorted_services(data)),
          m_names(name_room()),
          m_ticks(interval_ticks(data)),
          m_x{m_ticks.first(), m_ticks.last(), m_names + list_room, frame.width - 20.0},
          m_head(wrap_text(heading(data), m_drawing.small(), m_drawing.width() - 4)),
          m_top(28 + line_height * static_cast<double>(std::max<std::size_t>(1, m_head.size()) + is_long())),
          m_bottom(m_top + row_height * static_cast<double>(m_services.size())) {}

    Html draw() {
        head();
        for (const double tick : m_ticks.at) {
            m_drawing.line({m_x(tick), m_top - 4}, {m_x(tick), m_bottom},
                           {tick == m_ticks.first() ? inks::axis : inks::grid});
            tick_label(tick);
        }
        m_drawing.text({m_names + list_room - 14, m_top - 9}, "list",
                       {m_drawing.small() - 1, inks::muted, Anchor::end});
        if (const auto pooled = m_data.pooled()) pooled_line(*pooled);
        for (std::size_t i = 0; i < m_services.size(); ++i)
            row(m_services[i], m_top + row_height * (static_cast<double>(i) + 0.5));
        return m_drawing.finish(m_bottom + 24);
    }

  private:
    /// Whether the scale stands above the rows too, for its end below is out of sight.
    bool is_long() const { return m_services.size() > 20; }

    void head() {
        double at = 12;
        for (const std::string& line : m_head) {
            m_drawing.text({2, at}, line, {m_drawing.small(), inks::text});
            at += line_height;
        }
    }

    void tick_label(double tick) {
        const TextLook look{m_drawing.small() - 1, inks::muted, Anchor::middle};
        m_drawing.text({m_x(tick), m_bottom + 16}, tick_text(tick, m_ticks.step), look);
        if (is_long()) m_drawing.text({m_x(tick), m_top - 9}, tick_text(tick, m_ticks.step), look);
    }

    double name_room() const {
        double room = 60;
        for (const ServiceShare& service : m_services)
            room = std::max(room, text_width(service.name, m_drawing.small()) + 6);
        return std::min(room, m_drawing.width() * (m_drawing.is_narrow() ? 0.36 : 0.3));
    }

    std::string heading(const ServiceShares& data) const {
        return data.measure + ", with 95% intervals" + scale_words(m_ticks);
    }

    void pooled_line(double pooled) {
        m_drawing.line({m_x(pooled), m_top - 4}, {m_x(pooled), m_bottom}, {inks::text, 1.5, "5 3"});
        m_drawing.text({m_x(pooled), m_top - (is_long() ? 9 + line_height : 9)},
                       "all " + percent_text(pooled),
                       {m_drawing.small() - 1, inks::text, Anchor::middle, Weight::bold});
    }

    void row(const ServiceShare& service, double y) {
        const bool own = service.mark == ServiceMark::own;
        const std::string_view ink = own ? inks::accent : inks::muted;
        const Weight weight = own ? Weight::bold : Weight::regular;
        if (own)
            m_drawing.rect({0, y - row_height / 2, m_drawing.width(), row_height},
                           {inks::accent, "", "", 0.08});
        m_drawing.text({4, y + 4}, fit_text(service.name, m_drawing.small(), m_names - 4),
                       {m_drawing.small(), own ? inks::accent : inks::text, Anchor::start, weight});
        m_drawing.text({m_names + list_room - 14, y + 4}, count_text(service.of),
                       {m_drawing.small() - 1, inks::muted, Anchor::end, weight});
        const Interval interval = wilson_interval(service.people, service.of);
        m_drawing.line({m_x(interval.low), y}, {m_x(interval.high), y}, {ink, own ? 2.5 : 1.5});
        for (const double end : {interval.low, interval.high})
            m_drawing.line({m_x(end), y - 4}, {m_x(end), y + 4}, {ink, own ? 2.5 : 1.5});
        m_drawing.circle({m_x(service.share()), y}, own ? 5.5 : 4,
                         {own ? inks::accent : inks::text, inks::white},
                         service.name + ": " + count_text(service.people) + " of " + count_text(service.of) +
                             " (" + percent_text(service.share()) + "), 95% interval " +
                             percent_text(interval.low) + " to " + percent_text(interval.high));
    }

    static constexpr double line_height = 16, row_height = 22, list_room = 62;
    const ServiceShares& m_data;
    Drawing m_drawing;
    std::vector<ServiceShare> m_services;
    double m_names;
    Ticks m_ticks;
    Scale m_x;
    std::vector<std::string> m_head;
    double m_top, m_bottom;
};

}  // namespace

Html interval_plot(const ServiceShares& data, const Frame& frame) {
    return IntervalDrawing(data, frame).draw();
}

Html interval_plot_figure(const ServiceShares& data, const Frame& frame) {
    return chart_figure("interval_plot", interval_plot_data_json(data), interval_plot(data, frame),
                        interval_plot(data, narrow(frame)));
}

}  // namespace optimat::chart
