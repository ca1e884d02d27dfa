#pragma once
// What publication.cpp is made of, for it and the files publication_*.cpp alone.

#include "outcome/publication.hpp"

#include <algorithm>
#include <span>
#include <tuple>

namespace optimat {

inline constexpr std::string_view count_topic = "count", measure_topic = "measure", tracker_topic = "tracker";

/// The places that leave, and a row for what is of no known service.
struct PlacesOfRelease {
    std::vector<Place> places;
    PlaceRows rows;
};

PlacesOfRelease places_of_release(const ReleaseFigures& figures);
/// Every place of the release's services.
std::vector<Place> named_places(const ReleaseFigures& figures);
/// Of a service of the release; empty: of no known one.
std::string service_id_of(const ReleaseFigures& figures, std::size_t service);

/// A count that left, of a function.
struct SeenCount {
    Day as_at;
    std::vector<std::string> parts;  ///< sorted; none: all of them
    std::int64_t count;
};

/// What has left before of the places that a release has.
class Seen {
  public:
    /// `places` are those of `figures`, which is being made; `earlier` as publish.
    Seen(const ReleaseFigures& figures, const std::vector<Place>& places,
         std::span<const ReleaseToPublish> earlier);
    /// By place of the release.
    const std::vector<SeenCount>& of(const std::string& function, std::size_t place) const;

  private:
    std::vector<std::map<std::string, std::vector<SeenCount>>> m_counts;  ///< by place, function
};

/// What leaves, as it is gathered.
class Published {
  public:
    void add(const Place& place, std::string_view topic, const std::string& name, std::string part,
             const Disclosed& number) {
        m_numbers.push_back({std::string(text_of(place.kind)), place.id, std::string(topic), name,
                             std::move(part),
                             number.is_shown() ? std::optional(number.value) : std::nullopt});
    }
    std::vector<PublishedNumber> take() {
        std::ranges::sort(m_numbers, {}, [](const PublishedNumber& one) {
            return std::tie(one.place_kind, one.place_id, one.topic, one.name, one.part);
        });
        return std::move(m_numbers);
    }

  private:
    std::vector<PublishedNumber> m_numbers;
};

inline Disclosed shown(std::int64_t value) { return {Disclosed::Visibility::shown, value}; }

/// The tracker of each place that leaves, protected by itself.
void publish_tracker(const ReleaseToPublish& release, Published& published);

}  // namespace optimat
