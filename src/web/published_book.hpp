#pragma once
// What has been released, as it left the organisation: kept for the pages while no release is added. Nothing
// is worked out here: what left was, when each release was made.

#include "outcome/publication.hpp"
#include "store/releases.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// A release of which something left.
struct ReleaseThatLeft {
    Release release;
    Day as_at;
    std::int64_t hidden_below;  ///< of its own policy
    PublishedRelease left;

    /// The place, in left.places, that place_key names so; nothing: none that left.
    std::optional<std::size_t> find_place(std::string_view place_key) const;
    /// Of the organisation the name that its data had.
    std::string name_of(const Place& place) const;
};

/// Everything that left of all releases. Immutable.
struct PublishedFold {
    std::vector<ReleaseThatLeft> releases;  ///< by day, rising; withdrawn ones too
    std::size_t entries = 0;                ///< releases and withdrawals that were read

    bool empty() const { return releases.empty(); }
    /// The places in `releases` of those that stand: not withdrawn. By day, rising.
    std::vector<std::size_t> standing() const;
};

class PublishedBook {
  public:
    /// As the database shows them, or newer. `policy` stands for values that releases of an older program
    /// lack.
    std::shared_ptr<const PublishedFold> read(Database& database, const Policy& policy);

  private:
    std::mutex m_mutex;
    std::shared_ptr<const PublishedFold> m_fold;
};

}  // namespace optimat
