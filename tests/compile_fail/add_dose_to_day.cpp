// A day moves by days, not by a dose.
#include "base/day.hpp"
#include "base/dose.hpp"

optimat::Day later(optimat::Day day, optimat::Micrograms dose) {
#ifdef MUST_NOT_COMPILE
    return day + dose;
#else
    return day + static_cast<std::int32_t>(dose.number);
#endif
}
