// An identifier becomes a text only where the code says so: there is no conversion.
#include "base/identifier.hpp"

#include <string_view>

std::string_view text_of_id(optimat::ClientId id) {
#ifdef MUST_NOT_COMPILE
    return id;
#else
    return id.bytes();
#endif
}
