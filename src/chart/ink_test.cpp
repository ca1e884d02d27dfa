#include "chart/ink.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <string>

namespace optimat::chart {
namespace {

double channel(std::string_view colour, std::size_t at) {
    const double value = std::stoi(std::string(colour.substr(at, 2)), nullptr, 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}
double luminance(std::string_view colour) {
    return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
}
/// Contrast ratio of WCAG 2.2.
double contrast(std::string_view a, std::string_view b) {
    const double first = luminance(a), second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

TEST(Inks, words_can_be_read) {
    for (const inks::CohortInk& ink : inks::cohorts) {
        EXPECT_GE(contrast(ink.text, ink.fill), 4.5) << ink.fill;
        EXPECT_GE(contrast(ink.words, inks::white), 4.5) << ink.words;
        EXPECT_GE(contrast(ink.fill, inks::white), 3) << ink.fill;
    }
    for (const std::string_view ground : {inks::white, inks::band})
        for (const std::string_view ink : {inks::text, inks::muted, inks::accent})
            EXPECT_GE(contrast(ink, ground), 4.5) << ink;
    // The marks of control charts lie on white and on the band between limits; their words on white.
    for (const std::string_view ink :
         {inks::common_cause, inks::improvement, inks::concern, inks::neither, inks::target}) {
        EXPECT_GE(contrast(ink, inks::white), 4.5) << ink;
        EXPECT_GE(contrast(ink, inks::pale), 3) << ink;
    }
}

}  // namespace
}  // namespace optimat::chart
