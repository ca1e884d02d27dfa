// A person's id is no record's id.
#include "base/identifier.hpp"

bool is_record(optimat::RecordId record, optimat::ClientId client) {
#ifdef MUST_NOT_COMPILE
    return record == client;
#else
    return record.bytes() == client.bytes();
#endif
}
