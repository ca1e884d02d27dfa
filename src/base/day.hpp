#pragma once
// Calendar days. Everything in Optimat that has a date has a day: no clock, no time zone, no time of day.
// Periods include both ends unless a comment says otherwise.

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace optimat {

/// A calendar day of the proleptic Gregorian calendar, counted from 1970-01-01 (which is 0).
struct Day {
    std::int32_t number{};
    friend constexpr auto operator<=>(Day, Day) = default;
    friend constexpr Day operator+(Day day, std::int32_t days) { return Day{day.number + days}; }
    friend constexpr Day operator-(Day day, std::int32_t days) { return Day{day.number - days}; }
    /// Days from `right` to `left`; 0 when they are the same day.
    friend constexpr std::int32_t operator-(Day left, Day right) { return left.number - right.number; }
};

/// A day or "not recorded" in four bytes, for columns. Missing sorts before every day.
class OptionalDay {
  public:
    constexpr OptionalDay() = default;
    constexpr OptionalDay(Day day) : m_number(day.number) {}  // NOLINT: a day is an optional day
    constexpr bool has_value() const { return m_number != missing; }
    constexpr explicit operator bool() const { return has_value(); }
    /// The day. Only when has_value().
    constexpr Day operator*() const { return Day{m_number}; }
    constexpr Day value_or(Day other) const { return has_value() ? Day{m_number} : other; }
    friend constexpr bool operator==(OptionalDay, OptionalDay) = default;

  private:
    static constexpr std::int32_t missing = std::numeric_limits<std::int32_t>::min();
    std::int32_t m_number = missing;
};
static_assert(sizeof(OptionalDay) == 4);

/// Year, month 1–12 and day of the month 1–31 of a day.
struct CivilDay {
    int year, month, day;
    friend constexpr auto operator<=>(const CivilDay&, const CivilDay&) = default;
};

/// The first and last days Optimat reads from a file, both inclusive. A date outside is an impossible date.
inline constexpr Day first_readable_day{-25567};  ///< 1900-01-01
inline constexpr Day last_readable_day{2932896};  ///< 9999-12-31

CivilDay civil(Day day);

/// The day of a civil date; nothing when the calendar has no such day.
std::optional<Day> day_of(int year, int month, int day_of_month);

/// `months` later (or earlier, when negative), keeping the day of the month, clamped to the month's last day:
/// 31 May − 3 months is 28 or 29 February.
Day add_months(Day day, int months);

/// The last day of the day's calendar month.
Day month_end(Day day);
bool is_month_end(Day day);

/// ISO 8601 `YYYY-MM-DD`, within the readable days. Anything else is nothing.
std::optional<Day> parse_iso_day(std::string_view text);

/// `YYYY-MM-DD`.
std::string to_text(Day day);

/// `Oct 2018`, as the tracker's column heads.
std::string month_name(Day day);

/// `31 October 2018`, for sentences.
std::string long_date(Day day);

}  // namespace optimat
