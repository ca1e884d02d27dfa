#include "measure/attacker_for_tests.hpp"

#include <functional>
#include <random>

namespace optimat {
namespace {

constexpr DisclosureRule five{5};

/// Every part and every sum of a table, in its order, row by row.
Publication publication_of(const CountTable& table, const DisclosedTable& shown) {
    Publication all;
    const std::size_t rows = table.rows().size(), columns = table.columns().size();
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column)
            all.publish(table.at(row, column), shown.at(row, column));
    const auto parts_of = [](const Nesting& nesting, std::size_t whole) {
        std::vector<std::size_t> parts;
        for (std::size_t part = 1; part < nesting.size(); ++part)
            if (nesting.parent(part) == whole) parts.push_back(part);
        return parts;
    };
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column) {
            Publication::Sum over_rows{row * columns + column, {}}, over_columns = over_rows;
            for (const std::size_t part : parts_of(table.rows(), row))
                over_rows.parts.push_back(part * columns + column);
            for (const std::size_t part : parts_of(table.columns(), column))
                over_columns.parts.push_back(row * columns + part);
            if (!over_rows.parts.empty()) all.sums.push_back(over_rows);
            if (!over_columns.parts.empty()) all.sums.push_back(over_columns);
        }
    return all;
}

void expect_kept(const CountTable& table, const DisclosureRule& rule, const std::string& what) {
    expect_kept(publication_of(table, disclose(table, rule)), rule, what);
}

/// Rows and columns, each summing to the whole.
CountTable two_way(const std::vector<std::vector<std::int64_t>>& counts) {
    Nesting rows, columns;
    for (std::size_t r = 0; r < counts.size(); ++r)
        rows.add(0);
    for (std::size_t c = 0; c < counts.front().size(); ++c)
        columns.add(0);
    CountTable table(rows, columns);
    for (std::size_t r = 0; r < counts.size(); ++r)
        for (std::size_t c = 0; c < counts[r].size(); ++c)
            table.add(r + 1, c + 1, counts[r][c]);
    return table;
}

/// One row of parts; its sum is the table's whole.
CountTable one_sum(const std::vector<std::int64_t>& parts) { return two_way({parts}); }

std::vector<std::vector<std::int64_t>> random_counts(std::mt19937_64& random, std::size_t rows,
                                                     std::size_t columns) {
    const std::int64_t most[] = {0, 2, 4, 6, 12, 40};
    std::vector<std::vector<std::int64_t>> counts(rows, std::vector<std::int64_t>(columns));
    for (auto& row : counts)
        for (std::int64_t& count : row)
            count = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most[random() % 6] + 1));
    return counts;
}

/// Each row's parts, then its sum; the sums' row at the end.
std::vector<std::vector<bool>> hidden_of(const CountTable& table, const DisclosureRule& rule = five) {
    const auto shown = disclose(table, rule);
    std::vector<std::vector<bool>> hidden;
    for (std::size_t row = 1; row <= table.rows().size(); ++row) {
        hidden.emplace_back();
        for (std::size_t column = 1; column <= table.columns().size(); ++column)
            hidden.back().push_back(
                !shown.at(row % table.rows().size(), column % table.columns().size()).is_shown());
    }
    return hidden;
}
std::vector<bool> hidden_parts(const std::vector<std::int64_t>& parts, const DisclosureRule& rule = five) {
    return hidden_of(one_sum(parts), rule).front();
}

TEST(Disclosure, counts_of_five_and_zeros_are_shown) {
    EXPECT_EQ(hidden_parts({5, 0, 40}), (std::vector<bool>{false, false, false, false}));
}

TEST(Disclosure, a_small_count_takes_the_smallest_partner_with_it_the_first_of_equals) {
    EXPECT_EQ(hidden_parts({40, 9, 3, 0, 9}), (std::vector<bool>{false, true, true, false, false, false}));
}

TEST(Disclosure, four_is_hidden_and_five_is_not) {
    EXPECT_EQ(hidden_parts({4, 6, 30}), (std::vector<bool>{true, true, false, false}));
    EXPECT_EQ(hidden_parts({4, 6, 30}, DisclosureRule{4}), (std::vector<bool>{false, false, false, false}));
}

TEST(Disclosure, two_small_counts_that_leave_too_few_values_take_more_with_them) {
    // 1 + 1 of a visible 40 + 2 would say that both are 1.
    EXPECT_EQ(hidden_parts({1, 1, 40}), (std::vector<bool>{true, true, true, false}));
    // With nobody else to hide among, the total goes.
    EXPECT_EQ(hidden_parts({1, 1, 3}), (std::vector<bool>{true, true, true, true}));
}

TEST(Disclosure, one_group_of_people_hides_its_total) {
    EXPECT_EQ(hidden_parts({3, 0}), (std::vector<bool>{true, false, true}));
}

TEST(Disclosure, a_rectangle_keeps_every_sum) {
    EXPECT_EQ(hidden_of(two_way({{3, 20, 30}, {25, 26, 27}, {28, 29, 31}})),
              (std::vector<std::vector<bool>>{{true, true, false, false},
                                              {true, true, false, false},
                                              {false, false, false, false},
                                              {false, false, false, false}}));
}

TEST(Disclosure, a_rectangle_stays_within_a_part_when_it_can) {
    // Two regions of two services; in the cohorts and out.
    Nesting rows, columns;
    const std::size_t north = rows.add(0), south = rows.add(0);
    const std::size_t a = rows.add(north), b = rows.add(north), c = rows.add(south), d = rows.add(south);
    const std::size_t in = columns.add(0), red = columns.add(in), green = columns.add(in),
                      out = columns.add(0);
    CountTable table(rows, columns);
    for (const std::size_t service : {a, b, c, d}) {
        table.add(service, red, service == a ? 2 : 60);
        table.add(service, green, service <= b ? 70 : 7);
        table.add(service, out, 6);
    }
    const auto shown = disclose(table, five);
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (std::size_t column = 0; column < columns.size(); ++column)
            EXPECT_EQ(shown.at(row, column).is_shown(),
                      !((row == a || row == b) && (column == red || column == green)))
                << row << ' ' << column;
    // Where the neighbour has nobody like them, the next region's cells and the sums between go with it.
    CountTable alone(rows, columns);
    alone.add(a, red, 2);
    alone.add(a, green, 70);
    alone.add(b, out, 20);
    alone.add(c, red, 60);
    alone.add(c, green, 70);
    const auto crossing = disclose(alone, five);
    EXPECT_FALSE(crossing.at(north, red).is_shown());
    EXPECT_FALSE(crossing.at(south, green).is_shown());
    EXPECT_TRUE(crossing.at(0, red).is_shown());
    EXPECT_TRUE(crossing.at(a, in).is_shown());
    expect_kept(alone, five, "crossing");
}

TEST(Disclosure, what_is_hidden_for_another_reason_is_protected_too) {
    const CountTable table = two_way({{30, 20, 10}, {25, 26, 27}});
    const CountPlace also[] = {{1, 1}};
    const auto shown = disclose(table, five, also);
    EXPECT_FALSE(shown.at(1, 1).is_shown());
    expect_kept(publication_of(table, shown), five, "also hidden");
}

TEST(Disclosure, the_attacker_gets_what_is_not_protected) {
    // Only the small count hidden: the attacker must find it, or the other tests prove nothing.
    const CountTable table = two_way({{3, 20, 30}, {25, 26, 27}});
    Publication all = publication_of(table, disclose(table, DisclosureRule{2}));
    const std::size_t small = table.columns().size() + 1;
    ASSERT_EQ(all.counts[small], 3);
    all.shown[small] = {};
    const Bounds bounds = Attacker(all).of(small);
    EXPECT_EQ(bounds.least, 3);
    EXPECT_EQ(bounds.most, 3);
}

class Attacked : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Attacked, two_way_tables_keep_their_small_counts) {
    std::mt19937_64 random(GetParam());
    for (int repeat = 0; repeat < 40; ++repeat) {
        const std::size_t rows = 1 + random() % 6, columns = 1 + random() % 6;
        const DisclosureRule rule{static_cast<std::int64_t>(2 + random() % 9)};
        expect_kept(two_way(random_counts(random, rows, columns)), rule, std::to_string(repeat));
    }
}

Nesting random_nesting(std::mt19937_64& random, std::size_t parts) {
    Nesting nesting;
    for (std::size_t part = 0; part < parts; ++part)
        nesting.add(random() % nesting.size());
    return nesting;
}

TEST_P(Attacked, nested_tables_keep_their_small_counts) {
    std::mt19937_64 random(GetParam() + 1000);
    for (int repeat = 0; repeat < 25; ++repeat) {
        CountTable table(random_nesting(random, 2 + random() % 9), random_nesting(random, 1 + random() % 6));
        const auto counts = random_counts(random, table.rows().size(), table.columns().size());
        for (const std::size_t row : table.rows().finest(0))
            for (const std::size_t column : table.columns().finest(0))
                table.add(row, column, counts[row][column]);
        expect_kept(table, five, std::to_string(repeat));
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Attacked, testing::Range<std::uint64_t>(0, 25));

/// Every table of whole numbers that agrees with what is shown, by trying: the last word on small tables.
void expect_kept_by_trial(const std::vector<std::vector<std::int64_t>>& counts, const DisclosureRule& rule) {
    const CountTable table = two_way(counts);
    const Publication all = publication_of(table, disclose(table, rule));
    constexpr std::int64_t highest = 9;
    const std::size_t columns = table.columns().size();
    std::vector<std::size_t> order;
    for (std::size_t r = 1; r < table.rows().size(); ++r)
        for (std::size_t c = 1; c < columns; ++c)
            order.push_back(r * columns + c);
    std::vector<std::int64_t> now(all.shown.size(), 0);
    std::vector<std::vector<bool>> found(all.shown.size(), std::vector<bool>(100, false));
    const auto agree = [&] {
        for (std::size_t i = all.sums.size(); i-- > 0;) {  // sums of sums last
            const Publication::Sum& sum = all.sums[i];
            std::int64_t total = 0;
            for (const std::size_t part : sum.parts)
                total += now[part];
            if (all.shown[sum.whole].is_shown() ? total != all.shown[sum.whole].value : total < 1)
                return false;
            now[sum.whole] = total;
        }
        return true;
    };
    const std::function<void(std::size_t)> fill = [&](std::size_t next) {
        if (next == order.size()) {
            if (!agree()) return;
            for (std::size_t i = 0; i < now.size(); ++i)
                found[i][static_cast<std::size_t>(now[i])] = true;
            return;
        }
        const std::size_t at = order[next];
        if (all.shown[at].is_shown()) {
            now[at] = all.shown[at].value;
            return fill(next + 1);
        }
        for (now[at] = 1; now[at] <= highest; ++now[at])
            fill(next + 1);
    };
    fill(0);
    for (std::size_t i = 0; i < all.shown.size(); ++i)
        if (!all.shown[i].is_shown()) {
            EXPECT_GE(std::ranges::count(found[i], true), rule.hidden_below - 1) << "count " << i;
        }
}

TEST(Disclosure, every_agreeing_table_by_trial) {
    std::mt19937_64 random(7);
    for (int repeat = 0; repeat < 60; ++repeat) {
        std::vector<std::vector<std::int64_t>> counts(2, std::vector<std::int64_t>(repeat % 2 == 0 ? 2 : 3));
        for (auto& row : counts)
            for (std::int64_t& count : row)
                count = static_cast<std::int64_t>(random() % 7);
        expect_kept_by_trial(counts, DisclosureRule{static_cast<std::int64_t>(3 + random() % 3)});
    }
}

TEST(Disclosure, the_same_table_gives_the_same_answer) {
    std::mt19937_64 random(3);
    const CountTable table = two_way(random_counts(random, 8, 9));
    EXPECT_EQ(disclose(table, five), disclose(table, five));
}

}  // namespace
}  // namespace optimat
