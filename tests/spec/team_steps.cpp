#include "intake/definitions.hpp"
#include "steps.hpp"

namespace optimat::spec {

std::vector<Step> team_given_steps() {
    return {
        {"Given reviews", Takes::table,
         "What the team has reviewed, numbered in the order of the rows. `lists` (as in `When list …`) and "
         "`outcomes` "
         "are names with commas between them; `awaits_co_signature` is yes or no.",
         "client_id, day, lists, outcomes, deferred_to, awaits_co_signature",
         [](CaseRun& run, const SpecStep& step, const auto&) { run.team.set_reviews(*step.table); }},
        {"Given claims", Takes::table,
         "Whom somebody of the team has taken on, and by when the review is due.",
         "client_id, assigned_to, due",
         [](CaseRun& run, const SpecStep& step, const auto&) { run.team.set_claims(*step.table); }},
        {"Given asci answers", Takes::table,
         "Inventories that the team answered itself, beside those of ascis.csv.",
         "client_id, day, supervised_before, supervised_after, and the inventory's items",
         [](CaseRun& run, const SpecStep& step, const auto&) {
             run.team.set_asci_answers(*step.table, run.definitions().inventory_items());
         }},
    };
}

}  // namespace optimat::spec
