#include "chart/spread_strip.hpp"

#include "chart/drawing.hpp"
#include "chart/scale.hpp"

#include <algorithm>

namespace optimat::chart {

namespace {

/// Whisker, box and median on a line at `y`; `reach` is half the height of the box.
void draw_box(Drawing& drawing, const SpreadStrip& data, const Scale& at, double y, double reach) {
    drawing.line({at(data.lowest), y}, {at(data.highest), y}, {inks::axis, 1.5});
    for (const double end : {data.lowest, data.highest})
        drawing.line({at(end), y - reach * 0.6}, {at(end), y + reach * 0.6}, {inks::axis, 1.5});
    drawing.rect({at(data.lower_quartile), y - reach,
                  std::max(1.0, at(data.upper_quartile) - at(data.lower_quartile)), 2 * reach},
                 {inks::neutral_light, inks::axis});
    drawing.line({at(data.median), y - reach}, {at(data.median), y + reach}, {inks::text, 2});
}

std::string diamond(Point centre, double reach) {
    return "M" + coordinate(centre.x) + " " + coordinate(centre.y - reach) + "l" + coordinate(reach) + " " +
           coordinate(reach) + "l" + coordinate(-reach) + " " + coordinate(reach) + "l" + coordinate(-reach) +
           " " + coordinate(-reach) + "Z";
}

void draw_own(Drawing& drawing, const SpreadStrip& data, const Scale& at, double y, double reach) {
    if (data.own)
        drawing.path(diamond({at(*data.own), y}, reach), {inks::accent, inks::white},
                     data.own_name + ": " + figure_text(*data.own, data.unit));
}

/// Dots that would cover each other are put in rows one below the other.
double draw_dots(Drawing& drawing, const SpreadStrip& data, const Scale& at, double y) {
    std::vector<double> services = data.services;
    std::sort(services.begin(), services.end());
    std::vector<double> row_ends;
    for (const double service : services) {
        std::size_t row = 0;
        while (row < row_ends.size() && at(service) - row_ends[row] < 7)
            ++row;
        // Beyond ten rows dots may lie on each other: the box already says where most are.
        if (row >= 10) row = 9;
        if (row == row_ends.size()) row_ends.push_back(0);
        row_ends[row] = at(service);
        drawing.circle({at(service), y + 7 * static_cast<double>(row)}, 3, {inks::others, inks::axis}, "");
    }
    return y + 7 * static_cast<double>(std::max<std::size_t>(1, row_ends.size()) - 1);
}

}  // namespace

Html spread_strip_inline(const SpreadStrip& data, const Frame& frame) {
    Drawing drawing({frame.id, frame.title, frame.description, 160});
    const Scale at{data.axis_from, data.axis_to, 6, 154};
    drawing.line({6, 11}, {154, 11}, {inks::grid, 1});
    draw_box(drawing, data, at, 11, 6);
    draw_own(drawing, data, at, 11, 6);
    return drawing.finish(22);
}

Html spread_strip(const SpreadStrip& data, const Frame& frame) {
    Drawing drawing(frame);
    const Scale at{data.axis_from, data.axis_to, 24, drawing.width() - 24};
    double y = 46;
    if (data.own) {
        const std::string words = data.own_name + " " + figure_text(*data.own, data.unit);
        const double reach = text_width(words, drawing.small()) / 2 + 4;
        const double centre = std::clamp(at(*data.own), std::min(reach, drawing.width() / 2),
                                         std::max(drawing.width() - reach, drawing.width() / 2));
        drawing.text({centre, 16}, words, {drawing.small(), inks::accent, Anchor::middle, Weight::bold});
        drawing.line({at(*data.own), 21}, {at(*data.own), y}, {inks::accent, 1.5});
    }
    draw_box(drawing, data, at, y, 11);
    draw_own(drawing, data, at, y, 8);
    y += 26;
    if (!data.services.empty()) y = draw_dots(drawing, data, at, y) + 14;
    drawing.line({at.at_from, y}, {at.at_to, y}, {inks::axis});
    for (const double tick : ticks_between(data.axis_from, data.axis_to, drawing.is_narrow() ? 4 : 8)) {
        drawing.line({at(tick), y}, {at(tick), y + 5}, {inks::axis});
        drawing.text({at(tick), y + 19}, figure_text(tick, data.unit),
                     {drawing.small() - 1, inks::muted, Anchor::middle});
    }
    return drawing.finish(y + 26);
}

Html spread_strip_figure(const SpreadStrip& data, const Frame& frame) {
    return chart_figure("", "", spread_strip(data, frame), spread_strip(data, narrow(frame)));
}

}  // namespace optimat::chart
