#include "report/data_table.hpp"

#include "base/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

const Provenance provenance{"0.1.0", "toolkit", "1", "a1b2", "extract test"};

DataTable table() {
    DataTable table{"cohorts", "People by cohort", "", {}, {}, 1};
    table.columns = {{"service", "Service", CellKind::words, ""},
                     {"people", "People", CellKind::count, ""},
                     {"share", "Share", CellKind::share, ""},
                     {"mean", "Mean", CellKind::milligrams, ""}};
    table.rows = {{DataCell::words("=S1, \"North\""), DataCell::count(1234), DataCell::share(92, 518),
                   DataCell::mean(DoseSum{7'241'250, 100})},
                  {DataCell::words("S2"), DataCell::hide(), DataCell::nothing(), DataCell::share(1, 0)}};
    return table;
}

std::string written(const auto& write) {
    std::string text;
    write([&text](std::string_view piece) { text += piece; });
    return text;
}

}  // namespace

TEST(DataTable, PeopleReadRoundedFigures) {
    const DataTable shown = table();
    EXPECT_EQ(shown_text(shown.rows[0][1]), "1,234");
    EXPECT_EQ(shown_text(shown.rows[0][2]), "17.8 %");
    EXPECT_EQ(shown_text(shown.rows[0][3]), "72.4");
    EXPECT_EQ(shown_text(shown.rows[1][1]), "[c]");
    EXPECT_EQ(shown_text(shown.rows[1][2]), "–");
    EXPECT_EQ(shown_text(shown.rows[1][3]), "–");
    EXPECT_EQ(shown_text(DataCell::of_day(*day_of(2018, 10, 31))), "31 October 2018");
}

TEST(DataTable, CsvCarriesFullFiguresAndGuardsWords) {
    const std::string csv = written([](const TextSink& sink) { write_table_csv(table(), provenance, sink); });
    EXPECT_TRUE(csv.starts_with(
        "service,people,share,mean,program_version,policy,policy_version,policy_hash,source\n"))
        << csv;
    EXPECT_NE(csv.find("\"'=S1, \"\"North\"\"\",1234,0.177606,72.413,"), csv.npos) << csv;
    EXPECT_NE(csv.find("\nS2,[c],,,"), csv.npos) << csv;
}

TEST(DataTable, JsonTellsHiddenFromNone) {
    const std::string json = written([](const TextSink& sink) {
        write_tables_json({table()}, {{"place", "organisation"}}, provenance, sink);
    });
    EXPECT_NE(json.find(R"({"service":"S2","people":"[c]","share":null,"mean":null})"), json.npos) << json;
    const auto row = nlohmann::json::parse(json)["tables"]["cohorts"]["rows"][0];
    EXPECT_EQ(row["people"], 1234);
    EXPECT_DOUBLE_EQ(row["share"].get<double>(), 0.177606);
    EXPECT_DOUBLE_EQ(row["mean"].get<double>(), 72.413);
}

TEST(DataTable, KnowsWhetherItHidesCells) {
    EXPECT_TRUE(table().hides_cells());
    DataTable open = table();
    open.rows.pop_back();
    EXPECT_FALSE(open.hides_cells());
}

TEST(DataTable, tables_whose_titles_begin_alike_have_sheets_of_their_own) {
    DataTable first = table(), second = table(), third = table();
    first.title = "Red: by month";
    second.title = "Red: by service";
    third.title = "RED";
    const TemporaryFolder folder;
    const auto file = folder.path() / "tables.xlsx";
    second.id = third.id = "services";
    write_tables_workbook({first, second, third}, "Red", provenance, Day{17835}, file);
    EXPECT_GT(std::filesystem::file_size(file), 0u);
}

}  // namespace optimat
