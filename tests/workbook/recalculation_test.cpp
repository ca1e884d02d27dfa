// LibreOffice opens the workbook and calculates everything anew: the formulas give what the engine wrote
// beside them, for the place picked at first and for every other that is picked by changing the one cell.

#include "workbook/grid.hpp"
#include "workbook/office.hpp"
#include "workbook/organisation.hpp"

#include "report/workbook_figures.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace optimat::workbook_tests {

namespace {

/// How many cells were compared.
struct Compared {
    int numbers = 0, texts = 0;
};

void compare_cell(const GridCell& expected, const std::string& calculated, const std::string& where,
                  Compared& compared) {
    if (!expected.number) {
        EXPECT_EQ(calculated, expected.text) << where;
        compared.texts += !expected.text.empty();
        return;
    }
    ++compared.numbers;
    ASSERT_NE(calculated, "") << where;
    const double number = number_in(calculated);
    EXPECT_NEAR(number, *expected.number, 1e-9 * std::max(1.0, std::abs(*expected.number))) << where;
}

/// Every cell of every sheet of a book as LibreOffice has calculated it, against the values in another file.
Compared compare(const CalculatedBook& calculated, const Package& expected, const std::string& what) {
    Compared compared;
    for (const std::string& sheet : sheet_names_of(expected)) {
        const CsvRows& rows = calculated.at(sheet);
        const Grid grid = read_grid(expected, sheet);
        EXPECT_LE(grid.rows.size(), rows.size()) << what << ", " << sheet;
        for (std::size_t row = 0; row < grid.rows.size() && row < rows.size(); ++row)
            for (std::size_t column = 0; column < grid.rows[row].size(); ++column)
                compare_cell(grid.at(row, column), column < rows[row].size() ? rows[row][column] : "",
                             fmt::format("{}, {}, row {}, column {}", what, sheet, row + 1, column + 1),
                             compared);
    }
    return compared;
}

/// Writes the book for the organisation, and for each place the same book with only the picked text changed.
void expect_picks_to_follow(const Organisation& organisation, const std::vector<Place>& picks) {
    const TemporaryFolder folder;
    const std::vector<Place> places = places_of(organisation.extract());
    const std::vector<std::string> labels = workbook::labels_of(places);
    const Package first = read_package(write(organisation, places.front(), folder.path() / "first.xlsx"));
    std::vector<std::filesystem::path> books = {folder.path() / "first.xlsx"};
    std::vector<Package> expected = {first};
    for (const Place& pick : picks) {
        const auto found = std::ranges::find_if(
            places, [&](const Place& place) { return place.kind == pick.kind && place.id == pick.id; });
        const std::string& label = labels[static_cast<std::size_t>(found - places.begin())];
        books.push_back(folder.path() / fmt::format("picked{}.xlsx", books.size()));
        write_package(with_chosen(first, label), books.back());
        expected.push_back(read_package(
            write(organisation, pick, folder.path() / fmt::format("written{}.xlsx", books.size()))));
    }
    const auto calculated = calculate(books, sheet_names_of(first), folder.path());
    for (std::size_t i = 0; i < books.size(); ++i) {
        const Compared compared = compare(calculated[i], expected[i], books[i].stem().string());
        EXPECT_GT(compared.numbers, 1'500);
        EXPECT_GT(compared.texts, 500);
    }
}

}  // namespace

TEST(Recalculation, FollowsEveryKindOfPlaceAndEveryDifficultName) {
    if (!office_is_installed()) GTEST_SKIP() << "LibreOffice (soffice) is not installed";
    const Organisation organisation = difficult_organisation(6);
    const Extract& extract = organisation.extract();
    std::vector<Place> picks = {find_place(extract, PlaceKind::region, "North"),
                                find_place(extract, PlaceKind::region, "=South"),
                                find_place(extract, PlaceKind::area, "Harbour & Dock"),
                                find_place(extract, PlaceKind::peer_group, "large")};
    for (std::size_t service = 0; service < 12; ++service)
        picks.push_back(find_place(extract, PlaceKind::service, extract.services[service].service_id));
    expect_picks_to_follow(organisation, picks);
}

TEST(Recalculation, FollowsTheTrialSites) {
    if (!office_is_installed()) GTEST_SKIP() << "LibreOffice (soffice) is not installed";
    const Organisation organisation = plain_organisation(24);
    const Extract& extract = organisation.extract();
    expect_picks_to_follow(organisation, {find_place(extract, PlaceKind::region, "Trial"),
                                          find_place(extract, PlaceKind::service, "SITE34"),
                                          find_place(extract, PlaceKind::service, "SITE02")});
}

TEST(Recalculation, FollowsWithTwoMonthsAndWithOne) {
    if (!office_is_installed()) GTEST_SKIP() << "LibreOffice (soffice) is not installed";
    for (const int months : {1, 2}) {
        const Organisation organisation = difficult_organisation(months);
        const TemporaryFolder folder;
        const Place north = find_place(organisation.extract(), PlaceKind::region, "North");
        const Package first = read_package(write(organisation, {}, folder.path() / "first.xlsx"));
        write_package(with_chosen(first, "Region: North"), folder.path() / "picked.xlsx");
        const Package expected = read_package(write(organisation, north, folder.path() / "written.xlsx"));
        const auto calculated =
            calculate({folder.path() / "picked.xlsx"}, sheet_names_of(first), folder.path());
        const Compared compared = compare(calculated[0], expected, fmt::format("{} months", months));
        EXPECT_GT(compared.numbers, 500);
    }
}

TEST(Recalculation, ATextThatIsNoPlaceLeavesNoFigures) {
    if (!office_is_installed()) GTEST_SKIP() << "LibreOffice (soffice) is not installed";
    const Organisation organisation = plain_organisation(3);
    const TemporaryFolder folder;
    const Package first = read_package(write(organisation, {}, folder.path() / "first.xlsx"));
    write_package(with_chosen(first, "Trial site 0?"), folder.path() / "picked.xlsx");
    const CalculatedBook book =
        calculate({folder.path() / "picked.xlsx"}, sheet_names_of(first), folder.path())[0];
    const Grid tracker = read_grid(first, "Service Tracker");
    const CsvRows& rows = book.at("Service Tracker");
    for (std::size_t row = 30; row < tracker.rows.size(); ++row)
        for (std::size_t column = 2; column < tracker.rows[row].size(); ++column)
            if (!tracker.at(row, column).formula.empty()) {
                EXPECT_EQ(rows[row][column], "") << row;
            }
    EXPECT_EQ(rows[9][1], "Choose a place from the list in C3.");
}

}  // namespace optimat::workbook_tests
