#pragma once
// What leaves the organisation of its releases, protected within each release and across all of them. Rule
// disclosure. It is worked out once, when a release is made, from what it fixes and from what has left
// before; pages read what was worked out and nothing else.
//
// Within a release the parts of a function that its leaving measures tell apart, for all places that leave,
// are one table and protected together (measure/disclosure). The tracker is protected by itself. Then:
//   - a month leaves once, with its first release: a later release of the same month would tell by its
//     difference whom late data or a correction concern;
//   - the twelve months of one release overlap those of others, so that the difference of two figures is a
//     count of the few months in which they do not: a count that differs from one that left before, of the
//     same place under whatever name, by 1 to hidden_below − 1 people is hidden, and protected, as if it were
//     small;
//   - some measures leave for the organisation alone: person-days tell how many people a small service has,
//     and completions stand in two measures whose difference tells who has come back. Of a rate leave
//     person-years, to the nearest ten;
//   - who came back after completing leaves with its denominator only when at least hidden_below did: two
//     such denominators less the completions of the year are as many people at least;
//   - whoever asks gets no other cut: no peer groups, no merged services, no filters.
// A release that was withdrawn since has been seen and counts as seen.

#include "measure/disclosure.hpp"
#include "model/release.hpp"
#include "outcome/measure_definition.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

struct ReleaseToPublish {
    Day as_at;
    const ReleaseFigures* figures;  ///< of an earlier release with what left of it
    std::int64_t hidden_below;      ///< of the policy of the release
};

struct LeavingMeasure {
    std::string name;
    MeasureLeaves where = MeasureLeaves::everywhere;
};
/// Those that the definitions say may leave: shares, and rates of events.
std::vector<LeavingMeasure> leaving_measures(const MeasureDefinitions& definitions);

/// What leaves of a release that is being made. `earlier` are all that were made before it, of whatever day,
/// withdrawn ones too. Nothing when one of them left for the same month. The order is that of
/// ReleaseFigures::published.
std::vector<PublishedNumber> publish(const ReleaseToPublish& release,
                                     std::span<const ReleaseToPublish> earlier,
                                     std::span<const LeavingMeasure> leaving);

/// One measure of one place as it left.
struct PublishedFigure {
    Disclosed numerator, denominator;  ///< things; of a rate the denominator is person-years, rounded to ten
    /// Whether the value, a share or a rate, may be shown: both numbers are, and there is a denominator.
    bool has_value() const { return numerator.is_shown() && denominator.is_shown() && denominator.value > 0; }
};

/// The tracker of one place as it left: numbers by the part of PublishedNumber.
using PublishedTracker = std::map<std::string, Disclosed, std::less<>>;

/// A release as it left.
struct PublishedRelease {
    std::vector<Place> places;  ///< of which something left; services are places in ReleaseFigures::services
    std::vector<ReleaseMeasure> measures;
    std::vector<std::vector<std::optional<PublishedFigure>>>
        figures;                             ///< [measure][place]; nothing: it does not leave there
    std::vector<PublishedTracker> trackers;  ///< by place
};
PublishedRelease published_release(const ReleaseFigures& figures);

}  // namespace optimat
