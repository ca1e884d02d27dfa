#pragma once
// Measures as tables: the same for the terminal, CSV, the workbook, a page and the API.

#include "outcome/measure_series.hpp"
#include "report/data_table.hpp"
#include "statistics/interval.hpp"
#include "statistics/kaplan_meier.hpp"
#include "statistics/quantile.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace optimat {

/// What the tables of measures are made from; borrowed.
struct MeasureSource {
    const Extract& extract;
    const Policy& policy;
    const MeasureDefinitions& definitions;
    const MeasureGrid& grid;
    const Place& organisation;
    ThreadCount threads;
};

/// What a page adds: where a measure leads; empty: nowhere.
using MeasureLink = std::function<std::string(const MeasureDefinition&)>;

/// A measure's value: a share, milligrams, days or events per 100 person-years; nothing without a
/// denominator.
DataCell value_cell(const MeasureFigure& figure);
/// Of a chart's line, in the unit of the measure.
DataCell value_cell(const MeasureDefinition& measure, std::optional<double> value);
/// `81.2 %`, `58.2 mg`, `0.9 per 100 person-years`; `–` when there is none.
std::string figure_words(const MeasureDefinition& measure, const MeasureFigure& figure);
/// Of what the grid's figure of a date is: `of inductions whose outcome is known, 12 months to 31 October
/// 2018`, fewer when the data begin later; and that they do not reach back, where the measure looks further.
std::string denominator_words(const MeasureDefinition& measure, const MeasureGrid& grid, std::size_t date);
/// `30,992 of 62,190 spells are too recent to be counted.`: what the measure's figure does not rest on for
/// want of follow-up; empty when there is nothing of the kind.
std::string too_early_words(const MeasureSource& source, const MeasureDefinition& measure, const Place& place,
                            std::size_t date);
/// `%`, `mg`, `days`, `working days`, `per 100 person-years`.
std::string_view unit_words(const MeasureDefinition& measure);
std::string_view unit_words(MeasureValue value, MeasureUnit unit);

/// Table `definitions`: every measure in words.
DataTable measure_definitions_table(const MeasureDefinitions& definitions);

/// Table `measures`: every measure of a place at a date of the grid, with the organisation beside it, exact
/// intervals of rates, and how many things are too recent. A
/// measure that must not stand alone has those beside it directly after it when `group` is given. `group`:
/// only its measures and those beside them; empty: all.
DataTable measures_table(const MeasureSource& source, const Place& place, std::size_t date,
                         std::string_view group, const MeasureLink& link);

/// Table `parts`: every part of the measure's function at a date: how many, which share of all and the mean
/// of its values (of a rate the person-years instead), and what it is in the figure.
DataTable measure_parts_table(const MeasureSource& source, const MeasureDefinition& measure,
                              const Place& place, std::size_t date);

/// Table `beside`: the measures that must stand beside this one; no rows: none must.
DataTable measure_beside_table(const MeasureSource& source, const MeasureDefinition& measure,
                               const Place& place, std::size_t date, const MeasureLink& link);

/// Table `months`: the series from its first shown month on, with limits, target and what the rules say.
DataTable measure_months_table(const MeasureSource& source, const MeasureSeries& series, const Place& place);

/// Table `cohorts`: each month's things by part.
DataTable measure_cohorts_table(const MeasureSource& source, const MeasureDefinition& measure,
                                const Place& place, std::size_t first, std::size_t date);

/// Whether a service's interval lies above or below the mean of all together.
enum class Apart : std::uint8_t { neither, higher, lower };

/// One service beside others.
struct ComparedMeasure {
    const Place* place;  ///< a service
    MeasureFigure figure;
    std::optional<double> value;
    /// 95 %: Wilson's of a share, exact Poisson of a rate, mean ± 1.959964 standard errors of a mean (two
    /// things at least).
    std::optional<Interval> interval;
    /// Of a share; nothing when the service is too small to judge: fewer than five expected among these, or
    /// among the others.
    std::optional<FunnelPosition> position;
    std::optional<Apart> apart;  ///< of a mean with an interval
};
struct MeasureComparison {
    const MeasureDefinition* measure;
    std::size_t date;  ///< in the grid
    Day as_at;
    std::vector<ComparedMeasure> services;
    MeasureFigure pooled;
    std::optional<Interval> pooled_interval;  ///< as ComparedMeasure::interval
    OverDispersion dispersion;                ///< of a share
    bool widened;                             ///< positions allow for it
    std::optional<Spread> spread;             ///< of the services' values
};
/// `services` are places; in their order, for it is no league table.
MeasureComparison compare_measure(const MeasureSource& source, const MeasureDefinition& measure,
                                  std::span<const Place> services, std::size_t date, bool widened);
/// Table `services`: those, and all of them together.
DataTable measure_services_table(const MeasureSource& source, const MeasureComparison& comparison);

/// Table `breakdown`: the measure by sex, age band or setting of what it counts.
enum class MeasureBreakdown : std::uint8_t { sex, age, setting };
std::string_view text_of(MeasureBreakdown by);
DataTable measure_breakdown_table(const MeasureSource& source, const MeasureDefinition& measure,
                                  const Place& place, std::size_t date, MeasureBreakdown by);

/// Tables that a function has of its own: `survival` (share not dropped out by day, with numbers at risk) and
/// `drop_out_days` of inductions, `exits` (successful exits by month, and when people came back) of
/// completions and returns, `spread` (mean, quartiles, extremes) of waiting, `by_state` (by stage and
/// band of the day before, with exact intervals) of deaths and overdoses.
std::vector<DataTable> measure_detail_tables(const MeasureSource& source, const MeasureDefinition& measure,
                                             const Place& place, std::size_t date);
/// The curve behind `survival`: days in MAT of spells that began as known inductions at the place in the
/// twelve months up to the date. Dropping out is the event; deaths, transfers and planned ends are censored.
SurvivalCurve spell_survival(const MeasureSource& source, const Place& place, std::size_t date);

/// Table `changes`: lasting changes of a place's measures in plain words, the latest first.
struct MeasureChange {
    const MeasureDefinition* measure;
    Day since, confirmed;
    double before, after;  ///< means, in the measure's unit
    Variation meaning;     ///< improvement, concern, or neither
    std::string sentence;
};
std::optional<MeasureChange> measure_change(const MeasureSeries& series, const std::string& place_name);
std::vector<MeasureChange> measure_changes(const MeasureSource& source, const Place& place, std::size_t date,
                                           const std::function<SeriesMarks(const MeasureDefinition&)>& marks);

/// Table `over_time`: every measure's latest month with variation and assurance in words: what the icons
/// show.
DataTable measure_overview_table(const MeasureSource& source, const Place& place, std::size_t date,
                                 const std::function<SeriesMarks(const MeasureDefinition&)>& marks,
                                 const MeasureLink& link);
/// `special cause: improvement (lower)`; `common cause`; `not judged: too few months`; `shifted up (better):
/// more than chance`.
std::string variation_words(const MeasureSeries& series);
/// What variation_words says of a run chart that there is.
std::string shift_words(const MeasureSeries& series);
/// `will hit the target`, `will miss the target`, `hit and miss`, `no target`; of a target without limits
/// that it is not judged.
std::string assurance_words(const MeasureSeries& series);

}  // namespace optimat
