// The ids of prescriptions, TOPs and other records have no formatter either.
#include "base/identifier.hpp"

#include <fmt/format.h>
#include <string>

std::string text_of_id(optimat::RecordId id) {
#ifdef MUST_NOT_COMPILE
    return fmt::format("{}", id);
#else
    return fmt::format("{}", id.bytes());
#endif
}
