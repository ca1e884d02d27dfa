#include "measure/place.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace optimat {

namespace {

/// A service, the one it merged into (empty: none) and its region.
struct Invented {
    std::string id, merged_into, region;
};

/// In the order of their ids.
Extract extract_of(const std::vector<Invented>& services) {
    Extract extract;
    extract.organisation = "Test";
    for (const Invented& one : services) {
        Service service;
        service.service_id = one.id;
        service.name = "Service " + one.id;
        service.region = one.region;
        service.merged_into = one.merged_into;
        extract.services.push_back(std::move(service));
    }
    return extract;
}

/// `S1: 0 2` of each place that is no group.
std::vector<std::string> services_in(const std::vector<Place>& places, PlaceKind kind) {
    std::vector<std::string> texts;
    for (const Place& place : places) {
        if (place.kind != kind) continue;
        std::string text = place.id + ":";
        for (const std::size_t service : place.services)
            text += " " + std::to_string(service);
        texts.push_back(std::move(text));
    }
    return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST(PlacesAsNow, AreThePlacesWhereNothingMerged) {
    const Extract extract = extract_of({{"S1", "", "North"}, {"S2", "", "South"}});
    EXPECT_EQ(services_in(places_as_now(extract), PlaceKind::service), (Texts{"S1: 0", "S2: 1"}));
    EXPECT_EQ(services_in(places_as_now(extract), PlaceKind::region), (Texts{"North: 0", "South: 1"}));
}

TEST(PlacesAsNow, FollowAServiceThroughEveryMerger) {
    const Extract extract = extract_of({{"S1", "S3", ""}, {"S2", "", ""}, {"S3", "S4", ""}, {"S4", "", ""}});
    EXPECT_EQ(service_as_now(extract, 0), 3U);
    EXPECT_EQ(services_in(places_as_now(extract), PlaceKind::service), (Texts{"S2: 1", "S4: 0 2 3"}));
}

TEST(PlacesAsNow, LeaveServicesOfACircleAsTheyWere) {
    const Extract extract =
        extract_of({{"S1", "S2", ""}, {"S2", "S3", ""}, {"S3", "S2", ""}, {"S4", "S4", ""}});
    EXPECT_EQ(services_in(places_as_now(extract), PlaceKind::service),
              (Texts{"S1: 0", "S2: 1", "S3: 2", "S4: 3"}));
}

TEST(PlacesAsNow, EndAtTheLastServiceThatIsKnown) {
    const Extract extract = extract_of({{"S1", "S2", ""}, {"S2", "S9", ""}});
    EXPECT_EQ(services_in(places_as_now(extract), PlaceKind::service), (Texts{"S2: 0 1"}));
}

TEST(PlacesAsNow, PutAMergedServiceIntoTheRegionOfItsSuccessor) {
    const Extract extract = extract_of({{"S1", "S2", "North"}, {"S2", "", "South"}, {"S3", "", "North"}});
    EXPECT_EQ(services_in(places_as_now(extract), PlaceKind::region), (Texts{"North: 2", "South: 0 1"}));
}

TEST(PlacesAsNow, HaveEveryServiceOnceAndTheSameOrganisation) {
    const Extract extract = extract_of({{"S1", "S4", ""},
                                        {"S2", "S1", ""},
                                        {"S3", "S5", ""},
                                        {"S4", "", ""},
                                        {"S5", "S3", ""},
                                        {"S6", "S9", ""}});
    std::vector<std::size_t> seen;
    for (const Place& place : places_as_now(extract))
        if (place.kind == PlaceKind::service)
            seen.insert(seen.end(), place.services.begin(), place.services.end());
    std::ranges::sort(seen);
    EXPECT_EQ(seen, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5}));
    EXPECT_EQ(places_as_now(extract).front().services, seen);
}

TEST(PlaceAsNow, OfAServiceThatMergedIsItsSuccessor) {
    const Extract extract = extract_of({{"S1", "S2", ""}, {"S2", "", ""}});
    const Place now = place_as_now(extract, find_place(extract, PlaceKind::service, "S1"));
    EXPECT_EQ(now.id, "S2");
    EXPECT_EQ(now.name, "Service S2");
    EXPECT_EQ(now.services, (std::vector<std::size_t>{0, 1}));
}

TEST(ServiceViews, HaveTheNamesOfAddresses) {
    EXPECT_EQ(text_of(ServiceView::as_was), "as_was");
    EXPECT_EQ(text_of(ServiceView::as_now), "as_now");
}

}  // namespace optimat
