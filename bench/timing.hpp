#pragma once
// How long a piece of work takes, by the clock on the wall and in processor time.

#include <chrono>
#include <ctime>

namespace optimat {

struct Timing {
    double wall_ms;
    double processor_ms;  ///< of all threads: what the work costs whatever else the machine is doing
};

inline double processor_milliseconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

template <class Work> Timing timed(Work work) {
    const double processor_start = processor_milliseconds();
    const auto start = std::chrono::steady_clock::now();
    work();
    const double wall =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    return {wall, processor_milliseconds() - processor_start};
}

}  // namespace optimat
