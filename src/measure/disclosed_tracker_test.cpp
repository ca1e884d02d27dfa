#include "measure/attacker_for_tests.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>

namespace optimat {
namespace {

constexpr DisclosureRule five{5};
constexpr std::size_t group_not_placed[] = {4, 5, 8};

/// The organisation of 27,080 people: cells of all services by month, and its places.
struct Organisation {
    std::map<std::string, std::vector<TrackerCell>> months;
    std::vector<Place> places = std::vector<Place>(1);
    std::size_t regions = 0;
};

Organisation read_organisation() {
    Organisation read;
    std::map<std::string, std::vector<std::size_t>> regions;
    std::ifstream in(std::filesystem::path(OPTIMAT_SOURCE_DIR) / "tests/disclosure/tracker.csv");
    std::string line, field;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::istringstream fields(line);
        std::string month, service, region;
        std::getline(fields, month, ',');
        std::getline(fields, service, ',');
        std::getline(fields, region, ',');
        auto& cells = read.months[month];
        if (read.months.size() == 1) {
            regions[region].push_back(cells.size());
            read.places[0].services.push_back(cells.size());
        }
        TrackerCell& cell = cells.emplace_back();
        for (std::int64_t& people : cell.people) {
            std::getline(fields, field, ',');
            people = std::stoll(field);
        }
        for (DoseSum& dose : cell.methadone) {
            std::getline(fields, field, ',');
            dose.people = std::stoll(field);
        }
    }
    for (const auto& [name, services] : regions)
        read.places.push_back({PlaceKind::region, name, name, services});
    read.regions = regions.size();
    for (const std::size_t service : read.places[0].services)
        read.places.push_back({PlaceKind::service, "S", "S", {service}});
    return read;
}

/// A figure for each place, and the same figure of each service behind it: places sum their services.
using Figure = std::function<std::int64_t(const TrackerCell&)>;
using Shown = std::function<Disclosed(const DisclosedTrackerCell&)>;

/// Puts one column of all places and, behind them, of all services; returns each place's.
std::vector<std::size_t> add_column(Publication& all, std::span<const TrackerCell> services,
                                    std::span<const Place> places,
                                    const std::vector<DisclosedTrackerCell>& shown, const Figure& figure,
                                    const Shown& as) {
    std::vector<std::size_t> behind, at;
    for (const TrackerCell& cell : services)
        behind.push_back(all.keep(figure(cell)));
    for (std::size_t place = 0; place < places.size(); ++place) {
        std::int64_t count = 0;
        std::vector<std::size_t> parts;
        for (const std::size_t service : places[place].services) {
            count += figure(services[service]);
            parts.push_back(behind[service]);
        }
        at.push_back(as ? all.publish(count, as(shown[place])) : all.keep(count));
        all.sums.push_back({at.back(), parts});
    }
    return at;
}

/// Sums over columns, at every place.
void add_sums(Publication& all, const std::vector<std::size_t>& whole,
              const std::vector<std::vector<std::size_t>>& parts) {
    for (std::size_t place = 0; place < whole.size(); ++place) {
        Publication::Sum sum{whole[place], {}};
        for (const auto& column : parts)
            sum.parts.push_back(column[place]);
        all.sums.push_back(sum);
    }
}

Publication published_people(std::span<const TrackerCell> services, std::span<const Place> places,
                             const std::vector<DisclosedTrackerCell>& shown) {
    Publication all;
    std::vector<std::vector<std::size_t>> cohorts, everybody;
    for (std::size_t group : {0u, 1u, 2u, 3u, 6u, 7u}) {
        everybody.push_back(add_column(
            all, services, places, shown, [=](const TrackerCell& cell) { return cell.people[group]; },
            [=](const DisclosedTrackerCell& cell) { return cell.people[group]; }));
        if (group < 4) cohorts.push_back(everybody.back());
    }
    const auto not_placed = [](const TrackerCell& cell) {
        std::int64_t people = 0;
        for (const std::size_t group : group_not_placed)
            people += cell.people[group];
        return people;
    };
    everybody.push_back(
        add_column(all, services, places, shown, not_placed, &DisclosedTrackerCell::not_placed));
    add_sums(
        all,
        add_column(all, services, places, shown, &TrackerCell::in_cohorts, &DisclosedTrackerCell::in_cohorts),
        cohorts);
    add_sums(all,
             add_column(all, services, places, shown, &TrackerCell::in_mat, &DisclosedTrackerCell::in_mat),
             everybody);
    return all;
}

/// A figure of doses, as if it stood unrounded beside each mean: of cohorts, of the average, and, behind
/// these, of the rest.
Publication published_doses(std::span<const TrackerCell> services, std::span<const Place> places,
                            const std::vector<DisclosedTrackerCell>& shown,
                            const std::function<std::int64_t(const DoseSum&)>& of) {
    Publication all;
    std::vector<std::vector<std::size_t>> parts;
    const auto as_mean = [&](const Disclosed& people, const DoseSum& sum) {
        return people.is_shown() ? Disclosed{Disclosed::Visibility::shown, of(sum)} : Disclosed{};
    };
    const auto put = [&](const auto& sum_of, const auto& people_of) {
        std::vector<std::size_t> behind, at;
        for (const TrackerCell& cell : services)
            behind.push_back(all.keep(of(sum_of(cell))));
        for (std::size_t place = 0; place < places.size(); ++place) {
            TrackerCell cell;
            Publication::Sum sum{0, {}};
            for (const std::size_t service : places[place].services) {
                cell += services[service];
                sum.parts.push_back(behind[service]);
            }
            at.push_back(sum.whole =
                             all.publish(of(sum_of(cell)), as_mean(people_of(shown[place]), sum_of(cell))));
            all.sums.push_back(sum);
        }
        return at;
    };
    for (std::size_t group = 0; group < 4; ++group)
        parts.push_back(put([=](const TrackerCell& cell) { return cell.methadone[group]; },
                            [=](const DisclosedTrackerCell& cell) { return cell.with_dose[group]; }));
    const Figure rest = [&](const TrackerCell& cell) {
        std::int64_t sum = 0;
        for (const std::size_t group : group_not_placed)
            sum += of(cell.methadone[group]);
        return sum;
    };
    parts.push_back(add_column(all, services, places, shown, rest, {}));
    add_sums(all,
             put([](const TrackerCell& cell) { return cell.average_methadone(); },
                 [](const DisclosedTrackerCell& cell) { return cell.average_with_dose; }),
             parts);
    return all;
}

TEST(DisclosedTracker, nobody_finds_a_small_count_of_the_organisation_in_any_month) {
    const Organisation organisation = read_organisation();
    ASSERT_EQ(organisation.months.size(), 36u);
    for (const auto& [month, services] : organisation.months)
        expect_kept(published_people(services, organisation.places,
                                     disclose_tracker(services, organisation.places, five)),
                    five, month);
}

TEST(DisclosedTracker,
     all_totals_of_the_organisation_and_its_regions_are_shown_and_little_of_services_is_lost) {
    const Organisation organisation = read_organisation();
    TrackerCell last;
    for (const TrackerCell& cell : organisation.months.at("2018-10-31"))
        last += cell;
    EXPECT_EQ(last.in_mat(), 27'080);
    for (const auto& [month, services] : organisation.months) {
        const auto shown = disclose_tracker(services, organisation.places, five);
        const Publication all = published_people(services, organisation.places, shown);
        std::int64_t small = 0, others = 0;
        for (std::size_t i = 0; i < all.counts.size(); ++i)
            if (all.kinds[i] == Publication::Kind::published && !all.shown[i].is_shown())
                (is_small(all.counts[i], five) ? small : others) += 1;
        EXPECT_LE(others, 2 * small) << month;
        for (std::size_t place = 0; place <= organisation.regions; ++place) {
            for (const std::size_t group : {0u, 1u, 2u, 3u, 6u, 7u}) {
                EXPECT_TRUE(shown[place].people[group].is_shown()) << month;
                EXPECT_TRUE(group > 3 || shown[place].with_dose[group].is_shown()) << month;
            }
            EXPECT_TRUE(shown[place].in_mat.is_shown() && shown[place].in_cohorts.is_shown() &&
                        shown[place].not_placed.is_shown())
                << month;
        }
        for (const DisclosedTrackerCell& cell : shown)
            EXPECT_TRUE(cell.in_mat.is_shown() && cell.in_cohorts.is_shown()) << month;
    }
}

/// All less the parts that are shown, over services and over cohorts, with the true numbers of people with a
/// dose.
TEST(DisclosedTracker, no_mean_of_few_is_left_when_shown_means_are_taken_from_the_total) {
    Organisation organisation = read_organisation();
    std::mt19937_64 random(5);
    std::size_t number = 0;
    for (auto& [month, services] : organisation.months) {
        if (number++ % 5 != 0) continue;
        for (TrackerCell& cell : services)
            for (DoseSum& dose : cell.methadone)
                for (std::int64_t person = 0; person < dose.people; ++person)
                    dose.micrograms += static_cast<std::int64_t>(20'000 + random() % 100 * 1'000);
        const auto shown = disclose_tracker(services, organisation.places, five);
        for (std::size_t place = 0; place < shown.size(); ++place)
            for (std::size_t group = 0; group < 4; ++group) {
                TrackerCell cell;
                for (const std::size_t service : organisation.places[place].services)
                    cell += services[service];
                const bool mean_shown =
                    cell.methadone[group].people > 0 && shown[place].with_dose[group].is_shown();
                EXPECT_FALSE(mean_shown && cell.methadone[group].people < 5) << month;
                EXPECT_FALSE(mean_shown && !shown[place].people[group].is_shown()) << month;
            }
        const auto people = published_doses(services, organisation.places, shown,
                                            [](const DoseSum& sum) { return sum.people; });
        const auto doses = published_doses(services, organisation.places, shown,
                                           [](const DoseSum& sum) { return sum.micrograms; });
        const Attacker of_people(people), of_doses(doses);
        for (std::size_t i = 0; i < people.counts.size(); ++i) {
            if (people.shown[i].is_shown() || !is_small(people.counts[i], five)) continue;
            EXPECT_GE(of_people.of(i).values(), 4) << month << ' ' << i;
            EXPECT_GT(of_doses.of(i).values(), 10'000) << month << ' ' << i;
        }
    }
}

std::vector<TrackerCell> random_cells(std::mt19937_64& random, std::size_t services) {
    std::vector<TrackerCell> cells(services);
    for (TrackerCell& cell : cells)
        for (std::size_t group = 0; group < tracker_group_count; ++group) {
            cell.people[group] = static_cast<std::int64_t>(random() % (random() % 3 == 0 ? 4 : 60));
            cell.methadone[group].people = cell.people[group] / 2;
        }
    return cells;
}

TEST(DisclosedTracker, small_organisations_of_all_kinds_keep_their_small_counts) {
    // A region of one service, services of no region, and services that are not shown by themselves.
    const std::vector<Place> places = {{PlaceKind::organisation, "", "", {0, 1, 2, 3, 4, 5, 6}},
                                       {PlaceKind::region, "N", "N", {0, 1, 2}},
                                       {PlaceKind::region, "S", "S", {3}},
                                       {PlaceKind::service, "A", "A", {0}},
                                       {PlaceKind::service, "B", "B", {1}},
                                       {PlaceKind::service, "C", "C", {2}},
                                       {PlaceKind::service, "D", "D", {3}},
                                       {PlaceKind::service, "E", "E", {4}}};
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        std::mt19937_64 random(seed);
        const auto cells = random_cells(random, 7);
        expect_kept(published_people(cells, places, disclose_tracker(cells, places, five)), five,
                    std::to_string(seed));
    }
}

TEST(DisclosedTracker, areas_leave_when_they_nest_in_regions_and_peer_groups_never) {
    std::vector<Place> places = {{PlaceKind::organisation, "", "", {0, 1, 2, 3}},
                                 {PlaceKind::region, "N", "N", {0, 1}},
                                 {PlaceKind::region, "S", "S", {2, 3}},
                                 {PlaceKind::area, "A", "A", {0}},
                                 {PlaceKind::area, "B", "B", {2, 3}},
                                 {PlaceKind::peer_group, "P", "P", {0, 2}},
                                 {PlaceKind::service, "X", "X", {1}}};
    EXPECT_EQ(places_that_leave(places), (std::vector<bool>{true, true, true, true, true, false, true}));
    std::mt19937_64 random(1);
    const auto cells = random_cells(random, 4);
    const auto shown = disclose_tracker(cells, places, five);
    EXPECT_FALSE(shown[5].in_mat.is_shown());
    places[3].services = {0, 2};
    EXPECT_EQ(places_that_leave(places), (std::vector<bool>{true, true, true, false, false, false, true}));
}

}  // namespace
}  // namespace optimat
