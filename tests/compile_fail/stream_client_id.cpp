// Identifiers have no <<: they cannot be streamed to a log.
#include "base/identifier.hpp"

#include <ostream>

void write_id(std::ostream& stream, optimat::ClientId id) {
#ifdef MUST_NOT_COMPILE
    stream << id;
#else
    stream << id.bytes();
#endif
}
