// The tables that single functions have of their own: survival and drop-out of inductions, exits and returns,
// harm by state, the spread of waits.

#include "outcome/harm_by_state.hpp"
#include "outcome/working_days.hpp"
#include "report/measure_beside.hpp"
#include "statistics/kaplan_meier.hpp"
#include "statistics/quantile.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace optimat {

namespace {

DataTable exits_table(const MeasureSource& source, const MeasureDefinition& measure, const Place& place,
                      std::size_t date) {
    const MeasureFunction& exits = *find_measure_function("exits");
    const auto& dates = source.grid.dates();
    DataTable table{"exits",
                    "Successful exits and those who came back later",
                    "By the month of the exit; came back: a new journey since, whenever.",
                    {{"month", "Month", CellKind::month, ""},
                     {"exits", "Exits", CellKind::count, ""},
                     {"returned", "Came back later", CellKind::count, ""},
                     {"when", "When", CellKind::words, ""}},
                    {},
                    1};
    add_beside_columns(table, source, measure);
    std::map<Day, std::vector<Day>> returns;
    for (const ListedItem& listed :
         list_items(source.extract, source.policy, dates, exits, date, place, ItemSpan::year, source.threads))
        if (listed.item.part == static_cast<std::uint8_t>(*exits.part("re_presented")))
            returns[month_end(listed.item.day)].push_back(
                month_end(listed.item.day + static_cast<std::int32_t>(listed.item.value)));
    const std::size_t first = date < 11 ? 0 : date - 11;
    for (std::size_t month = first; month <= date; ++month) {
        const MeasureCell cell = source.grid.at(exits, month, place);
        auto& when = returns[month_end(dates[month])];
        std::ranges::sort(when);
        std::string words;
        for (const Day day : when)
            words += fmt::format("{}{}", words.empty() ? "" : ", ", month_name(day));
        std::vector<DataCell> row = {DataCell::of_month(dates[month]), DataCell::count(cell.all()),
                                     DataCell::count(static_cast<std::int64_t>(when.size())),
                                     words.empty() ? DataCell::nothing() : DataCell::words(words)};
        add_beside_cells(row, source, measure, [&](const MeasureFunction& function) {
            return source.grid.at(function, month, place);
        });
        table.rows.push_back(std::move(row));
    }
    return table;
}

DataTable survival_table(const SurvivalCurve& curve) {
    DataTable table{
        "survival",
        "Share still in MAT by day",
        "Kaplan–Meier: dropping out is the event; who died, was transferred, left as planned or is still "
        "in MAT is followed for as long as they were in it.",
        {{"day", "Day", CellKind::count, ""},
         {"share", "Still in MAT", CellKind::share, ""},
         {"low", "Lower", CellKind::share, "95 % interval"},
         {"high", "Upper", CellKind::share, "95 % interval"},
         {"at_risk", "Followed so long", CellKind::count, ""}},
        {},
        1};
    for (const std::int32_t day : {7, 14, 21, 28, 56, 84, 112, 140, 183, 274, 365}) {
        const auto share = curve.survival_at(day);
        if (!share) continue;
        const auto interval = curve.interval_at(day);
        table.rows.push_back(
            {DataCell::count(day), DataCell::decimal(share, CellKind::share),
             DataCell::decimal(interval ? std::optional(interval->low) : std::nullopt, CellKind::share),
             DataCell::decimal(interval ? std::optional(interval->high) : std::nullopt, CellKind::share),
             DataCell::count(curve.at_risk_at(day))});
    }
    return table;
}

DataTable drop_out_days_table(const MeasureSource& source, const Place& place, std::size_t date) {
    const MeasureFunction& spells = *find_measure_function("spell_course");
    DataTable table{
        "drop_out_days",
        "Dropped out of induction, by the last day covered",
        "Of inductions of the twelve months.",
        {{"days", "Day of induction", CellKind::words, ""}, {"number", "Dropped out", CellKind::count, ""}},
        {},
        1};
    constexpr int last_days[] = {1, 3, 7, 14, 21, 27};
    std::int64_t counts[std::size(last_days)] = {};
    for (const ListedItem& listed : list_items(source.extract, source.policy, source.grid.dates(), spells,
                                               date, place, ItemSpan::year, source.threads)) {
        if (listed.item.part != *spells.part("dropped_out")) continue;
        const auto until = std::ranges::lower_bound(last_days, listed.item.value);
        if (until != std::end(last_days)) ++counts[until - std::begin(last_days)];
    }
    for (std::size_t i = 0; i < std::size(last_days); ++i) {
        const int first = i == 0 ? 1 : last_days[i - 1] + 1;
        table.rows.push_back(
            {DataCell::words(first == last_days[i] ? fmt::format("{}", first)
                                                   : fmt::format("{} to {}", first, last_days[i])),
             DataCell::count(counts[i])});
    }
    return table;
}

DataTable harm_table(const MeasureSource& source, const Place& place, std::size_t date) {
    DataTable table{
        "by_state",
        "Deaths and overdoses in MAT, by where people stood the day before",
        "Per 100 person-years, with exact 95 % intervals. Small numbers: nothing is concluded from one row.",
        {{"stage", "Stage", CellKind::words, ""},
         {"band", "Dose", CellKind::words, ""},
         {"person_years", "Person-years", CellKind::decimal, ""},
         {"deaths", "Number", CellKind::count, "Deaths"},
         {"deaths_rate", "Rate", CellKind::decimal, "Deaths"},
         {"deaths_low", "Lower", CellKind::decimal, "Deaths"},
         {"deaths_high", "Upper", CellKind::decimal, "Deaths"},
         {"overdoses", "Number", CellKind::count, "Non-fatal overdoses"},
         {"overdoses_rate", "Rate", CellKind::decimal, "Non-fatal overdoses"},
         {"overdoses_low", "Lower", CellKind::decimal, "Non-fatal overdoses"},
         {"overdoses_high", "Upper", CellKind::decimal, "Non-fatal overdoses"}},
        {},
        2};
    const HarmByState harm =
        harm_by_state(source.extract, source.policy, source.grid.dates()[date], place, source.threads);
    for (std::size_t stage = 0; stage < stage_count; ++stage)
        for (std::size_t band = 0; band < band_count; ++band) {
            const HarmCount& count = harm[stage][band];
            std::vector<DataCell> row = {
                DataCell::words(std::string(text_of(static_cast<Stage>(stage)))),
                DataCell::words(std::string(text_of(static_cast<Band>(band)))),
                DataCell::decimal(static_cast<double>(count.person_days) / days_of_a_year)};
            for (const std::int64_t events : {count.deaths, count.overdoses}) {
                const auto interval = rate_interval(events, count.person_days, CountMethod::exact, z_of_95);
                row.push_back(DataCell::count(events));
                row.push_back(DataCell::decimal(rate_per_100_person_years(events, count.person_days)));
                row.push_back(DataCell::decimal(interval ? std::optional(interval->low) : std::nullopt));
                row.push_back(DataCell::decimal(interval ? std::optional(interval->high) : std::nullopt));
            }
            table.rows.push_back(std::move(row));
        }
    return table;
}

DataTable spread_table(const MeasureSource& source, const MeasureDefinition& measure, const Place& place,
                       std::size_t date) {
    DataTable table{"spread",
                    measure.function->unit == MeasureUnit::working_days ? "Working days" : "Days",
                    "Quartiles of type 7.",
                    {{"number", "Number", CellKind::count, ""},
                     {"mean", "Mean", CellKind::decimal, ""},
                     {"lowest", "Shortest", CellKind::decimal, ""},
                     {"lower_quartile", "Lower quartile", CellKind::decimal, ""},
                     {"median", "Median", CellKind::decimal, ""},
                     {"upper_quartile", "Upper quartile", CellKind::decimal, ""},
                     {"highest", "Longest", CellKind::decimal, ""}},
                    {},
                    1};
    const FunctionText& text = source.definitions.text(*measure.function);
    std::vector<double> values;
    double sum = 0;
    for (const ListedItem& listed :
         list_items(source.extract, source.policy, source.grid.dates(), *measure.function, date, place,
                    ItemSpan::year, source.threads)) {
        if (text.parts[listed.item.part].outside || text.parts[listed.item.part].name == "never_started")
            continue;
        values.push_back(static_cast<double>(listed.item.value));
        sum += values.back();
    }
    const auto number = static_cast<std::int64_t>(values.size());
    const auto spread = spread_of(std::move(values));
    if (measure.function->unit == MeasureUnit::working_days &&
        !holidays_known(source.grid.dates()[date], source.policy.bank_holidays))
        table.note += " Bank holidays of this year are not known to the program: only weekends are left out.";
    if (!spread) return table;
    table.rows.push_back({DataCell::count(number), DataCell::decimal(sum / static_cast<double>(number)),
                          DataCell::decimal(spread->lowest), DataCell::decimal(spread->lower_quartile),
                          DataCell::decimal(spread->median), DataCell::decimal(spread->upper_quartile),
                          DataCell::decimal(spread->highest)});
    return table;
}

}  // namespace

SurvivalCurve spell_survival(const MeasureSource& source, const Place& place, std::size_t date) {
    const MeasureFunction& spells = *find_measure_function("spell_course");
    const std::uint8_t dropped_out = *spells.part("dropped_out");
    std::vector<Duration> durations;
    for (const ListedItem& listed : list_items(source.extract, source.policy, source.grid.dates(), spells,
                                               date, place, ItemSpan::all, source.threads))
        durations.push_back({static_cast<std::int32_t>(listed.item.value),
                             listed.item.part == dropped_out ? Ending::event : Ending::censored});
    return kaplan_meier(durations);
}

std::vector<DataTable> measure_detail_tables(const MeasureSource& source, const MeasureDefinition& measure,
                                             const Place& place, std::size_t date) {
    std::vector<DataTable> tables;
    const std::string_view function = measure.function->name;
    if (function == "induction" || function == "retention")
        tables.push_back(survival_table(spell_survival(source, place, date)));
    if (function == "induction") tables.push_back(drop_out_days_table(source, place, date));
    if (function == "exits" || function == "re_presentation" || function == "successful_completion")
        tables.push_back(exits_table(source, measure, place, date));
    if (function == "harm") tables.push_back(harm_table(source, place, date));
    if (function == "waiting" || function == "prescription_wait")
        tables.push_back(spread_table(source, measure, place, date));
    return tables;
}

}  // namespace optimat
