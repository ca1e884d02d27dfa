#include "steps.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace optimat::spec {

namespace {

std::string table_argument(const SpecStep& step, const std::string& words) {
    const auto table = table_for_words(words);
    if (!table) throw SpecError(step.line, fmt::format("the contract has no table '{}'", words));
    return *table;
}

}  // namespace

std::vector<Step> given_steps() {
    std::vector<Step> steps = {
        {"Given an extract that covers DATE to DATE", Takes::nothing,
         "The days that the prescribing data cover, both included.", "",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             day_argument(step, arguments[0]);
             day_argument(step, arguments[1]);
             run.given.set_period(arguments[0], arguments[1]);
         }},
        {"Given the file NAME", Takes::block, "A file of the folder, byte for byte: what no table can show.",
         "",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             run.given.set_file(arguments[0], unescaped(*step.block));
         }},
        {"Given no file NAME", Takes::nothing,
         "Leaves a file out of the folder that would be there otherwise.", "",
         [](CaseRun& run, const SpecStep&, const auto& arguments) {
             run.given.leave_out_file(arguments[0]);
         }},
        {"Given the policy", Takes::block, "Values of a policy file over those that ship.", "",
         [](CaseRun& run, const SpecStep& step, const auto&) { run.policy_text = step.block->text; }},
        {"Given the mapping", Takes::block,
         "A mapping; tables that the case does not give are then not written.", "",
         [](CaseRun& run, const SpecStep& step, const auto&) { run.given.set_mapping(step.block->text); }},
    };
    std::ranges::move(team_given_steps(), std::back_inserter(steps));
    // The last: its pattern matches those above it too.
    steps.push_back(
        {"Given TABLE", Takes::table,
         "Rows of services, clients, episodes, prescriptions, TOPs, drug screens, risk profiles, ASCIs or "
         "events.",
         "those of the contract's file, and `people`",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             run.given.set_table(table_argument(step, arguments[0]), *step.table);
         }});
    return steps;
}

}  // namespace optimat::spec
