// The places of a release, and what has left of them before.

#include "measure/tracker.hpp"
#include "outcome/publication_parts.hpp"

#include <algorithm>

namespace optimat {

std::vector<Place> named_places(const ReleaseFigures& figures) {
    Extract named;
    named.organisation = "Organisation";
    for (const ReleaseService& service : figures.services) {
        Service& one = named.services.emplace_back();
        one.service_id = service.service_id;
        one.name = service.name;
        one.region = service.region;
        one.area = service.area;
    }
    return places_of(named);
}

PlacesOfRelease places_of_release(const ReleaseFigures& figures) {
    std::vector<Place> all = named_places(figures);
    all.front().services.push_back(figures.services.size());
    const std::vector<bool> leaves = places_that_leave(all);
    PlacesOfRelease found;
    for (std::size_t place = 0; place < all.size(); ++place)
        if (leaves[place]) found.places.push_back(all[place]);
    found.rows = place_rows(found.places, figures.services.size() + 1);
    return found;
}

std::string service_id_of(const ReleaseFigures& figures, std::size_t service) {
    return service < figures.services.size() ? figures.services[service].service_id : std::string{};
}

namespace {

std::vector<std::string> service_ids(const ReleaseFigures& figures, const Place& place) {
    std::vector<std::string> ids;
    for (const std::size_t service : place.services)
        ids.push_back(service_id_of(figures, service));
    std::ranges::sort(ids);
    return ids;
}

/// Whose figures may be compared: of one kind under one id or name or with a service in common, or made of
/// the same services. A place that was renamed, or put together otherwise, is not a new one.
class ComparedPlace {
  public:
    ComparedPlace(const ReleaseFigures& figures, const Place& place)
        : m_place(place), m_services(service_ids(figures, place)) {}

    bool is_like(const ComparedPlace& other) const {
        if (m_services == other.m_services) return true;
        if (m_place.kind != other.m_place.kind) return false;
        if (m_place.id == other.m_place.id || m_place.name == other.m_place.name) return true;
        return std::ranges::any_of(m_services, [&](const std::string& id) {
            return std::ranges::binary_search(other.m_services, id);
        });
    }

  private:
    Place m_place;
    std::vector<std::string> m_services;  ///< ids, rising
};

using Counts = std::vector<std::map<std::string, std::vector<SeenCount>>>;

/// Adds what left of an earlier release to the places that are like its own.
void take(const ReleaseToPublish& release, const std::vector<ComparedPlace>& now, Counts& counts) {
    std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> alike;
    for (const Place& place : places_of_release(*release.figures).places) {
        const ComparedPlace then(*release.figures, place);
        auto& like = alike[{std::string(text_of(place.kind)), place.id}];
        for (std::size_t i = 0; i < now.size(); ++i)
            if (now[i].is_like(then)) like.push_back(i);
    }
    for (const PublishedNumber& one : release.figures->published) {
        if (one.topic != count_topic || !one.number) continue;
        for (const std::size_t place : alike[{one.place_kind, one.place_id}])
            counts[place][one.name].push_back({release.as_at, parts_in(one.part), *one.number});
    }
}

}  // namespace

Seen::Seen(const ReleaseFigures& figures, const std::vector<Place>& places,
           std::span<const ReleaseToPublish> earlier)
    : m_counts(places.size()) {
    std::vector<ComparedPlace> now;
    for (const Place& place : places)
        now.emplace_back(figures, place);
    for (const ReleaseToPublish& release : earlier)
        if (!release.figures->published.empty()) take(release, now, m_counts);
}

const std::vector<SeenCount>& Seen::of(const std::string& function, std::size_t place) const {
    static const std::vector<SeenCount> none;
    const auto found = m_counts[place].find(function);
    return found == m_counts[place].end() ? none : found->second;
}

}  // namespace optimat
