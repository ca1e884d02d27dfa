#include "outcome/measure_series.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace optimat {

namespace {

/// Moving range → sigma of normal figures.
constexpr double d2_of_two = 1.128;

bool is_same_month(Day left, Day right) { return month_end(left) == month_end(right); }

/// The place of a month among the points; points.size(): not there.
std::size_t place_of(const std::vector<SeriesPoint>& points, Day month) {
    const auto found = std::ranges::find_if(
        points, [&](const SeriesPoint& point) { return is_same_month(point.month, month); });
    return static_cast<std::size_t>(found - points.begin());
}

/// Whether something of the month has not had its follow-up.
bool is_too_early(const MeasureFunction& function, const MeasureCell& cell) {
    const auto part = function.part("too_early");
    return part && cell.count[*part] > 0;
}

std::optional<double> target_on(const SeriesMarks& marks, Day month) {
    std::optional<SeriesMarks::Target> latest;
    for (const SeriesMarks::Target& target : marks.targets)
        if (month_end(target.from) <= month_end(month) && (!latest || latest->from <= target.from))
            latest = target;
    return latest ? latest->value : std::nullopt;
}

std::optional<PointRange> range_of(const std::vector<SeriesPoint>& points,
                                   const SeriesMarks::Months& months) {
    std::optional<PointRange> range;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (month_end(points[i].month) < month_end(months.first) ||
            month_end(points[i].month) > month_end(months.last))
            continue;
        if (!range) range = PointRange{i, i};
        range->last = i;
    }
    return range;
}

ChartSettings settings_of(const MeasureSeries& series, const SeriesMarks& marks) {
    ChartSettings settings;
    settings.better = series.measure->better;
    for (const Day month : marks.rebases)
        settings.rebases.push_back(place_of(series.points, month));
    for (const SeriesMarks::Months& months : marks.baselines)
        if (const auto range = range_of(series.points, months)) settings.baselines.push_back(*range);
    for (std::size_t i = 0; i < series.points.size(); ++i) {
        const PointState state = series.points[i].state;
        if (state == PointState::excluded || state == PointState::too_early) settings.excluded.push_back(i);
        settings.targets.push_back(target_on(marks, series.points[i].month));
    }
    return settings;
}

std::vector<std::optional<double>> values_of(const MeasureSeries& series) {
    std::vector<std::optional<double>> values;
    for (const SeriesPoint& point : series.points)
        values.push_back(point.value);
    return values;
}

std::vector<std::optional<double>> judged_values_of(const MeasureSeries& series) {
    std::vector<std::optional<double>> values;
    for (const SeriesPoint& point : series.points)
        values.push_back(point.state == PointState::judged ? point.value : std::nullopt);
    return values;
}

ControlChart share_chart(const MeasureSeries& series, const ChartSettings& settings) {
    std::vector<ShareCount> counts;
    for (const SeriesPoint& point : series.points)
        counts.push_back({point.figure.numerator, point.figure.denominator});
    return p_chart(counts, ShareLimits::laney, settings);
}

}  // namespace

MeasureSeries measure_series(const MeasureDefinition& measure, const MeasureGrid& grid, const Place& place,
                             std::size_t first, std::size_t last, const SeriesMarks& marks,
                             std::optional<ChartKind> kind) {
    MeasureSeries series{&measure, kind.value_or(measure.chart), {}, {}, {}, {}};
    // Only of counts can a p-chart be.
    if (series.kind == ChartKind::p_chart && measure.value != MeasureValue::share)
        series.kind = ChartKind::xmr;
    for (std::size_t date = first; date <= last; ++date) {
        const MeasureCell cell = grid.at(*measure.function, date, place);
        SeriesPoint point{grid.dates()[date], figure_of(measure, cell), {}, PointState::judged};
        point.value = point.figure.value();
        if (is_too_early(*measure.function, cell)) point.state = PointState::too_early;
        if (!point.value) point.state = PointState::empty;
        const bool excluded =
            std::ranges::any_of(marks.excluded, [&](Day month) { return is_same_month(month, point.month); });
        if (point.value && excluded) point.state = PointState::excluded;
        series.points.push_back(point);
    }
    if (series.kind == ChartKind::xmr)
        series.control = xmr_chart(values_of(series), settings_of(series, marks));
    if (series.kind == ChartKind::p_chart) series.control = share_chart(series, settings_of(series, marks));
    if (series.kind == ChartKind::run_chart) series.run = run_chart(judged_values_of(series));
    series.change = change_of(series);
    return series;
}

std::optional<CusumSignal> change_of(const MeasureSeries& series) {
    if (!series.control || series.control->segments.empty()) return std::nullopt;
    const std::size_t begin = series.control->segments.back().points.first;
    std::vector<std::size_t> places;
    std::vector<std::optional<double>> values;
    for (std::size_t i = begin; i < series.points.size(); ++i)
        if (series.points[i].state == PointState::judged) {
            places.push_back(i);
            values.push_back(series.points[i].value);
        }
    if (values.size() < 2 * watched_points) return std::nullopt;
    const std::size_t base = values.size() - watched_points;
    double sum = 0, ranges = 0;
    for (std::size_t i = 0; i < base; ++i) {
        sum += *values[i];
        if (i > 0) ranges += std::abs(*values[i] - *values[i - 1]);
    }
    const CusumSettings settings{sum / static_cast<double>(base),
                                 ranges / static_cast<double>(base - 1) / d2_of_two};
    const std::span watched(values.begin() + static_cast<std::ptrdiff_t>(base), values.end());
    const Cusum found = cusum(watched, settings);
    if (found.signals.empty()) return std::nullopt;
    CusumSignal latest = found.signals.back();
    // What has gone back to where it was is no lasting change.
    if (latest.confirmed + recent_points < watched_points) return std::nullopt;
    for (std::size_t* const place : {&latest.since, &latest.at, &latest.confirmed})
        *place = places[base + *place];
    return latest;
}

}  // namespace optimat
