#include "report/release_text.hpp"

#include "report/release_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optimat {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A share that late data moved by four points, and a rate that is as it was.
RestatedFigures figures() {
    ReleaseMeasure completed;
    completed.name = "completed";
    completed.title = "Inductions completed";
    ReleaseMeasure deaths;
    deaths.name = "deaths";
    deaths.title = "Deaths in MAT";
    const auto figure = [](std::int64_t numerator, std::int64_t denominator, MeasureValue value) {
        MeasureFigure made;
        made.numerator = numerator;
        made.denominator = denominator;
        made.value_kind = value;
        return made;
    };
    const MeasureFigure then = figure(30, 100, MeasureValue::share),
                        now = figure(34, 100, MeasureValue::share),
                        rate = figure(2, 36'525, MeasureValue::rate);
    return {{RestatementCause::late_data}, {{completed, then, {now}}, {deaths, rate, {rate}}}};
}

std::string text_of_release() {
    const RestatedFigures restated = figures();
    const DataTable about{"release_about",
                          "",
                          "",
                          {{"what", "What", CellKind::words, ""}, {"value", "Is", CellKind::words, ""}},
                          {{DataCell::words("Made"), DataCell::words("today")}},
                          1};
    std::string text;
    write_release_text(
        {release_figures_table(restated, day_of(2018, 10, 31).value()), release_why_table(restated), about},
        "Release 1", "1 of 2 figures differ.", {"0.1.0", "toolkit", "1", "abcd", "an invented organisation"},
        {Colour::never, 80}, [&](std::string_view piece) { text += piece; });
    return text;
}

TEST(ReleaseText, SaysFirstWhatDiffersAndSharesInPoints) {
    const std::string text = text_of_release();
    const std::string first = text.substr(0, text.find("Measure"));
    EXPECT_THAT(first, HasSubstr("Inductions completed"));
    EXPECT_THAT(first, HasSubstr("4.0 points"));
    EXPECT_THAT(first, Not(HasSubstr("Deaths in MAT")));
    EXPECT_THAT(text.substr(first.size()), HasSubstr("Deaths in MAT"));
    EXPECT_THAT(text, Not(HasSubstr("36,525"))) << "person-days without a word";
}

}  // namespace
}  // namespace optimat
