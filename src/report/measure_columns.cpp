#include "report/measure_columns.hpp"

#include "report/number_text.hpp"

#include <cmath>
#include <fmt/format.h>

namespace optimat {

namespace {

/// A year of observation is 365.25 days: person-days × 100 ÷ this are person-years.
constexpr std::int64_t hundredths_of_a_year = 36'525;
/// From so many person-years on decimals say nothing.
constexpr double many_person_years = 100;

DataCell person_years(std::int64_t person_days) {
    return {CellKind::decimal, {}, person_days * 100, hundredths_of_a_year, {}};
}

}  // namespace

void add_count_columns(DataTable& table, const MeasureDefinition& measure) {
    if (measure.value == MeasureValue::rate) {
        table.columns.push_back({"numerator", "Events", CellKind::count, ""});
        table.columns.push_back({"person_years", "Person-years", CellKind::decimal, ""});
        return;
    }
    if (measure.value == MeasureValue::share)
        table.columns.push_back({"numerator", "Of these", CellKind::count, ""});
    table.columns.push_back({"denominator", "Of all", CellKind::count, ""});
    table.columns.push_back({"outside", "Not counted", CellKind::count, ""});
}

void add_count_cells(std::vector<DataCell>& row, const MeasureFigure& figure) {
    if (figure.value_kind == MeasureValue::rate) {
        row.push_back(numerator_cell(figure));
        row.push_back(person_years_cell(figure));
        return;
    }
    if (figure.value_kind == MeasureValue::share) row.push_back(numerator_cell(figure));
    row.push_back(denominator_cell(figure));
    row.push_back(outside_cell(figure));
}

void add_interval_columns(DataTable& table) {
    table.columns.push_back({"low", "Lower", CellKind::decimal, "95 % interval"});
    table.columns.push_back({"high", "Upper", CellKind::decimal, "95 % interval"});
}

void add_interval_cells(std::vector<DataCell>& row, const MeasureDefinition& measure,
                        const std::optional<Interval>& interval) {
    row.push_back(value_cell(measure, interval ? std::optional(interval->low) : std::nullopt));
    row.push_back(value_cell(measure, interval ? std::optional(interval->high) : std::nullopt));
}

void add_rate_interval_columns(DataTable& table, const MeasureDefinition& measure) {
    if (measure.value == MeasureValue::rate) add_interval_columns(table);
}

void add_rate_interval_cells(std::vector<DataCell>& row, const MeasureDefinition& measure,
                             const MeasureFigure& figure) {
    if (measure.value == MeasureValue::rate) add_interval_cells(row, measure, interval_of(figure));
}

DataCell numerator_cell(const MeasureFigure& figure) {
    // Of a mean it is a sum of values, which says nothing to people.
    return figure.value_kind == MeasureValue::mean ? DataCell::nothing() : DataCell::count(figure.numerator);
}

DataCell denominator_cell(const MeasureFigure& figure) {
    return figure.value_kind == MeasureValue::rate ? DataCell::nothing()
                                                   : DataCell::count(figure.denominator);
}

DataCell outside_cell(const MeasureFigure& figure) {
    return figure.value_kind == MeasureValue::rate ? DataCell::nothing() : DataCell::count(figure.outside());
}

DataCell person_years_cell(const MeasureFigure& figure) {
    return figure.value_kind == MeasureValue::rate ? person_years(figure.denominator) : DataCell::nothing();
}

std::string_view value_unit(const MeasureDefinition& measure) {
    return measure.value == MeasureValue::share ? "share" : unit_words(measure);
}

std::optional<Interval> interval_of(const MeasureFigure& figure) {
    switch (figure.value_kind) {
    case MeasureValue::share:
        return wilson_interval(figure.numerator, figure.denominator, z_of_95);
    case MeasureValue::rate:
        return rate_interval(figure.numerator, figure.denominator, CountMethod::exact, z_of_95);
    case MeasureValue::mean:
        break;
    }
    return std::nullopt;
}

std::string person_years_words(std::int64_t person_days) {
    const double years = static_cast<double>(person_days) / days_of_a_year;
    return fmt::format("{} person-years",
                       years < many_person_years ? decimal_text(years, 1) : count_text(std::llround(years)));
}

std::string interval_words(const MeasureDefinition& measure, const Interval& interval) {
    return fmt::format("{} to {}", shown_text(value_cell(measure, interval.low)),
                       shown_text(value_cell(measure, interval.high)));
}

std::string counts_words(const MeasureFigure& figure) {
    if (figure.value_kind == MeasureValue::rate)
        return fmt::format("{} in {}", counted(figure.numerator, "event"),
                           person_years_words(figure.denominator));
    std::string words =
        figure.value_kind == MeasureValue::mean
            ? count_text(figure.denominator)
            : fmt::format("{} of {}", count_text(figure.numerator), count_text(figure.denominator));
    if (figure.outside() != 0) words += fmt::format(", {} not counted", count_text(figure.outside()));
    return words;
}

}  // namespace optimat
