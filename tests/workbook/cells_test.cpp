// What may stand in a cell: texts from data stay texts, formulas stand beside their values and use only what
// every spreadsheet has, and nothing is 0 that is not.

#include "workbook/grid.hpp"
#include "workbook/organisation.hpp"

#include "measure/tracker.hpp"
#include "report/workbook_figures.hpp"

#include <cctype>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace optimat::workbook_tests {

namespace {

Package package_of(const Organisation& organisation) {
    const TemporaryFolder folder;
    return read_package(write(organisation, {}, folder.path() / "book.xlsx"));
}

/// Names that stand before an opening bracket, outside quotes.
std::vector<std::string> functions_in(const std::string& formula) {
    std::vector<std::string> functions;
    std::string name;
    bool quoted = false;
    for (const char c : formula) {
        if (c == '"') quoted = !quoted;
        if (!quoted && c == '(' && !name.empty()) functions.push_back(name);
        const bool of_a_name = std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_';
        name = !quoted && of_a_name ? name + c : "";
    }
    return functions;
}

template <class Visit> void for_cells(const Package& package, Visit visit) {
    for (const std::string& sheet : sheet_names_of(package)) {
        const Grid grid = read_grid(package, sheet);
        for (const auto& row : grid.rows)
            for (const GridCell& cell : row)
                visit(sheet, cell);
    }
}

}  // namespace

TEST(Cells, TextsThatBeginLikeFormulasAreTexts) {
    const Package package = package_of(difficult_organisation());
    std::set<std::string> seen;
    for_cells(package, [&](const std::string& sheet, const GridCell& cell) {
        if (cell.text.empty() || std::string("=+-@\t\r").find(cell.text[0]) == std::string::npos) return;
        seen.insert(cell.text);
        EXPECT_TRUE(cell.is_text && cell.formula.empty()) << sheet << ": " << cell.text;
        EXPECT_EQ(cell.number_format, "@")
            << sheet << ": " << cell.text << " would become a formula when edited";
    });
    EXPECT_THAT(seen, testing::IsSupersetOf({"=1+1", "+44 High Street", "-dash", "@home", "=South"}));
}

TEST(Cells, ServicesOfOneNameAreToldApartByTheirIds) {
    const Organisation organisation = difficult_organisation(1);
    const auto labels = workbook::labels_of(places_of(organisation.extract()));
    EXPECT_THAT(labels,
                testing::IsSupersetOf({"All services – CTN-0094 sites (even)", "Region: North",
                                       "Region: =South", "Area: Upland", "Peer group: large",
                                       "Twin House (SITE20)", "Twin House (SITE22)", "twin house (SITE24)",
                                       "Region: North (SITE28)", "Łódź – Straße", "Trial site 32"}));
}

TEST(Cells, NoFormulaIsWithoutItsValue) {
    int formulas = 0;
    for_cells(package_of(difficult_organisation()), [&](const std::string& sheet, const GridCell& cell) {
        if (cell.formula.empty()) return;
        ++formulas;
        EXPECT_TRUE(cell.has_value) << sheet << ": " << cell.formula;
        EXPECT_LE(cell.formula.size(), 8192U) << sheet;
    });
    EXPECT_GT(formulas, 900);
}

TEST(Cells, FormulasUseOnlyWhatEverySpreadsheetHas) {
    const std::set<std::string> allowed = {"ABS",   "AND",     "EXACT",    "FIXED",     "IF", "IFERROR",
                                           "INDEX", "ISBLANK", "ISNUMBER", "MATCH",     "N",  "OR",
                                           "ROUND", "SUM",     "SUMIFS",   "SUMPRODUCT"};
    for_cells(package_of(difficult_organisation()), [&](const std::string& sheet, const GridCell& cell) {
        for (const std::string& function : functions_in(cell.formula))
            EXPECT_TRUE(allowed.contains(function)) << sheet << ": " << function;
    });
}

TEST(Cells, NobodyIsAnEmptyMeanAndNoShare) {
    const Package package = package_of(plain_organisation(12));
    const Grid tracker = read_grid(package, "Service Tracker");
    int empty_shares = 0, empty_means = 0;
    std::string block;
    for (const auto& row : tracker.rows) {
        if (row.size() < 3) continue;
        if (row[1].text.starts_with("Share of") || row[1].text.starts_with("Mean methadone dose"))
            block = row[1].text;
        const GridCell& april = row[2];  // nobody was in the trial yet
        if (april.formula.empty() || block.empty()) continue;
        EXPECT_TRUE(april.empty()) << row[1].text;
        (block.starts_with("Share") ? empty_shares : empty_means) += 1;
    }
    EXPECT_EQ(empty_shares, 4 + 3);
    EXPECT_EQ(empty_means, 4 + 1);
}

TEST(Cells, AnExtractWithoutAnybodyInMatGivesAWorkbook) {
    Organisation organisation = plain_organisation(2);
    for (ChunkStates& chunk : organisation.states.chunks)
        chunk = {};
    const Grid tracker = read_grid(package_of(organisation), "Service Tracker");
    EXPECT_EQ(tracker.at(6, 1).number, 0.0);  // people in MAT
    EXPECT_TRUE(tracker.at(6, 2).empty());    // share of red
    EXPECT_TRUE(tracker.at(6, 12).empty());   // mean methadone
}

TEST(Cells, OneMonthHasNothingToCompareAndNoFlows) {
    const Package package = package_of(plain_organisation(1));
    EXPECT_THAT(read_grid(package, "Service Tracker").at(9, 1).text, testing::HasSubstr("Only one month"));
    EXPECT_THAT(read_grid(package, "Flows").at(4, 1).text, testing::HasSubstr("Only one month"));
}

TEST(Cells, DataQualityAndPolicyStandOnTheDefinitionsSheet) {
    const Organisation organisation = plain_organisation(1);
    const Grid grid = read_grid(package_of(organisation), "Definitions");
    std::map<std::string, std::vector<GridCell>> rows;
    for (const auto& row : grid.rows)
        if (row.size() > 1) rows[row[1].text] = row;
    for (const FileReport& file : organisation.read.report.files) {
        ASSERT_TRUE(rows.contains(file.file)) << file.file;
        const auto& row = rows[file.file];
        EXPECT_EQ(row[3].number, static_cast<double>(file.rows.read));
        EXPECT_EQ(row[4].number, static_cast<double>(file.rows.accepted));
        EXPECT_EQ(row[5].number, static_cast<double>(file.rows.repeated));
        EXPECT_EQ(row[6].number, static_cast<double>(file.rows.refused));
    }
    for (const RuleText& rule : organisation.rules)
        EXPECT_TRUE(rows.contains(rule.id)) << rule.id;
    for (const PolicyEntry& entry : organisation.policy_entries) {
        ASSERT_TRUE(rows.contains(entry.key)) << entry.key;
        EXPECT_EQ(rows[entry.key][2].text, entry.value) << entry.key;
    }
    std::map<std::string, int> times;
    for (const Issue& issue : organisation.read.report.issues)
        ++times[std::string(issue_rule(issue.rule).id)];
    ASSERT_FALSE(times.empty());
    for (const auto& [rule, count] : times)
        EXPECT_EQ(rows[rule].at(4).number, count) << rule;
}

}  // namespace optimat::workbook_tests
