#include "outcome/publication.hpp"

#include "measure/attacker_for_tests.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>

// Somebody keeps every release there ever was, and takes sums and differences of all of them.

namespace optimat {
namespace {

constexpr DisclosureRule five{5};
const std::vector<std::string> leaving = {"waiting_21_days"};
const std::vector<std::string> parts = {"within_21_days", "over_21_days"};
/// A release every two months, each of the twelve months up to it.
constexpr std::size_t blocks_of_year = 6;

ReleaseMeasure waiting() {
    return {"waiting_21_days", "", "", "", "", "waiting", "share", "days", {parts[0]}, parts};
}

/// counts[block][service][part]: what began in two months.
using Blocks = std::vector<std::vector<std::array<std::int64_t, 2>>>;

Blocks random_blocks(std::mt19937_64& random, std::size_t blocks, std::size_t services) {
    Blocks counts(blocks, std::vector<std::array<std::int64_t, 2>>(services));
    for (auto& block : counts)
        for (auto& service : block)
            for (std::int64_t& count : service) {
                const auto most = random() % 3 == 0 ? 1u : (random() % 2 == 0 ? 4u : 15u);
                count = static_cast<std::int64_t>(random() % most);
            }
    return counts;
}

ReleaseFigures figures_of(const Blocks& counts, std::size_t first) {
    ReleaseFigures figures;
    figures.measures = {waiting()};
    for (std::size_t service = 0; service < counts.front().size(); ++service) {
        const std::string id = fmt::format("S{}", service);
        figures.services.push_back({id, id, service < 2 ? "North" : "South", "", ""});
        for (std::size_t part = 0; part < 2; ++part) {
            std::int64_t sum = 0;
            for (std::size_t block = first; block < first + blocks_of_year; ++block)
                sum += counts[block][service][part];
            figures.cells.push_back({"waiting", parts[part], id, std::string(release_year), sum, 0});
        }
    }
    return figures;
}

Day release_day(std::size_t release) {
    return month_end(add_months(*day_of(2017, 12, 31), static_cast<int>(2 * release)));
}

struct Releases {
    std::vector<ReleaseFigures> figures;
    std::vector<PublishedRelease> published;
};

Releases release_all(const Blocks& counts) {
    Releases all;
    for (std::size_t first = 0; first + blocks_of_year <= counts.size(); ++first)
        all.figures.push_back(figures_of(counts, first));
    std::vector<ReleaseToPublish> releases;
    for (std::size_t i = 0; i < all.figures.size(); ++i)
        releases.push_back(
            {static_cast<std::int64_t>(i + 1), release_day(i), &all.figures[i], five.hidden_below});
    all.published = publish_releases(releases, leaving);
    return all;
}

/// A place's counts of a block: within 21 days, over, together.
std::array<std::int64_t, 3> of_place(const Place& place, const Blocks& counts, std::size_t block) {
    std::array<std::int64_t, 3> sum{};
    for (const std::size_t service : place.services) {
        if (service >= counts[block].size()) continue;  // of no known service: none here
        sum[0] += counts[block][service][0];
        sum[1] += counts[block][service][1];
    }
    sum[2] = sum[0] + sum[1];
    return sum;
}

/// All that was ever shown with every sum that holds: within a release over parts and places, and between
/// releases over the two-month blocks that each is made of, which leave in no form.
Publication everything(const Releases& releases, const Blocks& counts) {
    Publication all;
    const auto& places = releases.published.front().places;
    const auto add_places = [&](const std::vector<std::array<std::size_t, 3>>& at) {
        // places: organisation, North, South, then services; the last of each is a part.
        for (std::size_t column = 0; column < 3; ++column) {
            all.sums.push_back({at[0][column], {at[1][column], at[2][column]}});
            for (const std::size_t region : {1u, 2u}) {
                Publication::Sum sum{at[region][column], {}};
                for (std::size_t place = 3; place < places.size(); ++place)
                    if ((places[place].services.front() < 2) == (region == 1))
                        sum.parts.push_back(at[place][column]);
                all.sums.push_back(sum);
            }
        }
        for (const auto& place : at)
            all.sums.push_back({place[2], {place[0], place[1]}});
    };
    std::vector<std::vector<std::array<std::size_t, 3>>> blocks;
    for (std::size_t block = 0; block < counts.size(); ++block) {
        auto& at = blocks.emplace_back();
        for (const Place& place : places) {
            const auto sum = of_place(place, counts, block);
            at.push_back({all.keep(sum[0]), all.keep(sum[1]), all.keep(sum[2])});
        }
        add_places(at);
    }
    for (std::size_t release = 0; release < releases.published.size(); ++release) {
        const auto& figures = releases.published[release].figures.front();
        std::vector<std::array<std::size_t, 3>> at;
        for (std::size_t place = 0; place < places.size(); ++place) {
            std::array<std::int64_t, 3> truth{};
            for (std::size_t block = release; block < release + blocks_of_year; ++block)
                for (std::size_t column = 0; column < 3; ++column)
                    truth[column] += of_place(places[place], counts, block)[column];
            // Who waited longer is one subtraction away where both others are shown.
            const PublishedFigure& figure = figures[place];
            Disclosed rest;
            if (figure.has_value() || (figure.denominator.is_shown() && figure.numerator.is_shown()))
                rest = {Disclosed::Visibility::shown, figure.denominator.value - figure.numerator.value};
            at.push_back({all.publish(truth[0], figure.numerator), all.keep(truth[1]),
                          all.publish(truth[2], figure.denominator)});
            all.shown.back() = figure.denominator;
            all.shown[at.back()[1]] = rest;
            for (std::size_t column = 0; column < 3; ++column) {
                Publication::Sum sum{at.back()[column], {}};
                for (std::size_t block = release; block < release + blocks_of_year; ++block)
                    sum.parts.push_back(blocks[block][place][column]);
                all.sums.push_back(sum);
            }
        }
        add_places(at);
    }
    return all;
}

TEST(Publication, nobody_finds_a_small_count_in_all_releases_together) {
    std::size_t shown = 0, cells = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        std::mt19937_64 random(seed);
        const Blocks counts = random_blocks(random, blocks_of_year + 2, 4);
        const Releases releases = release_all(counts);
        ASSERT_EQ(releases.published.size(), 3u);
        const Publication all = everything(releases, counts);
        const Attacker attacker(all);
        for (std::size_t i = 0; i < all.counts.size(); ++i) {
            cells += all.kinds[i] == Publication::Kind::published;
            if (all.shown[i].is_shown()) {
                shown += all.kinds[i] == Publication::Kind::published;
                EXPECT_FALSE(is_small(all.counts[i], five)) << "seed " << seed << ": a small count is shown";
            } else if (is_small(all.counts[i], five)) {
                EXPECT_GT(attacker.of(i).values(), 1) << "seed " << seed << ": count " << i << " is known";
            }
        }
    }
    // What protects must leave something to read.
    EXPECT_GT(shown * 2, cells);
}

TEST(Publication, no_two_releases_differ_by_few_where_both_are_shown) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        std::mt19937_64 random(seed);
        const Releases releases = release_all(random_blocks(random, blocks_of_year + 7, 5));
        for (std::size_t now = 0; now < releases.published.size(); ++now)
            for (std::size_t then = 0; then < now && now - then >= 1 && then + blocks_of_year > now; ++then)
                for (std::size_t place = 0; place < releases.published[now].places.size(); ++place) {
                    const PublishedFigure& one = releases.published[then].figures[0][place];
                    const PublishedFigure& other = releases.published[now].figures[0][place];
                    for (const auto count : {&PublishedFigure::numerator, &PublishedFigure::denominator}) {
                        const Disclosed before = one.*count, after = other.*count;
                        const bool both = before.is_shown() && after.is_shown();
                        EXPECT_FALSE(both && is_small(std::abs(before.value - after.value), five))
                            << "seed " << seed;
                    }
                }
    }
}

TEST(Publication, a_month_leaves_once_and_asking_again_gives_the_same) {
    std::mt19937_64 random(7);
    const Blocks counts = random_blocks(random, blocks_of_year, 4);
    Blocks late = counts;
    late[5][0][0] += 1;  // somebody's record came late
    const ReleaseFigures first = figures_of(counts, 0), second = figures_of(late, 0);
    const std::vector<ReleaseToPublish> once = {{1, release_day(0), &first, 5}};
    const std::vector<ReleaseToPublish> twice = {{1, release_day(0), &first, 5},
                                                 {2, release_day(0), &second, 5}};
    const auto before = publish_releases(once, leaving), after = publish_releases(twice, leaving);
    ASSERT_EQ(after.size(), 1u);
    EXPECT_EQ(after[0].number, 1);
    for (std::size_t place = 0; place < before[0].places.size(); ++place) {
        EXPECT_EQ(before[0].figures[0][place].numerator, after[0].figures[0][place].numerator);
        EXPECT_EQ(before[0].figures[0][place].denominator, after[0].figures[0][place].denominator);
    }
}

TEST(Publication, later_releases_never_change_what_earlier_ones_showed) {
    std::mt19937_64 random(3);
    const Blocks counts = random_blocks(random, blocks_of_year + 4, 4);
    const Releases all = release_all(counts);
    Blocks fewer(counts.begin(), counts.end() - 2);
    const Releases some = release_all(fewer);
    for (std::size_t release = 0; release < some.published.size(); ++release)
        for (std::size_t place = 0; place < some.published[release].places.size(); ++place) {
            EXPECT_EQ(some.published[release].figures[0][place].numerator,
                      all.published[release].figures[0][place].numerator);
            EXPECT_EQ(some.published[release].figures[0][place].denominator,
                      all.published[release].figures[0][place].denominator);
        }
}

TEST(Publication, hidden_is_not_zero_and_zero_is_shown) {
    Blocks counts(blocks_of_year, std::vector<std::array<std::int64_t, 2>>(4, {10, 10}));
    for (auto& block : counts)
        block[0] = {0, 20};
    counts[0][1] = {2, 0};
    for (std::size_t block = 1; block < blocks_of_year; ++block)
        counts[block][1] = {0, 30};
    const auto published = release_all(counts).published;
    const auto& figures = published[0].figures[0];
    // organisation, North, South, S0, S1, …
    EXPECT_TRUE(figures[3].numerator.is_shown() && figures[3].numerator.value == 0);
    EXPECT_FALSE(figures[4].numerator.is_shown());
    EXPECT_FALSE(figures[4].has_value());
}

TEST(Publication, what_is_of_no_known_service_is_not_found_by_subtraction) {
    Blocks counts(blocks_of_year, std::vector<std::array<std::int64_t, 2>>(4, {10, 10}));
    ReleaseFigures figures = figures_of(counts, 0);
    figures.cells.push_back({"waiting", parts[0], "", std::string(release_year), 3, 0});
    const std::vector<ReleaseToPublish> releases = {{1, release_day(0), &figures, 5}};
    const auto published = publish_releases(releases, leaving);
    const auto& shown = published[0].figures[0];
    const bool all_services_shown =
        std::ranges::all_of(shown, [](const PublishedFigure& one) { return one.numerator.is_shown(); });
    EXPECT_FALSE(all_services_shown);
}

}  // namespace
}  // namespace optimat
