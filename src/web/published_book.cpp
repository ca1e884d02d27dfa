#include "web/published_book.hpp"

#include "intake/policy_record.hpp"
#include "web/figures.hpp"

#include <algorithm>

namespace optimat {

std::optional<std::size_t> ReleaseThatLeft::find_place(std::string_view key) const {
    const auto found = std::ranges::find(left.places, key, place_key);
    if (found == left.places.end()) return std::nullopt;
    return static_cast<std::size_t>(found - left.places.begin());
}

std::string ReleaseThatLeft::name_of(const Place& place) const {
    return place.kind == PlaceKind::organisation ? release.organisation : place.name;
}

std::vector<std::size_t> PublishedFold::standing() const {
    std::vector<std::size_t> standing;
    for (std::size_t i = 0; i < releases.size(); ++i)
        if (!releases[i].release.withdrawn) standing.push_back(i);
    return standing;
}

namespace {

std::size_t entries_of(const std::vector<Release>& releases) {
    return releases.size() + static_cast<std::size_t>(std::ranges::count_if(
                                 releases, [](const Release& one) { return one.withdrawn.has_value(); }));
}

std::shared_ptr<const PublishedFold> fold(Database& database, std::vector<Release> releases,
                                          const Policy& policy) {
    auto fold = std::make_shared<PublishedFold>();
    fold->entries = entries_of(releases);
    for (Release& release : releases) {
        PublishedRelease left = published_release(load_release_figures(database, release.number));
        if (left.places.empty()) continue;
        const Day as_at = *parse_iso_day(release.as_at);
        const std::int64_t hidden_below = read_policy_record(release.policy_values, policy).hidden_below;
        fold->releases.push_back({std::move(release), as_at, hidden_below, std::move(left)});
    }
    std::ranges::stable_sort(fold->releases, {}, &ReleaseThatLeft::as_at);
    return fold;
}

}  // namespace

std::shared_ptr<const PublishedFold> PublishedBook::read(Database& database, const Policy& policy) {
    std::vector<Release> releases = list_releases(database);
    const std::scoped_lock lock(m_mutex);
    if (!m_fold || m_fold->entries < entries_of(releases))
        m_fold = fold(database, std::move(releases), policy);
    return m_fold;
}

}  // namespace optimat
