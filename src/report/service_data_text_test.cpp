#include "report/service_data_text.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace optimat {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t row_of(std::string_view id) {
    const auto rows = service_data_rows();
    return static_cast<std::size_t>(std::ranges::find(rows, id, &ServiceDataRow::id) - rows.begin());
}

/// The legible part of 000 Figure 8: 518 in MAT, 262 of them in MAT 2, 92 and 170 by band.
ServiceDataSheet figure_8() {
    const std::size_t rows = service_data_rows().size();
    ServiceDataSheet sheet{
        {PlaceKind::service, "S1", "Northgate", {0}}, *parse_iso_day("2018-10-31"), {}, {}, {}, {}, {}};
    sheet.cells.resize(rows);
    sheet.organisation.resize(rows);
    sheet.services.resize(rows);
    sheet.methadone.resize(rows);
    sheet.buprenorphine.resize(rows);
    const auto set = [&](std::string_view id, std::int64_t people) {
        sheet.cells[row_of(id)].people = people;
    };
    set("total", 518);
    set("mat1", 31);
    set("mat2", 262);
    set("mat2_below", 92);
    set("mat2_at_or_above", 170);
    set("mat2_static", 258);
    sheet.cells[row_of("mat2_below")].methadone = {41'280'000, 1000};
    sheet.cells[0].on_threshold = 100;
    sheet.organisation = sheet.cells;
    sheet.services[row_of("mat2")] = Spread{3, 0.25, 0.3, 0.4, 0.45, 0.5058};
    return sheet;
}

std::string text_by(const std::function<void(const TextSink&)>& write) {
    std::string text;
    write([&](std::string_view piece) { text += piece; });
    return text;
}

TEST(ServiceDataText, figures_are_those_of_figure_8) {
    const std::string text = text_by([](const TextSink& sink) {
        write_service_data_text(figure_8(), {}, {Colour::never, 80}, sink);
    });
    for (const char* figure : {"518", "5.98", "50.58", "17.76", "32.82", "49.81", "41.28"})
        EXPECT_THAT(text, HasSubstr(figure));
    EXPECT_THAT(text, HasSubstr("25.0  30.0  40.0  45.0  50.6"));
    EXPECT_THAT(text, HasSubstr("Exactly on the threshold: 100 people (19.31 %)"));
    EXPECT_THAT(text, Not(HasSubstr("increasing")));  // nobody anywhere
}

TEST(ServiceDataText, table_fits_80_columns) {
    ServiceDataSheet sheet = figure_8();
    for (std::size_t i = 0; i < sheet.cells.size(); ++i) {
        sheet.cells[i].people = sheet.organisation[i].people = 27'080;
        sheet.cells[i].methadone = sheet.organisation[i].methadone = {1'000'000'000, 9'999};
        sheet.cells[i].buprenorphine = sheet.organisation[i].buprenorphine = {100'000'000, 9'999};
        sheet.services[i] = Spread{3, 1, 1, 1, 1, 1};
        sheet.methadone[i] = Spread{3, 100, 100, 100, 100, 400};
    }
    std::istringstream lines(text_by([&](const TextSink& sink) {
        write_service_data_text(sheet, {}, {Colour::never, 80}, sink);
    }));
    for (std::string line; std::getline(lines, line);)
        EXPECT_LE(columns_of(line), 80u) << line;
}

TEST(ServiceDataCsv, rows_have_as_many_cells_as_the_head) {
    std::istringstream lines(
        text_by([](const TextSink& sink) { write_service_data_csv(figure_8(), {}, sink); }));
    std::string line;
    std::getline(lines, line);
    const auto commas = std::ranges::count(line, ',');
    std::size_t rows = 0;
    while (std::getline(lines, line)) {
        EXPECT_EQ(std::ranges::count(line, ','), commas) << line;
        ++rows;
    }
    EXPECT_EQ(rows, service_data_rows().size());
}

TEST(ServiceDataJson, keeps_rows_with_nobody_and_has_null_means) {
    const auto json = nlohmann::json::parse(
        text_by([](const TextSink& sink) { write_service_data_json(figure_8(), {}, sink); }));
    ASSERT_EQ(json["rows"].size(), service_data_rows().size());
    const auto& below = json["rows"][row_of("mat2_below")]["place"];
    EXPECT_EQ(below["methadone"]["mean_mg"], 41.28);
    EXPECT_TRUE(below["buprenorphine"]["mean_mg"].is_null());
    EXPECT_TRUE(json["rows"][row_of("mat1")]["services_share_of_all"].is_null());
}

TEST(Breakdown, parts_share_the_row) {
    BreakdownSheet sheet{{PlaceKind::service, "S1", "Northgate", {0}},
                         *parse_iso_day("2018-10-31"),
                         &service_data_rows()[0],
                         Breakdown::prescriber,
                         {}};
    sheet.parts.resize(2);
    sheet.parts[0].part = "=D1";
    sheet.parts[0].cell.people = 3;
    sheet.parts[1].part = "not recorded";
    sheet.parts[1].cell.people = 1;
    const std::string csv = text_by([&](const TextSink& sink) { write_breakdown_csv(sheet, {}, sink); });
    EXPECT_THAT(csv, HasSubstr("\nservice,S1,Northgate,2018-10-31,total,prescriber,'=D1,3,0.750000,,0,,0,"));
    const std::string text = text_by([&](const TextSink& sink) {
        write_breakdown_text(sheet, {}, {Colour::never, 80}, sink);
    });
    EXPECT_THAT(text, HasSubstr("not recorded       1  25.00          –  0"));
}

}  // namespace
}  // namespace optimat
