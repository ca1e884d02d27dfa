// Identifiers have no formatter: they cannot reach a log line or an error text by way of fmt.
#include "base/identifier.hpp"

#include <fmt/format.h>
#include <string>

std::string text_of_id(optimat::ClientId id) {
#ifdef MUST_NOT_COMPILE
    return fmt::format("{}", id);
#else
    return fmt::format("{}", id.bytes());
#endif
}
