#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace optimat {

void report_bug(const char* file, int line, const char* what) noexcept {
    std::fprintf(stderr,
                 "optimat: this is a bug, and the program stops rather than show a wrong number.\n"
                 "  %s (%s:%d)\n  Please report this line; it holds nothing about any person.\n",
                 what, file, line);
    std::_Exit(70);
}

}  // namespace optimat
