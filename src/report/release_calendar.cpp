#include "report/release_calendar.hpp"

#include "report/definition_reading.hpp"

#include <algorithm>

namespace optimat {

namespace {

constexpr std::int64_t most_due_days = 366;

std::vector<int> months_of(const toml::table& root, const std::string& origin) {
    const toml::array* const months = root["months"].as_array();
    if (months == nullptr || months->empty()) refuse(origin, root, "there must be a list `months`");
    std::vector<int> all;
    for (const toml::node& node : *months) {
        const auto month = node.value<std::int64_t>();
        if (!node.is_integer() || *month < 1 || *month > 12) refuse(origin, node, "a month is 1 to 12");
        all.push_back(static_cast<int>(*month));
    }
    std::ranges::sort(all);
    if (std::ranges::adjacent_find(all) != all.end()) refuse(origin, *months, "a month stands here twice");
    return all;
}

bool is_released(const ReleaseCalendar& calendar, Day month) {
    return std::ranges::binary_search(calendar.months, civil(month).month);
}

/// The last month end of the calendar no later than the day.
Day last_by(const ReleaseCalendar& calendar, Day day) {
    Day month = is_month_end(day) ? day : month_end(add_months(day, -1));
    while (!is_released(calendar, month))
        month = month_end(add_months(month, -1));
    return month;
}

Day next_after(const ReleaseCalendar& calendar, Day day) {
    Day month = month_end(day) > day ? month_end(day) : month_end(day + 1);
    while (!is_released(calendar, month))
        month = month_end(month + 1);
    return month;
}

}  // namespace

ReleaseCalendar release_calendar(std::string_view toml, const std::string& origin) {
    const toml::table root = parsed(toml, origin);
    check_keys(root, {"version", "source", "months", "due_days"}, origin);
    const auto due = root["due_days"].value<std::int64_t>();
    if (!root["due_days"].is_integer() || *due < 0 || *due > most_due_days)
        refuse(origin, root, "`due_days` is a whole number from 0 to 366");
    return {text_of_key(root, "version", origin), months_of(root, origin), static_cast<std::int32_t>(*due)};
}

std::vector<DueRelease> due_releases(const ReleaseCalendar& calendar, OptionalDay last_released,
                                     OptionalDay covers_to, Day today, std::size_t most) {
    Day month =
        last_released ? next_after(calendar, *last_released) : last_by(calendar, covers_to.value_or(today));
    std::vector<DueRelease> all;
    while (all.size() < most) {
        const Day due = month + calendar.due_days;
        all.push_back({month, due, due < today, covers_to && month <= *covers_to});
        if (!all.back().is_overdue || !all.back().has_data) break;
        month = next_after(calendar, month);
    }
    return all;
}

std::string due_sentence(const std::vector<DueRelease>& due) {
    if (due.empty()) return "";
    const DueRelease& next = due.front();
    std::string text = fmt::format("The next release is of {}, ", long_date(next.as_at));
    text += next.is_overdue ? fmt::format("overdue since {}.", long_date(next.due))
                            : fmt::format("due by {}.", long_date(next.due));
    if (!next.has_data) text += " The data do not reach it yet.";
    return text;
}

}  // namespace optimat
