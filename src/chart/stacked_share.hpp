#pragma once
// The tracker's picture: a 100 % bar a month, stacked red, amber, green and grey, with each cohort's mean
// methadone dose inside it, and the uncategorised share of everybody in MAT beneath. Source: rule "Service
// tracker"; 000 section 4.1.

#include "chart/frame.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace optimat::chart {

/// The cohorts of a stacked bar, in the order of the tracker, the first at the bottom.
enum class Cohort : std::uint8_t { red, amber, green, grey };
inline constexpr std::size_t cohort_count = 4;
/// `Red`, …
std::string_view name_of(Cohort cohort);

enum class MonthKind : std::uint8_t { whole, part };

/// One column of the tracker.
struct ShareMonth {
    std::string label;  ///< `Oct 2018`, or `to 15 Oct 2018` for a part-month
    MonthKind kind = MonthKind::whole;
    std::array<std::int64_t, cohort_count> people{};                 ///< by Cohort
    std::array<std::optional<double>, cohort_count> mean_dose_mg{};  ///< nothing when no dose is known
    std::int64_t uncategorised = 0;
    std::int64_t in_mat = 0;                 ///< everybody in MAT, the denominator of the uncategorised share
    std::optional<std::int64_t> mat1, mat4;  ///< written beneath when given for any month

    /// Everybody in the four cohorts, the denominator of the stacked bar.
    std::int64_t in_cohorts() const;
    /// 0 to 1; nothing when nobody is in a cohort.
    std::optional<double> share(Cohort cohort) const;
    /// Share of everybody in MAT, 0 to 1; nothing when nobody is in MAT.
    std::optional<double> uncategorised_share() const;
};

struct StackedShare {
    std::vector<ShareMonth> months;  ///< rising; the last is highlighted
};

/// The SVG alone. A month without anybody in a cohort has an empty frame with a dash.
Html stacked_share(const StackedShare& data, const Frame& frame);
/// The figure with both drawings; frame.width is that of the wide one.
Html stacked_share_figure(const StackedShare& data, const Frame& frame);
/// Figures for the browser, kind `stacked_share`.
std::string chart_data_json(const StackedShare& data);

}  // namespace optimat::chart
