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

/// What a release of the day fixes, without who makes it and why, and without what leaves. Throws UsageError
/// for a day that the data do not cover or that is no month end.
NewRelease prepare_release(const ReleaseSide& side, Day as_at);

/// Why no release of the day may be made; empty when one may: a month has one that stands. What was withdrawn
/// may be made again, and leaves no more.
std::string refusal_of(const std::vector<Release>& releases, Day as_at);

/// Works out what leaves of it, beside all that has left before, and adds it: of a month that has left
/// already nothing leaves. Throws UsageError when refusal_of says why, and what add_release throws.
Release make_release(Database& database, NewRelease made, const MeasureDefinitions& definitions,
                     const Policy& policy);

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
