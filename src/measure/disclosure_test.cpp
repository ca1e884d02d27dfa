#include "measure/disclosure.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <numeric>
#include <random>

namespace optimat {
namespace {

constexpr DisclosureRule five{5};

/// A fraction of whole numbers, reduced: the attacker's arithmetic is exact.
struct Fraction {
    std::int64_t over = 0, under = 1;
    Fraction(std::int64_t whole = 0) : over(whole) {}
    Fraction(std::int64_t o, std::int64_t u) : over(o), under(u) {
        const std::int64_t common = std::gcd(over, under) * (under < 0 ? -1 : 1);
        over /= common;
        under /= common;
    }
    bool zero() const { return over == 0; }
    friend Fraction operator*(Fraction a, Fraction b) { return {a.over * b.over, a.under * b.under}; }
    friend Fraction operator/(Fraction a, Fraction b) { return {a.over * b.under, a.under * b.over}; }
    friend Fraction operator-(Fraction a, Fraction b) { return {a.over * b.under - b.over * a.under, a.under * b.under}; }
    double number() const { return static_cast<double>(over) / static_cast<double>(under); }
};

constexpr double no_limit = 1e15;
struct Bounds {
    double least = 1, most = no_limit;
    double values() const { return most - least + 1; }
};

/// Somebody who sees what is shown, knows the sums, that counts are whole, and that zeros are shown. Solves the
/// equations, then narrows the ranges by every equation until nothing narrows any more. Shares no code with the hiding.
class Attacker {
  public:
    /// `unpublished` are counts that leave in no form, and so may be zero for all that is known.
    Attacker(const CountTable& table, const std::vector<Disclosed>& shown, const std::vector<bool>& unpublished = {})
        : m_bounds(shown.size()) {
        for (std::size_t i = 0; i < shown.size(); ++i) {
            m_place.push_back(shown[i].is_shown() ? -1 : m_hidden++);
            if (!shown[i].is_shown() && !unpublished.empty() && unpublished[i])
                m_bounds[static_cast<std::size_t>(m_place.back())].least = 0;
        }
        for (const CountTable::Sum& sum : table.sums()) {
            std::vector<Fraction> row(static_cast<std::size_t>(m_hidden) + 1);
            const auto put = [&](std::size_t i, std::int64_t sign) {
                if (m_place[i] < 0) row.back() = row.back() - Fraction(sign * shown[i].value);
                else row[static_cast<std::size_t>(m_place[i])] = Fraction(sign);
            };
            for (const std::size_t part : sum.parts) put(part, 1);
            put(sum.whole, -1);
            m_rows.push_back(std::move(row));
        }
        const auto given = m_rows;
        solve();
        m_rows.insert(m_rows.end(), given.begin(), given.end());
        while (narrow()) {}
    }
    Bounds of(std::size_t i) const { return m_bounds[static_cast<std::size_t>(m_place[i])]; }

  private:
    void solve() {
        std::size_t done = 0;
        for (std::size_t column = 0; column < static_cast<std::size_t>(m_hidden) && done < m_rows.size(); ++column) {
            std::size_t pivot = done;
            while (pivot < m_rows.size() && m_rows[pivot][column].zero()) ++pivot;
            if (pivot == m_rows.size()) continue;
            std::swap(m_rows[done], m_rows[pivot]);
            const Fraction lead = m_rows[done][column];
            for (Fraction& cell : m_rows[done]) cell = cell / lead;
            for (std::size_t r = 0; r < m_rows.size(); ++r) {
                const Fraction factor = m_rows[r][column];
                if (r == done || factor.zero()) continue;
                for (std::size_t c = 0; c < m_rows[r].size(); ++c)
                    m_rows[r][c] = m_rows[r][c] - factor * m_rows[done][c];
            }
            ++done;
        }
    }
    bool narrow() {
        bool any = false;
        for (const auto& row : m_rows)
            for (std::size_t target = 0; target + 1 < row.size(); ++target) {
                if (row[target].zero()) continue;
                double least = row.back().number(), most = least;
                for (std::size_t c = 0; c + 1 < row.size(); ++c) {
                    if (c == target || row[c].zero()) continue;
                    const double factor = row[c].number();
                    least -= factor * (factor > 0 ? m_bounds[c].most : m_bounds[c].least);
                    most -= factor * (factor > 0 ? m_bounds[c].least : m_bounds[c].most);
                }
                const double lead = row[target].number();
                if (lead < 0) std::swap(least, most);
                any = tighten(m_bounds[target], least / lead, most / lead) || any;
            }
        return any;
    }
    static bool tighten(Bounds& bounds, double least, double most) {
        const Bounds before = bounds;
        if (least > -no_limit / 2) bounds.least = std::max(bounds.least, std::ceil(least - 1e-6));
        if (most < no_limit / 2) bounds.most = std::min(bounds.most, std::floor(most + 1e-6));
        return bounds.least != before.least || bounds.most != before.most;
    }

    std::ptrdiff_t m_hidden = 0;
    std::vector<std::ptrdiff_t> m_place;
    std::vector<std::vector<Fraction>> m_rows;
    std::vector<Bounds> m_bounds;
};

void expect_kept(const CountTable& table, const DisclosureRule& rule, const std::string& what) {
    const auto shown = disclose(table, rule);
    const Attacker attacker(table, shown);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const std::int64_t count = table.counts()[i];
        const bool small = count > 0 && count < rule.hidden_below;
        if (shown[i].is_shown()) {
            EXPECT_EQ(shown[i].value, count) << what;
            EXPECT_FALSE(small) << what << ": a small count is shown";
            continue;
        }
        EXPECT_NE(count, 0) << what << ": a zero is hidden";
        const double needed = small ? static_cast<double>(rule.hidden_below - 1) : 2.0;
        EXPECT_GE(attacker.of(i).values(), needed) << what << ": count " << i << " is known too well";
    }
}

/// Parts by wholes with all margins: rows × columns, row sums, column sums and the total.
CountTable two_way(const std::vector<std::vector<std::int64_t>>& counts) {
    CountTable table;
    std::vector<std::vector<std::size_t>> columns(counts.front().size());
    std::vector<std::size_t> row_sums, column_sums;
    std::int64_t total = 0;
    for (const auto& row : counts) {
        std::vector<std::size_t> at;
        for (std::size_t c = 0; c < row.size(); ++c) {
            at.push_back(table.add(row[c]));
            columns[c].push_back(at.back());
        }
        const std::int64_t sum = std::accumulate(row.begin(), row.end(), std::int64_t{0});
        table.add_sum(row_sums.emplace_back(table.add(sum)), at);
        total += sum;
    }
    for (std::size_t c = 0; c < columns.size(); ++c) {
        std::int64_t sum = 0;
        for (const auto& row : counts) sum += row[c];
        table.add_sum(column_sums.emplace_back(table.add(sum)), columns[c]);
    }
    const std::size_t whole = table.add(total);
    table.add_sum(whole, row_sums);
    table.add_sum(whole, column_sums);
    return table;
}

std::vector<std::vector<std::int64_t>> random_counts(std::mt19937_64& random, std::size_t rows, std::size_t columns) {
    const std::int64_t most[] = {0, 2, 4, 6, 12, 40};
    std::vector<std::vector<std::int64_t>> counts(rows, std::vector<std::int64_t>(columns));
    for (auto& row : counts)
        for (std::int64_t& count : row)
            count = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most[random() % 6] + 1));
    return counts;
}

std::vector<bool> hidden_of(const std::vector<Disclosed>& shown) {
    std::vector<bool> hidden;
    for (const Disclosed& one : shown) hidden.push_back(!one.is_shown());
    return hidden;
}

CountTable one_sum(const std::vector<std::int64_t>& parts) {
    CountTable table;
    std::vector<std::size_t> at;
    for (const std::int64_t part : parts) at.push_back(table.add(part));
    table.add_sum(table.add(std::accumulate(parts.begin(), parts.end(), std::int64_t{0})), at);
    return table;
}

TEST(Disclosure, counts_of_five_and_zeros_are_shown) {
    EXPECT_EQ(hidden_of(disclose(one_sum({5, 0, 40}), five)), (std::vector<bool>{false, false, false, false}));
}

TEST(Disclosure, a_small_count_takes_the_smallest_partner_with_it_the_first_of_equals) {
    EXPECT_EQ(hidden_of(disclose(one_sum({40, 9, 3, 0, 9}), five)),
              (std::vector<bool>{false, true, true, false, false, false}));
}

TEST(Disclosure, four_is_hidden_and_five_is_not) {
    EXPECT_EQ(hidden_of(disclose(one_sum({4, 6, 30}), five)), (std::vector<bool>{true, true, false, false}));
    EXPECT_EQ(hidden_of(disclose(one_sum({4, 6, 30}), DisclosureRule{4})), (std::vector<bool>{false, false, false, false}));
}

TEST(Disclosure, two_small_counts_that_leave_too_few_values_take_more_with_them) {
    // 1 + 1 of a visible 40 + 2 would say that both are 1.
    EXPECT_EQ(hidden_of(disclose(one_sum({1, 1, 40}), five)), (std::vector<bool>{true, true, true, false}));
    // With nobody else to hide among, the total goes.
    EXPECT_EQ(hidden_of(disclose(one_sum({1, 1, 3}), five)), (std::vector<bool>{true, true, true, true}));
}

TEST(Disclosure, one_group_of_people_hides_its_total) {
    EXPECT_EQ(hidden_of(disclose(one_sum({3, 0}), five)), (std::vector<bool>{true, false, true}));
}

TEST(Disclosure, no_subtraction_across_rows_and_columns) {
    const auto shown = disclose(two_way({{3, 20, 30}, {25, 26, 27}, {28, 29, 31}}), five);
    // A rectangle of four hidden counts, its corners the smallest there are.
    EXPECT_EQ(hidden_of(shown), (std::vector<bool>{true, true, false, false,     // a row and its sum
                                                   true, true, false, false,     //
                                                   false, false, false, false,   //
                                                   false, false, false, false}));
}

TEST(Disclosure, the_attacker_gets_what_is_not_protected) {
    // Only the small count hidden: the attacker must find it, or the tests below prove nothing.
    const CountTable table = one_sum({3, 20, 30});
    std::vector<Disclosed> shown;
    for (const std::int64_t count : table.counts()) shown.push_back({Disclosed::Visibility::shown, count});
    shown[0] = {};
    const Bounds bounds = Attacker(table, shown).of(0);
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

TEST_P(Attacked, nested_and_overlapping_sums_keep_their_small_counts) {
    // People of three properties; the table shows every pair's and every single property's counts, but no triples
    // unless drawn.
    std::mt19937_64 random(GetParam() + 1000);
    for (int repeat = 0; repeat < 25; ++repeat) {
        CountTable table;
        const auto counts = random_counts(random, 3, 4);
        const auto more = random_counts(random, 3, 4);
        std::vector<std::size_t> first_level, second_level, pairs;
        std::int64_t total = 0;
        std::vector<std::vector<std::size_t>> by_column(4);
        std::vector<std::int64_t> column_total(4, 0);
        for (std::size_t r = 0; r < 3; ++r) {
            std::vector<std::size_t> parts;
            std::int64_t row_total = 0;
            for (std::size_t c = 0; c < 4; ++c) {
                const std::size_t one = table.add(counts[r][c]), other = table.add(more[r][c]);
                const std::size_t both = table.add(counts[r][c] + more[r][c]);
                table.add_sum(both, {one, other});
                parts.push_back(both);
                by_column[c].push_back(both);
                row_total += counts[r][c] + more[r][c];
                column_total[c] += counts[r][c] + more[r][c];
            }
            table.add_sum(first_level.emplace_back(table.add(row_total)), parts);
            total += row_total;
        }
        for (std::size_t c = 0; c < 4; ++c) table.add_sum(second_level.emplace_back(table.add(column_total[c])), by_column[c]);
        const std::size_t whole = table.add(total);
        table.add_sum(whole, first_level);
        table.add_sum(whole, second_level);
        expect_kept(table, five, std::to_string(repeat));
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Attacked, testing::Range<std::uint64_t>(0, 25));

/// Every table of whole numbers that agrees with what is shown, by trying: the last word on small tables.
void expect_kept_by_trial(const std::vector<std::vector<std::int64_t>>& counts, const DisclosureRule& rule) {
    const CountTable table = two_way(counts);
    const auto shown = disclose(table, rule);
    constexpr std::int64_t highest = 9;
    std::vector<std::size_t> order;
    for (std::size_t r = 0; r < counts.size(); ++r)
        for (std::size_t c = 0; c < counts[r].size(); ++c) order.push_back(r * (counts[r].size() + 1) + c);
    std::vector<std::int64_t> now(shown.size(), 0);
    std::vector<std::vector<bool>> found(shown.size(), std::vector<bool>(100, false));
    const auto agree = [&] {
        for (const CountTable::Sum& sum : table.sums()) {
            std::int64_t total = 0;
            for (const std::size_t part : sum.parts) total += now[part];
            if (shown[sum.whole].is_shown() ? total != shown[sum.whole].value : total < 1) return false;
            now[sum.whole] = total;
        }
        return true;
    };
    const std::function<void(std::size_t)> fill = [&](std::size_t next) {
        if (next == order.size()) {
            if (!agree()) return;
            for (std::size_t i = 0; i < now.size(); ++i) found[i][static_cast<std::size_t>(now[i])] = true;
            return;
        }
        const std::size_t at = order[next];
        if (shown[at].is_shown()) {
            now[at] = shown[at].value;
            return fill(next + 1);
        }
        for (now[at] = 1; now[at] <= highest; ++now[at]) fill(next + 1);
    };
    fill(0);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        if (shown[i].is_shown()) continue;
        const bool small = table.counts()[i] < rule.hidden_below;
        EXPECT_GE(std::ranges::count(found[i], true), small ? rule.hidden_below - 1 : 2) << "count " << i;
    }
}

TEST(Disclosure, every_agreeing_table_by_trial) {
    std::mt19937_64 random(7);
    for (int repeat = 0; repeat < 60; ++repeat) {
        std::vector<std::vector<std::int64_t>> counts(2, std::vector<std::int64_t>(repeat % 2 == 0 ? 2 : 3));
        for (auto& row : counts)
            for (std::int64_t& count : row) count = static_cast<std::int64_t>(random() % 7);
        expect_kept_by_trial(counts, DisclosureRule{static_cast<std::int64_t>(3 + random() % 3)});
    }
}

TEST(Disclosure, large_tables_whose_hidden_counts_grow_together_while_hiding) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        std::mt19937_64 random(seed);
        std::vector<std::vector<std::int64_t>> counts(20, std::vector<std::int64_t>(12));
        for (auto& row : counts)
            for (std::int64_t& count : row)
                count = static_cast<std::int64_t>(random() % 12 == 0 ? 1 + random() % 2 : 5 + random() % 60);
        const CountTable table = two_way(counts);
        const auto shown = disclose(table, DisclosureRule{static_cast<std::int64_t>(3 + seed % 8)});
        EXPECT_TRUE(shown.back().is_shown()) << "the total is safe";
    }
}

TEST(Disclosure, the_same_table_gives_the_same_answer) {
    std::mt19937_64 random(3);
    const CountTable table = two_way(random_counts(random, 8, 9));
    EXPECT_EQ(disclose(table, five), disclose(table, five));
}

TEST(Disclosure, shares_and_means_rest_on_shown_counts) {
    const Disclosed hidden, nobody{Disclosed::Visibility::shown, 0}, ten{Disclosed::Visibility::shown, 10},
        forty{Disclosed::Visibility::shown, 40};
    EXPECT_EQ(disclosed_share(ten, forty), 0.25);
    EXPECT_FALSE(disclosed_share(hidden, forty));
    EXPECT_FALSE(disclosed_share(ten, hidden));
    EXPECT_FALSE(disclosed_share(nobody, nobody));
    DoseSum sum;
    sum.add(milligrams(60));
    EXPECT_EQ(disclosed_mean(sum, ten), 60.0);
    EXPECT_FALSE(disclosed_mean(sum, hidden));
}

std::vector<TrackerCell> random_cells(std::mt19937_64& random, std::size_t services) {
    std::vector<TrackerCell> cells(services);
    for (auto& cell : cells)
        for (std::size_t group = 0; group < tracker_group_count; ++group) {
            cell.people[group] = static_cast<std::int64_t>(random() % (group == 0 ? 12 : 90));
            cell.methadone[group].people = cell.people[group] / 2;
        }
    return cells;
}

TEST(Disclosure, a_tracker_of_all_services_with_regions_and_the_whole) {
    std::mt19937_64 random(11);
    const auto cells = random_cells(random, 60);
    std::vector<Place> places(1);
    for (std::size_t region = 0; region < 5; ++region) places.push_back({PlaceKind::region, "R", "R", {}});
    for (std::size_t service = 0; service < 60; ++service) {
        places[0].services.push_back(service);
        places[1 + service / 12].services.push_back(service);
        places.push_back({PlaceKind::service, "S", "S", {service}});
    }
    const auto shown = disclose_tracker(cells, places, five);
    ASSERT_EQ(shown.size(), places.size());
    std::size_t visible = 0;
    for (std::size_t service = 0; service < 60; ++service)
        for (std::size_t group = 0; group < tracker_group_count; ++group) {
            const std::int64_t count = cells[service].people[group];
            const Disclosed& one = shown[6 + service].people[group];
            const bool small = count > 0 && count < 5;
            EXPECT_FALSE(small && one.is_shown());
            EXPECT_TRUE(count != 0 || one.is_shown());
            EXPECT_TRUE(!one.is_shown() || one.value == count);
            visible += one.is_shown();
            const Disclosed& dosed = shown[6 + service].with_dose[group];
            EXPECT_TRUE(!dosed.is_shown() || dosed.value == count / 2);
        }
    EXPECT_GT(visible, 60 * tracker_group_count * 2 / 3) << "most is shown";
    EXPECT_TRUE(shown[0].in_mat.is_shown()) << "totals are safe";
}

/// Counts as they leave with those behind them that never do, for the attacker.
class Published {
  public:
    std::size_t behind(std::int64_t count) { return add(count, {}, true); }
    std::size_t published(std::int64_t count, const Disclosed& as) {
        EXPECT_TRUE(!as.is_shown() || as.value == count);
        return add(count, as, false);
    }
    void sum(std::size_t whole, const std::vector<std::size_t>& parts) { m_table.add_sum(whole, parts); }
    void expect_kept(const DisclosureRule& rule) const {
        const Attacker attacker(m_table, m_shown, m_unpublished);
        for (std::size_t i = 0; i < m_shown.size(); ++i) {
            const std::int64_t count = m_table.counts()[i];
            if (count == 0 || count >= rule.hidden_below) continue;
            ASSERT_FALSE(m_shown[i].is_shown()) << "a small count is shown";
            const double needed = m_unpublished[i] ? 2.0 : static_cast<double>(rule.hidden_below - 1);
            EXPECT_GE(attacker.of(i).values(), needed) << "count " << i << " of " << count;
        }
    }

  private:
    std::size_t add(std::int64_t count, const Disclosed& as, bool unpublished) {
        m_shown.push_back(as);
        m_unpublished.push_back(unpublished);
        return m_table.add(count);
    }
    CountTable m_table;
    std::vector<Disclosed> m_shown;
    std::vector<bool> m_unpublished;
};

/// A sheet's rows by their own predicates over people of every stage, band and regime: nothing of the sums that the
/// hiding is told of.
TEST(Disclosure, no_subtraction_within_a_service_data_sheet_or_from_the_organisations) {
    const auto rows = service_data_rows();
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
        std::mt19937_64 random(seed);
        std::vector<State> kinds;
        for (std::size_t stage = 0; stage < stage_count; ++stage)
            for (std::size_t band = 0; band < band_count; ++band)
                for (std::size_t regime = 0; regime < regime_count; ++regime) {
                    // Other stages' bands and regimes are in no row of their own.
                    const bool in_rows = stage == 1 || stage == 2 || (band == 0 && regime == 0);
                    State state{};
                    state.stage = static_cast<Stage>(stage);
                    state.band = static_cast<Band>(band);
                    state.regime = static_cast<Regime>(regime);
                    if (in_rows) kinds.push_back(state);
                }
        std::vector<std::int64_t> here, rest;
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            here.push_back(static_cast<std::int64_t>(random() % (i % 3 == 0 ? 3 : 25)));
            rest.push_back(static_cast<std::int64_t>(random() % (i % 7 == 0 ? 4 : 300)));
        }
        std::vector<ServiceDataCell> place(rows.size()), whole(rows.size());
        for (std::size_t row = 0; row < rows.size(); ++row)
            for (std::size_t i = 0; i < kinds.size(); ++i)
                if (rows[row].holds(kinds[i])) {
                    place[row].people += here[i];
                    whole[row].people += here[i] + rest[i];
                }
        const auto shown = disclose_service_data(place, whole, five);
        Published published;
        std::vector<std::size_t> here_at, rest_at;
        for (const std::int64_t count : here) here_at.push_back(published.behind(count));
        for (const std::int64_t count : rest) rest_at.push_back(published.behind(count));
        for (std::size_t row = 0; row < rows.size(); ++row) {
            std::vector<std::size_t> own, all;
            for (std::size_t i = 0; i < kinds.size(); ++i)
                if (rows[row].holds(kinds[i])) {
                    own.push_back(here_at[i]);
                    all.push_back(here_at[i]);
                    all.push_back(rest_at[i]);
                }
            published.sum(published.published(place[row].people, shown.place[row]), own);
            published.sum(published.published(whole[row].people, shown.organisation[row]), all);
        }
        published.expect_kept(five);
    }
}

TEST(Disclosure, no_subtraction_between_services_regions_and_the_whole) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        std::mt19937_64 random(seed);
        const auto cells = random_cells(random, 6);
        // The second region's services are not shown by themselves.
        const std::vector<Place> places = {{PlaceKind::organisation, "", "", {0, 1, 2, 3, 4, 5}},
                                           {PlaceKind::region, "N", "N", {0, 1, 2}},
                                           {PlaceKind::region, "S", "S", {3, 4}},
                                           {PlaceKind::service, "A", "A", {0}},
                                           {PlaceKind::service, "B", "B", {1}},
                                           {PlaceKind::service, "C", "C", {2}}};
        const auto shown = disclose_tracker(cells, places, five);
        Published published;
        std::vector<std::vector<std::size_t>> behind(cells.size());
        for (std::size_t service = 0; service < cells.size(); ++service)
            for (const std::int64_t count : cells[service].people) behind[service].push_back(published.behind(count));
        for (std::size_t p = 0; p < places.size(); ++p) {
            std::vector<std::size_t> cohorts, everybody;
            TrackerCell sum;
            for (const std::size_t service : places[p].services) sum += cells[service];
            for (std::size_t group = 0; group < tracker_group_count; ++group) {
                std::vector<std::size_t> parts;
                for (const std::size_t service : places[p].services) parts.push_back(behind[service][group]);
                published.sum(published.published(sum.people[group], shown[p].people[group]), parts);
                everybody.insert(everybody.end(), parts.begin(), parts.end());
                if (group < cohort_count) cohorts.insert(cohorts.end(), parts.begin(), parts.end());
            }
            published.sum(published.published(sum.in_cohorts(), shown[p].in_cohorts), cohorts);
            published.sum(published.published(sum.in_mat(), shown[p].in_mat), everybody);
        }
        published.expect_kept(five);
    }
}

TEST(Disclosure, a_place_alone_hides_less_than_many_together) {
    std::vector<TrackerCell> cells(2);
    cells[0].people[0] = 3;
    cells[0].people[1] = 20;
    cells[0].people[2] = 30;
    cells[1] = cells[0];
    cells[1].people[0] = 40;
    const Place whole{PlaceKind::organisation, "", "", {0, 1}}, one{PlaceKind::service, "A", "A", {0}},
        two{PlaceKind::service, "B", "B", {1}};
    const auto alone = disclose_tracker(cells, std::vector<Place>{two}, five);
    EXPECT_TRUE(alone[0].people[0].is_shown());
    const auto together = disclose_tracker(cells, std::vector<Place>{whole, one, two}, five);
    EXPECT_FALSE(together[2].people[0].is_shown() && together[0].people[0].is_shown()) << "3 by subtraction";
}

TEST(Disclosure, flows_and_breakdowns_are_hidden_with_their_sums) {
    FlowTable flows;
    flows.people[0][0] = 20;
    flows.people[0][1] = 2;
    flows.people[1][0] = 9;
    flows.people[1][1] = 30;
    const auto shown = disclose_flows(flows, five);
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t j = 0; j < 2; ++j) EXPECT_FALSE(shown.people[i][j].is_shown()) << "a square gives nothing back";
    EXPECT_EQ(shown.from[0], (Disclosed{Disclosed::Visibility::shown, 22}));
    EXPECT_EQ(shown.people[5][5], (Disclosed{Disclosed::Visibility::shown, 0}));
    std::vector<BreakdownPart> parts(3);
    parts[0].cell.people = 12;
    parts[1].cell.people = 7;
    parts[2].cell.people = 1;
    const auto breakdown = disclose_breakdown(parts, five);
    EXPECT_EQ(hidden_of(breakdown.parts), (std::vector<bool>{false, true, true}));
    EXPECT_EQ(breakdown.whole.value, 20);
}

}  // namespace
}  // namespace optimat
