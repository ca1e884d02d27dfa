#pragma once
// A measure of a place month after month: the points, the chart that judges them, and the words for a change.
// Rule spc/xmr.

#include "outcome/measure_grid.hpp"
#include "statistics/control_chart.hpp"
#include "statistics/cusum.hpp"
#include "statistics/run_chart.hpp"

namespace optimat {

/// What people decided about a measure's chart at a place. Months are named by any of their days.
struct SeriesMarks {
    struct Target {
        Day from;  ///< from this month on, until the next one
        /// A share 0 to 1, mg, days or events per 100 person-years; nothing: no target from this month on.
        std::optional<double> value;
    };
    struct Months {
        Day first, last;  ///< both inclusive
    };
    std::vector<Target> targets;    ///< in any order
    std::vector<Months> baselines;  ///< limits are made of these months alone
    std::vector<Day> rebases;       ///< limits begin anew
    std::vector<Day> excluded;      ///< shown, not used
    bool are_known = true;          ///< false: of a folder, which has no store to ask
};

/// Why a month is not judged.
enum class PointState : std::uint8_t {
    judged,
    empty,      ///< nothing in the denominator
    too_early,  ///< not everything of the month has had its follow-up, or nothing yet
    excluded,   ///< a person excluded it
    no_history  ///< what the month looks back on begins before the data: in tables, not drawn
};

struct SeriesPoint {
    Day month;  ///< the reference date
    MeasureFigure figure;
    std::optional<double> value;
    PointState state = PointState::judged;
    std::optional<double> target;  ///< in force in the month, in the measure's unit
};

struct MeasureSeries {
    const MeasureDefinition* measure;
    ChartKind kind;
    std::vector<SeriesPoint> points;  ///< rising
    /// Of xmr and p_chart. A line has none: its months overlap, so that neighbours say the same twice.
    std::optional<ControlChart> control;
    std::optional<RunChart> run;        ///< of run_chart
    std::optional<CusumSignal> change;  ///< the latest, in places of `points`; see change_of
    bool has_too_few = false;           ///< a run chart because of fewest_for_limits
    bool marks_are_known = true;        ///< SeriesMarks::are_known
    std::size_t shown = 0;              ///< tables begin with this point; those before it are judged alike
};

/// A share whose judged months have fewer things than this in the median has no limits: a run chart instead.
constexpr double fewest_for_limits = 5;

/// The charts that suit a measure, its own first. Months that overlap are not judged in any.
std::vector<ChartKind> chart_kinds(const MeasureDefinition& measure);

/// The months from dates[first] to dates[last] of a grid, both inclusive. `kind`: another than the measure's
/// own.
MeasureSeries measure_series(const MeasureDefinition& measure, const MeasureGrid& grid, const Place& place,
                             std::size_t first, std::size_t last, const SeriesMarks& marks,
                             std::optional<ChartKind> kind = std::nullopt);

/// Points at the end that a change is looked for in; those before them, this many at least, are what it is
/// measured against.
constexpr std::size_t watched_points = 12;
/// A change lasts when it has stood for at least so many points, and is confirmed by one of so many at the
/// end.
constexpr std::size_t recent_points = 3;
/// Changes smaller than these are not told, however sure: of shares, doses in mg, events per 100
/// person-years, days.
constexpr double least_share_change = 0.01, least_dose_change = 1, least_rate_change = 0.5,
                 least_days_change = 1;

/// A lasting change found by CUSUM in the last watched_points judged points of the chart's last segment,
/// against the mean of those before and their scale: their moving range, and of people as they stand, whose
/// neighbouring months count the same people, their standard deviation when that is larger. The latest signal
/// that lasts and is no smaller than the least change. Nothing: none, or too few points to say.
std::optional<CusumSignal> change_of(const MeasureSeries& series);

/// Means of the judged points of the chart's last segment before a point, and from it on.
struct BeforeAndAfter {
    double before = 0, after = 0;
};
BeforeAndAfter means_around(const MeasureSeries& series, std::size_t since);

}  // namespace optimat
