// The figures that stand in the workbook, found by their words as a reader finds them, against the engine's.

#include "workbook/grid.hpp"
#include "workbook/organisation.hpp"

#include "measure/flows.hpp"
#include "measure/service_data.hpp"
#include "outcome/measure_grid.hpp"
#include "report/measure_columns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace optimat::workbook_tests {

namespace {

/// A number or nothing in the file against a number or nothing of the engine.
template <class Number>
void expect_figure(const GridCell& cell, const std::optional<Number>& figure, const std::string& what) {
    EXPECT_EQ(cell.number.has_value(), figure.has_value()) << what;
    if (cell.number && figure) {
        EXPECT_NEAR(*cell.number, static_cast<double>(*figure), 1e-9) << what;
    }
    if (!figure) {
        EXPECT_TRUE(cell.text.empty()) << what;
    }
}

/// Finds rows by the text of their second column, from a row on.
std::size_t row_of(const Grid& grid, const std::string& words, std::size_t from = 0) {
    for (std::size_t row = from; row < grid.rows.size(); ++row)
        if (grid.at(row, 1).text.find(words) != std::string::npos) return row;
    throw std::runtime_error("no row says: " + words);
}

std::vector<Place> places_to_look_at(const Extract& extract) {
    return {places_of(extract).front(), find_place(extract, PlaceKind::region, "North"),
            find_place(extract, PlaceKind::area, "Harbour & Dock"),
            find_place(extract, PlaceKind::peer_group, "small"),
            find_place(extract, PlaceKind::service, extract.services[1].service_id)};
}

Package package_of(const Organisation& organisation, const Place& place) {
    const TemporaryFolder folder;
    return read_package(write(organisation, place, folder.path() / "book.xlsx"));
}

class Figures : public testing::Test {
  protected:
    const Organisation organisation = difficult_organisation();
};

}  // namespace

TEST_F(Figures, OfTheServiceTracker) {
    const TrackerTable tracker = make_tracker(organisation.extract(), organisation.states, {1});
    for (const Place& place : places_to_look_at(organisation.extract())) {
        const Grid grid = read_grid(package_of(organisation, place), "Service Tracker");
        const std::size_t heading = row_of(grid, "In figures"),
                          people = row_of(grid, "People on the reference date", heading),
                          shares = row_of(grid, "Share of red", people),
                          all_shares = row_of(grid, "Share of all people in MAT", shares),
                          doses = row_of(grid, "Mean methadone dose (mg)", all_shares);
        for (std::size_t month = 0; month < tracker.dates.size(); ++month) {
            const TrackerCell cell = tracker.at(month, place);
            const std::size_t column = 2 + month;
            EXPECT_EQ(grid.at(heading, column).text, column_label(tracker.dates[month]));
            for (std::size_t i = 0; i < tracker_group_count; ++i) {
                const auto group = static_cast<TrackerGroup>(i);
                const std::string words(words_for(group));
                expect_figure(grid.at(row_of(grid, words, people), column), std::optional(cell.of(group)),
                              words);
                if (i >= cohort_count) continue;
                expect_figure(grid.at(row_of(grid, words, shares), column), cell.cohort_share(group),
                              words + ", share");
                expect_figure(grid.at(row_of(grid, words, doses), column), cell.methadone_of(group).mean_mg(),
                              words + ", dose");
            }
            expect_figure(grid.at(row_of(grid, "People in MAT", people), column),
                          std::optional(cell.in_mat()), "people in MAT");
            for (const TrackerGroup group :
                 {TrackerGroup::uncategorised, TrackerGroup::mat1, TrackerGroup::mat4})
                expect_figure(grid.at(row_of(grid, std::string(words_for(group)), all_shares), column),
                              cell.share_of_all(group), "share of all");
            expect_figure(grid.at(row_of(grid, "Average methadone dose", doses), column),
                          cell.average_methadone().mean_mg(), "average");
        }
    }
}

TEST_F(Figures, OnTopOfTheServiceTrackerAreTheLastMonths) {
    const TrackerTable tracker = make_tracker(organisation.extract(), organisation.states, {1});
    for (const Place& place : places_to_look_at(organisation.extract())) {
        const TrackerCell now = tracker.at(organisation.last(), place);
        const Grid grid = read_grid(package_of(organisation, place), "Service Tracker");
        std::map<std::string, GridCell> cards;
        for (std::size_t column = 1; column < 14; ++column)
            if (!grid.at(4, column).text.empty()) cards[grid.at(4, column).text] = grid.at(6, column);
        ASSERT_EQ(cards.size(), 7U);
        expect_figure(cards["People in MAT"], std::optional(now.in_mat()), "people in MAT");
        expect_figure(cards["Red"], now.cohort_share(TrackerGroup::red), "red");
        expect_figure(cards["Amber"], now.cohort_share(TrackerGroup::amber), "amber");
        expect_figure(cards["Green"], now.cohort_share(TrackerGroup::green), "green");
        expect_figure(cards["Grey"], now.cohort_share(TrackerGroup::grey), "grey");
        expect_figure(cards["Uncategorised"], now.share_of_all(TrackerGroup::uncategorised), "uncategorised");
        expect_figure(cards["Mean methadone"], now.average_methadone().mean_mg(), "mean methadone");
    }
}

TEST_F(Figures, OfServiceData) {
    const ServiceDataTable table = make_service_data(organisation.extract(), organisation.states,
                                                     organisation.last(), organisation.policy, {1});
    const auto rows = service_data_rows();
    const auto all = table.at(places_of(organisation.extract()).front());
    for (const Place& place : places_to_look_at(organisation.extract())) {
        const Grid grid = read_grid(package_of(organisation, place), "Service Data");
        const auto here = table.at(place);
        const std::size_t first = row_of(grid, "Total in MAT");
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string what(rows[i].id);
            const auto cell = [&](std::size_t column) { return grid.at(first + i, column); };
            EXPECT_THAT(cell(1).text, testing::EndsWith(std::string(rows[i].words.substr(1)))) << what;
            expect_figure(cell(2), std::optional(here[i].people), what);
            expect_figure(cell(3), share_of_all(here, i), what + " share");
            expect_figure(cell(4), share_of_all(all, i), what + " organisation");
            const auto mean = [&](const DoseSum& doses) {
                return rows[i].has_means ? doses.mean_mg() : std::nullopt;
            };
            expect_figure(cell(5), mean(here[i].methadone), what + " methadone");
            expect_figure(cell(6), mean(all[i].methadone), what + " methadone of all");
            expect_figure(cell(7), mean(here[i].buprenorphine), what + " buprenorphine");
            expect_figure(cell(8), mean(all[i].buprenorphine), what + " buprenorphine of all");
            const auto spread = spread_of_services(table, i);
            ASSERT_TRUE(spread);
            expect_figure(cell(9), std::optional(spread->lowest), what + " lowest");
            expect_figure(cell(10), std::optional(spread->lower_quartile), what + " lower quartile");
            expect_figure(cell(11), std::optional(spread->median), what + " median");
            expect_figure(cell(12), std::optional(spread->upper_quartile), what + " upper quartile");
            expect_figure(cell(13), std::optional(spread->highest), what + " highest");
            expect_figure(cell(14), std::optional(here[i].lyophilisate), what + " lyophilisate");
            expect_figure(cell(15), std::optional(here[i].injections), what + " injections");
            expect_figure(cell(16), std::optional(here[i].other_medicine), what + " other");
            expect_figure(cell(17), std::optional(here[i].on_threshold), what + " on threshold");
            expect_figure(cell(18), std::optional(here[i].high_dose), what + " high dose");
        }
    }
}

TEST_F(Figures, OfDoseRanges) {
    const auto rows = service_data_rows();
    int ranges = 0;
    for (const Place& place : places_to_look_at(organisation.extract())) {
        const Grid grid = read_grid(package_of(organisation, place), "Service Data");
        std::size_t at = row_of(grid, "Dose range (mg)");
        for (const ServiceDataRow& row : rows) {
            const bool shown = row.id == "mat2" || row.id == "mat2_below" || row.id == "mat2_at_or_above" ||
                               row.id == "mat3" || row.id == "mat3_below" || row.id == "mat3_at_or_above";
            for (const Family family : {Family::methadone, Family::buprenorphine}) {
                if (!shown) continue;
                ++at;
                EXPECT_THAT(grid.at(at, 1).text, testing::HasSubstr(std::string(words_for(family))));
                EXPECT_THAT(grid.at(at, 1).text,
                            testing::StartsWith(row.stage == Stage::mat2 ? "MAT 2" : "MAT 3"));
                const auto range = dose_range(organisation.extract(), organisation.states,
                                              organisation.last(), place, row, family);
                const auto figure = [&](double Spread::*member) {
                    return range ? std::optional((*range).*member) : std::nullopt;
                };
                expect_figure(grid.at(at, 2), std::optional(range ? range->count : 0), "people");
                expect_figure(grid.at(at, 3), figure(&Spread::lowest), "lowest");
                expect_figure(grid.at(at, 4), figure(&Spread::lower_quartile), "lower quartile");
                expect_figure(grid.at(at, 5), figure(&Spread::median), "median");
                expect_figure(grid.at(at, 6), figure(&Spread::upper_quartile), "upper quartile");
                expect_figure(grid.at(at, 7), figure(&Spread::highest), "highest");
                ranges += range.has_value();
            }
        }
    }
    EXPECT_GT(ranges, 20);
}

TEST_F(Figures, OfFlows) {
    const auto places = places_to_look_at(organisation.extract());
    const auto flows = make_flows(organisation.extract(), organisation.states, organisation.last() - 1,
                                  organisation.last(), places);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Grid grid = read_grid(package_of(organisation, places[i]), "Flows");
        const FlowTable& flow = flows[i];
        const std::size_t first = row_of(grid, "From, on") + 1;
        for (std::size_t from = 0; from < flow_ends; ++from) {
            EXPECT_THAT(grid.at(first + from, 1).text, testing::EndsWith(std::string(flow_end_words(from))));
            for (std::size_t to = 0; to < flow_ends; ++to)
                if (from < tracker_group_count || to < tracker_group_count) {
                    expect_figure(grid.at(first + from, 2 + to), std::optional(flow.people[from][to]),
                                  "flow");
                } else
                    EXPECT_TRUE(grid.at(first + from, 2 + to).empty());
        }
        const auto line = [&](const char* words) { return grid.at(row_of(grid, words), 2); };
        expect_figure(line("Entered MAT"), std::optional(flow.entered()), "entered");
        expect_figure(line("Came from another"), std::optional(flow.arrived()), "arrived");
        expect_figure(line("Left MAT"), std::optional(flow.left()), "left");
        expect_figure(line("Went to another"), std::optional(flow.moved_away()), "moved away");
        expect_figure(line("Changed group"), std::optional(flow.changed_group()), "changed");
        expect_figure(line("Stayed"), std::optional(flow.stayed()), "stayed");
    }
}

TEST_F(Figures, OfEveryMeasureAtTheChosenPlaceBesideTheOrganisation) {
    const WorkbookRequest request = organisation.request();
    const MeasureGrid measured =
        make_measure_grid(organisation.extract(), organisation.policy, organisation.states.dates, {1});
    const Place all = places_of(organisation.extract()).front();
    for (const Place& place : places_to_look_at(organisation.extract())) {
        const Grid grid = read_grid(package_of(organisation, place), "Measures");
        for (const MeasureDefinition& measure : request.measures.measures) {
            const std::size_t row = row_of(grid, measure.title, 5);
            ASSERT_THAT(grid.at(row, 1).text, testing::EndsWith(measure.title));
            const auto figure = [&](const Place& at) {
                return figure_of(measure, measured.of_year(*measure.function, organisation.last(), at));
            };
            const MeasureFigure here = figure(place);
            const bool mean = measure.value == MeasureValue::mean, rate = measure.value == MeasureValue::rate;
            expect_figure(grid.at(row, 2), here.value(), measure.name);
            const auto interval = rate ? interval_of(here) : std::nullopt;
            expect_figure(grid.at(row, 3), interval ? std::optional(interval->low) : std::nullopt,
                          measure.name);
            expect_figure(grid.at(row, 4), interval ? std::optional(interval->high) : std::nullopt,
                          measure.name);
            expect_figure(grid.at(row, 5), mean ? std::nullopt : std::optional(here.numerator), measure.name);
            expect_figure(grid.at(row, 6), rate ? std::nullopt : std::optional(here.denominator),
                          measure.name);
            expect_figure(grid.at(row, 7), rate ? std::nullopt : std::optional(here.outside()), measure.name);
            expect_figure(grid.at(row, 8),
                          rate ? std::optional(static_cast<double>(here.denominator) / days_of_a_year)
                               : std::nullopt,
                          measure.name);
            expect_figure(grid.at(row, 9), figure(all).value(), measure.name);
        }
    }
}

TEST_F(Figures, OfCompletionsAreFollowedByThoseThatMustStandBesideThem) {
    const WorkbookRequest request = organisation.request();
    const Grid grid = read_grid(package_of(organisation, {}), "Measures");
    for (const MeasureDefinition& measure : request.measures.measures) {
        if (measure.beside.empty()) continue;
        const auto& groups = request.measures.groups;
        const auto group = std::ranges::find(groups, measure.group, &MeasureGroup::id);
        const std::size_t first = row_of(grid, group->title, 5);
        std::set<std::string> section;
        for (std::size_t row = first + 1; row < grid.rows.size() && !grid.at(row, 10).text.empty(); ++row) {
            std::string title = grid.at(row, 1).text;
            section.insert(title.substr(title.find_first_not_of(' ')));
        }
        EXPECT_TRUE(section.contains(measure.title));
        for (const std::string& name : measure.beside)
            EXPECT_TRUE(section.contains(request.measures.find(name)->title))
                << measure.name << " without " << name;
    }
}

/// What begins in a month is of twelve months, however many the workbook shows.
TEST_F(Figures, OfMeasuresDoNotDependOnTheMonthsOfTheWorkbook) {
    const Organisation short_one = difficult_organisation(1);
    const Place all = places_of(organisation.extract()).front();
    const Grid one = read_grid(package_of(short_one, all), "Measures");
    const Grid twelve = read_grid(package_of(organisation, all), "Measures");
    for (const MeasureDefinition& measure : organisation.request().measures.measures) {
        const std::size_t row = row_of(twelve, measure.title, 5);
        for (const std::size_t column : {2u, 3u, 4u, 5u, 6u})
            EXPECT_EQ(one.at(row, column).number, twelve.at(row, column).number) << measure.name;
    }
}

TEST_F(Figures, OfEveryServiceOnCompareInOrderOfName) {
    const TrackerTable tracker = make_tracker(organisation.extract(), organisation.states, {1});
    const Grid grid = read_grid(package_of(organisation, {}), "Compare");
    std::size_t row = row_of(grid, "All services", 4), services = 0;
    const auto expect_row = [&](const TrackerCell& now, const std::string& what) {
        expect_figure(grid.at(row, 5), std::optional(now.in_mat()), what);
        for (std::size_t cohort = 0; cohort < cohort_count; ++cohort) {
            expect_figure(grid.at(row, 6 + cohort), std::optional(now.people[cohort]), what);
            expect_figure(grid.at(row, 10 + cohort), now.cohort_share(static_cast<TrackerGroup>(cohort)),
                          what);
        }
        expect_figure(grid.at(row, 14), std::optional(now.of(TrackerGroup::uncategorised)), what);
        expect_figure(grid.at(row, 15), now.share_of_all(TrackerGroup::uncategorised), what);
        expect_figure(grid.at(row, 16), std::optional(now.of(TrackerGroup::mat1)), what);
        expect_figure(grid.at(row, 17), std::optional(now.of(TrackerGroup::mat4)), what);
        expect_figure(
            grid.at(row, 18),
            std::optional(now.of(TrackerGroup::mat2_unbanded) + now.of(TrackerGroup::mat3_unbanded)), what);
        expect_figure(grid.at(row, 19), now.average_methadone().mean_mg(), what);
    };
    expect_row(tracker.at(organisation.last(), places_of(organisation.extract()).front()),
               "the organisation");
    row += 2;
    for (const Place& place : places_of(organisation.extract())) {
        if (place.kind != PlaceKind::service) continue;
        EXPECT_THAT(grid.at(row, 1).text, testing::StartsWith(place.name));
        EXPECT_EQ(grid.at(row, 2).text, organisation.extract().services[place.services[0]].region);
        expect_row(tracker.at(organisation.last(), place), place.id);
        ++row;
        ++services;
    }
    EXPECT_EQ(services, organisation.extract().services.size());
}

}  // namespace optimat::workbook_tests
