#pragma once

// The closed list of steps. Words in capitals in a pattern are places for an argument.

#include "case_run.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace optimat::spec {

/// What may stand behind a step; it must stand there.
enum class Takes { nothing, table, block };

struct Step {
    std::string pattern;  ///< `Given an extract that covers DATE to DATE`
    Takes takes = Takes::nothing;
    std::string words;    ///< for the list of steps
    std::string columns;  ///< the same: of its table
    std::function<void(CaseRun&, const SpecStep&, const std::vector<std::string>& arguments)> run;
};

/// Every step, in the order of the list. An argument word stands once or more in a pattern; a later step is
/// tried when an earlier one does not match.
std::span<const Step> all_steps();

/// Runs one step. Throws SpecError for a step that is not in the list, or whose table or block is missing or
/// too much, and CaseFailed.
void run_step(CaseRun& run, const SpecStep& step);

/// The text of spec/README.md: how to read and write specs, with the list of steps.
std::string steps_document();

// Parts of the list, by what they are about.
std::vector<Step> given_steps();
std::vector<Step> team_given_steps();
std::vector<Step> intake_steps();
std::vector<Step> state_steps();
std::vector<Step> measure_steps();
std::vector<Step> comparison_steps();
std::vector<Step> priority_steps();
std::vector<Step> outcome_steps();

/// Reads a date of a step. Throws SpecError when it is none.
Day day_argument(const SpecStep& step, const std::string& text);
/// Reads one date or several, with commas between them.
std::vector<Day> days_argument(const SpecStep& step, std::string_view text);

/// Reads a place of a step: `the organisation`, or a kind and an id (`region North`). Throws SpecError when
/// there is none.
Place place_argument(const CaseRun& run, const SpecStep& step, const std::string& text);

}  // namespace optimat::spec
