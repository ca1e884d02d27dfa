// What stands below the months of a control chart: the key, the rules and the flags in words.

#include "chart/control_drawing.hpp"
#include "chart/control_marker.hpp"

#include <algorithm>

namespace optimat::chart {

namespace {

constexpr double line_height = 18;

std::string_view words_of(Variation variation) {
    constexpr std::string_view words[] = {"common cause", "improvement", "concern",
                                          "change, neither better nor worse"};
    return words[static_cast<std::size_t>(variation)];
}

std::string_view words_of(BetterWhen better) {
    constexpr std::string_view words[] = {"lower is better", "higher is better", "neither way is better"};
    return words[static_cast<std::size_t>(better)];
}

}  // namespace

double ControlDrawing::key(double at) {
    const double reach = 5;
    double x = 8;
    const auto entry = [&](std::string_view words, auto draw) {
        const double width = 14 + text_width(words, small() - 1) + 14;
        if (x > 8 && x + width > m_drawing.width()) {
            x = 8;
            at += line_height;
        }
        draw(Point{x, at - 4});
        m_drawing.text({x + 11, at}, std::string(words), {small() - 1, inks::text});
        x += width;
    };
    for (const Variation variation :
         {Variation::common_cause, Variation::improvement, Variation::concern, Variation::neither})
        if (std::ranges::any_of(points(), [&](const ControlPoint& point) {
                return point.use == PointUse::counted && point.variation == variation;
            }))
            entry(words_of(variation),
                  [&](Point centre) { draw_marker(m_drawing, centre, reach, variation, ""); });
    std::vector<std::string> remarks;
    for (std::size_t i = 0; i < points().size(); ++i)
        if (points()[i].use == PointUse::excluded && std::ranges::find(remarks, remark(i)) == remarks.end())
            remarks.push_back(remark(i));
    if (!remarks.empty()) {
        std::string words = remarks.front();
        for (std::size_t i = 1; i < remarks.size(); ++i)
            words += " or " + remarks[i];
        entry(words, [&](Point centre) { draw_excluded_marker(m_drawing, centre, reach, ""); });
    }
    if (std::ranges::any_of(m_data.chart.segments,
                            [](const ControlSegment& segment) { return segment.baseline.has_value(); }))
        entry("baseline of the limits", [&](Point centre) {
            m_drawing.rect({centre.x - 6, centre.y - 3, 12, 6}, {inks::axis});
        });
    return at + line_height + 2;
}

double ControlDrawing::wrapped(const std::string& words, double left, double at, std::string_view ink) {
    for (const std::string& line : wrap_text(words, small() - 1, m_drawing.width() - left - 4)) {
        m_drawing.text({left, at}, line, {small() - 1, ink});
        at += line_height - 2;
    }
    return at + 2;
}

double ControlDrawing::notes(double at) {
    at = wrapped(std::string(m_data.chart.rules) + "; " + std::string(words_of(m_data.better)) + ".", 2, at,
                 inks::muted);
    if (m_data.chart.segments.empty()) return at;
    const ControlSegment& last = m_data.chart.segments.back();
    if (!last.is_provisional()) return at;
    return wrapped("Provisional: the limits in force are made of " + std::to_string(last.limit_points) +
                       " points; they are firm from " + std::to_string(points_of_firm_limits) + " on.",
                   2, at, inks::muted);
}

double ControlDrawing::flag_words(double at) {
    for (const PlacedFlag& placed : m_flags) {
        m_drawing.circle({10, at - 4}, 8, {inks::text}, "");
        m_drawing.text({10, at}, std::to_string(placed.number),
                       {11, inks::white, Anchor::middle, Weight::bold});
        at = wrapped(m_data.labels[placed.flag->point] + ": " + placed.flag->words, 24, at, inks::text) + 2;
    }
    return at;
}

}  // namespace optimat::chart
