#pragma once
// Services beside each other at one date: one measure, each service's value with its uncertainty, and the
// pooled value of all. In order of the extract's services; it is no league table. Rules funnel and "Service
// tracker".

#include "measure/tracker.hpp"
#include "statistics/better_when.hpp"
#include "statistics/interval.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// A share of people lies on a funnel; a mean dose has an interval and no funnel.
enum class MeasureKind : std::uint8_t { share, mean_dose };

/// A measure that services may be compared by.
struct ComparableMeasure {
    std::string_view id;           ///< `red_share`
    std::string_view words;        ///< `Red: MAT 2 below threshold`
    std::string_view denominator;  ///< of what: `of red, amber, green and grey`
    MeasureKind kind;
    BetterWhen better;
    /// Whether a person in MAT counts in the denominator; for a mean the dose must be a known one of
    /// methadone.
    bool (*in_denominator)(const State&);
    /// Whether a person of the denominator counts in the numerator; of a mean everybody does.
    bool (*in_numerator)(const State&);
};
std::span<const ComparableMeasure> comparable_measures();
/// Nothing when there is no measure of that id.
const ComparableMeasure* find_measure(std::string_view id);

/// One measure's exact sums for one service or several.
struct MeasureSums {
    std::int64_t in_mat = 0;       ///< people in MAT: the size of the list
    std::int64_t denominator = 0;  ///< people
    std::int64_t numerator = 0;    ///< people; of a mean: those of the denominator
    std::int64_t micrograms = 0;   ///< of a mean: the sum of doses
    /// Of a mean: the sum of squared doses in whole µg², exact for any number of people.
    __extension__ unsigned __int128 squares = 0;
    void add(const State& state, const ComparableMeasure& measure);
    MeasureSums& operator+=(const MeasureSums& other);
    friend bool operator==(const MeasureSums&, const MeasureSums&) = default;
    /// A share 0 to 1, or a mean in mg; nothing when nobody is in the denominator.
    std::optional<double> value(MeasureKind kind) const;
    /// 95 % interval: Wilson's of a share; of a mean, mean ± 1.959964 standard errors (normal, sample
    /// variance), which needs two people at least. Nothing otherwise.
    std::optional<Interval> interval(MeasureKind kind) const;
};

struct ComparedService {
    std::size_t service;  ///< place in Extract::services
    MeasureSums sums;
    std::optional<double> value;
    std::optional<Interval> interval;
    std::optional<FunnelPosition> position;  ///< of a share with a denominator only
};

struct Comparison {
    const ComparableMeasure* measure;
    Day date;
    std::vector<ComparedService>
        services;        ///< of the peer group, rising; those with denominator 0 have no value
    MeasureSums pooled;  ///< over these services
    std::optional<double> pooled_value;
};

/// Compares services at a date (its place in states.dates). `services` are places in Extract::services,
/// rising: a peer group, or all of them.
Comparison compare(const Extract& extract, const States& states, std::size_t date,
                   std::span<const std::size_t> services, const ComparableMeasure& measure);

}  // namespace optimat
