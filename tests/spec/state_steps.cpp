#include "state_rows.hpp"
#include "steps.hpp"

#include <fmt/format.h>

namespace optimat::spec {

std::vector<Step> state_steps() {
    return {
        {"When classified at DATE", Takes::nothing,
         "States at one date or several, with commas between them.", "",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             run.classify(step.line, days_argument(step, arguments[0]));
         }},
        {"Then states are exactly", Takes::table,
         "Everybody in MAT and nobody else. `dose_mg` empty: not known; `prescription_id` leads, "
         "`evidence_id` is the TOP "
         "or screen that decides, `compared_with` the day whose dose the derived regime compares with.",
         column_words(state_columns()),
         [](CaseRun& run, const SpecStep& step, const auto&) {
             compare(step, *step.table, state_rows(run, step.line), Extent::exactly, run.complain);
         }},
        {"Then nobody is in MAT", Takes::nothing, "At none of the dates.", "",
         [](CaseRun& run, const SpecStep& step, const auto&) {
             for (const auto& row : state_rows(run, step.line).rows)
                 run.complain(step.line, fmt::format("{} {} | expected nobody in MAT", row[0], row[1]));
         }},
        {"Then attributions are exactly", Takes::table, "To whom each person in MAT belongs.",
         column_words(attribution_columns()),
         [](CaseRun& run, const SpecStep& step, const auto&) {
             compare(step, *step.table, attribution_rows(run, step.line), Extent::exactly, run.complain);
         }},
    };
}

}  // namespace optimat::spec
