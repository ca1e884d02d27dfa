#include "report/check_text.hpp"

#include "report/table_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace optimat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

ReadExtract invented() {
    ReadExtract read;
    read.extract.organisation = "Invented\x1b[2J";
    read.extract.covers_from = *parse_iso_day("2018-01-01");
    read.extract.covers_to = *parse_iso_day("2018-12-31");
    read.report.files = {{"prescriptions.csv",
                          "prescriptions",
                          100,
                          {5, 3, 1, 1},
                          {"client_id", "daily_dose_ml", "=shoe size", "start_date"},
                          ""},
                         {"people.csv", "clients", 50, {2, 2, 0, 0}, {"anything"}, ""},
                         {"notes.csv", "", 0, {}, {}, ""}};
    read.report.issues = {{Rule::cell_date, 0, 3, 4},
                          {Rule::cell_padded, 0, 0, 2},
                          {Rule::cell_padded, 0, 0, 5},
                          {Rule::row_blank, 0, Issue::no_column, 3},
                          {Rule::file_not_in_contract, 2, Issue::no_column, 0}};
    return read;
}

std::string text_by(const std::function<void(const TextSink&)>& write) {
    std::string text;
    write([&](std::string_view piece) { text += piece; });
    return text;
}

TEST(CheckText, rules_stand_errors_first_then_by_number) {
    std::vector<std::string> order;
    for (const IssueCount& one : issues_by_rule(invented().report))
        order.emplace_back(issue_rule(one.rule).id);
    EXPECT_THAT(order, ElementsAre("cell/date", "cell/padded", "file/not-in-contract", "row/blank"));
}

TEST(CheckText, unknown_columns_are_those_outside_the_contract) {
    const CheckReport report = invented().report;
    EXPECT_THAT(unknown_columns(report.files[0], {}), ElementsAre("=shoe size"));
    EXPECT_THAT(unknown_columns(report.files[1], {}), ElementsAre());  // a mapping decides there
    FileReport ascis{"ascis.csv", "ascis", 0, {}, {"asci_id", "diverted_this_episode", "mood"}, ""};
    EXPECT_THAT(unknown_columns(ascis, {"diverted_this_episode"}), ElementsAre("mood"));
}

TEST(CheckText, text_counts_files_and_names_the_first_place) {
    const std::string text = text_by([](const TextSink& sink) {
        write_check_text(invented(), {Colour::never, 80}, sink);
    });
    EXPECT_THAT(text, HasSubstr("people.csv as clients"));
    EXPECT_THAT(text, HasSubstr("All files                      7         5         1        1"));
    EXPECT_THAT(text, HasSubstr("error  cell/date  1 time; row refused"));
    EXPECT_THAT(text, HasSubstr("First at prescriptions.csv line 4."));
    EXPECT_THAT(text, HasSubstr("Issues: 1 error, 2 warnings, 2 notes"));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(CheckText, issues_csv_says_where_to_look) {
    const std::string csv = text_by([](const TextSink& sink) { write_issues_csv(invented().report, sink); });
    EXPECT_THAT(csv, testing::StartsWith("file,line,column,rule,severity,consequence,text\n"
                                         "prescriptions.csv,4,start_date,cell/date,error,row refused,"));
    EXPECT_THAT(csv, HasSubstr("\nnotes.csv,,,file/not-in-contract,note,kept,"));
}

TEST(CheckText, json_parses_and_balances) {
    const auto json =
        nlohmann::json::parse(text_by([](const TextSink& sink) { write_check_json(invented(), {}, sink); }));
    EXPECT_EQ(json["errors"], 1);
    EXPECT_EQ(json["usable"], true);
    for (const auto& file : json["files"])
        EXPECT_EQ(file["read"].get<int>(),
                  file["accepted"].get<int>() + file["repeated"].get<int>() + file["refused"].get<int>());
}

TEST(TableText, words_that_a_spreadsheet_would_calculate_are_text) {
    EXPECT_EQ(csv_words("=1+1"), "'=1+1");
    EXPECT_EQ(csv_words("@here, \"now\""), "\"'@here, \"\"now\"\"\"");
    EXPECT_EQ(csv_words("-"), "'-");
    EXPECT_EQ(csv_words("North - East"), "North - East");
    EXPECT_EQ(csv_words(""), "");
}

}  // namespace
}  // namespace optimat
