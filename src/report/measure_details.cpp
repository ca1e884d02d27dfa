// The tables that single functions have of their own: survival and drop-out of inductions, exits and returns,
// harm by state, the spread of waits.

#include "outcome/harm_by_state.hpp"
#include "outcome/working_days.hpp"
#include "report/measure_beside.hpp"
#include "report/number_text.hpp"
#include "statistics/kaplan_meier.hpp"
#include "statistics/quantile.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>

namespace optimat {

namespace {

/// The first of a cohort's months that a figure of the date is of.
std::size_t first_month_of_year(const MeasureSource& source, const MeasureFunction& function,
                                std::size_t date) {
    return date + 1 - source.grid.months_of_year(function, date);
}

/// `12 months to 31 October 2018`, fewer when the data begin later.
std::string year_words(const MeasureSource& source, const MeasureFunction& function, std::size_t date) {
    return fmt::format(
        "{} to {}", counted(static_cast<std::int64_t>(source.grid.months_of_year(function, date)), "month"),
        long_date(source.grid.dates()[date]));
}

/// Whether somebody of this part of exits has come back, within six months, later, or too early to say which.
bool has_returned(const MeasureItem& exit) {
    const MeasureFunction& exits = *find_measure_function("exits");
    const auto is = [&](std::string_view name) { return exits.part(name) == exit.part; };
    return is("re_presented") || is("returned_later") || (is("too_early") && exit.value > 0);
}

/// Exits of a place by the month of the exit: the months of their returns, each with how many.
using ReturnsByMonth = std::map<Day, std::map<Day, std::int64_t>>;

ReturnsByMonth returns_by_month(const MeasureSource& source, const Place& place, std::size_t date) {
    ReturnsByMonth returns;
    for (const ListedItem& listed :
         list_items(source.extract, source.policy, source.grid.dates(), *find_measure_function("exits"), date,
                    place, ItemSpan::year, source.threads))
        if (has_returned(listed.item))
            ++returns[month_end(listed.item.day)]
                     [month_end(listed.item.day + static_cast<std::int32_t>(listed.item.value))];
    return returns;
}

/// `Dec 2017 (12), Jan 2018 (9)`.
DataCell months_cell(const std::map<Day, std::int64_t>& months) {
    std::string words;
    for (const auto& [month, people] : months)
        words += fmt::format("{}{} ({})", words.empty() ? "" : ", ", month_name(month), count_text(people));
    return words.empty() ? DataCell::nothing() : DataCell::words(words);
}

DataTable empty_exits_table(const std::int32_t months) {
    return {"exits",
            "Successful exits and those who came back later",
            fmt::format("By the month of the exit; came back: a new journey since, whenever, with its month "
                        "and how many. Months with less than {} since have had less time than the others.",
                        counted(months, "month")),
            {{"month", "Month", CellKind::month, ""},
             {"exits", "Exits", CellKind::count, ""},
             {"returned", "Came back later", CellKind::count, ""},
             {"when", "When", CellKind::words, ""},
             {"remark", "Remark", CellKind::words, ""}},
            {},
            1};
}

DataTable exits_table(const MeasureSource& source, const MeasureDefinition& measure, const Place& place,
                      std::size_t date) {
    const MeasureFunction& exits = *find_measure_function("exits");
    const auto& dates = source.grid.dates();
    const std::int32_t months = source.policy.outcome.re_presentation_months;
    DataTable table = empty_exits_table(months);
    add_beside_columns(table, source, measure);
    const ReturnsByMonth returns = returns_by_month(source, place, date);
    for (std::size_t month = first_month_of_year(source, exits, date); month <= date; ++month) {
        const Day end = month_end(dates[month]);
        const auto found = returns.find(end);
        const std::map<Day, std::int64_t> when =
            found == returns.end() ? std::map<Day, std::int64_t>{} : found->second;
        std::int64_t returned = 0;
        for (const auto& [_, people] : when)
            returned += people;
        std::vector<DataCell> row = {
            DataCell::of_month(dates[month]), DataCell::count(source.grid.at(exits, month, place).all()),
            DataCell::count(returned), months_cell(when),
            dates.back() < add_months(end, months)
                ? DataCell::words(fmt::format("less than {} to come back", counted(months, "month")))
                : DataCell::nothing()};
        add_beside_cells(row, source, measure, [&](const MeasureFunction& function) {
            return source.grid.at(function, month, place);
        });
        table.rows.push_back(std::move(row));
    }
    return table;
}

DataTable survival_table(const MeasureSource& source, const SurvivalCurve& curve, std::size_t date) {
    DataTable table{
        "survival",
        "Share not dropped out, by day",
        fmt::format("Of {} that began in the {}. Kaplan–Meier: dropping out is the event. Planned ends, "
                    "transfers and deaths are no drop-outs: these people, and those still in MAT, are "
                    "followed for as long as they were in it. So it is higher than the share retained, "
                    "which leaves out nobody who left.",
                    counted(curve.people, "spell"),
                    year_words(source, *find_measure_function("spell_course"), date)),
        {{"day", "Day", CellKind::count, ""},
         {"share", "Not dropped out", CellKind::share, ""},
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

/// One person's spell: a person has one at most that begins on a day.
using SpellKey = std::tuple<std::size_t, std::uint32_t, Day>;
SpellKey key_of(const ListedItem& listed) {
    return {listed.client.chunk, listed.client.client, listed.item.day};
}

/// Those that the rule of inductions calls drop-outs, as the figure of the page does: a spell's own course
/// also knows who left within days of the last date, which is too early for it.
std::set<SpellKey> induction_drop_outs(const MeasureSource& source, const Place& place, std::size_t date) {
    const MeasureFunction& inductions = *find_measure_function("induction");
    std::set<SpellKey> drop_outs;
    for (const ListedItem& listed : list_items(source.extract, source.policy, source.grid.dates(), inductions,
                                               date, place, ItemSpan::year, source.threads))
        if (inductions.part("dropped_out") == listed.item.part) drop_outs.insert(key_of(listed));
    return drop_outs;
}

DataTable drop_out_days_table(const MeasureSource& source, const Place& place, std::size_t date) {
    DataTable table{
        "drop_out_days",
        "Dropped out of induction, by the last day covered",
        fmt::format("Of inductions that began in the {}.",
                    year_words(source, *find_measure_function("spell_course"), date)),
        {{"days", "Day of induction", CellKind::words, ""}, {"number", "Dropped out", CellKind::count, ""}},
        {},
        1};
    constexpr int last_days[] = {1, 3, 7, 14, 21};
    const int last_of_all = source.policy.induction_days - 1;
    std::int64_t counts[std::size(last_days) + 1] = {};
    const std::set<SpellKey> drop_outs = induction_drop_outs(source, place, date);
    for (const ListedItem& listed :
         list_items(source.extract, source.policy, source.grid.dates(),
                    *find_measure_function("spell_course"), date, place, ItemSpan::year, source.threads))
        if (drop_outs.contains(key_of(listed)))
            ++counts[std::ranges::lower_bound(last_days, listed.item.value) - std::begin(last_days)];
    for (std::size_t i = 0; i < std::size(counts); ++i) {
        const int first = i == 0 ? 1 : last_days[i - 1] + 1;
        const int last = i < std::size(last_days) ? std::min(last_days[i], last_of_all) : last_of_all;
        if (first > last) continue;
        table.rows.push_back(
            {DataCell::words(first == last ? fmt::format("{}", first) : fmt::format("{} to {}", first, last)),
             DataCell::count(counts[i])});
    }
    return table;
}

std::string_view words_for(Stage stage) {
    switch (stage) {
    case Stage::mat1:
        return "In induction (MAT 1)";
    case Stage::mat2:
        return "Using on top (MAT 2)";
    case Stage::mat3:
        return "Not using (MAT 3)";
    case Stage::mat4:
        return "In detoxification (MAT 4)";
    case Stage::uncategorised:
        break;
    }
    return "No current evidence";
}

std::string_view words_for(Band band) {
    switch (band) {
    case Band::below:
        return "below threshold";
    case Band::at_or_above:
        return "at or above threshold";
    case Band::unknown:
        break;
    }
    return "not banded";
}

/// Where people stood for less than a year in all, a rate says nothing.
bool is_too_short(const HarmCount& count) { return static_cast<double>(count.person_days) < days_of_a_year; }

DataTable harm_table(const MeasureSource& source, const Place& place, std::size_t date) {
    DataTable table{
        "by_state",
        "Deaths and overdoses in MAT, by where people stood the day before",
        "Rates per 100 person-years, with exact 95 % intervals. Small numbers: nothing is concluded from one "
        "row.",
        {{"stage", "Where they stood", CellKind::words, ""},
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
    std::int64_t rows_left_out = 0;
    HarmCount left_out;
    for (std::size_t stage = 0; stage < stage_count; ++stage)
        for (std::size_t band = 0; band < band_count; ++band) {
            const HarmCount& count = harm[stage][band];
            if (is_too_short(count)) {
                ++rows_left_out;
                left_out += count;
                continue;
            }
            std::vector<DataCell> row = {
                DataCell::words(std::string(words_for(static_cast<Stage>(stage)))),
                DataCell::words(std::string(words_for(static_cast<Band>(band)))),
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
    if (rows_left_out > 0)
        table.note += fmt::format(" {} below one person-year left out: together {:.1f} person-years, {}, {}.",
                                  rows_left_out == 1 ? std::string("1 row is")
                                                     : fmt::format("{} rows are", rows_left_out),
                                  static_cast<double>(left_out.person_days) / days_of_a_year,
                                  counted(left_out.deaths, "death"), counted(left_out.overdoses, "overdose"));
    return table;
}

/// The parts of those whose wait is over: of the function's mean.
std::vector<std::uint8_t> waited_parts(const MeasureDefinitions& definitions,
                                       const MeasureDefinition& measure) {
    for (const MeasureDefinition& one : definitions.measures)
        if (one.function == measure.function && one.value == MeasureValue::mean) return one.numerator;
    return measure.denominator;
}

DataTable spread_table(const MeasureSource& source, const MeasureDefinition& measure, const Place& place,
                       std::size_t date) {
    DataTable table{"spread",
                    measure.function->unit == MeasureUnit::working_days ? "Working days" : "Days",
                    "",
                    {{"number", "Number", CellKind::count, ""},
                     {"mean", "Mean", CellKind::decimal, ""},
                     {"lowest", "Shortest", CellKind::decimal, ""},
                     {"lower_quartile", "Lower quartile", CellKind::decimal, ""},
                     {"median", "Median", CellKind::decimal, ""},
                     {"upper_quartile", "Upper quartile", CellKind::decimal, ""},
                     {"highest", "Longest", CellKind::decimal, ""}},
                    {},
                    1};
    const std::vector<std::uint8_t> waited = waited_parts(source.definitions, measure);
    std::vector<double> values;
    double sum = 0;
    for (const ListedItem& listed :
         list_items(source.extract, source.policy, source.grid.dates(), *measure.function, date, place,
                    ItemSpan::year, source.threads)) {
        if (std::ranges::find(waited, listed.item.part) == waited.end()) continue;
        values.push_back(static_cast<double>(listed.item.value));
        sum += values.back();
    }
    const auto number = static_cast<std::int64_t>(values.size());
    const auto spread = spread_of(std::move(values));
    if (measure.function->unit == MeasureUnit::working_days &&
        !holidays_known(source.grid.dates()[date], source.policy.bank_holidays))
        table.note += "Bank holidays of this year are not known to the program: only weekends are left out.";
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
                                               date, place, ItemSpan::year, source.threads))
        durations.push_back({static_cast<std::int32_t>(listed.item.value),
                             listed.item.part == dropped_out ? Ending::event : Ending::censored});
    return kaplan_meier(durations);
}

std::vector<DataTable> measure_detail_tables(const MeasureSource& source, const MeasureDefinition& measure,
                                             const Place& place, std::size_t date) {
    std::vector<DataTable> tables;
    const std::string_view function = measure.function->name;
    if (function == "induction" || function == "retention")
        tables.push_back(survival_table(source, spell_survival(source, place, date), date));
    if (function == "induction") tables.push_back(drop_out_days_table(source, place, date));
    if (function == "exits" || function == "re_presentation" || function == "successful_completion")
        tables.push_back(exits_table(source, measure, place, date));
    if (function == "harm") tables.push_back(harm_table(source, place, date));
    if (function == "waiting" || function == "prescription_wait")
        tables.push_back(spread_table(source, measure, place, date));
    return tables;
}

}  // namespace optimat
