#include "outcome/publication.hpp"

#include "measure/attacker_for_tests.hpp"

#include <deque>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>

// Somebody keeps every release there ever was, and takes sums and differences of all of them.

namespace optimat {
namespace {

constexpr DisclosureRule five{5};
const std::vector<LeavingMeasure> leaving = {{"waiting_21_days", MeasureLeaves::everywhere}};
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
    std::vector<PublishedRelease> published;
};

/// Makes one release after the other, each beside what left of those before, as the store does.
class Maker {
  public:
    const ReleaseFigures& make(Day as_at, ReleaseFigures figures,
                               std::span<const LeavingMeasure> which = leaving) {
        std::vector<ReleaseToPublish> earlier;
        for (const auto& [day, before] : m_made)
            earlier.push_back({day, &before, five.hidden_below});
        figures.published = publish({as_at, &figures, five.hidden_below}, earlier, which);
        m_made.emplace_back(as_at, std::move(figures));
        return m_made.back().second;
    }
    PublishedRelease left(std::size_t i) const { return published_release(m_made[i].second); }

  private:
    std::deque<std::pair<Day, ReleaseFigures>> m_made;
};

const PublishedFigure& figure_at(const PublishedRelease& release, std::size_t place,
                                 std::size_t measure = 0) {
    return *release.figures.at(measure).at(place);
}

Releases release_all(const Blocks& counts) {
    Releases all;
    Maker maker;
    for (std::size_t first = 0; first + blocks_of_year <= counts.size(); ++first)
        all.published.push_back(published_release(maker.make(release_day(first), figures_of(counts, first))));
    return all;
}

/// A place's counts of a block: within 21 days, over, together.
std::array<std::int64_t, 3> of_place(const Place& place, const Blocks& counts, std::size_t block) {
    std::array<std::int64_t, 3> sum{};
    for (const std::size_t service : place.services) {
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
            const PublishedFigure& figure = *figures[place];
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
                    const PublishedFigure& one = figure_at(releases.published[then], place);
                    const PublishedFigure& other = figure_at(releases.published[now], place);
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
    Maker maker;
    EXPECT_FALSE(maker.make(release_day(0), figures_of(counts, 0)).published.empty());
    EXPECT_TRUE(maker.make(release_day(0), figures_of(late, 0)).published.empty());
    // Another day of the month is the same month.
    EXPECT_TRUE(maker.make(release_day(0) - 14, figures_of(late, 0)).published.empty());
    Maker again;
    again.make(release_day(0), figures_of(counts, 0));
    EXPECT_EQ(maker.left(0).places.size(), again.left(0).places.size());
    for (std::size_t place = 0; place < again.left(0).places.size(); ++place)
        EXPECT_EQ(figure_at(maker.left(0), place).numerator, figure_at(again.left(0), place).numerator);
}

TEST(Publication, later_releases_never_change_what_earlier_ones_showed) {
    std::mt19937_64 random(3);
    const Blocks counts = random_blocks(random, blocks_of_year + 4, 4);
    const Releases all = release_all(counts);
    Blocks fewer(counts.begin(), counts.end() - 2);
    const Releases some = release_all(fewer);
    for (std::size_t release = 0; release < some.published.size(); ++release)
        for (std::size_t place = 0; place < some.published[release].places.size(); ++place) {
            EXPECT_EQ(figure_at(some.published[release], place).numerator,
                      figure_at(all.published[release], place).numerator);
            EXPECT_EQ(figure_at(some.published[release], place).denominator,
                      figure_at(all.published[release], place).denominator);
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
    // organisation, North, South, S0, S1, …
    const Disclosed nobody = figure_at(published[0], 3).numerator;
    EXPECT_TRUE(nobody.is_shown() && nobody.value == 0);
    EXPECT_FALSE(figure_at(published[0], 4).numerator.is_shown());
    EXPECT_FALSE(figure_at(published[0], 4).has_value());
}

TEST(Publication, what_is_of_no_known_service_is_not_found_by_subtraction) {
    Blocks counts(blocks_of_year, std::vector<std::array<std::int64_t, 2>>(4, {10, 10}));
    ReleaseFigures figures = figures_of(counts, 0);
    figures.cells.push_back({"waiting", parts[0], "", std::string(release_year), 3, 0});
    Maker maker;
    const PublishedRelease left = published_release(maker.make(release_day(0), figures));
    const bool all_services_shown =
        std::ranges::all_of(left.figures[0], [](const auto& one) { return one->numerator.is_shown(); });
    EXPECT_FALSE(all_services_shown);
}

// What completes: releases half a year apart, each of the completions of the year before it.
const std::vector<LeavingMeasure> of_completions = {{"completed", MeasureLeaves::organisation},
                                                    {"came_back", MeasureLeaves::organisation}};

ReleaseFigures completions(std::int64_t of_year, std::int64_t followed, std::int64_t back) {
    ReleaseFigures figures;
    figures.services = {{"S0", "S0", "North", "", ""}};
    figures.measures = {
        {"completed",
         "",
         "",
         "",
         "",
         "successful_completion",
         "share",
         "none",
         {"completed"},
         {"completed", "other"}},
        {"came_back", "", "", "", "", "re_presentation", "share", "none", {"back"}, {"back", "not_back"}}};
    const std::string year(release_year);
    figures.cells = {{"successful_completion", "completed", "S0", year, of_year, 0},
                     {"successful_completion", "other", "S0", year, 900, 0},
                     {"re_presentation", "back", "S0", year, back, 0},
                     {"re_presentation", "not_back", "S0", year, followed - back, 0}};
    return figures;
}

TEST(Publication, completions_and_their_returns_together_never_give_one_to_four_people) {
    std::size_t shown = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        std::mt19937_64 random(seed);
        const auto up_to = [&](std::int64_t most) {
            return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most + 1));
        };
        // Completions of a first and a second half year; of the first so many came back in six months, and
        // so many of both later.
        const std::int64_t first = 60 + up_to(60), second = 60 + up_to(60), third = 60 + up_to(60);
        const std::int64_t back = up_to(16), later = up_to(3), back_of_second = up_to(16);
        Maker maker;
        maker.make(release_day(0), completions(first + second - back - later, first, back), of_completions);
        maker.make(month_end(add_months(release_day(0), 6)),
                   completions(second + third - back_of_second, second, back_of_second), of_completions);
        const PublishedRelease one = maker.left(0), other = maker.left(1);
        const Disclosed completed = figure_at(one, 0, 0).numerator,
                        followed = figure_at(one, 0, 1).denominator,
                        followed_then = figure_at(other, 0, 1).denominator;
        if (!completed.is_shown() || !followed.is_shown() || !followed_then.is_shown()) continue;
        ++shown;
        const std::int64_t came_back = followed.value + followed_then.value - completed.value;
        EXPECT_GE(came_back, five.hidden_below) << "seed " << seed;
    }
    EXPECT_GT(shown, 20u);
}

ReleaseFigures harm(const std::vector<std::array<std::int64_t, 3>>& services) {
    ReleaseFigures figures;
    figures.measures = {{"deaths", "", "", "", "", "harm", "rate", "days", {"death_in_mat"}, {"in_mat"}}};
    for (std::size_t i = 0; i < services.size(); ++i) {
        const std::string id = fmt::format("S{}", i);
        figures.services.push_back({id, id, i < 2 ? "North" : "South", "", ""});
        const std::string day = to_text(release_day(0)).substr(0, 7);
        const auto& [deaths, people, days] = services[i];
        figures.cells.push_back({"harm", "death_in_mat", id, day, deaths, 0});
        figures.cells.push_back({"harm", "in_mat", id, day, people, days});
        figures.cells.push_back({"tracker", "red", id, day, people, 0});
    }
    return figures;
}

TEST(Publication, rates_leave_for_the_organisation_alone_with_years_to_the_nearest_ten) {
    // Exactly four people all year at the last service: their days are 4 × 365.
    Maker maker;
    const std::vector<LeavingMeasure> deaths = {{"deaths", MeasureLeaves::organisation}};
    maker.make(release_day(0), harm({{7, 450, 158'648}, {6, 60, 11'283}, {9, 300, 90'000}, {0, 4, 1'460}}),
               deaths);
    const PublishedRelease left = maker.left(0);
    ASSERT_EQ(left.measures.size(), 1u);
    EXPECT_FALSE(left.figures[0][1].has_value()) << "a region";
    for (std::size_t place = 1; place < left.places.size(); ++place)
        EXPECT_FALSE(left.figures[0][place].has_value()) << place;
    EXPECT_EQ(figure_at(left, 0).numerator.value, 22);
    EXPECT_EQ(figure_at(left, 0).denominator.value, 720) << "261,391 days are 715.65 years";
    // The tracker beside it hides the four, and no sum of the two gives them: years are no multiple of
    // people.
    EXPECT_FALSE(left.trackers.back().find("in_mat")->second.is_shown());
    // Who died is hidden when they are few.
    Maker few;
    few.make(release_day(0), harm({{1, 450, 158'648}, {1, 60, 11'283}}), deaths);
    EXPECT_FALSE(figure_at(few.left(0), 0).numerator.is_shown());
}

TEST(Publication, a_place_under_another_name_is_the_same_place) {
    std::size_t compared = 0;
    for (std::uint64_t seed = 0; seed < 120; ++seed) {
        std::mt19937_64 random(seed);
        const Blocks counts = random_blocks(random, blocks_of_year + 1, 4);
        Maker maker;
        maker.make(release_day(0), figures_of(counts, 0));
        ReleaseFigures renamed = figures_of(counts, 1);
        for (ReleaseService& service : renamed.services) {
            service.region = service.region == "North" ? "Upper" : "Lower";
            service.name += " (new)";
        }
        maker.make(release_day(1), renamed);
        const PublishedRelease before = maker.left(0), after = maker.left(1);
        for (std::size_t i = 0; i < before.places.size(); ++i)
            for (std::size_t j = 0; j < after.places.size(); ++j) {
                if (before.places[i].services != after.places[j].services) continue;
                for (const auto count : {&PublishedFigure::numerator, &PublishedFigure::denominator}) {
                    const Disclosed then = figure_at(before, i).*count, now = figure_at(after, j).*count;
                    if (!then.is_shown() || !now.is_shown()) continue;
                    ++compared;
                    EXPECT_FALSE(is_small(std::abs(then.value - now.value), five)) << "seed " << seed;
                }
            }
    }
    EXPECT_GT(compared, 500u);
}

TEST(Publication, what_left_stays_when_definitions_change_and_new_parts_are_compared_with_old) {
    // The next definitions tell more measures of the same parts apart; two more of S0 are in time.
    Blocks counts(blocks_of_year, std::vector<std::array<std::int64_t, 2>>(4, {10, 10}));
    ReleaseFigures first = figures_of(counts, 0);
    Maker maker;
    const auto before = maker.make(release_day(0), first).published;
    ReleaseFigures second = figures_of(counts, 0);
    second.measures = {waiting(), {"all", "", "", "", "", "waiting", "share", "days", parts, parts}};
    for (ReleaseCell& cell : second.cells)
        if (cell.part == parts[0] && cell.service_id == "S0") cell.count += 2;
    maker.make(release_day(1), second,
               std::vector<LeavingMeasure>{{"waiting_21_days", MeasureLeaves::everywhere},
                                           {"all", MeasureLeaves::everywhere}});
    const PublishedRelease left = maker.left(1);
    EXPECT_FALSE(figure_at(left, 3).numerator.is_shown()) << "it differs by two from what left before";
    EXPECT_EQ(published_release(first).places.size(), 0u) << "pages read what was stored alone";
    first.published = before;
    EXPECT_EQ(figure_at(published_release(first), 3).numerator.value, 60);
}

}  // namespace
}  // namespace optimat
