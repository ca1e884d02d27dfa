// Two days have a distance and no sum.
#include "base/day.hpp"

std::int32_t apart(optimat::Day left, optimat::Day right) {
#ifdef MUST_NOT_COMPILE
    return left + right;
#else
    return left - right;
#endif
}
