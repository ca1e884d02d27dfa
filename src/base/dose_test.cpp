#include "base/dose.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

std::optional<std::int64_t> micrograms(std::string_view text) {
    const auto dose = parse_milligrams(text);
    return dose ? std::optional(dose->number) : std::nullopt;
}

TEST(Dose, decimal_milligrams_are_exact_micrograms) {
    EXPECT_EQ(micrograms("60"), 60'000);
    EXPECT_EQ(micrograms("0.4"), 400);
    EXPECT_EQ(micrograms("9.9"), 9'900);
    EXPECT_EQ(micrograms("12."), 12'000);
    EXPECT_EQ(micrograms(".5"), 500);
    EXPECT_EQ(micrograms("+7"), 7'000);
    EXPECT_EQ(micrograms("-1"), -1'000);
    EXPECT_EQ(micrograms("0"), 0);
    EXPECT_EQ(micrograms("-0"), 0);
    EXPECT_EQ(micrograms("1.5e1"), 15'000);
    EXPECT_EQ(micrograms("1E+2"), 100'000);
    EXPECT_EQ(micrograms("250e-1"), 25'000);
    EXPECT_EQ(micrograms("000000000000000000000000060.000000000000000000000000"), 60'000);
}

TEST(Dose, half_a_microgram_rounds_up) {
    EXPECT_EQ(micrograms("0.0004"), 0);
    EXPECT_EQ(micrograms("0.0005"), 1);
    EXPECT_EQ(micrograms("0.00049999999999999999999999"), 0);
    EXPECT_EQ(micrograms("0.00050000000000000000000001"), 1);
    EXPECT_EQ(micrograms("0.0015"), 2);
    EXPECT_EQ(micrograms("1.0005"), 1'001);
    EXPECT_EQ(micrograms("-0.0005"), 0) << "half up means towards greater numbers, below zero too";
    EXPECT_EQ(micrograms("-0.0006"), -1);
    EXPECT_EQ(micrograms("5e-4"), 1);
}

TEST(Dose, the_largest_dose_is_a_kilogram) {
    EXPECT_EQ(micrograms("1000000"), largest_dose.number);
    EXPECT_EQ(micrograms("1e6"), largest_dose.number);
    EXPECT_FALSE(micrograms("1000000.001"));
    EXPECT_FALSE(micrograms("-1000000.001"));
    EXPECT_FALSE(micrograms("1e308"));
    EXPECT_FALSE(micrograms("1e99999999999999999999"));
    EXPECT_EQ(micrograms("0e308"), 0);
    EXPECT_EQ(micrograms("1e-400"), 0);
    EXPECT_EQ(micrograms("1e-99999999999999999999"), 0);
    EXPECT_EQ(micrograms("99999999999999999999999999e-24"), 100'000);
}

TEST(Dose, what_is_no_decimal_number_is_nothing) {
    for (const char* text : {"",      ".",   "-",    "+",   "e5",  "1e",   "1e+", "1e+-5", "1e-+5", "--1",
                             "1.2.3", "1,5", "60mg", " 60", "60 ", "0x10", "inf", "nan",   "1e5.5", "१"})
        EXPECT_FALSE(micrograms(text)) << text;
}

TEST(Dose, every_microgram_up_to_a_gram_goes_to_text_and_back) {
    for (std::int64_t number = -2'000; number <= 1'000'000; ++number) {
        const std::string text = milligram_text(Micrograms{number});
        ASSERT_EQ(micrograms(text), number) << text;
        ASSERT_TRUE(text.find('.') == std::string::npos || text.back() != '0') << text;
    }
    EXPECT_EQ(milligram_text(milligrams(60)), "60");
    EXPECT_EQ(milligram_text(Micrograms{9'900}), "9.9");
    EXPECT_EQ(milligram_text(Micrograms{400}), "0.4");
    EXPECT_EQ(milligram_text(Micrograms{-500}), "-0.5");
}

TEST(Millionths, reach_a_million_million) {
    EXPECT_EQ(parse_millionths("1.5"), 1'500'000);
    EXPECT_EQ(parse_millionths("0.0000005"), 1);
    EXPECT_EQ(parse_millionths("0.0000004"), 0);
    EXPECT_EQ(parse_millionths("1000000"), 1'000'000'000'000);
    EXPECT_FALSE(parse_millionths("1000000.000001"));
    EXPECT_FALSE(parse_millionths("1e308"));
    EXPECT_FALSE(parse_millionths("x"));
}

TEST(OptionalDose, zero_is_recorded_and_missing_is_not) {
    EXPECT_FALSE(OptionalDose{}.has_value());
    EXPECT_TRUE(OptionalDose{Micrograms{0}}.has_value());
    EXPECT_EQ(*OptionalDose{largest_dose}, largest_dose);
}

}  // namespace
}  // namespace optimat
