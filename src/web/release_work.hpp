#pragma once
// Making a release and comparing it with now, for the pages and the command line: the store's side and the
// pure side put together.

#include "outcome/restatement.hpp"
#include "store/releases.hpp"
#include "store/snapshots.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

/// Today's side: data, policy and definitions. Borrowed.
struct ReleaseSide {
    const SnapshotInfo& snapshot;
    const Extract& extract;
    const Policy& policy;
    const MeasureDefinitions& definitions;
    std::string measures_text;  ///< of definitions/measures.toml
    std::string reference_key;  ///< the store's secret of opaque references
    ThreadCount threads;
};

/// The last month end that the data cover; their last day when there is none.
Day newest_month_end(const Extract& extract);

/// What a release of the day fixes, without who makes it and why. Throws UsageError for a day that the data
/// do not cover.
NewRelease prepare_release(const ReleaseSide& side, Day as_at);

/// A release as read again, beside now.
struct RestatedRelease {
    Release release;
    Day as_at;
    ReleaseFigures figures;
    /// Nothing: the data of now end before the release's day.
    std::optional<Restatement> restatement;
};
/// Loads what the release fixed and, while the store has it, the data it was made from. Takes seconds.
RestatedRelease restate(Store& store, const Release& release, const ReleaseSide& now);

/// Keeps what was compared last. Any thread may ask.
class ReleaseBook {
  public:
    std::shared_ptr<const RestatedRelease> find(Store& store, const Release& release, const ReleaseSide& now);

  private:
    static constexpr std::size_t most = 4;
    struct Kept {
        std::string now;  ///< id of the snapshot
        std::shared_ptr<const RestatedRelease> restated;
    };
    std::mutex m_mutex;
    std::vector<Kept> m_kept;  ///< asked for last, last
};

/// The releases that stand for a day: not withdrawn; the newest day of them.
OptionalDay last_released(const std::vector<Release>& releases);

}  // namespace optimat
