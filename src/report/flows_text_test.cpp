#include "report/flows_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace optimat {
namespace {

FlowTable september_to_october() {
    FlowTable flows{*parse_iso_day("2018-09-30"), *parse_iso_day("2018-10-31"), {}};
    flows.people[0][0] = 70;              // stayed red
    flows.people[0][1] = 5;               // red to amber
    flows.people[flow_outside][6] = 12;   // entered as MAT1
    flows.people[2][flow_outside] = 3;    // green, left
    flows.people[3][flow_elsewhere] = 2;  // grey, moved away
    flows.people[flow_elsewhere][8] = 1;  // arrived uncategorised
    return flows;
}

std::string text_by(const std::function<void(const TextSink&)>& write) {
    std::string text;
    write([&](std::string_view piece) { text += piece; });
    return text;
}

TEST(FlowsText, sentence_says_who_moved) {
    EXPECT_EQ(flows_sentence(september_to_october()),
              "From 30 September 2018 to 31 October 2018: 12 people entered MAT, 1 came from another place, "
              "3 left MAT, 2 moved to another "
              "place, 5 changed group here and 70 stayed in theirs.");
}

TEST(FlowsText, table_fits_80_columns) {
    FlowTable flows = september_to_october();
    for (auto& row : flows.people)
        row.fill(9'999);
    std::istringstream lines(text_by([&](const TextSink& sink) {
        write_flows_text({}, flows, {}, {Colour::never, 80}, sink);
    }));
    for (std::string line; std::getline(lines, line);)
        EXPECT_LE(columns_of(line), 80u) << line;
}

TEST(FlowsText, csv_has_every_pair_but_those_outside_on_both_ends) {
    std::istringstream lines(
        text_by([](const TextSink& sink) { write_flows_csv({}, september_to_october(), {}, sink); }));
    std::string line;
    std::getline(lines, line);
    EXPECT_TRUE(line.starts_with("place_kind,place_id,place,before,now,from,to,people,"));
    int rows = 0;
    bool entered = false;
    while (std::getline(lines, line)) {
        ++rows;
        entered |= line.starts_with("organisation,,,2018-09-30,2018-10-31,outside,mat1,12,");
        EXPECT_EQ(line.find("outside,elsewhere"), std::string::npos);
    }
    EXPECT_EQ(rows, 11 * 11 - 4);
    EXPECT_TRUE(entered);
}

TEST(FlowsText, json_pairs_sum_to_the_summary) {
    const auto json = nlohmann::json::parse(
        text_by([](const TextSink& sink) { write_flows_json({}, september_to_october(), {}, sink); }));
    std::int64_t sum = 0;
    for (const auto& pair : json["people"])
        sum += pair["people"].get<std::int64_t>();
    EXPECT_EQ(sum, json["entered"].get<int>() + json["arrived"].get<int>() + json["left"].get<int>() +
                       json["moved_away"].get<int>() + json["changed_group"].get<int>() +
                       json["stayed"].get<int>());
}

}  // namespace
}  // namespace optimat
