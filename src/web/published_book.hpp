#pragma once
// What has been released, as it may leave the organisation: kept for the pages while no release is added.

#include "outcome/publication.hpp"
#include "store/releases.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// Everything that leaves of all releases. Immutable.
struct PublishedFold {
    std::vector<Release>
        releases;  ///< by number; those that are the first of their month, withdrawn ones too
    std::vector<ReleaseFigures> figures;  ///< of each
    std::vector<PublishedRelease> published;
    std::vector<ReleasedTracker> trackers;
    std::size_t entries = 0;  ///< releases and withdrawals that were read

    bool empty() const { return releases.empty(); }
    /// The release of a day, its place in `releases`; nothing: that day was not released.
    std::optional<std::size_t> find(Day as_at) const;
    /// The tracker of a place, as place_key names it, on a released day; null when there is none.
    struct Cell {
        TrackerCell people;
        const DisclosedTrackerCell* disclosed;
    };
    std::optional<Cell> tracker(Day as_at, std::string_view place_key) const;
};

class PublishedBook {
  public:
    /// As the database shows them, or newer. `policy` stands for values that releases of an older program
    /// lack.
    std::shared_ptr<const PublishedFold> read(Database& database, const MeasureDefinitions& definitions,
                                              const Policy& policy);

  private:
    std::mutex m_mutex;
    std::shared_ptr<const PublishedFold> m_fold;
};

}  // namespace optimat
