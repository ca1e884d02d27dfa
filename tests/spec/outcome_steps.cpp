#include "outcome_rows.hpp"
#include "steps.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat::spec {

namespace {

const MeasureFunction& function_argument(const SpecStep& step, const std::string& name) {
    const MeasureFunction* function = find_measure_function(name);
    if (function == nullptr)
        throw SpecError(step.line, fmt::format("there is no measure function '{}'", name));
    return *function;
}

void count(CaseRun& run, const SpecStep& step, const std::vector<std::string>& arguments) {
    const MeasureFunction& function = function_argument(step, arguments[0]);
    const std::vector<Day> dates = days_argument(step, arguments[1]);
    if (std::ranges::adjacent_find(dates, std::greater_equal{}) != dates.end())
        throw SpecError(step.line, "the dates stand in their order");
    run.classify(step.line, dates);
    OutcomeTaken taken{&function, place_argument(run, step, arguments[2]), {}, {}, dates};
    const Extract& extract = run.extract(step.line);
    const MeasureGrid grid = make_measure_grid(extract, run.policy(), dates, {&function}, {1});
    for (std::size_t date = 0; date < dates.size(); ++date) {
        taken.cells.push_back(grid.at(function, date, taken.place));
        taken.items.push_back(
            list_items(extract, run.policy(), dates, function, date, taken.place, ItemSpan::date, {1}));
    }
    run.outcome = std::move(taken);
}

using Rows = ResultTable (*)(const CaseRun&, int);

Step then_step(const char* pattern, const char* words, const std::vector<ResultColumn>& columns, Rows rows,
               Extent extent) {
    return {pattern, Takes::table, words, column_words(columns),
            [rows, extent](CaseRun& run, const SpecStep& step, const auto&) {
                compare(step, *step.table, rows(run, step.line), extent, run.complain);
            }};
}

}  // namespace

std::vector<Step> outcome_steps() {
    return {
        {"When the measure function NAME is counted at DATE for PLACE", Takes::nothing,
         "At one date or several, with commas between them. What belongs to a month (inductions, courses, "
         "exits, …) is counted in the month of the date up to it, as known on the last of the dates. The "
         "place is as for service data.",
         "", count},
        then_step("Then the parts are exactly",
                  "How many things are in each part that has any; `sum` is over their values, in mg, days or "
                  "working days.",
                  part_columns(), part_rows, Extent::exactly),
        then_step(
            "Then the things are exactly",
            "Everything that was counted. `day` is the one by which a thing belongs to a month, else the "
            "date; `service` whose it is.",
            thing_columns(), thing_rows, Extent::exactly),
        then_step("Then measures are",
                  "Some of the measures that divide these parts. `population` is everything that was looked "
                  "at; `value` is a percentage, a mean in mg or days, or a rate for 100 person-years.",
                  measure_columns(), measure_rows, Extent::named_rows),
    };
}

}  // namespace optimat::spec
