#include "measure/compare.hpp"

#include "measure/extracts_for_tests.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <set>

namespace optimat {
namespace {

std::vector<std::size_t> all_services(const Extract& extract) {
    std::vector<std::size_t> services(extract.services.size());
    std::iota(services.begin(), services.end(), 0u);
    return services;
}

const ComparableMeasure& measure(std::string_view id) { return *find_measure(id); }

TEST(ComparableMeasures, have_ids_of_their_own_and_words) {
    std::set<std::string_view> ids;
    for (const ComparableMeasure& one : comparable_measures()) {
        EXPECT_TRUE(ids.insert(one.id).second);
        EXPECT_FALSE(one.words.empty());
        EXPECT_FALSE(one.denominator.empty());
        EXPECT_EQ(find_measure(one.id), &one);
    }
    EXPECT_EQ(find_measure("none"), nullptr);
    EXPECT_EQ(measure("red_share").better, BetterWhen::lower);
    EXPECT_EQ(measure("green_share").better, BetterWhen::higher);
    EXPECT_EQ(measure("mean_methadone").better, BetterWhen::neither);
}

TEST(Compare, cohort_shares_and_mean_doses_are_the_trackers) {
    const CountedExtract random = random_extract(5);
    const TrackerTable tracker = make_tracker(random.extract, random.states, {1});
    const auto services = all_services(random.extract);
    for (std::size_t date = 0; date < random.states.dates.size(); ++date) {
        const auto red = compare(random.extract, random.states, date, services, measure("red_share"));
        const auto uncategorised =
            compare(random.extract, random.states, date, services, measure("uncategorised_share"));
        const auto mean = compare(random.extract, random.states, date, services, measure("mean_methadone"));
        for (const std::size_t service : services) {
            const TrackerCell& cell = tracker.cells[date][service];
            EXPECT_EQ(red.services[service].value, cell.cohort_share(TrackerGroup::red));
            EXPECT_EQ(red.services[service].sums.in_mat, cell.in_mat());
            EXPECT_EQ(uncategorised.services[service].value, cell.share_of_all(TrackerGroup::uncategorised));
            EXPECT_EQ(mean.services[service].value, cell.average_methadone().mean_mg());
            EXPECT_FALSE(mean.services[service].position) << "a mean has no funnel";
        }
        const TrackerCell whole = tracker.at(date, places_of(random.extract).front());
        EXPECT_EQ(red.pooled_value, whole.cohort_share(TrackerGroup::red));
        EXPECT_EQ(mean.pooled_value, whole.average_methadone().mean_mg());
    }
}

/// Doses 40, 60 and 80 at S1, 50 at S2, nobody at S3.
CountedExtract three_services() {
    std::string rows = "prescription_id,client_id,service_id,medicine,daily_dose_mg,start_date,end_date\n";
    const char* doses[] = {"40", "60", "80", "50"};
    for (int i = 0; i < 4; ++i)
        rows += "P" + std::to_string(i) + ",C" + std::to_string(i) + (i < 3 ? ",S1" : ",S2") + ",methadone," +
                doses[i] + ",2018-01-10,2018-12-31\n";
    const std::string tops =
        "top_id,client_id,date,stage,opiate_days\nT0,C0,2018-06-01,review,3\nT1,C1,2018-06-01,review,0\n";
    return written_extract({{"prescriptions.csv", rows}, {"tops.csv", tops}}, {*day_of(2018, 6, 30)});
}

TEST(Compare, a_mean_has_a_normal_interval_from_exact_squares) {
    const CountedExtract three = three_services();
    const auto mean =
        compare(three.extract, three.states, 0, all_services(three.extract), measure("mean_methadone"));
    const double reach = 1.959964 * 20 / std::sqrt(3.0);  // the sample's standard deviation is 20
    EXPECT_EQ(mean.services[0].value, 60.0);
    EXPECT_NEAR(mean.services[0].interval->low, 60 - reach, 1e-9);
    EXPECT_NEAR(mean.services[0].interval->high, 60 + reach, 1e-9);
    EXPECT_EQ(mean.services[1].value, 50.0);
    EXPECT_FALSE(mean.services[1].interval) << "one person has no spread";
}

TEST(Compare, a_service_with_nobody_is_listed_without_value) {
    const CountedExtract three = three_services();
    for (const ComparableMeasure& one : comparable_measures()) {
        const auto result = compare(three.extract, three.states, 0, all_services(three.extract), one);
        ASSERT_EQ(result.services.size(), 3u);
        EXPECT_EQ(result.services[2].sums.in_mat, 0) << one.id;
        EXPECT_FALSE(result.services[2].value || result.services[2].interval || result.services[2].position)
            << one.id;
    }
}

TEST(Compare, a_peer_group_is_pooled_alone) {
    const CountedExtract three = three_services();
    const std::vector<std::size_t> peers = {1, 2};
    const auto result = compare(three.extract, three.states, 0, peers, measure("uncategorised_share"));
    EXPECT_EQ(result.pooled.denominator, 1);
    EXPECT_EQ(result.pooled_value, 1.0);
    EXPECT_EQ(result.services[0].position, FunnelPosition::inside);
    const auto all =
        compare(three.extract, three.states, 0, all_services(three.extract), measure("mat2_share"));
    EXPECT_EQ(all.services[0].sums.numerator, 1);
    EXPECT_EQ(all.services[0].sums.denominator, 3);
    EXPECT_EQ(all.services[0].interval, wilson_interval(1, 3, z_of_95));
    EXPECT_EQ(all.pooled_value, 0.25);
}

}  // namespace
}  // namespace optimat
