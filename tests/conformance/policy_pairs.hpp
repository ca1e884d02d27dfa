#pragma once

// One setting in the words of the engine and of the reference classifier.

#include "model/policy.hpp"
#include "reference.hpp"

#include <string>
#include <vector>

namespace optimat::conformance {

struct PolicyPair {
    std::string name;
    Policy engine;
    ReferencePolicy reference;
};

/// The policy as it ships, and every choice (comparator × evidence).
std::vector<PolicyPair> choices();

/// The policy as it ships with one number moved by its smallest step, for every number, up and down.
std::vector<PolicyPair> moved_numbers();

}  // namespace optimat::conformance
