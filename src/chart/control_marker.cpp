#include "chart/control_marker.hpp"

namespace optimat::chart {

namespace {

std::string polygon(const std::vector<Point>& points) {
    return path_through(std::vector<std::optional<Point>>(points.begin(), points.end())) + "Z";
}

}  // namespace

std::string_view ink_of(Variation variation) {
    constexpr std::string_view colours[] = {inks::common_cause, inks::improvement, inks::concern,
                                            inks::neither};
    return colours[static_cast<std::size_t>(variation)];
}

void draw_marker(Drawing& drawing, Point centre, double reach, Variation variation, const std::string& hint) {
    const auto [x, y] = centre;
    const Fill fill{ink_of(variation), inks::white};
    switch (variation) {
    case Variation::common_cause:
        return drawing.circle(centre, reach * 0.8, fill, hint);
    case Variation::improvement: {
        const double r = reach * 1.25;
        return drawing.path(polygon({{x, y - r}, {x + r, y}, {x, y + r}, {x - r, y}}), fill, hint);
    }
    case Variation::concern:
        return drawing.rect({x - reach, y - reach, 2 * reach, 2 * reach}, fill, hint);
    case Variation::neither: {
        const double r = reach * 1.2;
        return drawing.path(polygon({{x, y - r}, {x + r, y + r * 0.8}, {x - r, y + r * 0.8}}), fill, hint);
    }
    }
}

void draw_excluded_marker(Drawing& drawing, Point centre, double reach, const std::string& hint) {
    drawing.circle(centre, reach * 0.8, {inks::white, inks::common_cause}, hint);
}

}  // namespace optimat::chart
