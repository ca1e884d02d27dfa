#include "chart/cohort_lines.hpp"

#include "chart/line_chart.hpp"

namespace optimat::chart {

namespace {

LineChart lines_of(const CohortLines& data) {
    LineChart chart{{}, {}, Unit::share, "share of the four cohorts"};
    for (const ShareMonth& month : data.months)
        chart.labels.push_back(month.label);
    for (std::size_t i = 0; i < cohort_count; ++i) {
        const auto cohort = static_cast<Cohort>(i);
        LineSeries series{std::string(name_of(cohort)), {}, static_cast<LineInk>(i)};
        for (const ShareMonth& month : data.months)
            series.values.push_back(month.share(cohort));
        chart.series.push_back(std::move(series));
    }
    return chart;
}

}  // namespace

Html cohort_lines(const CohortLines& data, const Frame& frame) { return line_chart(lines_of(data), frame); }

Html cohort_lines_figure(const CohortLines& data, const Frame& frame) {
    return chart_figure("cohort_lines", chart_data_json(data), cohort_lines(data, frame),
                        cohort_lines(data, narrow(frame)));
}

}  // namespace optimat::chart
