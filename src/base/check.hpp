#pragma once
// OPTIMAT_CHECK: a broken invariant is a bug and stops the program in every build: a wrong number costs more
// than a stop. Never reachable by what a user or a file supplies.

namespace optimat {

/// Prints where and what, then ends the program with exit code 70.
[[noreturn]] void report_bug(const char* file, int line, const char* what) noexcept;

}  // namespace optimat

#define OPTIMAT_CHECK(condition, what)                                                                       \
    do {                                                                                                     \
        if (!(condition)) [[unlikely]]                                                                       \
            ::optimat::report_bug(__FILE__, __LINE__, what);                                                 \
    } while (false)
