#include "outcome/look_back.hpp"

namespace optimat {

namespace {

/// The day after the one that lies so many months before: where "within the last months" begins.
Day within_last(Day date, int months) { return add_months(date, -months) + 1; }

Day month_start(Day day) { return Day{day.number - civil(day).day + 1}; }

}  // namespace

std::optional<Day> looks_back_to(const MeasureFunction& function, Day date, const Policy& policy) {
    const std::string_view name = function.name;
    if (name == "naloxone") return within_last(date, policy.priority.naloxone_months);
    if (name == "naloxone_leaving") return within_last(month_start(date), policy.priority.naloxone_months);
    if (name == "successful_completion") return within_last(date, policy.outcome.completion_months);
    // Its completions lie from that day on, the day itself included.
    if (name == "re_presentation") return add_months(date, -policy.outcome.completion_months);
    if (name == "harm") return within_last(date, policy.outcome.harm_months);
    return std::nullopt;
}

bool reaches_back(const MeasureFunction& function, Day date, Day covers_from, const Policy& policy) {
    const auto first = looks_back_to(function, date, policy);
    return !first || *first >= covers_from;
}

}  // namespace optimat
