#pragma once
// What leaves the organisation of its releases, protected within each release and across all of them. Rule
// disclosure.
//
// Within a release the parts of a function that its leaving measures tell apart, for all places that leave,
// are one table and protected together (measure/disclosure). Across releases:
//   - a month leaves once, with the first release of it: a later release of the same month would tell by its
//     difference whom late data or a correction concern;
//   - the twelve months of one release overlap those of the next, so that the difference of two figures is a
//   count
//     of the few months in which they do not: a count that differs from one shown before by 1 to hidden_below
//     − 1 people is hidden, and protected, as if it were small;
//   - whoever asks gets no other cut: no peer groups, no merged services, no filters.
// A release that was withdrawn since has been seen and counts as seen.

#include "measure/disclosure.hpp"
#include "model/release.hpp"
#include "outcome/measure_definition.hpp"

#include <string>
#include <vector>

namespace optimat {

struct ReleaseToPublish {
    std::int64_t number;
    Day as_at;
    const ReleaseFigures* figures;
    std::int64_t hidden_below;  ///< of the policy of the release
};

/// One measure of one place as it may be shown.
struct PublishedFigure {
    Disclosed numerator, denominator;  ///< things; of a rate the denominator is person-days
    /// Whether the value, a share or a rate, may be shown: both numbers are, and there is a denominator.
    bool has_value() const { return numerator.is_shown() && denominator.is_shown() && denominator.value > 0; }
};

struct PublishedRelease {
    std::int64_t number;
    Day as_at;
    std::vector<Place> places;  ///< that leave; services are places in ReleaseFigures::services
    std::vector<const ReleaseMeasure*> measures;
    std::vector<std::vector<PublishedFigure>> figures;  ///< [measure][place]
};

/// What may leave of the releases, which are in the order of their numbers: those that are the first of their
/// month. What one of them gives depends on itself and on earlier ones only. `leaving` are the names of the
/// measures that may leave: shares, and rates of events.
std::vector<PublishedRelease> publish_releases(std::span<const ReleaseToPublish> releases,
                                               std::span<const std::string> leaving);
/// A release's tracker of its day, and what of it may leave.
struct ReleasedTracker {
    std::vector<Place> places;  ///< all of the release: places_of()
    std::vector<TrackerCell> services;
    std::vector<DisclosedTrackerCell> disclosed;  ///< by place
    TrackerCell at(std::size_t place) const;
};
ReleasedTracker released_tracker(const ReleaseToPublish& release);

/// Those that the definitions say may leave.
std::vector<std::string> leaving_measures(const MeasureDefinitions& definitions);

}  // namespace optimat
