#include "intake/bank_holidays.hpp"

#include "base/error.hpp"
#include "base/temporary_folder.hpp"
#include "base/weekday.hpp"
#include "intake/definitions.hpp"
#include "intake/policy_file.hpp"
#include "model/nation.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace optimat {
namespace {

using testing::HasSubstr;

Day day(int year, int month, int of_month) { return *day_of(year, month, of_month); }
Day iso(std::string_view text) { return *parse_iso_day(text); }

std::vector<Day> shipped(Nation nation) {
    return parse_bank_holidays(Definitions().text("bank_holidays.toml"), "bank_holidays.toml", nation);
}

std::vector<Day> shipped(Nation nation, int year) {
    std::vector<Day> days = shipped(nation);
    std::erase_if(days, [&](Day one) { return civil(one).year != year; });
    return days;
}

/// Easter Sunday from the golden number and the epact (the calendar reform's own reckoning).
Day easter(int year) {
    const int golden = year % 19 + 1, century = year / 100 + 1;
    const int leap_years_dropped = 3 * century / 4 - 12, moon_correction = (8 * century + 5) / 25 - 5;
    const int sunday = 5 * year / 4 - leap_years_dropped - 10;
    int epact = (11 * golden + 20 + moon_correction - leap_years_dropped) % 30;
    if ((epact == 25 && golden > 11) || epact == 24) ++epact;
    int full_moon = 44 - epact;
    if (full_moon < 21) full_moon += 30;
    return day(year, 3, 1) + (full_moon + 7 - (sunday + full_moon) % 7 - 1);
}

Day first_monday(int year, int month) {
    Day found = day(year, month, 1);
    while (weekday_of(found) != 0)
        found = found + 1;
    return found;
}
Day last_monday(int year, int month) {
    Day found = month_end(day(year, month, 1));
    while (weekday_of(found) != 0)
        found = found - 1;
    return found;
}

/// The holidays that fall on fixed dates: what lies on a weekend goes to the next weekday that is not taken.
class Fixed {
  public:
    void add(std::vector<Day> together) {
        std::ranges::stable_partition(together, [](Day one) { return !is_weekend(one); });
        for (Day one : together) {
            while (is_weekend(one) || m_days.contains(one))
                one = one + 1;
            m_days.insert(one);
        }
    }
    const std::set<Day>& days() const { return m_days; }

  private:
    std::set<Day> m_days;
};

/// Days moved and added by proclamation, as was announced each time.
std::set<Day> with_proclamations(std::set<Day> days, Nation nation, int year) {
    const auto move = [&](Day from, Day to) {
        EXPECT_EQ(days.erase(from), 1u);
        days.insert(to);
    };
    if (year == 2002) move(iso("2002-05-27"), iso("2002-06-04")), days.insert(iso("2002-06-03"));
    if (year == 2011) days.insert(iso("2011-04-29"));
    if (year == 2012) move(iso("2012-05-28"), iso("2012-06-04")), days.insert(iso("2012-06-05"));
    if (year == 2020) move(iso("2020-05-04"), iso("2020-05-08"));
    if (year == 2022) move(iso("2022-05-30"), iso("2022-06-02")), days.insert(iso("2022-06-03"));
    if (year == 2022) days.insert(iso("2022-09-19"));
    if (year == 2023) days.insert(iso("2023-05-08"));
    if (year == 2026 && nation == Nation::scotland) days.insert(iso("2026-06-15"));
    return days;
}

std::set<Day> by_rule(Nation nation, int year) {
    const bool scottish = nation == Nation::scotland, irish = nation == Nation::northern_ireland;
    Fixed fixed;
    if (scottish)
        fixed.add({day(year, 1, 1), day(year, 1, 2)});
    else
        fixed.add({day(year, 1, 1)});
    fixed.add({day(year, 12, 25), day(year, 12, 26)});
    if (irish) fixed.add({day(year, 3, 17)});
    if (irish) fixed.add({day(year, 7, 12)});
    if (scottish && year >= 2007) fixed.add({day(year, 11, 30)});
    std::set<Day> days = fixed.days();
    days.insert(easter(year) - 2);
    if (!scottish) days.insert(easter(year) + 1);
    days.insert(first_monday(year, 5));
    days.insert(last_monday(year, 5));
    days.insert(scottish ? first_monday(year, 8) : last_monday(year, 8));
    return with_proclamations(std::move(days), nation, year);
}

TEST(BankHolidays, every_one_of_31_years_is_what_the_acts_and_proclamations_make_of_it) {
    for (const Nation nation : {Nation::england_and_wales, Nation::scotland, Nation::northern_ireland})
        for (int year = 2000; year <= 2030; ++year) {
            const auto listed = shipped(nation, year);
            EXPECT_EQ(std::set<Day>(listed.begin(), listed.end()), by_rule(nation, year))
                << text_of(nation) << " " << year;
        }
}

TEST(BankHolidays, they_are_those_that_were_published) {
    const auto expect = [](Nation nation, int year, const std::vector<std::string>& published) {
        std::vector<std::string> listed;
        for (const Day one : shipped(nation, year))
            listed.push_back(to_text(one));
        EXPECT_EQ(listed, published) << text_of(nation);
    };
    expect(Nation::england_and_wales, 2012,
           {"2012-01-02", "2012-04-06", "2012-04-09", "2012-05-07", "2012-06-04", "2012-06-05", "2012-08-27",
            "2012-12-25", "2012-12-26"});
    expect(Nation::england_and_wales, 2021,
           {"2021-01-01", "2021-04-02", "2021-04-05", "2021-05-03", "2021-05-31", "2021-08-30", "2021-12-27",
            "2021-12-28"});
    expect(Nation::england_and_wales, 2022,
           {"2022-01-03", "2022-04-15", "2022-04-18", "2022-05-02", "2022-06-02", "2022-06-03", "2022-08-29",
            "2022-09-19", "2022-12-26", "2022-12-27"});
    expect(Nation::scotland, 2012,
           {"2012-01-02", "2012-01-03", "2012-04-06", "2012-05-07", "2012-06-04", "2012-06-05", "2012-08-06",
            "2012-11-30", "2012-12-25", "2012-12-26"});
    expect(Nation::scotland, 2017,
           {"2017-01-02", "2017-01-03", "2017-04-14", "2017-05-01", "2017-05-29", "2017-08-07", "2017-11-30",
            "2017-12-25", "2017-12-26"});
    expect(Nation::northern_ireland, 2018,
           {"2018-01-01", "2018-03-19", "2018-03-30", "2018-04-02", "2018-05-07", "2018-05-28", "2018-07-12",
            "2018-08-27", "2018-12-25", "2018-12-26"});
    expect(Nation::northern_ireland, 2020,
           {"2020-01-01", "2020-03-17", "2020-04-10", "2020-04-13", "2020-05-08", "2020-05-25", "2020-07-13",
            "2020-08-31", "2020-12-25", "2020-12-28"});
}

TEST(BankHolidays, the_policy_has_those_of_the_nation_in_force) {
    const Policy england = Definitions().policy();
    EXPECT_EQ(england.nation, Nation::england_and_wales);
    EXPECT_EQ(england.bank_holidays, shipped(Nation::england_and_wales));
    const TemporaryFolder folder;
    folder.write("own.toml", "[working_days]\nnation = \"scotland\"\n");
    const Policy scotland = Definitions().policy(folder.path() / "own.toml");
    EXPECT_EQ(scotland.bank_holidays, shipped(Nation::scotland));
    EXPECT_NE(scotland.hash, england.hash);
}

TEST(BankHolidays, another_list_of_them_is_another_policy) {
    const TemporaryFolder folder;
    folder.write("bank_holidays.toml", "[england_and_wales]\n2018-01-01 = \"New Year's Day\"\n");
    const Policy own = Definitions(folder.path()).policy();
    EXPECT_EQ(own.bank_holidays, std::vector<Day>{iso("2018-01-01")});
    EXPECT_NE(own.hash, Definitions().policy().hash);
}

TEST(BankHolidays, what_cannot_be_is_refused_with_its_line) {
    const auto complaint = [](std::string_view text) -> std::string {
        try {
            parse_bank_holidays(text, "own.toml", Nation::scotland);
        } catch (const DefinitionError& error) {
            return error.what();
        }
        return "no complaint";
    };
    EXPECT_EQ(complaint("[scotland]\n2018-12-26 = \"Boxing Day\"\n2018-12-25 = \"Christmas Day\""),
              "no complaint");
    EXPECT_THAT(complaint("[wales]\n"), AllOf(HasSubstr("own.toml: line 1"), HasSubstr("wales")));
    EXPECT_THAT(complaint("[scotland]\n2018-02-30 = \"?\""), AllOf(HasSubstr("line 2"), HasSubstr("no day")));
    EXPECT_THAT(complaint("[scotland]\n2018-12-25 = \"\""), HasSubstr("no name"));
    EXPECT_THAT(complaint("[scotland]\n2018-12-25 = 1"), HasSubstr("no name"));
    EXPECT_THAT(complaint("[scotland]\n2018-12-22 = \"a Saturday\""), HasSubstr("weekend"));
    EXPECT_THAT(complaint("[scotland]\n2018-12-25 = \"a\"\n2020-12-25 = \"b\""), HasSubstr("2019"));
    EXPECT_THAT(complaint("scotland = 3"), HasSubstr("must be a table"));
    EXPECT_THAT(complaint("[england_and_wales]\n2018-12-25 = \"Christmas Day\""), HasSubstr("missing"));
    EXPECT_THAT(complaint("[scotland"), HasSubstr("own.toml: line 1"));
}

}  // namespace
}  // namespace optimat
