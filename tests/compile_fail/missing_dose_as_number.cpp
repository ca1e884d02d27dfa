// A dose that may not be recorded is no number until somebody has asked whether it is.
#include "base/dose.hpp"

optimat::Micrograms doubled(optimat::OptionalDose dose) {
#ifdef MUST_NOT_COMPILE
    return dose + dose;
#else
    return dose ? *dose + *dose : optimat::milligrams(0);
#endif
}
