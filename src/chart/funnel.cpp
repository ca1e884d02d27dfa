#include "chart/funnel.hpp"

#include "chart/drawing.hpp"
#include "chart/scale.hpp"

#include <algorithm>
#include <cmath>

namespace optimat::chart {

namespace {

std::string share_hint(const ServiceShare& service) {
    return service.name + ": " + count_text(service.people) + " of " + count_text(service.of) + " (" +
           percent_text(service.share()) + ")";
}

class FunnelDrawing {
  public:
    FunnelDrawing(const ServiceShares& data, const Frame& frame)
        : m_data(data),
          m_drawing(frame),
          m_pooled(data.pooled().value_or(0)),
          m_x_ticks(whole_ticks(largest_list(), m_drawing.is_narrow() ? 3 : 8)),
          m_y_ticks(funnel_ticks(data)),
          m_head(wrap_text(data.measure + scale_words(m_y_ticks), m_drawing.small(), m_drawing.width() - 4)),
          m_top(12 + line_height * static_cast<double>(std::max<std::size_t>(1, m_head.size()))),
          m_bottom(m_top + (m_drawing.is_narrow() ? 232 : 312)),
          m_x{0, m_x_ticks.last(), m_drawing.is_narrow() ? 38.0 : 48.0,
              frame.width - (m_drawing.is_narrow() ? 48.0 : 64.0)},
          m_y{m_y_ticks.first(), m_y_ticks.last(), m_bottom, m_top} {}

    Html draw() {
        axes();
        if (m_data.pooled()) limits();
        for (const ServiceShare& service : m_data.services)
            if (service.of > 0 && service.mark == ServiceMark::other) point(service);
        for (const ServiceShare& service : m_data.services)
            if (service.of > 0 && service.mark == ServiceMark::own) point(service);
        names();
        return m_drawing.finish(m_bottom + 46);
    }

  private:
    double largest_list() const {
        std::int64_t largest = 0;
        for (const ServiceShare& service : m_data.services)
            largest = std::max(largest, service.of);
        return static_cast<double>(largest) * 1.02;
    }

    void axes() {
        for (const double tick : m_y_ticks.at) {
            m_drawing.line({m_x.at_from, m_y(tick)}, {m_x.at_to, m_y(tick)},
                           {tick == m_y_ticks.first() ? inks::axis : inks::grid});
            m_drawing.text({m_x.at_from - 6, m_y(tick) + 4}, tick_text(tick, m_y_ticks.step),
                           {m_drawing.small() - 1, inks::muted, Anchor::end});
        }
        for (const double tick : m_x_ticks.at)
            m_drawing.text({m_x(tick), m_bottom + 18}, count_text(std::llround(tick)),
                           {m_drawing.small() - 1, inks::muted, Anchor::middle});
        double head = 12;
        for (const std::string& line : m_head) {
            m_drawing.text({2, head}, line, {m_drawing.small(), inks::text});
            head += line_height;
        }
        m_drawing.text({(m_x.at_from + m_x.at_to) / 2, m_bottom + 38},
                       fit_text("list size: " + m_data.list_name, m_drawing.small(), m_drawing.width() - 8),
                       {m_drawing.small(), inks::text, Anchor::middle});
    }

    /// A limit as a curve; what lies beyond the scale is left out.
    std::string curve(double z, bool upper) const {
        std::vector<std::optional<Point>> points;
        for (int step = 1; step <= steps; ++step) {
            // Squares: the curve bends where lists are small.
            const double n = m_x.to * static_cast<double>(step) * step / (steps * steps);
            const Interval limits = limits_of(m_data, m_pooled, n, z);
            const double share = upper ? limits.high : limits.low;
            points.push_back(share >= m_y.from && share <= m_y.to ? std::optional(Point{m_x(n), m_y(share)})
                                                                  : std::nullopt);
        }
        return path_through(points);
    }

    void limits() {
        for (const bool upper : {false, true}) {
            m_drawing.stroked_path(curve(z_95, upper), {inks::muted, 1.25, "5 4"});
            m_drawing.stroked_path(curve(z_998, upper), {inks::muted, 1.25});
        }
        m_drawing.line({m_x.at_from, m_y(m_pooled)}, {m_x.at_to, m_y(m_pooled)}, {inks::text, 1.5});
        const Interval inner = limits_of(m_data, m_pooled, m_x.to, z_95),
                       outer = limits_of(m_data, m_pooled, m_x.to, z_998);
        const std::vector<double> wanted = {m_y(outer.high), m_y(inner.high), m_y(m_pooled), m_y(inner.low),
                                            m_y(outer.low)};
        const std::vector<std::string> words = {"99.8%", "95%", "all " + percent_text(m_pooled), "95%",
                                                "99.8%"};
        const std::vector<double> at = spread_labels(wanted, 13, m_top, m_bottom);
        for (std::size_t i = 0; i < at.size(); ++i)
            m_drawing.text({m_x.at_to + 5, at[i] + 4}, words[i],
                           {11, i == 2 ? inks::text : inks::muted, Anchor::start,
                            i == 2 ? Weight::bold : Weight::regular});
    }

    Point at(const ServiceShare& service) const {
        return {m_x(static_cast<double>(service.of)), m_y(service.share())};
    }

    void point(const ServiceShare& service) {
        if (service.mark == ServiceMark::own)
            return m_drawing.circle(at(service), 6.5, {inks::accent, inks::white}, share_hint(service));
        const bool outside = is_outside(m_data, service, m_pooled);
        m_drawing.circle(at(service), outside ? 5 : 4.5,
                         {outside ? inks::text : inks::others, outside ? inks::white : inks::axis},
                         share_hint(service));
    }

    /// Own service first, then those outside the limits; a name that would cover another is left to the
    /// table.
    void names() {
        std::vector<const ServiceShare*> named;
        for (const ServiceShare& service : m_data.services)
            if (service.of > 0 && (service.mark == ServiceMark::own || is_outside(m_data, service, m_pooled)))
                named.push_back(&service);
        std::stable_sort(named.begin(), named.end(), [](const ServiceShare* a, const ServiceShare* b) {
            return (a->mark == ServiceMark::own) > (b->mark == ServiceMark::own);
        });
        for (const ServiceShare* service : named)
            name(*service);
    }

    void name(const ServiceShare& service) {
        const double size = m_drawing.small() - 1, width = text_width(service.name, size);
        const Point place = at(service);
        const bool right = place.x + 10 + width < m_x.at_to - 4;
        for (const double lift : {4.0, -9.0, 17.0, -22.0}) {
            const Box box{right ? place.x + 9 : place.x - 9 - width, place.y + lift - size, width, size + 3};
            if (box.x < m_x.at_from || covers_another(box)) continue;
            m_taken.push_back(box);
            return m_drawing.text({right ? box.x : box.x + width, place.y + lift}, service.name,
                                  {size, service.mark == ServiceMark::own ? inks::accent : inks::text,
                                   right ? Anchor::start : Anchor::end, Weight::bold, Halo::white});
        }
    }

    bool covers_another(const Box& box) const {
        return std::any_of(m_taken.begin(), m_taken.end(), [&](const Box& other) {
            return box.x < other.x + other.width && other.x < box.x + box.width &&
                   box.y < other.y + other.height && other.y < box.y + box.height;
        });
    }

    static constexpr double line_height = 16;
    static constexpr int steps = 80;
    const ServiceShares& m_data;
    Drawing m_drawing;
    double m_pooled;
    Ticks m_x_ticks, m_y_ticks;
    std::vector<std::string> m_head;
    double m_top, m_bottom;
    Scale m_x, m_y;
    std::vector<Box> m_taken;
};

}  // namespace

Html funnel(const ServiceShares& data, const Frame& frame) { return FunnelDrawing(data, frame).draw(); }

Html funnel_figure(const ServiceShares& data, const Frame& frame) {
    return chart_figure("funnel", funnel_data_json(data), funnel(data, frame), funnel(data, narrow(frame)));
}

}  // namespace optimat::chart
