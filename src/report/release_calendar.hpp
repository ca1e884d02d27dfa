#pragma once
// definitions/releases.toml → when the figures of a month are to be released.

#include "base/day.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

struct ReleaseCalendar {
    std::string version;
    std::vector<int> months;  ///< calendar months, 1 to 12, rising, whose end is released
    std::int32_t due_days;    ///< days after the month's end by which it is released
};

/// Throws DefinitionError with file and line.
ReleaseCalendar release_calendar(std::string_view toml, const std::string& origin);

/// A month end that waits for its release.
struct DueRelease {
    Day as_at;
    Day due;          ///< the last day on which it is in time
    bool is_overdue;  ///< that day has gone
    bool has_data;    ///< the newest data cover it
};

/// What is due next: the month ends of the calendar after the last one released (without any, from the
/// newest one that the data cover on), up to the first that is not overdue or that no data
/// cover; at most `most`, oldest first.
/// `covers_to`: the newest data's last day; nothing without data.
std::vector<DueRelease> due_releases(const ReleaseCalendar& calendar, OptionalDay last_released,
                                     OptionalDay covers_to, Day today, std::size_t most);

/// `The next release is of 31 December 2018, due by 21 January 2019.`
std::string due_sentence(const std::vector<DueRelease>& due);

}  // namespace optimat
