#include "web/published_book.hpp"

#include "intake/policy_record.hpp"
#include "web/figures.hpp"

#include <algorithm>

namespace optimat {

std::optional<std::size_t> PublishedFold::find(Day as_at) const {
    const auto found = std::ranges::find(published, as_at, &PublishedRelease::as_at);
    if (found == published.end()) return std::nullopt;
    return static_cast<std::size_t>(found - published.begin());
}

std::optional<PublishedFold::Cell> PublishedFold::tracker(Day as_at, std::string_view place) const {
    const auto release = find(as_at);
    if (!release) return std::nullopt;
    const ReleasedTracker& tracker = trackers[*release];
    for (std::size_t i = 0; i < tracker.places.size(); ++i)
        if (place_key(tracker.places[i]) == place) return Cell{tracker.at(i), &tracker.disclosed[i]};
    return std::nullopt;
}

namespace {

std::size_t entries_of(const std::vector<Release>& releases) {
    return releases.size() + static_cast<std::size_t>(std::ranges::count_if(
                                 releases, [](const Release& one) { return one.withdrawn.has_value(); }));
}

std::shared_ptr<const PublishedFold> fold(Database& database, std::vector<Release> releases,
                                          const MeasureDefinitions& definitions, const Policy& policy) {
    auto fold = std::make_shared<PublishedFold>();
    fold->entries = entries_of(releases);
    for (Release& release : releases) {
        const auto same_day = std::ranges::find(fold->releases, release.as_at, &Release::as_at);
        if (same_day != fold->releases.end()) continue;
        fold->figures.push_back(load_release_figures(database, release.number));
        fold->releases.push_back(std::move(release));
    }
    std::vector<ReleaseToPublish> leaving;
    for (std::size_t i = 0; i < fold->releases.size(); ++i) {
        const Release& release = fold->releases[i];
        leaving.push_back({release.number, *parse_iso_day(release.as_at), &fold->figures[i],
                           read_policy_record(release.policy_values, policy).hidden_below});
        fold->trackers.push_back(released_tracker(leaving.back()));
    }
    fold->published = publish_releases(leaving, leaving_measures(definitions));
    return fold;
}

}  // namespace

std::shared_ptr<const PublishedFold>
PublishedBook::read(Database& database, const MeasureDefinitions& definitions, const Policy& policy) {
    std::vector<Release> releases = list_releases(database);
    const std::scoped_lock lock(m_mutex);
    if (!m_fold || m_fold->entries < entries_of(releases))
        m_fold = fold(database, std::move(releases), definitions, policy);
    return m_fold;
}

}  // namespace optimat
