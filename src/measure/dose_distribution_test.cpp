#include "measure/dose_distribution.hpp"

#include "measure/extracts_for_tests.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

CountedExtract on_doses(const std::string& medicine, const std::vector<std::string>& doses) {
    std::string rows = "prescription_id,client_id,service_id,medicine,daily_dose_mg,start_date,end_date\n";
    for (std::size_t i = 0; i < doses.size(); ++i)
        rows += "P" + std::to_string(i) + ",C" + std::to_string(i) + ",S1," + medicine + "," + doses[i] +
                ",2018-01-10,2018-12-31\n";
    return written_extract({{"prescriptions.csv", rows}}, {*day_of(2018, 6, 30)});
}

DoseDistribution distribution(const CountedExtract& people, Family family, const Policy& policy) {
    return dose_distribution(people.extract, people.states, 0, policy, places_of(people.extract).front(),
                             service_data_rows()[0], family);
}

TEST(DoseDistribution, a_dose_on_the_threshold_begins_a_bin) {
    const auto people = on_doses("methadone", {"45", "59.999", "60", "69.5", "80", ""});
    const auto found = distribution(people, Family::methadone, people.policy);
    const auto bin = [](std::int64_t from, std::int64_t count) {
        return DoseBin{milligrams(from), milligrams(from + 10), count};
    };
    EXPECT_EQ(found.bins, (std::vector<DoseBin>{bin(40, 1), bin(50, 1), bin(60, 2), bin(70, 0), bin(80, 1)}));
    EXPECT_EQ(found.known, 5);
    EXPECT_EQ(found.unknown, 1);
    EXPECT_EQ(found.on_threshold, 1);
    EXPECT_EQ(found.threshold, milligrams(60));
}

TEST(DoseDistribution, a_threshold_between_steps_moves_the_edges) {
    const auto people = on_doses("methadone", {"4", "5", "64", "65"});
    Policy policy = people.policy;
    policy.families[0].threshold = milligrams(65);
    const auto found = distribution(people, Family::methadone, policy);
    EXPECT_EQ(found.bins.front(), (DoseBin{milligrams(0), milligrams(5), 1})) << "narrower, from 0";
    EXPECT_EQ(found.bins[1], (DoseBin{milligrams(5), milligrams(15), 1}));
    EXPECT_EQ(found.bins.back(), (DoseBin{milligrams(65), milligrams(75), 1}));
}

TEST(DoseDistribution, other_families_and_nobody) {
    const auto people = on_doses("buprenorphine_monthly", {"64", "96", "128"});
    const auto found = distribution(people, Family::buprenorphine_monthly, people.policy);
    ASSERT_EQ(found.bins.size(), 3u);
    EXPECT_EQ(found.bins[1], (DoseBin{milligrams(96), milligrams(128), 1}));
    EXPECT_TRUE(distribution(people, Family::methadone, people.policy).bins.empty());
    EXPECT_EQ(distribution(people, Family::methadone, people.policy).known, 0);
}

TEST(DoseDistribution, bins_count_everybody_whom_the_dose_range_has) {
    const CountedExtract random = random_extract(4);
    const Place whole = places_of(random.extract).front();
    for (std::size_t family = 0; family < family_count; ++family)
        for (const ServiceDataRow& row : service_data_rows()) {
            const auto found = dose_distribution(random.extract, random.states, 0, random.policy, whole, row,
                                                 static_cast<Family>(family));
            const auto range =
                dose_range(random.extract, random.states, 0, whole, row, static_cast<Family>(family));
            std::int64_t sum = 0;
            for (std::size_t i = 0; i < found.bins.size(); ++i) {
                sum += found.bins[i].people;
                EXPECT_TRUE(i == 0 || found.bins[i].from == found.bins[i - 1].to);
            }
            EXPECT_EQ(sum, found.known);
            EXPECT_EQ(found.known, range ? static_cast<std::int64_t>(range->count) : 0);
        }
}

}  // namespace
}  // namespace optimat
