#include "chart/sankey.hpp"

#include "chart/drawing.hpp"
#include "chart/sankey_layout.hpp"
#include "chart/scale.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace optimat::chart {

std::int64_t Sankey::before(std::size_t end) const {
    std::int64_t sum = 0;
    for (const std::int64_t flow : people[end])
        sum += flow;
    return sum;
}

std::int64_t Sankey::now(std::size_t end) const {
    std::int64_t sum = 0;
    for (const std::vector<std::int64_t>& row : people)
        sum += row[end];
    return sum;
}

std::int64_t Sankey::total() const {
    std::int64_t sum = 0;
    for (std::size_t end = 0; end < people.size(); ++end)
        sum += before(end);
    return sum;
}

namespace {

/// Tops of all ends of a column; ends without people take no room.
template <class Count>
std::vector<FlowNode> column(std::size_t ends, Count count, double top, double scale, double gap) {
    std::vector<FlowNode> nodes;
    for (std::size_t end = 0; end < ends; ++end) {
        if (count(end) == 0) continue;
        const double height = static_cast<double>(count(end)) * scale;
        nodes.push_back({end, top, height});
        top += height + gap;
    }
    return nodes;
}

std::vector<double> tops_by_end(const std::vector<FlowNode>& nodes, std::size_t ends) {
    std::vector<double> tops(ends, 0);
    for (const FlowNode& node : nodes)
        tops[node.end] = node.top;
    return tops;
}

double bottom_of(const std::vector<FlowNode>& nodes) {
    return nodes.empty() ? 0 : nodes.back().top + nodes.back().height;
}

}  // namespace

SankeyLayout lay_out(const Sankey& data, double top, double height, double gap) {
    const std::size_t ends = data.ends.size();
    OPTIMAT_CHECK(data.people.size() == ends, "flows have not a row an end");
    const double scale = height / static_cast<double>(std::max<std::int64_t>(1, data.total()));
    SankeyLayout layout;
    layout.before = column(
        ends, [&](std::size_t end) { return data.before(end); }, top, scale, gap);
    layout.now = column(
        ends, [&](std::size_t end) { return data.now(end); }, top, scale, gap);
    layout.bottom = std::max(bottom_of(layout.before), bottom_of(layout.now));
    std::vector<double> leave = tops_by_end(layout.before, ends), arrive = tops_by_end(layout.now, ends);
    for (std::size_t from = 0; from < ends; ++from)
        for (std::size_t to = 0; to < ends; ++to) {
            const std::int64_t people = data.people[from][to];
            if (people == 0) continue;
            const double thickness = static_cast<double>(people) * scale;
            layout.bands.push_back({from, to, people, leave[from], arrive[to], thickness});
            leave[from] += thickness;
            arrive[to] += thickness;
        }
    return layout;
}

namespace {

class SankeyDrawing {
  public:
    SankeyDrawing(const Sankey& data, const Frame& frame)
        : m_data(data),
          m_drawing(frame),
          m_left(label_room(Side::before)),
          m_right(frame.width - label_room(Side::now)),
          m_layout(lay_out(data, top, m_drawing.is_narrow() ? 320 : 400, m_drawing.is_narrow() ? 9 : 10)) {}

    Html draw() {
        const TextLook head{m_drawing.small(), inks::text, Anchor::end, Weight::bold};
        m_drawing.text({m_left + node_width, 14}, m_data.before_label, head);
        m_drawing.text({m_right - node_width, 14}, m_data.now_label,
                       {m_drawing.small(), inks::text, Anchor::start, Weight::bold});
        // Those who stay first: moves lie on top.
        for (const FlowBand& band : m_layout.bands)
            if (band.from == band.to) draw_band(band);
        for (const FlowBand& band : m_layout.bands)
            if (band.from != band.to) draw_band(band);
        for (const FlowNode& node : m_layout.before)
            draw_node(node, m_left);
        for (const FlowNode& node : m_layout.now)
            draw_node(node, m_right - node_width);
        for (const FlowBand& band : m_layout.bands)
            number(band);
        const double bottom =
            std::max(labels(m_layout.before, Side::before), labels(m_layout.now, Side::now));
        return m_drawing.finish(std::max(bottom, m_layout.bottom) + 10);
    }

  private:
    enum class Side : std::uint8_t { before, now };

    const std::string& name(std::size_t end, Side side) const {
        return side == Side::before ? m_data.ends[end].before_name : m_data.ends[end].now_name;
    }
    std::int64_t people(std::size_t end, Side side) const {
        return side == Side::before ? m_data.before(end) : m_data.now(end);
    }

    double label_room(Side side) const {
        double room = 60;
        for (std::size_t end = 0; end < m_data.ends.size(); ++end)
            room = std::max(
                room,
                text_width(name(end, side) + " " + count_text(people(end, side)), m_drawing.small()) + 14);
        return std::min(room, m_drawing.width() * (m_drawing.is_narrow() ? 0.37 : 0.32));
    }

    std::string fill_of(FlowInk ink) {
        switch (ink) {
        case FlowInk::red:
            return m_drawing.pattern(Pattern::red);
        case FlowInk::amber:
            return m_drawing.pattern(Pattern::amber);
        case FlowInk::green:
            return m_drawing.pattern(Pattern::green);
        case FlowInk::grey:
            return m_drawing.pattern(Pattern::grey);
        case FlowInk::neutral:
            return std::string(inks::text);
        case FlowInk::outside:
            break;
        }
        return m_drawing.pattern(Pattern::hatch);
    }

    static std::string_view tone_of(FlowInk ink) {
        const auto cohort = static_cast<std::size_t>(ink);
        return cohort < cohort_count ? inks::cohorts[cohort].fill : inks::neutral;
    }

    void draw_node(const FlowNode& node, double x) {
        const FlowInk ink = m_data.ends[node.end].ink;
        m_drawing.rect({x, node.top, node_width, std::max(1.0, node.height)},
                       {fill_of(ink), ink == FlowInk::outside ? inks::muted : std::string_view()});
    }

    void draw_band(const FlowBand& band) {
        const double from = m_left + node_width, to = m_right - node_width, middle = (from + to) / 2;
        const double height = std::max(0.75, band.height);
        const auto curve = [&](double x, double y, double control_y) {
            return "C" + coordinate(middle) + " " + coordinate(control_y) + " " + coordinate(middle) + " " +
                   coordinate(y) + " " + coordinate(x) + " " + coordinate(y);
        };
        const std::string path = "M" + coordinate(from) + " " + coordinate(band.from_top) +
                                 curve(to, band.to_top, band.from_top) + "V" +
                                 coordinate(band.to_top + height) +
                                 curve(from, band.from_top + height, band.to_top + height) + "Z";
        m_drawing.path(path,
                       {tone_of(m_data.ends[band.from].ink), "", "", band.from == band.to ? 0.22 : 0.55},
                       m_data.ends[band.from].before_name + " to " + m_data.ends[band.to].now_name + ": " +
                           count_text(band.people));
    }

    void number(const FlowBand& band) {
        if (band.height < 13) return;
        m_drawing.text({m_left + node_width + 7, band.from_top + band.height / 2 + 4},
                       count_text(band.people),
                       {12, inks::text, Anchor::start, Weight::regular, Halo::white});
    }

    /// Names beside a column; returns the lowest pixel they need.
    double labels(const std::vector<FlowNode>& nodes, Side side) {
        std::vector<double> wanted;
        for (const FlowNode& node : nodes)
            wanted.push_back(node.middle());
        const double bottom = std::max(m_layout.bottom, top + 17 * static_cast<double>(nodes.size()));
        const std::vector<double> at = spread_labels(wanted, 17, top + 4, bottom);
        for (std::size_t i = 0; i < nodes.size(); ++i)
            label(nodes[i], at[i], side);
        return at.empty() ? 0 : *std::max_element(at.begin(), at.end()) + 6;
    }

    void label(const FlowNode& node, double y, Side side) {
        const double edge = side == Side::before ? m_left : m_right, away = side == Side::before ? -1 : 1;
        const std::string figure = " " + count_text(people(node.end, side));
        const double room = (side == Side::before ? m_left : m_drawing.width() - m_right) - 12;
        const std::string words =
            fit_text(name(node.end, side), m_drawing.small(), room - text_width(figure, m_drawing.small())) +
            figure;
        m_drawing.line({edge + away, node.middle()}, {edge + 7 * away, y}, {inks::axis, 0.75});
        m_drawing.text({edge + 10 * away, y + 4}, words,
                       {m_drawing.small(), inks::text, side == Side::before ? Anchor::end : Anchor::start});
    }

    static constexpr double top = 26, node_width = 14;
    const Sankey& m_data;
    Drawing m_drawing;
    double m_left, m_right;
    SankeyLayout m_layout;
};

}  // namespace

Html sankey(const Sankey& data, const Frame& frame) { return SankeyDrawing(data, frame).draw(); }

Html sankey_figure(const Sankey& data, const Frame& frame) {
    return chart_figure("sankey", chart_data_json(data), sankey(data, frame), sankey(data, narrow(frame)));
}

}  // namespace optimat::chart
