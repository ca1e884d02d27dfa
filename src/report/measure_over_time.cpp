// A measure month after month, in tables and words.

#include "report/measure_beside.hpp"
#include "report/number_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

std::string_view words_for(PointState state) {
    switch (state) {
    case PointState::judged:
        return "";
    case PointState::empty:
        return "nothing to count";
    case PointState::too_early:
        return "too early";
    case PointState::excluded:
        return "excluded";
    case PointState::no_history:
        return "data do not reach back";
    }
    return "";
}

std::string_view words_for(SpecialCause cause) {
    switch (cause) {
    case SpecialCause::none:
        return "";
    case SpecialCause::outside_limits:
        return "outside the limits";
    case SpecialCause::trend:
        return "trend of 7";
    case SpecialCause::two_of_three:
        return "2 of 3 near a limit";
    case SpecialCause::shift:
        return "7 on one side of the mean";
    }
    return "";
}

std::string_view words_for(Variation variation) {
    switch (variation) {
    case Variation::common_cause:
        return "common cause";
    case Variation::improvement:
        return "special cause: improvement";
    case Variation::concern:
        return "special cause: concern";
    case Variation::neither:
        return "special cause: neither better nor worse";
    }
    return "";
}

/// Said of a folder's charts.
constexpr std::string_view without_marks =
    " The data are a folder's: targets and other marks that the dashboard keeps are not in it.";

/// `20.1 %`, `58.2 mg`, `3.4 days`.
std::string figure_words(const MeasureDefinition& measure, double value) {
    if (measure.value == MeasureValue::share) return percent_text(value, 1);
    return fmt::format("{} {}", decimal_text(value, 1), unit_words(measure));
}

std::vector<DataCell> limit_cells(const MeasureSeries& series, std::size_t i) {
    const MeasureDefinition& measure = *series.measure;
    if (!series.control || !series.control->points[i].limits)
        return {DataCell::nothing(), DataCell::nothing(), DataCell::nothing()};
    const ControlLimits& limits = *series.control->points[i].limits;
    return {value_cell(measure, limits.centre), value_cell(measure, limits.lower),
            value_cell(measure, limits.upper)};
}

std::string chart_note(const MeasureSeries& series) {
    switch (series.kind) {
    case ChartKind::xmr:
    case ChartKind::p_chart:
        return fmt::format("Rules: {}. Limits of fewer than {} months are provisional.",
                           series.control->rules, points_of_firm_limits);
    case ChartKind::run_chart:
        return fmt::format("{}Run chart: around the median, by the longest run and the number of crossings.",
                           series.has_too_few ? "Too few a month for limits. " : "");
    case ChartKind::line:
        return "Not judged: each figure covers twelve months, so that neighbouring ones say mostly the same.";
    }
    return "";
}

std::string rules_note(const MeasureSeries& series) {
    std::string note = chart_note(series);
    if (series.shown > 0 && series.kind != ChartKind::line)
        note += fmt::format(" The months from {} on are judged together.",
                            month_name(series.points.front().month));
    if (!series.marks_are_known) note += without_marks;
    return note;
}

/// ` (better)` or ` (worse)`; nothing where neither way is.
std::string_view better_words(BetterWhen better, Towards towards) {
    if (better == BetterWhen::neither) return "";
    return (better == BetterWhen::higher) == (towards == Towards::higher) ? " (better)" : " (worse)";
}

}  // namespace

DataTable measure_months_table(const MeasureSource& source, const MeasureSeries& series, const Place& place) {
    const MeasureDefinition& measure = *series.measure;
    DataTable table{"months",
                    fmt::format("{} by month", measure.title),
                    rules_note(series),
                    {{"month", "Month", CellKind::month, ""},
                     {"value", measure.title, CellKind::decimal, ""}},
                    {},
                    1};
    add_rate_interval_columns(table, measure);
    add_count_columns(table, measure);
    const DataColumn judgement[] = {{"centre", "Mean", CellKind::decimal, "Limits"},
                                    {"lower", "Lower", CellKind::decimal, "Limits"},
                                    {"upper", "Upper", CellKind::decimal, "Limits"},
                                    {"target", "Target", CellKind::decimal, ""},
                                    {"variation", "What it says", CellKind::words, ""},
                                    {"cause", "Why", CellKind::words, ""},
                                    {"state", "Remark", CellKind::words, ""}};
    table.columns.insert(table.columns.end(), std::begin(judgement), std::end(judgement));
    add_beside_columns(table, source, measure);
    for (std::size_t i = series.shown; i < series.points.size(); ++i) {
        const SeriesPoint& point = series.points[i];
        const ControlPoint judged = series.control ? series.control->points[i] : ControlPoint{};
        const bool used = series.control && point.state == PointState::judged && judged.limits;
        std::vector<DataCell> row = {DataCell::of_month(point.month), value_cell(point.figure)};
        add_rate_interval_cells(row, measure, point.figure);
        add_count_cells(row, point.figure);
        std::ranges::move(limit_cells(series, i), std::back_inserter(row));
        row.push_back(value_cell(measure, point.target));
        row.push_back(used ? DataCell::words(std::string(words_for(judged.variation))) : DataCell::nothing());
        row.push_back(used && judged.cause != SpecialCause::none
                          ? DataCell::words(std::string(words_for(judged.cause)))
                          : DataCell::nothing());
        row.push_back(point.state == PointState::judged
                          ? DataCell::nothing()
                          : DataCell::words(std::string(words_for(point.state))));
        const auto date = static_cast<std::size_t>(
            std::ranges::lower_bound(source.grid.dates(), point.month) - source.grid.dates().begin());
        add_beside_cells(row, source, measure, [&](const MeasureFunction& function) {
            return source.grid.at(function, date, place);
        });
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string shift_words(const MeasureSeries& series) {
    const RunChart& run = *series.run;
    if (!run.has_shifted()) return "no shift: chance alone";
    if (!run.towards) return "shifted: more than chance";
    return fmt::format("shifted {}{}: more than chance", *run.towards == Towards::higher ? "up" : "down",
                       better_words(series.measure->better, *run.towards));
}

std::string variation_words(const MeasureSeries& series) {
    if (series.kind == ChartKind::line) return "not judged: twelve-month figures";
    if (series.kind == ChartKind::run_chart) {
        if (!series.run) return "nothing to count";
        return shift_words(series) + (series.has_too_few ? "; too few a month for limits" : "");
    }
    if (!series.control->latest) return "not judged: too few months";
    const LatestVariation& latest = *series.control->latest;
    std::string words(words_for(latest.variation));
    if (latest.towards) words += fmt::format(" ({})", text_of(*latest.towards));
    return words;
}

std::string assurance_words(const MeasureSeries& series) {
    if (!series.control) return series.points.back().target ? "target not judged: no limits" : "no target";
    switch (series.control->assurance) {
    case Assurance::no_target:
        return "no target";
    case Assurance::consistently_hits:
        return "will hit the target";
    case Assurance::consistently_fails:
        return "will miss the target unless something changes";
    case Assurance::hit_and_miss:
        return "hit and miss";
    }
    return "";
}

std::optional<MeasureChange> measure_change(const MeasureSeries& series, const std::string& place_name) {
    if (!series.change) return std::nullopt;
    const MeasureDefinition& measure = *series.measure;
    const auto [before, after] = means_around(series, series.change->since);
    const bool higher = after > before;
    Variation meaning = Variation::neither;
    if (measure.better != BetterWhen::neither)
        meaning =
            (measure.better == BetterWhen::higher) == higher ? Variation::improvement : Variation::concern;
    const Day since = series.points[series.change->since].month;
    const std::string_view how = meaning == Variation::improvement ? "better"
                                 : meaning == Variation::concern   ? "worse"
                                                                   : "different";
    MeasureChange change{&measure,
                         since,
                         series.points[series.change->confirmed].month,
                         before,
                         after,
                         meaning,
                         fmt::format("{} at {}: {} since {}. About {} before, {} since.", measure.title,
                                     place_name, how, month_name(since), figure_words(measure, before),
                                     figure_words(measure, after))};
    return change;
}

std::vector<MeasureChange>
measure_changes(const MeasureSource& source, const Place& place, std::size_t date,
                const std::function<SeriesMarks(const MeasureDefinition&)>& marks) {
    std::vector<MeasureChange> changes;
    for (const MeasureDefinition& measure : source.definitions.measures) {
        const MeasureSeries series = measure_series(measure, source.grid, place, 0, date, marks(measure));
        if (auto change = measure_change(series, place.name)) changes.push_back(std::move(*change));
    }
    std::ranges::stable_sort(changes, std::ranges::greater{}, &MeasureChange::since);
    return changes;
}

DataTable measure_overview_table(const MeasureSource& source, const Place& place, std::size_t date,
                                 const std::function<SeriesMarks(const MeasureDefinition&)>& marks,
                                 const MeasureLink& link) {
    DataTable table{
        "over_time",
        "All measures over time",
        "Each measure's latest month, whether it moves more than it always does, and whether it will "
        "meet its target as things run now.",
        {{"measure", "Name", CellKind::words, ""},
         {"title", "Measure", CellKind::words, ""},
         {"month", "Month", CellKind::month, ""},
         {"value", "Value", CellKind::decimal, ""},
         {"unit", "Unit", CellKind::words, ""},
         {"variation", "Variation", CellKind::words, ""},
         {"target", "Target", CellKind::decimal, ""},
         {"assurance", "Target met", CellKind::words, ""},
         {"centre", "Mean", CellKind::decimal, "Limits"},
         {"lower", "Lower", CellKind::decimal, "Limits"},
         {"upper", "Upper", CellKind::decimal, "Limits"}},
        {},
        2};
    add_interval_columns(table);
    table.columns[table.columns.size() - 2].group = table.columns.back().group = "95 % interval of a rate";
    bool marks_are_known = true;
    for (const MeasureDefinition& measure : source.definitions.measures) {
        const MeasureSeries series = measure_series(measure, source.grid, place, 0, date, marks(measure));
        // The latest month that can be judged; where none can, the latest that there is.
        std::size_t at = series.points.size() - 1;
        while (at > 0 && series.points[at].state != PointState::judged)
            --at;
        if (series.points[at].state != PointState::judged) at = series.points.size() - 1;
        DataCell title = DataCell::words(measure.title);
        if (link) title = std::move(title).linked(link(measure));
        std::vector<DataCell> row = {DataCell::words(measure.name),
                                     std::move(title),
                                     DataCell::of_month(series.points[at].month),
                                     value_cell(series.points[at].figure),
                                     DataCell::words(std::string(value_unit(measure))),
                                     DataCell::words(variation_words(series)),
                                     value_cell(measure, series.points[at].target),
                                     DataCell::words(assurance_words(series))};
        std::ranges::move(limit_cells(series, at), std::back_inserter(row));
        const bool rate = measure.value == MeasureValue::rate;
        add_interval_cells(row, measure, rate ? interval_of(series.points[at].figure) : std::nullopt);
        table.rows.push_back(std::move(row));
        marks_are_known = series.marks_are_known;
    }
    if (!marks_are_known) table.note += without_marks;
    return table;
}

}  // namespace optimat
