// A measure of services beside each other, and by sex, age and setting.

#include "measure/attribution.hpp"
#include "report/measure_beside.hpp"
#include "report/number_text.hpp"
#include "statistics/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace optimat {

namespace {

bool is_in(const std::vector<std::uint8_t>& parts, std::uint8_t part) {
    return std::ranges::find(parts, part) != parts.end();
}

/// Of a mean: squared values by service, for its interval.
class MeanIntervals {
  public:
    MeanIntervals(const MeasureSource& source, const MeasureDefinition& measure, std::size_t date)
        : m_squares(source.extract.services.size()) {
        for (const ListedItem& listed :
             list_items(source.extract, source.policy, source.grid.dates(), *measure.function, date,
                        source.organisation, ItemSpan::year, source.threads))
            if (is_in(measure.numerator, listed.item.part) && listed.item.service.has_value()) {
                const auto value = static_cast<double>(listed.item.value);
                m_squares[*listed.item.service] += value * value;
            }
    }
    std::optional<Interval> of(const Place& place, const MeasureFigure& figure) const {
        if (figure.denominator < 2) return std::nullopt;
        double squares = 0;
        for (const std::size_t service : place.services)
            squares += m_squares[service];
        const auto things = static_cast<double>(figure.denominator);
        const double mean = static_cast<double>(figure.numerator) / things;
        const double variance = std::max(0.0, (squares - things * mean * mean) / (things - 1));
        const double scale = *figure.value() == 0 || mean == 0 ? 1 : *figure.value() / mean;
        const double reach = z_of_95 * std::sqrt(variance / things) * scale;
        return Interval{*figure.value() - reach, *figure.value() + reach};
    }

  private:
    std::vector<double> m_squares;
};

std::optional<Interval> interval_of(const MeasureFigure& figure) {
    if (figure.value_kind == MeasureValue::share)
        return wilson_interval(figure.numerator, figure.denominator, z_of_95);
    return rate_interval(figure.numerator, figure.denominator, CountMethod::exact, z_of_95);
}

std::string_view words_for(FunnelPosition position) {
    switch (position) {
    case FunnelPosition::inside:
        return "as chance would have it";
    case FunnelPosition::high_95:
        return "higher: look";
    case FunnelPosition::high_998:
        return "higher: act";
    case FunnelPosition::low_95:
        return "lower: look";
    case FunnelPosition::low_998:
        return "lower: act";
    }
    return "";
}

constexpr std::string_view breakdown_texts[] = {"sex", "age", "setting"};
constexpr std::string_view setting_words[] = {"not recorded", "community", "prison", "in-patient",
                                              "shared care"};
constexpr std::string_view sex_words[] = {"not recorded", "female", "male", "other", "not known"};

std::string part_of(const MeasureSource& source, const ListedItem& listed, MeasureBreakdown by) {
    const Chunk& chunk = source.extract.chunks[listed.client.chunk];
    const Table& clients = chunk.table(TableKind::clients);
    switch (by) {
    case MeasureBreakdown::sex:
        return std::string(
            sex_words[static_cast<std::size_t>(clients.column<Sex>(ClientField::sex)[listed.client.client])]);
    case MeasureBreakdown::age: {
        const OptionalCount born =
            clients.column<OptionalCount>(ClientField::year_of_birth)[listed.client.client];
        if (!born) return std::string(age_band(std::nullopt));
        return std::string(age_band(civil(listed.item.day).year - *born));
    }
    case MeasureBreakdown::setting:
        break;
    }
    if (!listed.item.service.has_value()) return "not recorded";
    return std::string(
        setting_words[static_cast<std::size_t>(source.extract.services[*listed.item.service].kind)]);
}

}  // namespace

std::string_view text_of(MeasureBreakdown by) { return breakdown_texts[static_cast<std::size_t>(by)]; }

MeasureComparison compare_measure(const MeasureSource& source, const MeasureDefinition& measure,
                                  std::span<const Place> services, std::size_t date, bool widened) {
    MeasureComparison comparison{&measure, date, source.grid.dates()[date], {}, {}, {}, widened, {}};
    comparison.pooled.value_kind = measure.value;
    comparison.pooled.unit = measure.function->unit;
    MeasureCell all;
    std::vector<FunnelCount> counts;
    std::vector<double> values;
    const bool share = measure.value == MeasureValue::share;
    std::optional<MeanIntervals> means;
    if (measure.value == MeasureValue::mean) means.emplace(source, measure, date);
    for (const Place& place : services) {
        const MeasureCell cell = source.grid.of_year(*measure.function, date, place);
        all += cell;
        const MeasureFigure figure = figure_of(measure, cell);
        comparison.services.push_back(
            {&place, figure, figure.value(), means ? means->of(place, figure) : interval_of(figure), {}});
        counts.push_back({figure.numerator, figure.denominator});
        if (figure.value()) values.push_back(*figure.value());
    }
    comparison.pooled = figure_of(measure, all);
    comparison.spread = spread_of(std::move(values));
    if (!share || comparison.pooled.denominator == 0) return comparison;
    const double pooled = *comparison.pooled.value();
    comparison.dispersion = over_dispersion(counts, pooled);
    for (ComparedMeasure& one : comparison.services)
        one.position = widened ? funnel_position(one.figure.numerator, one.figure.denominator, pooled,
                                                 comparison.dispersion)
                               : funnel_position(one.figure.numerator, one.figure.denominator, pooled);
    return comparison;
}

DataTable measure_services_table(const MeasureSource& source, const MeasureComparison& comparison) {
    const MeasureDefinition& measure = *comparison.measure;
    DataTable table{"services",
                    fmt::format("{} by service", measure.title),
                    "",
                    {{"service_id", "Id", CellKind::words, ""},
                     {"service", "Service", CellKind::words, ""},
                     {"value", measure.title, CellKind::decimal, ""},
                     {"low", "Lower", CellKind::decimal, "95 % interval"},
                     {"high", "Upper", CellKind::decimal, "95 % interval"},
                     {"numerator", "Of these", CellKind::count, ""},
                     {"denominator", "Of all", CellKind::count, ""},
                     {"outside", "Beside", CellKind::count, ""},
                     {"position", "Beside the others", CellKind::words, ""}},
                    {},
                    2};
    add_beside_columns(table, source, measure);
    const auto add = [&](const Place* place, const MeasureFigure& figure,
                         const std::optional<Interval>& interval,
                         const std::optional<FunnelPosition>& position) {
        const bool mean = measure.value == MeasureValue::mean;
        std::vector<DataCell> row = {
            place != nullptr ? DataCell::words(place->id) : DataCell::nothing(),
            DataCell::words(place != nullptr ? place->name : "Together"),
            value_cell(figure),
            value_cell(measure, interval ? std::optional(interval->low) : std::nullopt),
            value_cell(measure, interval ? std::optional(interval->high) : std::nullopt),
            DataCell::count(mean ? figure.denominator : figure.numerator),
            DataCell::count(figure.denominator),
            measure.value == MeasureValue::rate ? DataCell::nothing() : DataCell::count(figure.outside()),
            position ? DataCell::words(std::string(words_for(*position))) : DataCell::nothing()};
        add_beside_cells(row, source, measure, [&](const MeasureFunction& function) {
            if (place != nullptr) return source.grid.of_year(function, comparison.date, *place);
            MeasureCell together;
            for (const ComparedMeasure& one : comparison.services)
                together += source.grid.of_year(function, comparison.date, *one.place);
            return together;
        });
        table.rows.push_back(std::move(row));
    };
    for (const ComparedMeasure& one : comparison.services)
        add(one.place, one.figure, one.interval, one.position);
    add(nullptr, comparison.pooled, {}, {});
    table.note = "No ranking: services stand in the order of their names.";
    if (measure.value == MeasureValue::rate)
        table.note +=
            " Small numbers: the interval is exact and wide, and nothing is concluded from one service.";
    if (measure.value == MeasureValue::share)
        table.note +=
            comparison.widened
                ? fmt::format(" Limits allow for services differing more than by chance (tau² {:.5f}).",
                              comparison.dispersion.tau_squared)
                : std::string(" Limits of chance alone, 95 % and 99.8 %.");
    return table;
}

DataTable measure_breakdown_table(const MeasureSource& source, const MeasureDefinition& measure,
                                  const Place& place, std::size_t date, MeasureBreakdown by) {
    constexpr std::string_view headings[] = {"Sex", "Age", "Setting"};
    const std::string_view heading = headings[static_cast<std::size_t>(by)];
    DataTable table{fmt::format("by_{}", text_of(by)),
                    fmt::format("{}, by {}", measure.title, text_of(by)),
                    "",
                    {{"part", std::string(heading), CellKind::words, ""},
                     {"value", measure.title, CellKind::decimal, ""},
                     {"numerator", "Of these", CellKind::count, ""},
                     {"denominator", "Of all", CellKind::count, ""},
                     {"outside", "Beside", CellKind::count, ""}},
                    {},
                    1};
    add_beside_columns(table, source, measure);
    std::map<std::string, MeasureCell> cells;
    for (const ListedItem& listed :
         list_items(source.extract, source.policy, source.grid.dates(), *measure.function, date, place,
                    ItemSpan::year, source.threads)) {
        MeasureCell& cell = cells[part_of(source, listed, by)];
        ++cell.count[listed.item.part];
        cell.sum[listed.item.part] += listed.item.value;
    }
    // The youngest first, not recorded last.
    const auto order = [](const auto& one) {
        return one.first.starts_with("under ") ? 0 : one.first == "not recorded" ? 2 : 1;
    };
    for (const int place_in_order : {0, 1, 2})
        for (const auto& one : cells) {
            if (order(one) != place_in_order) continue;
            const MeasureFigure figure = figure_of(measure, one.second);
            const bool mean = measure.value == MeasureValue::mean;
            std::vector<DataCell> row = {DataCell::words(one.first), value_cell(figure),
                                         DataCell::count(mean ? figure.denominator : figure.numerator),
                                         DataCell::count(figure.denominator),
                                         measure.value == MeasureValue::rate
                                             ? DataCell::nothing()
                                             : DataCell::count(figure.outside())};
            // By part, those beside are not broken down: the place's own figures stand there.
            add_beside_cells(row, source, measure, [&](const MeasureFunction& function) {
                return source.grid.of_year(function, date, place);
            });
            table.rows.push_back(std::move(row));
        }
    return table;
}

}  // namespace optimat
