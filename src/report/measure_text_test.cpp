#include "report/measure_text.hpp"

#include "report/measure_tables_for_tests.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sstream>

namespace optimat {
namespace {

using testing::HasSubstr;
using testing::Not;

class MeasureText : public MeasureTables {
  protected:
    const Provenance provenance{"0.1.0", "toolkit", "1", "abcd", "extract of an invented organisation"};

    std::string of_all(const Place& place, std::size_t width) const {
        std::string text;
        write_measures_text(source, place, last, provenance, {Colour::never, width},
                            [&](std::string_view piece) { text += piece; });
        return text;
    }
    std::string of_one(const MeasureDefinition& one, const Place& place, std::size_t width) const {
        std::string text;
        write_measure_text(source, measure_series(one, grid, place, 0, last, {}), place, last, provenance,
                           {Colour::never, width}, [&](std::string_view piece) { text += piece; });
        return text;
    }
};

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

TEST_F(MeasureText, FitsTheTerminal) {
    for (const std::size_t width : {80u, 100u})
        for (const Place& place : places)
            for (const std::string& line : lines_of(of_all(place, width)))
                EXPECT_LE(columns_of(line), width) << line;
    for (const MeasureDefinition& one : definitions.measures)
        for (const std::string& line : lines_of(of_one(one, places.front(), 80)))
            EXPECT_LE(columns_of(line), 80u) << one.name << ": " << line;
}

TEST_F(MeasureText, PutsRetentionReturnsAndDeathsUnderCompletions) {
    const auto lines = lines_of(of_all(places.front(), 200));
    for (const MeasureDefinition& one : definitions.measures) {
        if (one.beside.empty()) continue;
        const MeasureGroup& group = *std::ranges::find(definitions.groups, one.group, &MeasureGroup::id);
        const auto head = std::ranges::find_if(
            lines, [&](const std::string& line) { return line.starts_with(group.title + "  "); });
        ASSERT_NE(head, lines.end()) << group.title;
        const auto end = std::find(head, lines.end(), "");
        for (const std::string& name : one.beside)
            EXPECT_TRUE(std::any_of(head, end,
                                    [&](const std::string& line) {
                                        return line.find(definitions.find(name)->title) != std::string::npos;
                                    }))
                << one.name << " without " << name;
    }
}

TEST_F(MeasureText, GivesRatesTheirIntervalAndNamesPersonYearsOnce) {
    const MeasureDefinition& deaths = measure("deaths_in_mat");
    const MeasureFigure exact = figure(deaths, places.front());
    const std::string text = of_one(deaths, places.front(), 400);
    EXPECT_THAT(text, Not(HasSubstr("person-days")));
    EXPECT_THAT(text, HasSubstr(fmt::format("({}; 95 % interval ", counts_words(exact))));
    for (const std::string& line : lines_of(text)) {
        if (line.find("Organisation: ") == std::string::npos) continue;
        const std::string here = line.substr(0, line.find("Organisation: "));
        EXPECT_EQ(here.find("per 100 person-years"), here.rfind("per 100 person-years")) << line;
    }
    EXPECT_THAT(of_all(places.front(), 80), HasSubstr("    95 % interval "));
}

TEST_F(MeasureText, SaysHowManyAreTooRecent) {
    EXPECT_THAT(of_one(measure("retention_six_months"), places.front(), 80),
                HasSubstr("spells are too recent to be counted."));
}

}  // namespace
}  // namespace optimat
