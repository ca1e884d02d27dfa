#include "chart/drawing.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace optimat::chart {

namespace {

constexpr std::string_view pattern_names[] = {"red", "amber", "green", "grey", "hatch", "uncategorised"};

constexpr std::string_view anchor_name(Anchor anchor) {
    switch (anchor) {
    case Anchor::start:
        return "start";
    case Anchor::middle:
        return "middle";
    case Anchor::end:
        break;
    }
    return "end";
}

void pattern_marks(Html& out, Pattern pattern) {
    const auto ground = [&](std::string_view fill) {
        tag::rect.into(out, {{"width", 8}, {"height", 8}, {"fill", fill}});
    };
    const auto stroke = [&](const char* path, std::string_view colour, double width) {
        tag::path.into(out, {{"d", path}, {"stroke", colour}, {"stroke-width", width}, {"fill", "none"}});
    };
    switch (pattern) {
    case Pattern::red:
        return ground(inks::of(Cohort::red).fill);
    case Pattern::amber:
        ground(inks::of(Cohort::amber).fill);
        return stroke("M-2 2L2 -2M0 8L8 0M6 10L10 6", inks::of(Cohort::amber).pattern, 2);
    case Pattern::green:
        ground(inks::of(Cohort::green).fill);
        for (const Point dot : {Point{2, 2}, Point{6, 6}})
            tag::circle.into(
                out, {{"cx", dot.x}, {"cy", dot.y}, {"r", 1.2}, {"fill", inks::of(Cohort::green).pattern}});
        return;
    case Pattern::grey:
        ground(inks::of(Cohort::grey).fill);
        return stroke("M0 2H8M0 6H8", inks::of(Cohort::grey).pattern, 1.4);
    case Pattern::hatch:
        ground(inks::white);
        return stroke("M-2 2L2 -2M0 8L8 0M6 10L10 6", inks::muted, 1.2);
    case Pattern::uncategorised:
        ground(inks::white);
        return stroke("M0 0L8 8M8 0L0 8", inks::neutral, 1);
    }
}

}  // namespace

std::string Drawing::pattern(Pattern pattern) {
    std::string id = m_frame.id;
    id += '-';
    id += pattern_names[static_cast<std::size_t>(pattern)];
    if (std::find(m_patterns.begin(), m_patterns.end(), pattern) == m_patterns.end()) {
        m_patterns.push_back(pattern);
        tag::pattern.into(m_definitions,
                          {{"id", id}, {"width", 8}, {"height", 8}, {"patternUnits", "userSpaceOnUse"}},
                          [&](Html& out) { pattern_marks(out, pattern); });
    }
    return "url(#" + id + ")";
}

namespace {

std::optional<std::string_view> unless_empty(std::string_view text) {
    if (text.empty()) return std::nullopt;
    return text;
}

std::optional<std::string> opacity_of(const Fill& fill) {
    if (fill.opacity >= 1) return std::nullopt;
    return coordinate(fill.opacity);
}

Html hint_title(const std::string& hint) { return hint.empty() ? Html{} : tag::title({}, hint); }

}  // namespace

void Drawing::rect(const Box& box, const Fill& fill) { rect(box, fill, ""); }

void Drawing::rect(const Box& box, const Fill& fill, const std::string& hint) {
    const std::optional<std::string> opacity = opacity_of(fill);
    tag::rect.into(m_body,
                   {{"x", box.x},
                    {"y", box.y},
                    {"width", std::max(0.0, box.width)},
                    {"height", std::max(0.0, box.height)},
                    {"fill", fill.colour},
                    {"fill-opacity", opacity},
                    {"stroke", unless_empty(fill.edge)},
                    {"stroke-dasharray", unless_empty(fill.dash)}},
                   hint_title(hint));
}

void Drawing::line(Point from, Point to, const Stroke& stroke) {
    tag::line.into(m_body, {{"x1", from.x},
                            {"y1", from.y},
                            {"x2", to.x},
                            {"y2", to.y},
                            {"stroke", stroke.colour},
                            {"stroke-width", stroke.width},
                            {"stroke-dasharray", unless_empty(stroke.dash)}});
}

void Drawing::path(const std::string& path, const Fill& fill, const std::string& hint) {
    const std::optional<std::string> opacity = opacity_of(fill);
    tag::path.into(m_body,
                   {{"d", path},
                    {"fill", fill.colour},
                    {"fill-opacity", opacity},
                    {"stroke", unless_empty(fill.edge)},
                    {"stroke-dasharray", unless_empty(fill.dash)}},
                   hint_title(hint));
}

void Drawing::stroked_path(const std::string& path, const Stroke& stroke) {
    tag::path.into(m_body, {{"d", path},
                            {"fill", "none"},
                            {"stroke", stroke.colour},
                            {"stroke-width", stroke.width},
                            {"stroke-linejoin", "round"},
                            {"stroke-dasharray", unless_empty(stroke.dash)}});
}

void Drawing::circle(Point centre, double radius, const Fill& fill, const std::string& hint) {
    const std::optional<std::string> opacity = opacity_of(fill);
    tag::circle.into(m_body,
                     {{"cx", centre.x},
                      {"cy", centre.y},
                      {"r", radius},
                      {"fill", fill.colour},
                      {"fill-opacity", opacity},
                      {"stroke", unless_empty(fill.edge)},
                      {"stroke-dasharray", unless_empty(fill.dash)}},
                     hint_title(hint));
}

void Drawing::text(Point at, const std::string& words, const TextLook& look) {
    const bool halo = look.halo == Halo::white;
    const auto only_with_halo = [&](const char* value) {
        return halo ? std::optional<std::string_view>(value) : std::nullopt;
    };
    tag::text.into(m_body,
                   {{"x", at.x},
                    {"y", at.y},
                    {"font-size", look.size},
                    {"fill", look.fill},
                    {"text-anchor", look.anchor == Anchor::start ? std::optional<std::string_view>()
                                                                 : anchor_name(look.anchor)},
                    {"font-weight",
                     look.weight == Weight::bold ? std::optional<std::string_view>("bold") : std::nullopt},
                    {"stroke", only_with_halo("#ffffff")},
                    {"stroke-width", only_with_halo("3")},
                    {"paint-order", only_with_halo("stroke")}},
                   words);
}

Html Drawing::finish(double height) const {
    const std::string title = m_frame.id + "-title", description = m_frame.id + "-desc";
    const std::string view_box = fmt::format("0 0 {} {}", m_frame.width, std::ceil(height));
    return tag::svg({{"class", "app-chart__svg"},
                     {"xmlns", "http://www.w3.org/2000/svg"},
                     {"viewBox", view_box},
                     {"width", m_frame.width},
                     {"height", std::ceil(height)},
                     {"font-family", "Arial, Helvetica, sans-serif"},
                     {"role", "img"},
                     {"aria-labelledby", title + " " + description}},
                    tag::title({{"id", title}}, m_frame.title),
                    tag::desc({{"id", description}}, m_frame.description),
                    m_definitions.empty() ? Html{} : tag::defs({}, m_definitions), m_body);
}

std::string path_through(const std::vector<std::optional<Point>>& points) {
    std::string path;
    bool begins = true;
    for (const std::optional<Point>& point : points) {
        if (point) path += (begins ? "M" : "L") + coordinate(point->x) + " " + coordinate(point->y);
        begins = !point;
    }
    return path;
}

std::string coordinate(double pixels) { return fmt::format("{}", std::round(pixels * 100) / 100 + 0.0); }

std::string percent_text(double share) {
    if (share > 0 && share < 0.005) return "<1%";
    if (share < 1 && share >= 0.995) return ">99%";
    return fmt::format("{:.0f}%", std::floor(share * 100 + 0.5));
}

std::string tick_text(double share, double step) {
    if (step > 0.0099) return percent_text(share);
    return fmt::format("{:.1f}%", share * 100);
}

std::string count_text(std::int64_t people) {
    std::string text = fmt::format("{}", people);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > (people < 0 ? 1 : 0); at -= 3)
        text.insert(static_cast<std::size_t>(at), 1, ',');
    return text;
}

std::string number_text_short(double number) {
    return fmt::format("{}", std::round(number * 100) / 100 + 0.0);
}

std::string figure_text(double figure, Unit unit) {
    return unit == Unit::share ? percent_text(figure) : number_text_short(figure);
}

std::string dose_text(double milligrams) { return fmt::format("{:.0f} mg", std::floor(milligrams + 0.5)); }

}  // namespace optimat::chart
