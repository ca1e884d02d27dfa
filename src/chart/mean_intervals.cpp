#include "chart/mean_intervals.hpp"

#include "chart/drawing.hpp"
#include "chart/scale.hpp"

#include <algorithm>
#include <cmath>

namespace optimat::chart {

namespace {

std::vector<ServiceMean> sorted_services(const ServiceMeans& data) {
    std::vector<ServiceMean> services = data.services;
    // By name: in order of their figures they would be a league table.
    std::ranges::stable_sort(services, {}, &ServiceMean::name);
    return services;
}

class MeanDrawing {
  public:
    MeanDrawing(const ServiceMeans& data, const Frame& frame)
        : m_data(data),
          m_drawing(frame),
          m_services(sorted_services(data)),
          m_names(name_room()),
          m_x{lowest(), highest(), m_names + list_room, frame.width - 20.0},
          m_head(wrap_text(data.measure + ", with 95% intervals", m_drawing.small(), m_drawing.width() - 4)),
          m_top(28 + line_height * static_cast<double>(std::max<std::size_t>(1, m_head.size()) + is_long())),
          m_bottom(m_top + row_height * static_cast<double>(m_services.size())) {}

    Html draw() {
        head();
        for (const double tick : ticks_between(m_x.from, m_x.to, m_drawing.is_narrow() ? 4 : 8)) {
            m_drawing.line({m_x(tick), m_top - 4}, {m_x(tick), m_bottom}, {inks::grid});
            tick_label(tick);
        }
        m_drawing.text({m_names + list_room - 14, m_top - 9}, m_data.list_name,
                       {m_drawing.small() - 1, inks::muted, Anchor::end});
        if (m_data.pooled) pooled_line(*m_data.pooled);
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
        m_drawing.text({m_x(tick), m_bottom + 16}, number_text_short(tick), look);
        if (is_long()) m_drawing.text({m_x(tick), m_top - 9}, number_text_short(tick), look);
    }

    double name_room() const {
        double room = 60;
        for (const ServiceMean& service : m_services)
            room = std::max(room, text_width(service.name, m_drawing.small()) + 6);
        return std::min(room, m_drawing.width() * (m_drawing.is_narrow() ? 0.36 : 0.3));
    }
    /// Doses lie far from 0, so the scale begins near the lowest: only positions are compared, not lengths.
    double lowest() const {
        double end = m_data.pooled.value_or(0);
        for (const ServiceMean& service : m_services)
            end = std::min(end, service.interval ? service.interval->low : service.mean);
        return std::max(0.0, std::floor(end / 5) * 5);
    }
    double highest() const {
        double end = m_data.pooled.value_or(0);
        for (const ServiceMean& service : m_services)
            end = std::max(end, service.interval ? service.interval->high : service.mean);
        return (std::floor(end / 5) + 1) * 5;
    }

    void pooled_line(double pooled) {
        m_drawing.line({m_x(pooled), m_top - 4}, {m_x(pooled), m_bottom}, {inks::text, 1.5, "5 3"});
        m_drawing.text({m_x(pooled), m_top - (is_long() ? 9 + line_height : 9)},
                       "all " + number_text_short(std::round(pooled * 10) / 10) + " " + m_data.unit,
                       {m_drawing.small() - 1, inks::text, Anchor::middle, Weight::bold});
    }

    void row(const ServiceMean& service, double y) {
        const bool own = service.mark == ServiceMark::own;
        const std::string_view ink = own ? inks::accent : inks::muted;
        const Weight weight = own ? Weight::bold : Weight::regular;
        if (own)
            m_drawing.rect({0, y - row_height / 2, m_drawing.width(), row_height},
                           {inks::accent, "", "", 0.08});
        m_drawing.text({4, y + 4}, fit_text(service.name, m_drawing.small(), m_names - 4),
                       {m_drawing.small(), own ? inks::accent : inks::text, Anchor::start, weight});
        m_drawing.text({m_names + list_room - 14, y + 4}, count_text(service.people),
                       {m_drawing.small() - 1, inks::muted, Anchor::end, weight});
        if (service.interval) whisker(*service.interval, y, {ink, own ? 2.5 : 1.5});
        m_drawing.circle({m_x(service.mean), y}, own ? 5.5 : 4,
                         {own ? inks::accent : inks::text, inks::white},
                         service.name + ": " + figure_words(service.mean) + " of " +
                             count_text(service.people) + " " + m_data.things);
    }

    std::string figure_words(double figure) const {
        if (m_data.unit == "mg") return "mean " + dose_text(figure);
        return number_text_short(std::round(figure * 10) / 10) + " " + m_data.unit;
    }

    /// Cut to the scale: an interval of very few people may reach below 0.
    void whisker(const Interval& interval, double y, const Stroke& stroke) {
        const double low = m_x(std::max(interval.low, m_x.from)), high = m_x(std::min(interval.high, m_x.to));
        m_drawing.line({low, y}, {high, y}, stroke);
        for (const double end : {low, high})
            m_drawing.line({end, y - 4}, {end, y + 4}, stroke);
    }

    static constexpr double line_height = 16, row_height = 22, list_room = 62;
    const ServiceMeans& m_data;
    Drawing m_drawing;
    std::vector<ServiceMean> m_services;
    double m_names;
    Scale m_x;
    std::vector<std::string> m_head;
    double m_top, m_bottom;
};

}  // namespace

Html mean_intervals(const ServiceMeans& data, const Frame& frame) { return MeanDrawing(data, frame).draw(); }

Html mean_intervals_figure(const ServiceMeans& data, const Frame& frame) {
    return chart_figure("", "", mean_intervals(data, frame), mean_intervals(data, narrow(frame)));
}

}  // namespace optimat::chart
