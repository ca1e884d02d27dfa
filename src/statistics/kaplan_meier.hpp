#pragma once
// Kaplan–Meier: which share of those who started something is still in it after so many days, allowing for
// those who could not be followed that long. Sources: Kaplan and Meier 1958; Greenwood 1926; Kalbfleisch and
// Prentice 1980 for the interval.

#include "statistics/interval.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace optimat {

/// How the time of one person ends. `censored`: still in it when last seen.
enum class Ending : std::uint8_t { event, censored };

/// One person's time, in whole units (days); 0 or more.
struct Duration {
    std::int32_t length = 0;
    Ending ending = Ending::censored;
};

/// What happens at one time at which anybody's time ends. Those censored at a time are at risk of the events
/// of that time.
struct SurvivalStep {
    std::int32_t time = 0;
    std::int64_t at_risk = 0;  ///< just before it
    std::int64_t events = 0;
    std::int64_t censored = 0;
    double survival = 1;  ///< share still in it after it, 0 to 1
    /// Greenwood's variance of it: S² Σ d / (n (n − d)). Nothing once nobody survives.
    std::optional<double> variance;
    /// 95 % interval on the scale log(−log S): S to the power of e^(± z s). Before the first event it is 1 to
    /// 1; nothing once nobody survives.
    std::optional<Interval> interval;
};

struct SurvivalCurve {
    std::int64_t people = 0;
    std::vector<SurvivalStep> steps;  ///< rising; a step for every time, with events or with censoring only

    /// Share still in it after `time`: 1 before the first step. It says nothing about times after the last
    /// step, where nobody is followed: nothing there, unless nobody survives. Nothing for nobody.
    std::optional<double> survival_at(std::int32_t time) const;
    /// Its interval, where there is one.
    std::optional<Interval> interval_at(std::int32_t time) const;
    /// People followed at least until `time`.
    std::int64_t at_risk_at(std::int32_t time) const;
    /// The earliest time after which at most half are still in it; nothing when that is not reached.
    std::optional<std::int32_t> median() const;
};

/// In any order; nobody makes a curve without steps.
SurvivalCurve kaplan_meier(std::span<const Duration> durations);

}  // namespace optimat
