#include "synth/quotas.hpp"

#include "synth/apportion.hpp"
#include "synth/published_figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>

#include <gtest/gtest.h>

namespace optimat::synth {
namespace {

Period october_2018() { return {*day_of(2015, 11, 1), *day_of(2018, 10, 31), *day_of(2017, 11, 30), 36}; }

struct Organisation {
    std::vector<Service> services;
    std::vector<Target> targets;
};
Organisation organisation(int clients, int count, std::uint64_t seed) {
    Organisation made{invent_services(clients, count, october_2018(), Random(seed, 1)), {}};
    made.targets = targets_on_last_day(made.services, Random(seed, 2));
    return made;
}

/// Within the tolerance of the figure: a share of all targets in hundredths of a percent.
template <class Wanted>
void expect_share(const Organisation& in, const published::Figure& figure, Wanted wanted) {
    const auto number = std::ranges::count_if(in.targets, wanted);
    EXPECT_NEAR(static_cast<double>(number) * 10'000 / static_cast<double>(in.targets.size()),
                figure.hundredths, figure.tolerance_hundredths)
        << figure.name;
}

template <class Wanted> double mean_hundredths(const Organisation& in, Family family, Wanted wanted) {
    long sum = 0, number = 0;
    for (const Target& target : in.targets) {
        if (family_of(target.medicine) != family || !wanted(target)) continue;
        sum += target.dose;
        ++number;
    }
    return static_cast<double>(sum) * 10 / static_cast<double>(number);
}

template <class Wanted>
void expect_mean(const Organisation& in, const published::Figure& figure, Family family, Wanted wanted) {
    EXPECT_NEAR(mean_hundredths(in, family, wanted), figure.hundredths, figure.tolerance_hundredths)
        << figure.name;
}

auto stands(Standing standing) {
    return [standing](const Target& target) { return target.standing == standing; };
}
bool in_mat2(const Target& target) { return uses_on_top(target.standing); }
bool in_mat3(const Target& target) {
    return target.standing == Standing::grey || target.standing == Standing::green;
}

TEST(Quotas, the_organisation_has_the_published_shares_and_means) {
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
        const Organisation in = organisation(published::people_in_mat, 60, seed);
        ASSERT_EQ(in.targets.size(), static_cast<std::size_t>(published::people_in_mat));
        expect_share(in, published::mat1, stands(Standing::induction));
        expect_share(in, published::mat2, in_mat2);
        expect_share(in, published::mat2_below, stands(Standing::red));
        expect_share(in, published::mat2_at_or_above, stands(Standing::amber));
        expect_share(in, published::uncategorised, stands(Standing::uncategorised));
        const auto course = [](Course wanted) {
            return [wanted](const Target& target) { return in_mat2(target) && target.course == wanted; };
        };
        expect_share(in, published::mat2_reducing, course(Course::reducing));
        expect_share(in, published::mat2_increasing, course(Course::increasing));
        expect_share(in, published::mat2_detox, course(Course::detox));
        expect_mean(in, published::mat2_methadone, Family::methadone, in_mat2);
        expect_mean(in, published::mat2_buprenorphine, Family::buprenorphine, in_mat2);
        expect_mean(in, published::mat2_below_methadone, Family::methadone, stands(Standing::red));
        expect_mean(in, published::mat2_at_or_above_methadone, Family::methadone, stands(Standing::amber));
        expect_mean(in, published::mat2_below_buprenorphine, Family::buprenorphine, stands(Standing::red));
        expect_mean(in, published::mat2_at_or_above_buprenorphine, Family::buprenorphine,
                    stands(Standing::amber));
        expect_mean(in, published::mat3_methadone, Family::methadone, in_mat3);
        expect_mean(in, published::mat3_buprenorphine, Family::buprenorphine, in_mat3);
    }
}

TEST(Quotas, one_service_is_figure_8) {
    using published::figure_8;
    for (const auto& [clients, services, seed] :
         {std::tuple{2'000, 4, 1u}, {27'080, 60, 2u}, {100'000, 150, 3u}}) {
        Organisation in = organisation(clients, services, seed);
        std::erase_if(in.targets, [&in](const Target& target) {
            return in.services[target.service].role != FigureRole::figure_8;
        });
        const auto number = [&in](auto wanted) { return std::ranges::count_if(in.targets, wanted); };
        EXPECT_EQ(in.targets.size(), static_cast<std::size_t>(figure_8.in_mat));
        EXPECT_EQ(number(stands(Standing::induction)), figure_8.mat1);
        EXPECT_EQ(number(in_mat2), figure_8.mat2);
        EXPECT_EQ(number(stands(Standing::red)), figure_8.below);
        EXPECT_EQ(number(stands(Standing::amber)), figure_8.at_or_above);
        EXPECT_EQ(number([](const Target& t) { return in_mat2(t) && t.course == Course::reducing; }),
                  figure_8.reducing);
        EXPECT_EQ(number([](const Target& t) { return in_mat2(t) && t.course == Course::increasing; }),
                  figure_8.increasing);
        EXPECT_EQ(number([](const Target& t) { return in_mat2(t) && t.course == Course::detox; }),
                  figure_8.detox);
        EXPECT_EQ(std::lround(mean_hundredths(in, Family::methadone, in_mat2)), figure_8.methadone);
        EXPECT_EQ(std::lround(mean_hundredths(in, Family::buprenorphine, in_mat2)), figure_8.buprenorphine);
        EXPECT_EQ(std::lround(mean_hundredths(in, Family::methadone, stands(Standing::red))),
                  figure_8.below_methadone);
        EXPECT_EQ(std::lround(mean_hundredths(in, Family::methadone, stands(Standing::amber))),
                  figure_8.at_or_above_methadone);
        EXPECT_EQ(std::lround(mean_hundredths(in, Family::buprenorphine, stands(Standing::amber))),
                  figure_8.at_or_above_buprenorphine);
    }
}

TEST(Quotas, doses_stand_on_their_side_of_the_threshold) {
    const Organisation in = organisation(5'000, 30, 7);
    for (const Target& target : in.targets) {
        const bool below = target.standing == Standing::red || target.standing == Standing::grey;
        const bool above = target.standing == Standing::amber || target.standing == Standing::green;
        EXPECT_TRUE(!below || band_of(target.medicine, target.dose) == Band::below);
        EXPECT_TRUE(!above || band_of(target.medicine, target.dose) == Band::at_or_above);
    }
}

TEST(Quotas, services_differ_and_add_up) {
    const Organisation in = organisation(published::people_in_mat, 60, 1);
    int people = 0, smallest = published::people_in_mat, largest = 0;
    for (const Service& service : in.services) {
        people += service.in_mat;
        EXPECT_EQ(std::accumulate(service.standings.begin(), service.standings.end(), 0), service.in_mat);
        if (service.closed) continue;
        smallest = std::min(smallest, service.in_mat);
        largest = std::max(largest, service.in_mat);
    }
    EXPECT_EQ(people, published::people_in_mat);
    EXPECT_NEAR(smallest, 80, 15);
    EXPECT_NEAR(largest, 1200, 100);
}

TEST(Apportion, shares_add_up_and_are_nearest) {
    EXPECT_EQ(apportion(10, std::array{1, 1, 1}), (std::vector{4, 3, 3}));
    EXPECT_EQ(apportion(7, std::array{0, 0}), (std::vector{4, 3}));
    EXPECT_EQ(apportion(5, std::array{1, 0, 9}), (std::vector{1, 0, 4}));
}

TEST(Apportion, tables_meet_both_sums) {
    Random random(11, 0);
    for (int round = 0; round < 200; ++round) {
        const auto rows = static_cast<std::size_t>(random.between(1, 12));
        const auto columns = static_cast<std::size_t>(random.between(1, 9));
        Table weights(rows, columns);
        std::vector<int> row_sums(rows), column_sums(columns);
        for (std::size_t r = 0; r < rows; ++r)
            for (std::size_t c = 0; c < columns; ++c) {
                weights.at(r, c) = random.percent(15) ? 0 : random.between(1, 4000);
                const int number = random.percent(30) ? 0 : random.below(50);
                row_sums[r] += number;
                column_sums[c] += number;
            }
        const Table table = apportion(row_sums, column_sums, weights);
        for (std::size_t r = 0; r < rows; ++r)
            for (std::size_t c = 0; c < columns; ++c) {
                EXPECT_GE(table.at(r, c), 0);
                row_sums[r] -= table.at(r, c);
                column_sums[c] -= table.at(r, c);
            }
        EXPECT_EQ(row_sums, std::vector<int>(rows));
        EXPECT_EQ(column_sums, std::vector<int>(columns));
    }
}

}  // namespace
}  // namespace optimat::synth
