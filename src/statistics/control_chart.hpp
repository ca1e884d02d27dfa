#pragma once
// Control charts: whether a figure that is taken every month has changed, or moves as it always does.
//
// XmR by the rules of NHS England's Making Data Count: centre = mean, limits = mean ± 2.66 × the mean moving
// range; and the p-chart for shares with a denominator each month. Rule spc/xmr.
//
// A point that is missing or excluded is passed over: means, moving ranges and rules take the points before
// and after it as neighbours. It keeps its place and the limits drawn there. Points are named by their place
// in the series, from 0; ranges include both ends. Limits are cut at what a figure cannot pass, where the
// settings say what that is: no share lies below 0 or above 1.

#include "statistics/better_when.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace optimat {

/// Whether outlying moving ranges are left out of the mean moving range. `once` leaves out those at or above
/// 3.267 × the mean, once (Nelson 1982); Making Data Count's own workbook does not screen.
enum class Screening : std::uint8_t { none, once };

/// Some neighbouring points, both ends inclusive, first ≤ last.
struct PointRange {
    std::size_t first = 0, last = 0;
    friend bool operator==(const PointRange&, const PointRange&) = default;
};

/// What people decided about a chart. Places beyond the series are passed over.
struct ChartSettings {
    BetterWhen better = BetterWhen::neither;
    /// Places at which limits begin anew, in any order; the first point always begins a segment.
    std::vector<std::size_t> rebases = {};
    /// Ranges that alone make the limits of the segment their first point is in. What reaches into the next
    /// segment does not count; of two in one segment the first given counts. A baseline without two counted
    /// points leaves its segment without limits.
    std::vector<PointRange> baselines = {};
    /// Points shown, but used neither for limits nor for rules; in any order.
    std::vector<std::size_t> excluded = {};
    Screening screening = Screening::none;
    /// The target of each point; empty: no target at all. What is missing at the end of the list is missing.
    std::vector<std::optional<double>> targets = {};
    /// What no figure can pass: XmR limits beyond are cut to it. Nothing: not cut. A p-chart's are cut to
    /// 0–1.
    std::optional<double> least = {}, most = {};
};

/// Limits of fewer points than this are provisional.
inline constexpr std::size_t points_of_firm_limits = 12;

/// Rising: lower ≤ near_lower ≤ centre ≤ near_upper ≤ upper. The near limits are two thirds of the way out.
struct ControlLimits {
    double centre = 0, lower = 0, upper = 0, near_lower = 0, near_upper = 0;
    friend bool operator==(const ControlLimits&, const ControlLimits&) = default;
};

/// Why a point is no common cause. When several hold, the first in this order is told.
///   outside_limits  beyond a limit; on it is inside
///   trend           one of 7 or more points that each rise, or each fall
///   two_of_three    between a near limit and the limit, with another such point among three neighbours that
///                   all lie on the same side of the centre
///   shift           one of 7 or more points on one side of the centre; a point on the centre ends a run
enum class SpecialCause : std::uint8_t { none, outside_limits, trend, two_of_three, shift };
/// `none`, `outside_limits`, …
std::string_view text_of(SpecialCause cause);

/// What a point says. `neither`: a special cause of a measure for which neither way is better.
enum class Variation : std::uint8_t { common_cause, improvement, concern, neither };
/// `common_cause`, `improvement`, …
std::string_view text_of(Variation variation);

/// Whether a point is used. A missing point that is also excluded is missing.
enum class PointUse : std::uint8_t { counted, missing, excluded };

/// Against the target of its own month; a value on the target meets it. `no_target` also for missing points
/// and where neither way is better.
enum class TargetOutcome : std::uint8_t { no_target, met, missed };

/// One point with what the rules say of it.
struct ControlPoint {
    std::optional<double> value;
    PointUse use = PointUse::missing;
    std::size_t segment = 0;              ///< place in ControlChart::segments
    std::optional<ControlLimits> limits;  ///< nothing where the segment has none, or a p-chart no denominator
    SpecialCause cause = SpecialCause::none;  ///< none unless counted
    std::optional<Towards> towards;           ///< with a special cause: which way it points
    Variation variation = Variation::common_cause;
    std::optional<double> target;
    TargetOutcome outcome = TargetOutcome::no_target;
};

/// The points from one re-base up to the next.
struct ControlSegment {
    PointRange points;
    std::optional<PointRange> baseline;  ///< of the limits, when fixed; cut to the segment
    std::size_t limit_points = 0;        ///< counted points that the limits are made of
    /// XmR: the mean moving range, after screening; nothing with fewer than two limit points. p-chart:
    /// nothing.
    std::optional<double> mean_moving_range;
    /// Limits of fewer than points_of_firm_limits points, or none at all.
    bool is_provisional() const { return limit_points < points_of_firm_limits; }
};

/// Whether the system as it runs now will meet the target of the last point. Limits on the target's side
/// count as meeting it: a flat series on its target hits it. `no_target` also where neither way is better or
/// the last segment has no limits.
enum class Assurance : std::uint8_t { no_target, consistently_hits, consistently_fails, hit_and_miss };
/// `no_target`, `consistently_hits`, …
std::string_view text_of(Assurance assurance);

/// What the last counted point says.
struct LatestVariation {
    std::size_t point = 0;
    Variation variation = Variation::common_cause;
    std::optional<Towards> towards;  ///< with a special cause
};

struct ControlChart {
    std::string_view rules;  ///< the set the points were judged by, to be named on the chart
    std::vector<ControlPoint> points;
    std::vector<ControlSegment> segments;  ///< none when there is no point
    /// Nothing when no counted point has limits.
    std::optional<LatestVariation> latest;
    Assurance assurance = Assurance::no_target;
    /// Where a person might set a re-base: the last points up to the last counted one have lain on one side
    /// of the centre so long that limits of them alone would not be provisional. Never applied by the
    /// program.
    std::optional<std::size_t> suggested_rebase;
};

inline constexpr std::string_view xmr_rules = "XmR, Making Data Count rules";
inline constexpr std::string_view p_rules = "p-chart, Making Data Count rules";
inline constexpr std::string_view laney_rules = "p\u2032-chart (Laney), Making Data Count rules";

/// The chart of a series in the order of time; nothing is a missing month. Limits need two counted points.
ControlChart xmr_chart(std::span<const std::optional<double>> values, const ChartSettings& settings);

/// A month's share; a denominator of 0 is a missing month.
struct ShareCount {
    std::int64_t numerator = 0;  ///< 0 to denominator
    std::int64_t denominator = 0;
};

/// Limits p̄ ± 3σᵢ with σᵢ = √(p̄(1−p̄)/nᵢ), cut to 0–1; `laney` multiplies σᵢ by the mean moving range of the
/// z-scores divided by 1.128, for denominators so large that chance alone explains next to nothing. Where the
/// same people are counted month after month neither allows for it: the chart describes and does not test.
enum class ShareLimits : std::uint8_t { binomial, laney };

/// The p-chart of months of counts. Screening does not apply. Binomial limits need one counted point with a
/// denominator, Laney's need two.
ControlChart p_chart(std::span<const ShareCount> counts, ShareLimits limits, const ChartSettings& settings);

}  // namespace optimat
