#pragma once
// A bar on standard error while long work runs: only on a terminal, only when it takes more than half a
// second.

#include "cli/settings.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace optimat {

class ProgressBar {
  public:
    /// `what` is being done: `Reading`.
    ProgressBar(const Settings& settings, std::string what);
    /// Takes the bar away.
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// From any thread, one at a time.
    void show(std::uint64_t done, std::uint64_t all);

  private:
    using Clock = std::chrono::steady_clock;
    std::string m_what;
    bool m_wanted, m_shown = false;
    Clock::time_point m_started, m_drawn;
};

}  // namespace optimat
