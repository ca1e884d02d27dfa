#include "priority_rows.hpp"
#include "steps.hpp"

#include <fmt/format.h>

namespace optimat::spec {

namespace {

WorkList list_argument(const SpecStep& step, const std::string& text) {
    const auto list = work_list_of(text);
    if (!list) throw SpecError(step.line, fmt::format("there is no list '{}'", text));
    return *list;
}

/// Reads the pictures of a day and the team's records.
void take_pictures(CaseRun& run, const SpecStep& step, const std::string& date, const std::string& place) {
    const Day as_at = day_argument(step, date);
    run.classify(step.line, {as_at});
    run.priority = PriorityTaken{place_argument(run, step, place),
                                 as_at,
                                 make_pictures(run.extract(step.line), run.policy(), as_at, {1}),
                                 run.team.records(run.extract(step.line)),
                                 {},
                                 {}};
}

void take_list(CaseRun& run, const SpecStep& step, WorkList list, ReviewTime time) {
    PriorityTaken& taken = *run.priority;
    taken.list = ListTaken{list, time,
                           work_list(run.extract(step.line), taken.pictures, run.policy(), list, taken.place,
                                     taken.records, time)};
}

void take_effect(CaseRun& run, const SpecStep& step, const std::string& last_day) {
    PriorityTaken& taken = *run.priority;
    taken.effect =
        list_effect(run.extract(step.line), run.policy(), taken.list->list, taken.pictures.as_at,
                    day_argument(step, last_day), taken.list->rows, taken.records, taken.list->time.to);
}

using Rows = ResultTable (*)(const CaseRun&, int);

Step then_step(const char* pattern, const char* words, const std::vector<ResultColumn>& columns, Rows rows,
               Extent extent) {
    return {pattern, Takes::table, words, column_words(columns),
            [rows, extent](CaseRun& run, const SpecStep& step, const auto&) {
                compare(step, *step.table, rows(run, step.line), extent, run.complain);
            }};
}

std::vector<Step> when_steps() {
    return {
        {"When list NAME is taken at DATE for PLACE with reviews to DATE", Takes::nothing,
         "The same for an older date: only reviews up to the second date count.", "",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             take_pictures(run, step, arguments[1], arguments[2]);
             take_list(run, step, list_argument(step, arguments[0]),
                       OptionalDay{day_argument(step, arguments[3])});
         }},
        {"When list NAME is taken at DATE for PLACE on DATE", Takes::nothing,
         "The same of the newest date, as it stands on the second, when some that were put off have come "
         "back.",
         "",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             take_pictures(run, step, arguments[1], arguments[2]);
             take_list(run, step, list_argument(step, arguments[0]), {{}, day_argument(step, arguments[3])});
         }},
        {"When list NAME is taken at DATE for PLACE", Takes::nothing,
         "A work list: `0` to `6`, `review-cohorts`, `mat4` or `slow-reduction`, of the newest date, on "
         "which every later "
         "review counts. The place is as for service data.",
         "",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             take_pictures(run, step, arguments[1], arguments[2]);
             take_list(run, step, list_argument(step, arguments[0]), {});
         }},
        {"When risk is taken at DATE", Takes::nothing,
         "The risk picture of everybody in the extract, whether in MAT or not.", "",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             take_pictures(run, step, arguments[0], "the organisation");
         }},
        {"When supervision is taken at DATE for PLACE", Takes::nothing,
         "Supervised consumption and the inventories that are current.", "",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             take_pictures(run, step, arguments[0], arguments[1]);
         }},
        {"When the effect of list NAME is taken at DATE for PLACE with data to DATE and reviews to DATE",
         Takes::nothing, "The same, with reviews up to the last date only.", "",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             take_pictures(run, step, arguments[1], arguments[2]);
             take_list(run, step, list_argument(step, arguments[0]),
                       OptionalDay{day_argument(step, arguments[4])});
             take_effect(run, step, arguments[3]);
         }},
        {"When the effect of list NAME is taken at DATE for PLACE with data to DATE", Takes::nothing,
         "Where the people of a list at the first date stand so many days after; the second date is the last "
         "that the "
         "data cover.",
         "",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             take_pictures(run, step, arguments[1], arguments[2]);
             take_list(run, step, list_argument(step, arguments[0]), {});
             take_effect(run, step, arguments[3]);
         }},
        {"When caseloads are taken at DATE for PLACE on DATE", Takes::nothing,
         "People by whose they are, and who has naloxone. Claims due before the second date are overdue.", "",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             take_pictures(run, step, arguments[0], arguments[1]);
             run.priority->today = day_argument(step, arguments[2]);
         }},
    };
}

std::vector<Step> list_steps() {
    return {
        then_step("Then the list is exactly",
                  "Everybody on the list, in whatever order; `place` is where each stands on it, from 1. "
                  "`evidence` is the "
                  "date of the latest of any age, `deciding` of what decided the stage; `owner` is the "
                  "keyworker, else "
                  "`service` and its id; `asci` and what belongs to it stand on lists 4 and 5 only.",
                  list_columns(), list_rows, Extent::exactly),
        then_step("Then the list holds", "The same, of some of its people.", list_columns(), list_rows,
                  Extent::named_rows),
        then_step("Then the list counts are exactly",
                  "How many are how far, by block and `all`. `tracker`: whether the tracker counts the same "
                  "people.",
                  list_count_columns(), list_count_rows, Extent::exactly),
        then_step("Then risk is",
                  "Some factors of some people: what decides, and the latest that says otherwise.",
                  risk_columns(), risk_rows, Extent::named_rows),
        then_step("Then risk counts are", "Of the nine factors, how many are so.", risk_count_columns(),
                  risk_count_rows, Extent::named_rows),
        then_step("Then risk findings are exactly",
                  "Every record that says something and is within its time.", risk_finding_columns(),
                  risk_finding_rows, Extent::exactly),
    };
}

std::vector<Step> team_measure_steps() {
    return {
        then_step(
            "Then supervision is exactly",
            "`by` is all, service, pharmacy or stage. `percent` is supervised of those on a daily medicine.",
            supervision_columns(), supervision_rows, Extent::exactly),
        then_step(
            "Then inventories are",
            "How many have a current one, and how many agree with what was decided; `by` as for supervision.",
            inventory_columns(), inventory_rows, Extent::named_rows),
        then_step("Then inventory items are exactly", "Of inventories that say what was decided.",
                  inventory_item_columns(), inventory_item_rows, Extent::exactly),
        then_step(
            "Then item combinations are exactly",
            "Items that are present together, with commas between them; empty: none. `place` is the order.",
            combination_columns(), combination_rows, Extent::exactly),
        then_step("Then the effect is",
                  "Some groups so many days after: `reviewed_before` and `reviewed_later` (in no other "
                  "group), `reviewed`, "
                  "`not_yet_reviewed`, `outcome NAME`, `reviewed "
                  "at` and "
                  "`not yet at` a service. The change of methadone is a mean over its pairs.",
                  effect_columns(), effect_rows, Extent::named_rows),
        then_step("Then caseloads are exactly", "A row an owner; `list_0` … is how many are still to review.",
                  caseload_columns(), caseload_rows, Extent::exactly),
        then_step("Then naloxone coverage is exactly",
                  "Of everybody `in_mat`, of `mat2`, and `out_of_cover`.", naloxone_columns(), naloxone_rows,
                  Extent::exactly),
    };
}

}  // namespace

std::vector<Step> priority_steps() {
    std::vector<Step> steps;
    for (auto part : {when_steps(), list_steps(), team_measure_steps()})
        steps.insert(steps.end(), part.begin(), part.end());
    return steps;
}

}  // namespace optimat::spec
