// The ids of prescriptions, TOPs and other records have no << either.
#include "base/identifier.hpp"

#include <ostream>

void write_id(std::ostream& stream, optimat::RecordId id) {
#ifdef MUST_NOT_COMPILE
    stream << id;
#else
    stream << id.bytes();
#endif
}
