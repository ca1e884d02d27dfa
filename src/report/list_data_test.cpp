#include "report/list_data.hpp"

#include "intake/definitions.hpp"
#include "intake/extract_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace optimat {
namespace {

using testing::ElementsAre;

constexpr Day as_at{17'621};  // 2018-03-31

RiskFinding finding(RiskFactor factor, RiskSource source, Day day, std::uint32_t row = 0) {
    return {factor, source, true, day, row};
}

FactorPicture present(const RiskFinding& by) { return {Presence::present, by, {}}; }

FactorPicture& of(RiskPicture& risk, RiskFactor factor) { return risk[static_cast<std::size_t>(factor)]; }

TEST(ListData, factors_of_one_record_are_said_together_and_others_apart) {
    RiskPicture risk;
    of(risk, RiskFactor::on_top_use) = present(finding(RiskFactor::on_top_use, RiskSource::top, as_at - 3));
    of(risk, RiskFactor::injecting) = present(finding(RiskFactor::injecting, RiskSource::top, as_at - 3));
    of(risk, RiskFactor::acute_housing) =
        present(finding(RiskFactor::acute_housing, RiskSource::top, as_at - 4));
    of(risk, RiskFactor::physical_health) =
        present(finding(RiskFactor::physical_health, RiskSource::risk_profile, as_at - 3));
    const auto lines = factor_lines(risk, Presence::present, as_at);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(words_for(lines[0].factors), "use on top, injecting");
    EXPECT_EQ(lines[0].age_days, 3);
    EXPECT_EQ(lines[1].age_days, 4);
    EXPECT_EQ(finding_words(*lines[2].finding), "risk profile, 28 Mar 2018");
    const auto unknown = factor_lines(risk, Presence::unknown, as_at);
    ASSERT_EQ(unknown.size(), 1U);
    EXPECT_EQ(unknown[0].factors.size(), 5U);
    EXPECT_FALSE(unknown[0].finding || unknown[0].age_days);
    EXPECT_TRUE(factor_lines(risk, Presence::absent, as_at).empty());
}

TEST(ListData, what_says_otherwise_is_told) {
    RiskPicture risk;
    FactorPicture& injecting = of(risk, RiskFactor::injecting);
    injecting = present(finding(RiskFactor::injecting, RiskSource::top, as_at - 3));
    injecting.conflict = RiskFinding{RiskFactor::injecting, RiskSource::risk_profile, false, as_at - 1, 0};
    EXPECT_THAT(conflict_lines(risk), ElementsAre("injecting: risk profile of 30 Mar 2018 says no"));
    EXPECT_EQ(finding_words(finding(RiskFactor::lowered_tolerance, RiskSource::cover, as_at, 4)),
              "4 days without medicine to 31 Mar 2018");
}

TEST(ListData, doses_have_no_needless_decimal) {
    EXPECT_EQ(mg_text(45'000), "45");
    EXPECT_EQ(mg_text(400), "0.4");
}

TEST(ListData, every_row_of_every_list_fills_its_columns) {
    const Definitions definitions;
    ReadOptions options;
    options.policy = definitions.policy();
    options.inventory_items = definitions.inventory_items();
    const ReadExtract read =
        read_usable_extract(std::string(OPTIMAT_SOURCE_DIR) + "/tests/data/adversarial", options);
    const ListTexts texts = list_texts(definitions.text("lists.toml"), "lists.toml");
    const ReviewTexts reviews = review_texts(definitions.text("reviews.toml"), "reviews.toml");
    const Place everywhere = find_place(read.extract, PlaceKind::organisation, "");
    const Day day = read.extract.covers_to;
    const Pictures pictures = make_pictures(read.extract, options.policy, day, ThreadCount{1});
    std::size_t rows_seen = 0;
    for (std::size_t i = 0; i < work_list_count; ++i) {
        const auto list = static_cast<WorkList>(i);
        const auto rows = work_list(read.extract, pictures, options.policy, list, everywhere, {}, {});
        const DataTable table = list_table(read.extract, pictures, rows, list, texts, reviews, {}, 11);
        std::set<std::string> ids;
        for (const DataColumn& column : table.columns)
            EXPECT_TRUE(ids.insert(column.id).second) << column.id;
        ASSERT_EQ(table.rows.size(), rows.size());
        for (std::size_t row = 0; row < rows.size(); ++row) {
            ASSERT_EQ(table.rows[row].size(), table.columns.size()) << text_of(list);
            EXPECT_EQ(table.rows[row][0].numerator, static_cast<std::int64_t>(row) + 11);
            for (std::size_t cell = 0; cell < table.columns.size(); ++cell)
                EXPECT_TRUE(table.rows[row][cell].kind == CellKind::none ||
                            table.rows[row][cell].kind == table.columns[cell].kind)
                    << text_of(list) << " " << table.columns[cell].id;
            EXPECT_EQ(own_lines(read.extract, pictures, rows[row], list).empty(), own_columns(list).empty());
        }
        const DataTable parts = list_parts_table(count_list(rows), list, texts);
        EXPECT_EQ(parts.rows.back().back().numerator, static_cast<std::int64_t>(rows.size()));
        rows_seen += rows.size();
    }
    EXPECT_GT(rows_seen, 20U);
}

TEST(ListData, the_trackers_numbers_are_of_the_groups_that_a_list_is_about) {
    TrackerCell cell;
    const auto set = [&](TrackerGroup group, std::int64_t people) {
        cell.people[static_cast<std::size_t>(group)] = people;
    };
    set(TrackerGroup::uncategorised, 1);
    set(TrackerGroup::red, 10);
    set(TrackerGroup::amber, 100);
    set(TrackerGroup::mat2_unbanded, 1'000);
    set(TrackerGroup::green, 10'000);
    EXPECT_EQ(tracker_people(cell, WorkList::priority_0), 1);
    EXPECT_EQ(tracker_people(cell, WorkList::priority_1), 1'110);
    EXPECT_EQ(tracker_people(cell, WorkList::priority_2), 10);
    EXPECT_EQ(tracker_people(cell, WorkList::priority_3), 100);
    EXPECT_EQ(tracker_people(cell, WorkList::priority_4), 0);
}

}  // namespace
}  // namespace optimat
