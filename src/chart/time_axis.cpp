#include "chart/time_axis.hpp"

namespace optimat::chart {

namespace {

/// Months since year 0.
int month_number(Day day) {
    const CivilDay civil_day = civil(day);
    return civil_day.year * 12 + civil_day.month - 1;
}

Day first_of(int month) { return *day_of(month / 12, month % 12 + 1, 1); }

std::string label_of(Day day, int step, bool first) {
    const std::string name = month_name(day);
    if (step >= 12) return name.substr(4);
    return first || civil(day).month == 1 ? name : name.substr(0, 3);
}

std::vector<int> months_at(Day from, Day to, int step) {
    std::vector<int> months;
    int month = month_number(from);
    if (first_of(month) < from) ++month;
    for (; first_of(month) <= to; ++month)
        if (month % step == 0) months.push_back(month);
    return months;
}

/// Days 7 apart, thinned until there are few enough.
std::vector<TimeTick> week_ticks(Day from, Day to, int most) {
    std::int32_t step = 7;
    while ((to - from) / step + 1 > most)
        step += 7;
    std::vector<TimeTick> ticks;
    for (Day day = from; day <= to; day = day + step)
        ticks.push_back({day, std::to_string(civil(day).day) + " " + month_name(day).substr(0, 3)});
    return ticks;
}

}  // namespace

std::vector<TimeTick> time_ticks(Day from, Day to, int most) {
    if (to - from < 60) return week_ticks(from, to, most);
    std::vector<int> months;
    int chosen = 1;
    for (const int step : {1, 3, 6, 12, 24, 60, 120}) {
        months = months_at(from, to, step);
        chosen = step;
        if (months.size() <= static_cast<std::size_t>(most)) break;
    }
    std::vector<TimeTick> ticks;
    for (const int month : months)
        ticks.push_back({first_of(month), label_of(first_of(month), chosen, ticks.empty())});
    return ticks;
}

}  // namespace optimat::chart
