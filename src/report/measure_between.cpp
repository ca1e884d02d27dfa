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

/// A rule of thumb for the normal approximation that both funnels rest on: so many are expected among these
/// and among the others.
constexpr double least_expected = 5;

bool can_be_judged(std::int64_t denominator, double pooled) {
    const auto things = static_cast<double>(denominator);
    return things * pooled >= least_expected && things * (1 - pooled) >= least_expected;
}

enum class Side : std::uint8_t { neither, higher, lower };

Side side_of(FunnelPosition position) {
    switch (position) {
    case FunnelPosition::high_95:
    case FunnelPosition::high_998:
        return Side::higher;
    case FunnelPosition::low_95:
    case FunnelPosition::low_998:
        return Side::lower;
    case FunnelPosition::inside:
        break;
    }
    return Side::neither;
}

/// `: better`, `: worse`; nothing where neither way is better.
std::string_view judgement(Side side, BetterWhen better) {
    if (better == BetterWhen::neither || side == Side::neither) return "";
    const bool good = (side == Side::higher) == (better == BetterWhen::higher);
    return good ? ": better" : ": worse";
}

/// `much lower than chance alone: better`.
std::string words_for(FunnelPosition position, BetterWhen better, bool widened) {
    const Side side = side_of(position);
    if (side == Side::neither) return widened ? "within the limits" : "as chance would have it";
    const bool far = position == FunnelPosition::high_998 || position == FunnelPosition::low_998;
    return fmt::format("{}{} than {}{}", far ? "much " : "", side == Side::higher ? "higher" : "lower",
                       widened ? "the limits" : "chance alone", judgement(side, better));
}

std::string words_for(Apart apart, BetterWhen better) {
    switch (apart) {
    case Apart::higher:
        return fmt::format("higher{}", judgement(Side::higher, better));
    case Apart::lower:
        return fmt::format("lower{}", judgement(Side::lower, better));
    case Apart::neither:
        break;
    }
    return "not clearly apart";
}

/// A service beside all together; of rates nothing is concluded.
DataCell compared_cell(const MeasureDefinition& measure, const ComparedMeasure& one, bool widened) {
    if (one.position) return DataCell::words(words_for(*one.position, measure.better, widened));
    if (one.apart) return DataCell::words(words_for(*one.apart, measure.better));
    return measure.value == MeasureValue::rate || !one.value ? DataCell::nothing()
                                                             : DataCell::words("too few to judge");
}

std::optional<Apart> apart_from(double pooled, const std::optional<Interval>& interval) {
    if (!interval) return std::nullopt;
    if (interval->low > pooled) return Apart::higher;
    return interval->high < pooled ? Apart::lower : Apart::neither;
}

/// Those services as one place.
Place together(const std::vector<ComparedMeasure>& services) {
    Place all;
    all.kind = PlaceKind::area;
    for (const ComparedMeasure& one : services)
        all.services.insert(all.services.end(), one.place->services.begin(), one.place->services.end());
    std::ranges::sort(all.services);
    return all;
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
    MeasureComparison comparison;
    comparison.measure = &measure;
    comparison.date = date;
    comparison.as_at = source.grid.dates()[date];
    comparison.widened = widened;
    std::vector<FunnelCount> counts;
    std::vector<double> values;
    std::optional<MeanIntervals> means;
    if (measure.value == MeasureValue::mean) means.emplace(source, measure, date);
    const auto interval = [&](const Place& place, const MeasureFigure& figure) {
        return means ? means->of(place, figure) : interval_of(figure);
    };
    MeasureCell all;
    for (const Place& place : services) {
        const MeasureCell cell = source.grid.of_year(*measure.function, date, place);
        all += cell;
        const MeasureFigure figure = figure_of(measure, cell);
        comparison.services.push_back({&place, figure, figure.value(), interval(place, figure), {}, {}});
        counts.push_back({figure.numerator, figure.denominator});
        if (figure.value()) values.push_back(*figure.value());
    }
    comparison.pooled = figure_of(measure, all);
    comparison.pooled_interval = interval(together(comparison.services), comparison.pooled);
    comparison.spread = spread_of(std::move(values));
    if (measure.value == MeasureValue::rate || comparison.pooled.denominator == 0) return comparison;
    const double pooled = *comparison.pooled.value();
    if (means) {
        for (ComparedMeasure& one : comparison.services)
            one.apart = apart_from(pooled, one.interval);
        return comparison;
    }
    comparison.dispersion = over_dispersion(counts, pooled);
    for (ComparedMeasure& one : comparison.services)
        if (can_be_judged(one.figure.denominator, pooled))
            one.position = widened ? funnel_position(one.figure.numerator, one.figure.denominator, pooled,
                                                     comparison.dispersion)
                                   : funnel_position(one.figure.numerator, one.figure.denominator, pooled);
    return comparison;
}

namespace {

std::string services_note(const MeasureComparison& comparison) {
    const std::string order = "No ranking: services stand in the order of their names.";
    switch (comparison.measure->value) {
    case MeasureValue::share:
        return order +
               (comparison.widened
                    ? fmt::format(" Limits allow for services differing more than by chance (tau² {:.5f}).",
                                  comparison.dispersion.tau_squared)
                    : std::string(" Limits of chance alone, 95 %; much: 99.8 %.")) +
               " Too few to judge: fewer than five expected among these, or among the others.";
    case MeasureValue::mean:
        return order + " Higher and lower: the service's interval leaves out the mean of all together.";
    case MeasureValue::rate:
        break;
    }
    return order +
           " Small numbers: the interval is exact and wide, and nothing is concluded from one service.";
}

DataTable empty_services_table(const MeasureDefinition& measure) {
    DataTable table{"services",
                    fmt::format("{} by service", measure.title),
                    "",
                    {{"service_id", "Id", CellKind::words, ""},
                     {"service", "Service", CellKind::words, ""},
                     {"value", measure.title, CellKind::decimal, ""}},
                    {},
                    2};
    add_interval_columns(table);
    add_count_columns(table, measure);
    if (measure.value != MeasureValue::rate)
        table.columns.push_back({"position", "Compared with all", CellKind::words, ""});
    return table;
}

}  // namespace

DataTable measure_services_table(const MeasureSource& source, const MeasureComparison& comparison) {
    const MeasureDefinition& measure = *comparison.measure;
    DataTable table = empty_services_table(measure);
    table.note = services_note(comparison);
    add_beside_columns(table, source, measure);
    const Place all = together(comparison.services);
    const auto add = [&](const Place& place, const ComparedMeasure& one) {
        std::vector<DataCell> row = {one.place != nullptr ? DataCell::words(place.id) : DataCell::nothing(),
                                     DataCell::words(one.place != nullptr ? place.name : "Together"),
                                     value_cell(one.figure)};
        add_interval_cells(row, measure, one.interval);
        add_count_cells(row, one.figure);
        if (measure.value != MeasureValue::rate)
            row.push_back(one.place != nullptr ? compared_cell(measure, one, comparison.widened)
                                               : DataCell::nothing());
        add_beside_cells(row, source, measure, [&](const MeasureFunction& function) {
            return source.grid.of_year(function, comparison.date, place);
        });
        table.rows.push_back(std::move(row));
    };
    for (const ComparedMeasure& one : comparison.services)
        add(*one.place, one);
    add(all, {nullptr, comparison.pooled, comparison.pooled.value(), comparison.pooled_interval, {}, {}});
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
                     {"value", measure.title, CellKind::decimal, ""}},
                    {},
                    1};
    add_rate_interval_columns(table, measure);
    add_count_columns(table, measure);
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
            std::vector<DataCell> row = {DataCell::words(one.first), value_cell(figure)};
            add_rate_interval_cells(row, measure, figure);
            add_count_cells(row, figure);
            // By part, those beside are not broken down: the place's own figures stand there.
            add_beside_cells(row, source, measure, [&](const MeasureFunction& function) {
                return source.grid.of_year(function, date, place);
            });
            table.rows.push_back(std::move(row));
        }
    return table;
}

}  // namespace optimat
