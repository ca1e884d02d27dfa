#include "web/series_marks.hpp"

namespace optimat {

namespace {

constexpr double millionths = 1e6;

/// The first day of a month `2018-10`.
Day day_of_month(const std::string& month) { return parse_iso_day(month + "-01").value_or(Day{}); }

}  // namespace

SeriesMarks series_marks(const ChartMarks& marks) {
    SeriesMarks series;
    for (const ChartMarkEntry& target : marks.targets)
        series.targets.push_back({day_of_month(target.from),
                                  target.millionths
                                      ? std::optional(static_cast<double>(*target.millionths) / millionths)
                                      : std::nullopt});
    for (const ChartMarkEntry& baseline : marks.baselines)
        series.baselines.push_back({day_of_month(baseline.from), day_of_month(baseline.to)});
    for (const ChartMarkEntry& rebase : marks.rebases)
        series.rebases.push_back(day_of_month(rebase.from));
    for (const ChartMarkEntry& excluded : marks.excluded)
        series.excluded.push_back(day_of_month(excluded.from));
    return series;
}

}  // namespace optimat
