#pragma once
// The program's version, recorded on everything that leaves it.

#include <string_view>

namespace optimat {

/// Such as `0.1.0`.
std::string_view program_version();

}  // namespace optimat
