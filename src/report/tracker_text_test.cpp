#include "report/tracker_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>
#include <sstream>

namespace optimat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Provenance provenance{"0.1.0", "toolkit", "1", "abcd", "extract x of Invented"};

/// Two months of one service: 4 red, 3 amber, 2 green, 1 grey, 2 uncategorised, 1 MAT1; then two fewer red.
TrackerSeries two_months() {
    TrackerSeries series{{PlaceKind::service, "S1", "=North", {0}},
                         {*parse_iso_day("2018-09-30"), *parse_iso_day("2018-10-15")},
                         {}};
    TrackerCell cell;
    cell.people = {4, 3, 2, 1, 0, 0, 1, 0, 2};
    cell.methadone[0] = {100'100, 2};
    series.cells = {cell, cell};
    series.cells[1].people[0] = 2;
    return series;
}

std::string text_by(const std::function<void(const TextSink&)>& write) {
    std::string text;
    write([&](std::string_view piece) { text += piece; });
    return text;
}

TEST(BarCells, parts_fill_the_bar) {
    EXPECT_THAT(bar_cells({1, 1, 1, 1}, 8), ElementsAre(2, 2, 2, 2));
    EXPECT_THAT(bar_cells({1, 0, 0, 0}, 8), ElementsAre(8, 0, 0, 0));
    EXPECT_THAT(bar_cells({0, 0, 0, 0}, 8), ElementsAre(0, 0, 0, 0));
    EXPECT_THAT(bar_cells({5, 5}, 0), ElementsAre(0, 0));
}

TEST(BarCells, a_small_part_keeps_a_cell) {
    EXPECT_THAT(bar_cells({1, 999, 0, 0}, 10), ElementsAre(1, 9, 0, 0));
}

TEST(BarCells, always_sum_to_the_bar) {
    std::mt19937 dice(7);
    for (int i = 0; i < 2000; ++i) {
        std::vector<std::int64_t> parts(4);
        for (auto& part : parts)
            part = std::uniform_int_distribution<std::int64_t>(0, i % 3 == 0 ? 2 : 10'000)(dice);
        const std::size_t columns = 4 + static_cast<std::size_t>(i % 40);
        const auto cells = bar_cells(parts, columns);
        const bool nobody = std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == 0;
        EXPECT_EQ(std::accumulate(cells.begin(), cells.end(), std::size_t{0}), nobody ? 0 : columns);
        for (std::size_t k = 0; k < 4; ++k)
            EXPECT_EQ(cells[k] == 0, parts[k] == 0);
    }
}

TEST(TrackerSentence, tells_what_changed) {
    EXPECT_EQ(tracker_sentence(two_months()),
              "Since Sep 2018: 2 fewer people in MAT (11), 2 fewer red (2) and as many uncategorised (2); "
              "since Sep 2018 red went from "
              "40.0 % to 25.0 % of the four cohorts and uncategorised from 15.4 % to 18.2 % of all in MAT.");
}

TEST(TrackerSentence, of_one_month_tells_where_people_stand) {
    TrackerSeries series = two_months();
    series.dates.pop_back();
    series.cells.pop_back();
    EXPECT_EQ(
        tracker_sentence(series),
        "On 30 September 2018 there were 13 people in MAT; 40.0 % of the four cohorts were red and 15.4 % "
        "of all in MAT uncategorised.");
}

TEST(TrackerSentence, of_nobody_has_no_shares) {
    TrackerSeries series = two_months();
    series.cells = {TrackerCell{}, TrackerCell{}};
    EXPECT_THAT(tracker_sentence(series), HasSubstr("red went from – to – of the four cohorts"));
}

TEST(TrackerCsv, one_row_a_date_and_group) {
    const std::string csv =
        text_by([](const TextSink& sink) { write_tracker_csv(two_months(), provenance, sink); });
    std::istringstream lines(csv);
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(line, "place_kind,place_id,place,as_at,group,people,share_of_cohorts,share_of_all,mean_"
                    "methadone_mg,methadone_people,"
                    "program_version,policy,policy_version,policy_hash,source");
    std::getline(lines, line);
    EXPECT_EQ(line, "service,S1,'=North,2018-09-30,red,4,0.400000,0.307692,50.050,2,0.1.0,toolkit,1,abcd,"
                    "extract x of Invented");
    int rows = 1;
    while (std::getline(lines, line))
        ++rows;
    EXPECT_EQ(rows, 18);
    EXPECT_THAT(csv, HasSubstr(",mat1,1,,0.076923,,0,"));  // no cohort, nobody on methadone
}

TEST(TrackerJson, has_null_where_there_is_no_figure) {
    const auto json = nlohmann::json::parse(
        text_by([](const TextSink& sink) { write_tracker_json(two_months(), provenance, sink); }));
    const auto& groups = json["months"][0]["groups"];
    EXPECT_EQ(groups[0]["mean_methadone_mg"], 50.05);
    EXPECT_TRUE(groups[6]["share_of_cohorts"].is_null());
    EXPECT_TRUE(groups[1]["mean_methadone_mg"].is_null());
    EXPECT_EQ(json["months"][0]["part_month"], false);
    EXPECT_EQ(json["months"][1]["part_month"], true);
    EXPECT_EQ(json["place"]["name"], "=North");
}

TEST(TrackerText, fits_the_width_even_with_large_numbers) {
    TrackerSeries series = two_months();
    for (TrackerCell& cell : series.cells) {
        cell.people.fill(10'785);
        for (DoseSum& sum : cell.methadone)
            sum = {1'100'000 * 10'785ll / 10, 10'785};
    }
    series.place.name = std::string(200, 'x');
    for (const std::size_t width : {80u, 100u, 200u}) {
        std::istringstream lines(text_by([&](const TextSink& sink) {
            write_tracker_text(series, provenance, {Colour::never, width}, sink);
        }));
        for (std::string line; std::getline(lines, line);)
            EXPECT_LE(columns_of(line), width) << line;
    }
}

TEST(TrackerText, colour_only_repeats_what_letters_say) {
    const auto text = [](Colour colour) {
        return text_by([&](const TextSink& sink) {
            write_tracker_text(two_months(), provenance, {colour, 80}, sink);
        });
    };
    std::string coloured = text(Colour::always);
    EXPECT_THAT(coloured, HasSubstr("\x1b["));
    for (std::size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b'))
        coloured.erase(at, coloured.find('m', at) - at + 1);
    EXPECT_EQ(coloured, text(Colour::never));
    EXPECT_THAT(coloured, HasSubstr("to 15 Oct 2018"));
}

}  // namespace
}  // namespace optimat
