// A broken invariant must stop a fuzzer with its input kept: this stands in for base/check.cpp, which ends
// the program.

#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

void optimat::report_bug(const char* file, int line, const char* what) noexcept {
    std::fprintf(stderr, "broken invariant: %s (%s:%d)\n", what, file, line);
    std::abort();
}
