#include "base/version.hpp"

namespace optimat {

std::string_view program_version() { return OPTIMAT_VERSION; }

}  // namespace optimat
