#include "statistics/control_chart.hpp"

#include "statistics/control_rules.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace optimat {

namespace {

/// 3 / 1.128: three sigmas of a mean moving range of two.
constexpr double moving_ranges_to_limit = 2.66;
/// A moving range of two has this much of its mean as its own upper limit.
constexpr double moving_ranges_screened_from = 3.267;
constexpr double moving_ranges_of_sigma = 1.128;

ControlLimits limits_around(double centre, double reach) {
    return {centre, centre - reach, centre + reach, centre - reach * 2 / 3, centre + reach * 2 / 3};
}

ControlLimits cut_to(const ControlLimits& limits, double least, double most) {
    const auto cut = [&](double limit) { return std::clamp(limit, least, most); };
    return {limits.centre, cut(limits.lower), cut(limits.upper), cut(limits.near_lower),
            cut(limits.near_upper)};
}

double mean_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

std::vector<double> moving_ranges(const std::vector<double>& values) {
    std::vector<double> ranges;
    for (std::size_t i = 1; i < values.size(); ++i)
        ranges.push_back(std::abs(values[i] - values[i - 1]));
    return ranges;
}

/// At least one range. Of a series without any movement nothing is left out.
double mean_moving_range(std::vector<double> ranges, Screening screening) {
    const double mean = mean_of(ranges);
    if (screening == Screening::none || mean == 0) return mean;
    std::erase_if(ranges, [&](double range) { return range >= moving_ranges_screened_from * mean; });
    return mean_of(ranges);
}

// How a chart begins: points as given, divided into segments.

std::vector<ControlPoint> points_of(std::span<const std::optional<double>> values,
                                    const ChartSettings& settings) {
    std::vector<ControlPoint> points(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        points[i].value = values[i];
        points[i].use = values[i] ? PointUse::counted : PointUse::missing;
        if (i < settings.targets.size()) points[i].target = settings.targets[i];
    }
    for (const std::size_t place : settings.excluded)
        if (place < points.size() && points[place].value) points[place].use = PointUse::excluded;
    return points;
}

std::vector<std::size_t> segment_starts(std::size_t points, const ChartSettings& settings) {
    std::vector<std::size_t> starts = settings.rebases;
    starts.push_back(0);
    std::ranges::sort(starts);
    const auto repeated = std::ranges::unique(starts);
    starts.erase(repeated.begin(), repeated.end());
    std::erase_if(starts, [&](std::size_t start) { return start >= points; });
    return starts;
}

std::optional<PointRange> baseline_within(const PointRange& segment, const ChartSettings& settings) {
    for (const PointRange& range : settings.baselines)
        if (range.first >= segment.first && range.first <= segment.last)
            return PointRange{range.first, std::min(range.last, segment.last)};
    return std::nullopt;
}

std::vector<ControlSegment> segments_of(std::size_t points, const ChartSettings& settings) {
    std::vector<ControlSegment> segments;
    const std::vector<std::size_t> starts = segment_starts(points, settings);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        ControlSegment segment;
        segment.points = {starts[i], (i + 1 < starts.size() ? starts[i + 1] : points) - 1};
        segment.baseline = baseline_within(segment.points, settings);
        segments.push_back(segment);
    }
    return segments;
}

std::span<ControlPoint> points_in(ControlChart& chart, const PointRange& range) {
    return std::span(chart.points).subspan(range.first, range.last - range.first + 1);
}

ControlChart chart_without_limits(std::span<const std::optional<double>> values, std::string_view rules,
                                  const ChartSettings& settings) {
    ControlChart chart;
    chart.rules = rules;
    chart.points = points_of(values, settings);
    chart.segments = segments_of(values.size(), settings);
    for (std::size_t i = 0; i < chart.segments.size(); ++i)
        for (ControlPoint& point : points_in(chart, chart.segments[i].points))
            point.segment = i;
    return chart;
}

/// Places of the points that a segment's limits are made of.
std::vector<std::size_t> limit_points(const ControlChart& chart, const ControlSegment& segment) {
    const PointRange range = segment.baseline.value_or(segment.points);
    std::vector<std::size_t> places;
    for (std::size_t i = range.first; i <= range.last; ++i)
        if (chart.points[i].use == PointUse::counted) places.push_back(i);
    return places;
}

// Limits.

void set_xmr_limits(ControlChart& chart, ControlSegment& segment, const ChartSettings& settings) {
    std::vector<double> values;
    for (const std::size_t place : limit_points(chart, segment))
        values.push_back(*chart.points[place].value);
    segment.limit_points = values.size();
    if (values.size() < 2) return;
    segment.mean_moving_range = mean_moving_range(moving_ranges(values), settings.screening);
    constexpr double unbounded = std::numeric_limits<double>::infinity();
    const ControlLimits limits =
        cut_to(limits_around(mean_of(values), moving_ranges_to_limit * *segment.mean_moving_range),
               settings.least.value_or(-unbounded), settings.most.value_or(unbounded));
    for (ControlPoint& point : points_in(chart, segment.points))
        point.limits = limits;
}

double sigma_of(double pooled, std::int64_t denominator) {
    return std::sqrt(pooled * (1 - pooled) / static_cast<double>(denominator));
}

/// By how much months differ beyond chance: the sigma of the z-scores, from their moving ranges. Everybody or
/// nobody counted in every month: they do not differ.
double laney_factor(const ControlChart& chart, const std::vector<std::size_t>& places, double pooled,
                    std::span<const ShareCount> counts) {
    std::vector<double> scores;
    for (const std::size_t place : places) {
        const double sigma = sigma_of(pooled, counts[place].denominator);
        scores.push_back(sigma == 0 ? 0 : (*chart.points[place].value - pooled) / sigma);
    }
    return mean_of(moving_ranges(scores)) / moving_ranges_of_sigma;
}

void set_share_limits(ControlChart& chart, ControlSegment& segment, std::span<const ShareCount> counts,
                      ShareLimits limits) {
    const std::vector<std::size_t> places = limit_points(chart, segment);
    segment.limit_points = places.size();
    if (places.size() < (limits == ShareLimits::laney ? 2 : 1)) return;
    std::int64_t numerator = 0, denominator = 0;
    for (const std::size_t place : places) {
        numerator += counts[place].numerator;
        denominator += counts[place].denominator;
    }
    const double pooled = static_cast<double>(numerator) / static_cast<double>(denominator);
    const double factor = limits == ShareLimits::laney ? laney_factor(chart, places, pooled, counts) : 1.0;
    for (std::size_t i = segment.points.first; i <= segment.points.last; ++i)
        if (chart.points[i].value)
            chart.points[i].limits =
                cut_to(limits_around(pooled, 3 * factor * sigma_of(pooled, counts[i].denominator)), 0, 1);
}

// What the chart says.

Variation variation_of(const ControlPoint& point, BetterWhen better) {
    if (point.cause == SpecialCause::none) return Variation::common_cause;
    if (better == BetterWhen::neither) return Variation::neither;
    const bool is_better = (better == BetterWhen::higher) == (*point.towards == Towards::higher);
    return is_better ? Variation::improvement : Variation::concern;
}

/// Whether a figure is at the target or on its better side.
bool reaches(double value, double target, BetterWhen better) {
    return better == BetterWhen::higher ? value >= target : value <= target;
}

TargetOutcome outcome_of(const ControlPoint& point, BetterWhen better) {
    if (!point.value || !point.target || better == BetterWhen::neither) return TargetOutcome::no_target;
    return reaches(*point.value, *point.target, better) ? TargetOutcome::met : TargetOutcome::missed;
}

/// A limit misses the target only by more than rounding.
Assurance assurance_of(const ControlChart& chart, BetterWhen better) {
    if (chart.points.empty() || better == BetterWhen::neither) return Assurance::no_target;
    const auto target = chart.points.back().target;
    const PointRange last = chart.segments.back().points;
    std::optional<ControlLimits> limits;
    for (std::size_t i = last.first; i <= last.last; ++i)
        if (chart.points[i].limits) limits = chart.points[i].limits;
    if (!target || !limits) return Assurance::no_target;
    const bool is_higher = better == BetterWhen::higher;
    const bool misses_at_worst =
        is_higher ? is_above(*target, limits->lower, *limits) : is_above(limits->upper, *target, *limits);
    const bool misses_at_best =
        is_higher ? is_above(*target, limits->upper, *limits) : is_above(limits->lower, *target, *limits);
    if (!misses_at_worst) return Assurance::consistently_hits;
    return misses_at_best ? Assurance::consistently_fails : Assurance::hit_and_miss;
}

std::optional<LatestVariation> latest_of(const ControlChart& chart) {
    for (std::size_t i = chart.points.size(); i-- > 0;)
        if (const ControlPoint& point = chart.points[i]; point.use == PointUse::counted && point.limits)
            return LatestVariation{i, point.variation, point.towards};
    return std::nullopt;
}

std::optional<std::size_t> suggested_rebase_of(const ControlChart& chart) {
    if (chart.segments.empty()) return std::nullopt;
    const PointRange range = chart.segments.back().points;
    std::size_t run = 0, start = 0;
    int side = 0;
    for (std::size_t i = range.last + 1; i-- > range.first;) {
        const ControlPoint& point = chart.points[i];
        if (point.use != PointUse::counted || !point.limits) continue;
        const int here = side_of(*point.value, *point.limits);
        if (run == 0) side = here;
        if (here != side || side == 0) break;
        ++run;
        start = i;
    }
    // A whole segment never lies on one side: its centre is a mean of some of its points.
    return run < points_of_firm_limits ? std::nullopt : std::optional(start);
}

void judge(ControlChart& chart, BetterWhen better) {
    for (const ControlSegment& segment : chart.segments)
        find_special_causes(points_in(chart, segment.points));
    for (ControlPoint& point : chart.points) {
        point.variation = variation_of(point, better);
        point.outcome = outcome_of(point, better);
    }
    chart.latest = latest_of(chart);
    chart.assurance = assurance_of(chart, better);
    chart.suggested_rebase = suggested_rebase_of(chart);
}

}  // namespace

std::string_view text_of(SpecialCause cause) {
    constexpr std::string_view texts[] = {"none", "outside_limits", "trend", "two_of_three", "shift"};
    return texts[static_cast<std::size_t>(cause)];
}

std::string_view text_of(Variation variation) {
    constexpr std::string_view texts[] = {"common_cause", "improvement", "concern", "neither"};
    return texts[static_cast<std::size_t>(variation)];
}

std::string_view text_of(Assurance assurance) {
    constexpr std::string_view texts[] = {"no_target", "consistently_hits", "consistently_fails",
                                          "hit_and_miss"};
    return texts[static_cast<std::size_t>(assurance)];
}

ControlChart xmr_chart(std::span<const std::optional<double>> values, const ChartSettings& settings) {
    ControlChart chart = chart_without_limits(values, xmr_rules, settings);
    for (ControlSegment& segment : chart.segments)
        set_xmr_limits(chart, segment, settings);
    judge(chart, settings.better);
    return chart;
}

ControlChart p_chart(std::span<const ShareCount> counts, ShareLimits limits, const ChartSettings& settings) {
    std::vector<std::optional<double>> values;
    for (const ShareCount& count : counts)
        values.push_back(count.denominator > 0 ? std::optional(static_cast<double>(count.numerator) /
                                                               static_cast<double>(count.denominator))
                                               : std::nullopt);
    ControlChart chart =
        chart_without_limits(values, limits == ShareLimits::laney ? laney_rules : p_rules, settings);
    for (ControlSegment& segment : chart.segments)
        set_share_limits(chart, segment, counts, limits);
    judge(chart, settings.better);
    return chart;
}

}  // namespace optimat
