// The file against the rules of Office Open XML that can be checked without the program it is for.

#include "workbook/grid.hpp"
#include "workbook/organisation.hpp"
#include "workbook/xml.hpp"

#include "base/error.hpp"
#include "measure/tracker.hpp"
#include "report/number_text.hpp"

#include <algorithm>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace optimat::workbook_tests {

namespace {

using testing::ElementsAre;

const Package& package() {
    static const Package read = [] {
        const TemporaryFolder folder;
        const Organisation organisation = difficult_organisation();
        return read_package(write(organisation, {}, folder.path() / "book.xlsx"));
    }();
    return read;
}

bool is_xml(const std::string& part) { return part.ends_with(".xml") || part.ends_with(".rels"); }

/// The part that a relation of another part points at.
std::string target_of(const std::string& relations_part, const std::string& target) {
    if (target.starts_with("/")) return target.substr(1);
    std::filesystem::path folder = std::filesystem::path(relations_part).parent_path().parent_path();
    return (folder / target).lexically_normal().generic_string();
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> sheets() { return sheet_names_of(package()); }

}  // namespace

TEST(Package, HoldsTheSheetsInTheirOrder) {
    EXPECT_THAT(sheets(), ElementsAre("Service Tracker", "Service Data", "Flows", "Compare", "Measures",
                                      "Definitions", "Data"));
}

TEST(Package, EveryPartIsWellFormed) {
    ASSERT_GT(package().size(), 12U);
    for (const auto& [name, text] : package()) {
        ASSERT_TRUE(is_xml(name)) << name;
        EXPECT_NO_THROW(parse_xml(text)) << name;
    }
}

TEST(Package, EveryPartHasOneContentTypeAndEveryTypeItsPart) {
    const Element types = parse_xml(package().at("[Content_Types].xml"));
    std::set<std::string> extensions, parts;
    for (const Element* type : types.all("Default"))
        EXPECT_TRUE(extensions.insert((*type)["Extension"]).second);
    for (const Element* type : types.all("Override")) {
        const std::string part = (*type)["PartName"].substr(1);
        EXPECT_TRUE(parts.insert(part).second) << part;
        EXPECT_TRUE(package().contains(part)) << part;
        EXPECT_FALSE((*type)["ContentType"].empty()) << part;
    }
    for (const auto& [name, text] : package())
        if (name != "[Content_Types].xml" && !name.ends_with(".rels")) {
            EXPECT_TRUE(parts.contains(name)) << name;
        }
    EXPECT_TRUE(extensions.contains("rels"));
}

TEST(Package, EveryRelationPointsAtAPartOnce) {
    int relations = 0;
    for (const auto& [name, text] : package()) {
        if (!name.ends_with(".rels")) continue;
        std::set<std::string> ids;
        const Element part = parse_xml(text);
        for (const Element* relation : part.all("Relationship")) {
            ++relations;
            EXPECT_TRUE(ids.insert((*relation)["Id"]).second) << name;
            EXPECT_EQ((*relation)["TargetMode"], "") << name << " must not point outside the file";
            EXPECT_TRUE(package().contains(target_of(name, (*relation)["Target"])))
                << name << ": " << (*relation)["Target"];
        }
    }
    EXPECT_GE(relations, 12);
}

TEST(Package, ElementsOfEverySheetStandInTheOrderOfTheSchema) {
    const std::vector<std::string> order = {
        "sheetPr",      "dimension",   "sheetViews", "sheetFormatPr",         "cols",
        "sheetData",    "autoFilter",  "mergeCells", "conditionalFormatting", "dataValidations",
        "printOptions", "pageMargins", "pageSetup",  "headerFooter",          "rowBreaks",
        "colBreaks",    "drawing",     "extLst"};
    for (const std::string& sheet : sheets()) {
        std::size_t last = 0;
        const Element part = parse_xml(package().at(sheet_part(package(), sheet)));
        for (const Element& element : part.children) {
            const auto found = std::ranges::find(order, element.name);
            ASSERT_NE(found, order.end()) << sheet << ": " << element.name;
            const auto place = static_cast<std::size_t>(found - order.begin());
            EXPECT_GE(place, last) << sheet << ": " << element.name;
            last = place;
        }
    }
}

TEST(Package, RowsAndCellsRiseAndNameStylesAndStringsThatAreThere) {
    const std::size_t styles = parse_xml(package().at("xl/styles.xml")).child("cellXfs")->children.size();
    const std::size_t strings = parse_xml(package().at("xl/sharedStrings.xml")).children.size();
    for (const std::string& sheet : sheets()) {
        std::pair<std::size_t, std::size_t> last{0, 0};
        bool first = true;
        const Element part = parse_xml(package().at(sheet_part(package(), sheet)));
        for (const Element* cell : part.all("c")) {
            const auto at = position_of((*cell)["r"]);
            EXPECT_TRUE(first || last < at) << sheet << " " << (*cell)["r"];
            last = at;
            first = false;
            if (!(*cell)["s"].empty()) {
                EXPECT_LT(std::stoul((*cell)["s"]), styles);
            }
            if ((*cell)["t"] == "s") {
                EXPECT_LT(std::stoul(cell->child("v")->text), strings);
            }
        }
        EXPECT_FALSE(first) << sheet;
    }
}

TEST(Package, JoinedCellsDoNotOverlap) {
    for (const std::string& sheet : sheets()) {
        std::set<std::pair<std::size_t, std::size_t>> taken;
        const Element part = parse_xml(package().at(sheet_part(package(), sheet)));
        for (const Element* joined : part.all("mergeCell")) {
            const std::string range = (*joined)["ref"];
            const auto from = position_of(range.substr(0, range.find(':'))),
                       to = position_of(range.substr(range.find(':') + 1));
            for (std::size_t row = from.first; row <= to.first; ++row)
                for (std::size_t column = from.second; column <= to.second; ++column)
                    EXPECT_TRUE(taken.emplace(row, column).second) << sheet << " " << range;
        }
    }
}

TEST(Package, HeadersAndFootersFitAndHoldTheProvenance) {
    for (const std::string& sheet : sheets()) {
        const Element part = parse_xml(package().at(sheet_part(package(), sheet)));
        const Element* texts = part.child("headerFooter");
        ASSERT_NE(texts, nullptr) << sheet;
        for (const Element& text : texts->children)
            EXPECT_LE(text.text.size(), 255U) << sheet;
        EXPECT_NE(texts->child("oddFooter")->text.find("policy toolkit 1"), std::string::npos) << sheet;
        EXPECT_EQ((*part.child("pageSetup"))["paperSize"], "9") << sheet;
        EXPECT_EQ((*part.child("pageSetup"))["orientation"], "landscape") << sheet;
    }
}

TEST(Package, TheListOfPlacesIsADefinedRangeOfEveryLabel) {
    const Element tracker = parse_xml(package().at(sheet_part(package(), "Service Tracker")));
    const auto validations = tracker.all("dataValidation");
    ASSERT_EQ(validations.size(), 1U);
    EXPECT_EQ((*validations[0])["sqref"], "C3");
    EXPECT_EQ((*validations[0])["type"], "list");
    EXPECT_EQ(validations[0]->child("formula1")->text, "place_labels");

    std::string range;
    const Element workbook = parse_xml(package().at("xl/workbook.xml"));
    for (const Element* name : workbook.all("definedName"))
        if ((*name)["name"] == "place_labels") range = name->text;
    ASSERT_EQ(range.substr(0, 7), "'Data'!") << range;
    const auto from = position_of("W2"),
               to = std::pair{std::stoul(range.substr(range.rfind('$') + 1)) - 1, from.second};
    EXPECT_EQ(range, "'Data'!$W$2:$W$" + std::to_string(to.first + 1));
    const Grid data = read_grid(package(), "Data");
    std::set<std::string> labels;
    for (std::size_t row = from.first; row <= to.first; ++row) {
        std::string label = data.at(row, from.second).text;
        ASSERT_FALSE(label.empty());
        for (char& c : label)
            c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        EXPECT_TRUE(labels.insert(label).second) << label;
    }
    EXPECT_EQ(labels.size(), 1U + 2 + 2 + 2 + 16);
}

TEST(Package, TheChartDrawsEveryCohortAndMonthAndKeepsItsFigures) {
    const Organisation organisation = difficult_organisation();
    const Element chart = parse_xml(package().at("xl/charts/chart1.xml"));
    EXPECT_EQ((*chart.all("c:grouping").at(0))["val"], "percentStacked");
    const auto series = chart.all("c:ser");
    ASSERT_EQ(series.size(), 4U * 12);
    const TrackerTable tracker = make_tracker(organisation.extract(), organisation.states, {1});
    const Place all = places_of(organisation.extract()).front();
    for (std::size_t i = 0; i < series.size(); ++i) {
        const std::size_t cohort = i / 12, month = i % 12;
        const auto points = series[i]->child("c:val")->all("c:pt");
        ASSERT_EQ(points.size(), 1U);
        EXPECT_EQ((*points[0])["idx"], std::to_string(month));
        const auto share = tracker.at(month, all).cohort_share(static_cast<TrackerGroup>(cohort));
        EXPECT_NEAR(std::stod(points[0]->child("c:v")->text), share.value_or(0), 1e-12);
        EXPECT_EQ((*series[i]->child("c:dLbls")->child("c:showSerName"))["val"], "1");
    }
}

TEST(Package, EveryPartOfTheChartIsNamedByItsMeanDose) {
    const Organisation organisation = difficult_organisation();
    const Grid data = read_grid(package(), "Data");
    const Element chart = parse_xml(package().at("xl/charts/chart1.xml"));
    const TrackerTable tracker = make_tracker(organisation.extract(), organisation.states, {1});
    const Place all = places_of(organisation.extract()).front();
    const auto series = chart.all("c:ser");
    for (std::size_t i = 0; i < series.size(); ++i) {
        const auto group = static_cast<TrackerGroup>(i / 12);
        const TrackerCell now = tracker.at(i % 12, all);
        const Element* name = series[i]->child("c:tx")->child("c:strRef");
        std::string cell = name->child("c:f")->text.substr(std::string("'Data'!").size());
        std::erase(cell, '$');
        const auto [row, column] = position_of(cell);
        const std::string expected =
            now.of(group) == 0 ? " "
                               : mean_mg_text(now.methadone_of(group), 1).value_or(std::string(no_figure));
        EXPECT_EQ(data.at(row, column).text, expected);
        EXPECT_EQ(name->all("c:v").at(0)->text, expected);
    }
}

TEST(Package, TheSameRequestGivesTheSameBytes) {
    const TemporaryFolder folder;
    const Organisation organisation = difficult_organisation(3);
    const std::string once = bytes_of(write(organisation, {}, folder.path() / "a.xlsx"));
    const std::string again = bytes_of(write(organisation, {}, folder.path() / "b.xlsx"));
    EXPECT_FALSE(once.empty());
    EXPECT_TRUE(once == again);
}

TEST(Package, AFolderThatIsNotThereIsSaidAndLeavesNothingBehind) {
    const TemporaryFolder folder;
    const Organisation organisation = plain_organisation(1);
    EXPECT_THROW(write(organisation, {}, folder.path() / "none" / "a.xlsx"), OutputError);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Package, TooManyMonthsAndUnknownPlacesAreRefused) {
    const TemporaryFolder folder;
    EXPECT_THROW(write(plain_organisation(61), {}, folder.path() / "a.xlsx"), UsageError);
    EXPECT_THROW(write(plain_organisation(1), {PlaceKind::service, "NONE", "", {}}, folder.path() / "a.xlsx"),
                 UsageError);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace optimat::workbook_tests
