#pragma once

// Runs spec files.

#include "model/issue.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace optimat::spec {

/// Exit codes of the runner.
enum class Outcome : int { as_specified = 0, different = 1, unusable_spec = 2 };

struct SpecRun {
    Outcome outcome = Outcome::as_specified;
    std::vector<std::string> messages;  ///< `NAME:LINE case | …`, one a difference
    std::size_t cases = 0;
    std::vector<std::string> rules;  ///< that the file proves
    std::set<Rule> confirmed_rules;  ///< issue rules that the file names in a Then and the engine raised
};

/// Runs all cases of a spec's text; `name` stands in messages.
SpecRun run_spec(std::string_view text, const std::string& name);

}  // namespace optimat::spec
