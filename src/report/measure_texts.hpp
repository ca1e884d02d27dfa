#pragma once
// definitions/measures.toml → MeasureDefinitions.

#include "outcome/measure_definition.hpp"

#include <string>
#include <string_view>

namespace optimat {

/// Reads and checks the definitions: every function and part exists, a function's words name its parts in
/// order, a numerator lies within its denominator (of a rate: apart from it), parts outside are in neither,
/// names are unique, what stands beside is defined. Throws DefinitionError with file and line.
MeasureDefinitions measure_definitions(std::string_view toml, const std::string& origin);

}  // namespace optimat
