#pragma once
// All values of a policy as a text that is kept with what was made under it, and the policy again: lines of
// `name=value`, doses in micrograms. Not a policy file: it holds every value, whatever files they came from,
// bank holidays too.

#include "model/policy.hpp"

#include <string>
#include <string_view>

namespace optimat {

std::string write_policy_record(const Policy& policy);

/// A value that the text does not have, because it was written before there was such a value, is that of
/// `base`; a name that this program does not know is passed over. Throws DefinitionError for a line that is
/// none and a value that cannot be.
Policy read_policy_record(std::string_view text, const Policy& base);

}  // namespace optimat
