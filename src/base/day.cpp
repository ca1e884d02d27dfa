#include "base/day.hpp"

#include <chrono>
#include <fmt/format.h>

namespace optimat {

namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

Day from_chrono(year_month_day date) {
    return Day{static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count())};
}

year_month_day to_chrono(Day value) { return year_month_day{sys_days{days{value.number}}}; }

constexpr const char* month_names[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};

const char* name_of_month(const CivilDay& date) { return month_names[date.month - 1]; }

/// Two or four decimal digits at `at`; −1 when one is not a digit.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

}  // namespace

static_assert(sys_days{days{first_readable_day.number}} == sys_days{year{1900} / 1 / 1});
static_assert(sys_days{days{last_readable_day.number}} == sys_days{year{9999} / 12 / 31});

CivilDay civil(Day value) {
    const auto date = to_chrono(value);
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
            static_cast<int>(static_cast<unsigned>(date.day()))};
}

std::optional<Day> day_of(int y, int m, int d) {
    if (m < 1 || d < 1) return std::nullopt;
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    if (!date.ok()) return std::nullopt;
    return from_chrono(date);
}

Day add_months(Day value, int months) {
    const auto date = to_chrono(value);
    const auto moved = year_month_day{date.year(), date.month(), day{1}} + std::chrono::months{months};
    const auto last = (moved.year() / moved.month() / std::chrono::last).day();
    return from_chrono(year_month_day{moved.year(), moved.month(), std::min(date.day(), last)});
}

Day month_end(Day value) {
    const auto date = to_chrono(value);
    return Day{static_cast<std::int32_t>(
        sys_days{date.year() / date.month() / std::chrono::last}.time_since_epoch().count())};
}

bool is_month_end(Day value) { return month_end(value) == value; }

std::optional<Day> parse_iso_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int y = digits(text, 0, 4), m = digits(text, 5, 2), d = digits(text, 8, 2);
    if (y < 1900 || m < 0 || d < 0) return std::nullopt;
    return day_of(y, m, d);
}

std::string to_text(Day value) {
    const auto date = civil(value);
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string month_name(Day value) {
    const auto date = civil(value);
    return fmt::format("{:.3} {}", name_of_month(date), date.year);
}

std::string long_date(Day value) {
    const auto date = civil(value);
    return fmt::format("{} {} {}", date.day, name_of_month(date), date.year);
}

}  // namespace optimat
