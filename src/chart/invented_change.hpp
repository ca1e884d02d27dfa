#pragma once
// Invented series, waits and retention that the tests draw. None are of real people or services.

#include "base/day.hpp"
#include "chart/control_chart.hpp"
#include "chart/day_bars.hpp"
#include "chart/survival_curve.hpp"

#include <cmath>

namespace optimat::chart::invented {

inline std::vector<std::string> month_labels(std::size_t count) {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < count; ++i)
        labels.push_back(
            month_name(add_months(*day_of(2018, 10, 31), static_cast<int>(i + 1) - static_cast<int>(count))));
    return labels;
}

/// A share that moves as it always does, then falls for good.
inline std::vector<std::optional<double>> falling_share(std::size_t months, std::size_t falls_at) {
    std::vector<std::optional<double>> values;
    for (std::size_t i = 0; i < months; ++i) {
        const double noise =
            0.02 * std::sin(static_cast<double>(i) * 2.1) + 0.012 * std::cos(static_cast<double>(i * i));
        values.emplace_back((i < falls_at ? 0.46 : 0.36) + noise);
    }
    return values;
}

/// Everything a chart may hold: a re-base, a baseline, an excluded and a missing month, a target by month,
/// flags.
inline ControlPicture busy_control_chart() {
    auto values = falling_share(36, 20);
    values[7].reset();
    values[12] = 0.61;
    values[33] = 0.52;
    ChartSettings settings{
        .better = BetterWhen::lower, .rebases = {20}, .baselines = {{0, 11}}, .excluded = {12}};
    for (std::size_t i = 0; i < 36; ++i)
        if (i >= 6) settings.targets.resize(36), settings.targets[i] = i < 24 ? 0.4 : 0.3;
    return {"Red: MAT 2 below the threshold, of red, amber, green and grey",
            month_labels(36),
            xmr_chart(values, settings),
            BetterWhen::lower,
            Unit::share,
            {{11, "Doses reviewed with every keyworker of the service, with a plan for each person"},
             {20, "Same-day prescribing began"},
             {21, "Clinic opened on Saturdays"}}};
}

/// Eight months of which nobody knows yet how they usually move.
inline ControlPicture young_control_chart() {
    return {"Mean methadone dose, mg",
            month_labels(8),
            xmr_chart(std::vector<std::optional<double>>{54.2, 55.1, 53.8, 56, 55.2, 57.4, 58.1, 57.7},
                      {.better = BetterWhen::neither}),
            BetterWhen::neither,
            Unit::number,
            {}};
}

/// Every cause and both verdicts, without any re-base.
inline ControlPicture changing_control_chart() {
    return {"Green: MAT 3 at or above the threshold",
            month_labels(24),
            xmr_chart(falling_share(24, 13), {.better = BetterWhen::higher}),
            BetterWhen::higher,
            Unit::share,
            {}};
}

inline ControlPicture flat_control_chart() {
    ChartSettings settings{.better = BetterWhen::higher};
    settings.targets.assign(12, 0.95);
    return {"Seen within three weeks",
            month_labels(12),
            xmr_chart(std::vector<std::optional<double>>(12, 1.0), settings),
            BetterWhen::higher,
            Unit::share,
            {}};
}

/// Limits that differ by denominator.
inline ControlPicture share_control_chart() {
    std::vector<ShareCount> counts;
    for (std::int64_t i = 0; i < 18; ++i) {
        const std::int64_t n = 40 + 37 * i % 61;
        counts.push_back({n / 5 + i % 4 - (i == 9 ? n / 5 : 0), n});
    }
    counts[4] = {0, 0};
    return {"Drop-out before day 28",
            month_labels(18),
            p_chart(counts, ShareLimits::binomial, {.better = BetterWhen::lower}),
            BetterWhen::lower,
            Unit::share,
            {}};
}

inline optimat::SurvivalCurve retention(double leaving, std::int32_t people) {
    std::vector<Duration> durations;
    for (std::int32_t i = 0; i < people; ++i) {
        const auto length = static_cast<std::int32_t>(-std::log(1 - (i + 0.5) / people) / leaving);
        const std::int32_t followed = 40 + i * 53 % 330;
        durations.push_back(
            {std::min(length, followed), length <= followed ? Ending::event : Ending::censored});
    }
    return kaplan_meier(durations);
}

inline SurvivalPicture one_curve() {
    return {"Still prescribed", "days since the first prescription", {{"", retention(0.006, 84)}}, 182};
}
inline SurvivalPicture two_curves() {
    return {"Still prescribed",
            "days since the first prescription",
            {{"Methadone", retention(0.003, 1240)}, {"Buprenorphine", retention(0.005, 410)}},
            365};
}

inline DayBars waits() {
    return {"Wait for the first intervention",
            {{"up to 1 week", 312},
             {"1 to 2 weeks", 121},
             {"2 to 3 weeks", 48},
             {"3 to 6 weeks", 31, DayBarMark::beyond},
             {"longer than 6 weeks", std::nullopt, DayBarMark::beyond},
             {"not recorded", 0}},
            518,
            "of 518 people who started",
            "longer than 3 weeks"};
}

}  // namespace optimat::chart::invented
