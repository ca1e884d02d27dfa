#include "chart/control_chart.hpp"

#include "chart/control_drawing.hpp"
#include "chart/control_marker.hpp"

#include <algorithm>

namespace optimat::chart {

namespace {

constexpr double flag_reach = 8;
constexpr double flag_row = 2 * flag_reach + 3;
constexpr double line_height = 16;

std::size_t rows_of(const auto& flags) {
    std::size_t rows = 0;
    for (const auto& flag : flags)
        rows = std::max(rows, flag.row + 1);
    return rows;
}

}  // namespace

ControlDrawing::ControlDrawing(const ControlPicture& data, const Frame& frame)
    : m_data(data),
      m_drawing(frame),
      m_scale(control_scale(data)),
      m_left(m_drawing.is_narrow() ? 40 : 50),
      m_right(frame.width - (m_drawing.is_narrow() ? 76.0 : 120.0)),
      m_axis(data.labels, m_left, m_right, m_drawing.is_narrow() ? 11 : 12),
      m_flags(placed_flags()),
      m_top(44 + line_height * static_cast<double>(head_lines().size() - 1) +
            flag_row * static_cast<double>(rows_of(m_flags))),
      m_bottom(m_top + (m_drawing.is_narrow() ? 210 : 270)),
      m_y{m_scale.from, m_scale.to, m_bottom, m_top} {}

std::vector<ControlDrawing::PlacedFlag> ControlDrawing::placed_flags() const {
    std::vector<PlacedFlag> placed;
    for (std::size_t i = 0; i < m_data.flags.size(); ++i) {
        if (m_data.flags[i].point >= points().size()) continue;
        const double x = m_axis.centre(m_data.flags[i].point);
        const auto touches = [&](const PlacedFlag& other, std::size_t row) {
            return other.row == row && std::abs(m_axis.centre(other.flag->point) - x) < 2 * flag_reach + 1;
        };
        std::size_t row = 0;
        while (std::ranges::any_of(placed, [&](const PlacedFlag& other) { return touches(other, row); }))
            ++row;
        placed.push_back({&m_data.flags[i], i + 1, row});
    }
    return placed;
}

std::vector<std::string> ControlDrawing::head_lines() const {
    std::vector<std::string> lines = wrap_text(m_data.measure, small(), m_drawing.width() - 4);
    if (lines.empty()) lines.emplace_back();
    return lines;
}

Html ControlDrawing::draw() {
    band();
    grid();
    levels();
    flags();
    segment_marks();
    joined_values();
    markers();
    level_names();
    m_axis.draw(m_drawing, m_bottom + 17);
    return m_drawing.finish(flag_words(notes(key(m_bottom + 58))) - 6);
}

void ControlDrawing::grid() {
    double head = 12;
    for (const std::string& line : head_lines()) {
        m_drawing.text({2, head}, line, {small(), inks::text});
        head += line_height;
    }
    for (const double tick : m_scale.ticks) {
        m_drawing.line({m_left, m_y(tick)}, {m_right, m_y(tick)}, {inks::grid});
        m_drawing.text({m_left - 6, m_y(tick) + 4}, m_scale.text(tick),
                       {small() - 1, inks::muted, Anchor::end});
    }
    m_drawing.line({m_left, m_bottom}, {m_right, m_bottom}, {inks::axis});
    if (points().empty())
        m_drawing.text({(m_left + m_right) / 2, (m_top + m_bottom) / 2}, "no months to show",
                       {small(), inks::muted, Anchor::middle, Weight::regular, Halo::white});
}

void ControlDrawing::band() {
    std::vector<std::optional<Point>> upper, lower;
    const auto close = [&] {
        if (upper.empty()) return;
        upper.insert(upper.end(), lower.rbegin(), lower.rend());
        m_drawing.path(path_through(upper) + "Z", {inks::pale}, "");
        upper.clear();
        lower.clear();
    };
    for (std::size_t i = 0; i < points().size(); ++i) {
        const ControlPoint& point = points()[i];
        if (!point.limits || (i > 0 && point.segment != points()[i - 1].segment)) close();
        if (!point.limits) continue;
        for (const double x : {column_left(i), column_right(i)}) {
            upper.emplace_back(Point{x, y(point.limits->upper)});
            lower.emplace_back(Point{x, y(point.limits->lower)});
        }
    }
    close();
}

void ControlDrawing::level_line(const Level& level, const Stroke& stroke) {
    std::vector<std::optional<Point>> path;
    for (std::size_t i = 0; i < points().size(); ++i) {
        const auto figure = level(points()[i]);
        if (!figure || !m_scale.shows(*figure) || (i > 0 && points()[i].segment != points()[i - 1].segment))
            path.emplace_back();
        if (!figure || !m_scale.shows(*figure)) continue;
        path.emplace_back(Point{column_left(i), m_y(*figure)});
        path.emplace_back(Point{column_right(i), m_y(*figure)});
    }
    m_drawing.stroked_path(path_through(path), stroke);
}

namespace {

std::optional<double> centre_of(const ControlPoint& point) {
    return point.limits ? std::optional(point.limits->centre) : std::nullopt;
}
std::optional<double> lower_of(const ControlPoint& point) {
    return point.limits ? std::optional(point.limits->lower) : std::nullopt;
}
std::optional<double> upper_of(const ControlPoint& point) {
    return point.limits ? std::optional(point.limits->upper) : std::nullopt;
}
std::optional<double> target_of(const ControlPoint& point) { return point.target; }

}  // namespace

void ControlDrawing::levels() {
    level_line(centre_of, {inks::text, 1.5});
    for (const auto& limit : {lower_of, upper_of})
        level_line(limit, {inks::muted, 1.25, "6 4"});
    level_line(target_of, {inks::target, 1.75, "2 3"});
}

void ControlDrawing::level_names() {
    struct Name {
        const char* words;
        std::optional<double> (*level)(const ControlPoint&);
        std::string_view ink;
    };
    std::vector<double> wanted;
    std::vector<std::string> words;
    std::vector<std::string_view> colours;
    for (const Name& name : {Name{"mean", centre_of, inks::text},
                             {m_drawing.is_narrow() ? "upper" : "upper limit", upper_of, inks::muted},
                             {m_drawing.is_narrow() ? "lower" : "lower limit", lower_of, inks::muted},
                             {"target", target_of, inks::target}}) {
        const auto figure = points().empty() ? std::nullopt : name.level(points().back());
        if (!figure || !m_scale.shows(*figure)) continue;
        wanted.push_back(m_y(*figure));
        words.push_back(std::string(name.words) + " " + m_scale.exact_text(*figure));
        colours.push_back(name.ink);
    }
    const std::vector<double> at = spread_labels(wanted, 15, m_top, m_bottom);
    for (std::size_t i = 0; i < at.size(); ++i)
        m_drawing.text({m_right + 6, at[i] + 4}, words[i],
                       {small() - 1, colours[i], Anchor::start, Weight::bold});
}

void ControlDrawing::segment_marks() {
    for (std::size_t i = 0; i < m_data.chart.segments.size(); ++i) {
        const ControlSegment& segment = m_data.chart.segments[i];
        const double left = column_left(segment.points.first), right = column_right(segment.points.last);
        if (i > 0) m_drawing.line({left, m_top - 16}, {left, m_bottom}, {inks::axis, 1.5});
        const std::string words = i == 0 ? (segment.is_provisional() ? "provisional" : "")
                                         : (segment.is_provisional() ? "re-based, provisional" : "re-based");
        if (text_width(words, 11) < right - left)
            m_drawing.text({left + 4, m_top - 6}, words,
                           {11, inks::muted, Anchor::start, Weight::regular, Halo::white});
        if (!segment.baseline) continue;
        const double from = column_left(segment.baseline->first), to = column_right(segment.baseline->last);
        m_drawing.rect({from, m_bottom - 3, to - from, 6}, {inks::axis}, "Limits are made of these months");
    }
}

void ControlDrawing::joined_values() {
    std::vector<std::optional<Point>> path;
    for (std::size_t i = 0; i < points().size(); ++i) {
        if (points()[i].use == PointUse::counted)
            path.emplace_back(Point{m_axis.centre(i), m_y(*points()[i].value)});
        if (points()[i].use == PointUse::missing) path.emplace_back();
    }
    m_drawing.stroked_path(path_through(path), {inks::common_cause, 1.25});
}

std::string ControlDrawing::remark(std::size_t column) const {
    if (column < m_data.remarks.size() && !m_data.remarks[column].empty()) return m_data.remarks[column];
    return "excluded";
}

std::string ControlDrawing::hint(std::size_t column) const {
    const ControlPoint& point = points()[column];
    std::string words = m_data.labels[column] + ": " + m_scale.exact_text(*point.value);
    if (point.use == PointUse::excluded) return words + ", " + remark(column);
    if (point.limits)
        words += ", limits " + m_scale.exact_text(point.limits->lower) + " to " +
                 m_scale.exact_text(point.limits->upper);
    if (point.cause != SpecialCause::none) words += ", " + std::string(words_of(point.cause));
    return words;
}

void ControlDrawing::markers() {
    const double reach = m_axis.column_width() > 11 ? 5 : 3.5;
    for (std::size_t i = 0; i < points().size(); ++i) {
        const ControlPoint& point = points()[i];
        if (!point.value) continue;
        const Point at{m_axis.centre(i), m_y(*point.value)};
        if (point.use == PointUse::excluded)
            draw_excluded_marker(m_drawing, at, reach, hint(i));
        else
            draw_marker(m_drawing, at, reach, point.variation, hint(i));
    }
}

void ControlDrawing::flags() {
    for (const PlacedFlag& placed : m_flags) {
        const double x = m_axis.centre(placed.flag->point);
        const double at = m_top - 24 - flag_row * static_cast<double>(placed.row);
        m_drawing.line({x, at + flag_reach}, {x, m_bottom}, {inks::text, 0.75, "1 3"});
        m_drawing.circle({x, at}, flag_reach, {inks::text}, placed.flag->words);
        m_drawing.text({x, at + 4}, std::to_string(placed.number),
                       {11, inks::white, Anchor::middle, Weight::bold});
    }
}

std::string_view words_of(SpecialCause cause) {
    constexpr std::string_view words[] = {"", "outside the limits", "part of a trend of 7 or more",
                                          "one of 2 of 3 near a limit",
                                          "part of 7 or more on one side of the mean"};
    return words[static_cast<std::size_t>(cause)];
}

Html control_chart(const ControlPicture& data, const Frame& frame) {
    return ControlDrawing(data, frame).draw();
}

Html control_chart_figure(const ControlPicture& data, const Frame& frame) {
    return chart_figure("", "", control_chart(data, frame), control_chart(data, narrow(frame)));
}

}  // namespace optimat::chart
