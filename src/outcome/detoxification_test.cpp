#include "outcome/found_for_tests.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

/// Somebody on 50 mg of methadone whose detoxification begins on 1 May 2018: three months later is 1 August.
Lines of_may(std::string_view function, const std::string& as_known_on) {
    return WrittenExtract()
        .file("prescriptions.csv",
              "prescription_id,client_id,service_id,medicine,daily_dose_mg,start_date,end_date,regime\n",
              "r1,c,S1,methadone,50,2018-01-01,2018-04-30,stable\n"
              "r2,c,S1,methadone,40,2018-05-01,2018-07-15,detox\n")
        .tops("t1,c,2018-05-20,review,community,3\n")
        .found(function, "2018-05-01", "2018-05-31", as_known_on);
}

TEST(Detoxification, what_was_taken_and_used_is_too_early_until_the_three_months_are_over) {
    const Lines too_early = {"S1 too_early 2018-05-01"};
    for (const char* function : {"detox_entry_dose", "detox_use", "detox_setting"})
        EXPECT_EQ(of_may(function, "2018-07-31"), too_early) << function;
    EXPECT_EQ(of_may("detox_entry_dose", "2018-08-01"), (Lines{"S1 methadone 2018-05-01 50000"}));
    EXPECT_EQ(of_may("detox_use", "2018-08-01"), (Lines{"S1 used 2018-05-01"}));
    EXPECT_EQ(of_may("detox_setting", "2018-08-01"), (Lines{"S1 community 2018-05-01"}));
}

}  // namespace
}  // namespace optimat
