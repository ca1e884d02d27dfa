#include "outcome/measure_series.hpp"

#include "statistics/quantile.hpp"

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

bool has_any(const MeasureFunction& function, const MeasureCell& cell, std::string_view part_name) {
    const auto part = function.part(part_name);
    return part && cell.count[*part] > 0;
}

PointState state_of(const SeriesPoint& point, const MeasureFunction& function, const MeasureCell& cell,
                    bool reaches_back, const SeriesMarks& marks) {
    const bool too_early = has_any(function, cell, "too_early");
    if (!point.value) return too_early ? PointState::too_early : PointState::empty;
    if (!reaches_back || has_any(function, cell, "too_little_history")) return PointState::no_history;
    const bool excluded =
        std::ranges::any_of(marks.excluded, [&](Day month) { return is_same_month(month, point.month); });
    if (excluded) return PointState::excluded;
    return too_early ? PointState::too_early : PointState::judged;
}

/// Whether a share's months count too few things for limits to say anything.
bool has_too_few(const MeasureSeries& series) {
    if (series.measure->value != MeasureValue::share) return false;
    std::vector<double> denominators;
    for (const SeriesPoint& point : series.points)
        if (point.state == PointState::judged)
            denominators.push_back(static_cast<double>(point.figure.denominator));
    const auto median = median_of(std::move(denominators));
    return median && *median < fewest_for_limits;
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
    settings.least = 0;
    if (series.measure->value == MeasureValue::share) settings.most = 1;
    for (const Day month : marks.rebases)
        settings.rebases.push_back(place_of(series.points, month));
    for (const SeriesMarks::Months& months : marks.baselines)
        if (const auto range = range_of(series.points, months)) settings.baselines.push_back(*range);
    for (std::size_t i = 0; i < series.points.size(); ++i) {
        const PointState state = series.points[i].state;
        if (state == PointState::excluded || state == PointState::too_early) settings.excluded.push_back(i);
        settings.targets.push_back(series.points[i].target);
    }
    return settings;
}

/// What is drawn: of a month that the data do not reach back for, nothing.
std::vector<std::optional<double>> values_of(const MeasureSeries& series) {
    std::vector<std::optional<double>> values;
    for (const SeriesPoint& point : series.points)
        values.push_back(point.state == PointState::no_history ? std::nullopt : point.value);
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
        counts.push_back(point.state == PointState::no_history
                             ? ShareCount{}
                             : ShareCount{point.figure.numerator, point.figure.denominator});
    return p_chart(counts, ShareLimits::laney, settings);
}

double least_change(const MeasureDefinition& measure) {
    if (measure.value == MeasureValue::share) return least_share_change;
    if (measure.value == MeasureValue::rate) return least_rate_change;
    return measure.function->unit == MeasureUnit::micrograms ? least_dose_change : least_days_change;
}

/// Two values at least.
CusumSettings baseline_of(std::span<const std::optional<double>> values, MeasureBasis basis) {
    double sum = 0, ranges = 0, squares = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum += *values[i];
        if (i > 0) ranges += std::abs(*values[i] - *values[i - 1]);
    }
    const double mean = sum / static_cast<double>(values.size());
    const double ranges_between = static_cast<double>(values.size() - 1);
    CusumSettings settings{mean, ranges / ranges_between / d2_of_two};
    if (basis != MeasureBasis::date) return settings;
    for (const auto& value : values)
        squares += (*value - mean) * (*value - mean);
    settings.sigma = std::max(settings.sigma, std::sqrt(squares / ranges_between));
    return settings;
}

}  // namespace

std::vector<ChartKind> chart_kinds(const MeasureDefinition& measure) {
    if (measure.chart == ChartKind::line) return {measure.chart};
    std::vector<ChartKind> kinds = {measure.chart};
    for (const ChartKind kind : {ChartKind::xmr, ChartKind::p_chart, ChartKind::run_chart})
        if (kind != measure.chart && (kind != ChartKind::p_chart || measure.value == MeasureValue::share))
            kinds.push_back(kind);
    return kinds;
}

MeasureSeries measure_series(const MeasureDefinition& measure, const MeasureGrid& grid, const Place& place,
                             std::size_t first, std::size_t last, const SeriesMarks& marks,
                             std::optional<ChartKind> kind) {
    MeasureSeries series{&measure, kind.value_or(measure.chart), {}, {}, {}, {}};
    series.marks_are_known = marks.are_known;
    // Only of counts can a p-chart be.
    if (series.kind == ChartKind::p_chart && measure.value != MeasureValue::share)
        series.kind = ChartKind::xmr;
    for (std::size_t date = first; date <= last; ++date) {
        const MeasureCell cell = grid.at(*measure.function, date, place);
        SeriesPoint point{grid.dates()[date], figure_of(measure, cell), {}, PointState::judged, {}};
        point.value = point.figure.value();
        point.state =
            state_of(point, *measure.function, cell, grid.reaches_back(*measure.function, date), marks);
        point.target = target_on(marks, point.month);
        series.points.push_back(point);
    }
    const bool has_limits = series.kind == ChartKind::xmr || series.kind == ChartKind::p_chart;
    if (has_limits && has_too_few(series)) {
        series.has_too_few = true;
        series.kind = ChartKind::run_chart;
    }
    if (series.kind == ChartKind::xmr)
        series.control = xmr_chart(values_of(series), settings_of(series, marks));
    if (series.kind == ChartKind::p_chart) series.control = share_chart(series, settings_of(series, marks));
    if (series.kind == ChartKind::run_chart) series.run = run_chart(judged_values_of(series));
    series.change = change_of(series);
    return series;
}

BeforeAndAfter means_around(const MeasureSeries& series, std::size_t since) {
    BeforeAndAfter means;
    int before = 0, after = 0;
    for (std::size_t i = series.control->segments.back().points.first; i < series.points.size(); ++i) {
        if (series.points[i].state != PointState::judged) continue;
        (i < since ? means.before : means.after) += *series.points[i].value;
        ++(i < since ? before : after);
    }
    means.before /= std::max(before, 1);
    means.after /= std::max(after, 1);
    return means;
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
    const std::span all(values);
    const Cusum found =
        cusum(all.subspan(base), baseline_of(all.first(base), series.measure->function->basis));
    if (found.signals.empty()) return std::nullopt;
    CusumSignal latest = found.signals.back();
    // What has gone back to where it was is no lasting change.
    if (latest.confirmed + recent_points < watched_points) return std::nullopt;
    // Nor is what a month or two alone say.
    if (watched_points - latest.since < recent_points) return std::nullopt;
    for (std::size_t* const place : {&latest.since, &latest.at, &latest.confirmed})
        *place = places[base + *place];
    const BeforeAndAfter means = means_around(series, latest.since);
    constexpr double rounding = 1e-9;
    if (std::abs(means.after - means.before) < least_change(*series.measure) - rounding) return std::nullopt;
    return latest;
}

}  // namespace optimat
