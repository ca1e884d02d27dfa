// The chart of the tracker sheet: a native stacked column chart that follows the place chosen.

#include "report/number_text.hpp"
#include "report/workbook_sheets.hpp"

#include "base/error.hpp"

#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <xlsxwriter.h>

namespace optimat::workbook {

namespace {

/// Fills the figures that a chart keeps beside its cells. The library takes a formula's for 0, and readers
/// that do not calculate would draw that. It frees the points itself.
class PointCache {
  public:
    explicit PointCache(lxw_series_range* range) : m_range(range) { m_range->ignore_cache = 1; }

    void number(std::optional<double> number) {
        lxw_series_data_point& point = add();
        point.number = number.value_or(0);
        point.no_data = number ? 0 : 1;
    }
    void text(const std::string& text) {
        lxw_series_data_point& point = add();
        point.string = strdup(text.c_str());
        point.is_string = 1;
        m_range->has_string_cache = 1;
    }

  private:
    lxw_series_data_point& add() {
        auto* point = static_cast<lxw_series_data_point*>(std::calloc(1, sizeof(lxw_series_data_point)));
        if (point == nullptr) throw OutputError("the workbook cannot be written: there is no memory");
        lxw_series_data_points* points = m_range->data_cache;
        *points->stqh_last = point;
        points->stqh_last = &point->list_pointers.stqe_next;
        ++m_range->num_data_points;
        return *point;
    }

    lxw_series_range* m_range;
};

void style_series(lxw_chart_series* series, std::size_t cohort) {
    lxw_chart_fill fill{};
    fill.color = cohort_fills[cohort];
    chart_series_set_fill(series, &fill);
    lxw_chart_line line{};
    line.color = colours::white;
    line.width = 0.75F;
    chart_series_set_line(series, &line);
    std::string font = font_name;
    lxw_chart_font label{};
    label.name = font.data();
    label.size = 9;
    label.bold = 1;
    label.color = cohort_inks[cohort];
    chart_series_set_labels(series);
    chart_series_set_labels_options(series, 1, 0, 0);
    chart_series_set_labels_font(series, &label);
}

void add_series(lxw_chart* chart, const Figures& figures, std::size_t cohort, std::size_t month) {
    const std::size_t months = figures.dates.size();
    const std::string categories =
        "=" + address(sheet_names::tracker, month_heading(0), month_heading(months - 1));
    const std::string values = "=" + address(sheet_names::data, chart_share(cohort, month, 0, months),
                                             chart_share(cohort, month, months - 1, months));
    lxw_chart_series* series = chart_add_series(chart, categories.c_str(), values.c_str());
    chart_series_set_name(series,
                          ("=" + address(sheet_names::data, chart_label(cohort, month, months))).c_str());
    style_series(series, cohort);

    const auto group = static_cast<TrackerGroup>(cohort);
    const TrackerCell& cell = figures.here().months[month];
    PointCache shares(series->values);
    for (std::size_t i = 0; i < months; ++i)
        shares.number(i == month ? std::optional(cell.cohort_share(group).value_or(0)) : std::nullopt);
    PointCache(series->title.range)
        .text(cell.of(group) == 0
                  ? " "
                  : mean_mg_text(cell.methadone_of(group), 1).value_or(std::string(no_figure)));
}

void style_axes(lxw_chart* chart, std::size_t months) {
    std::string font = font_name;
    lxw_chart_font label{};
    label.name = font.data();
    label.size = 9;
    label.color = colours::muted;
    if (months > 24) label.rotation = -45;
    lxw_chart_line none{};
    none.none = 1;
    lxw_chart_line pale{};
    pale.color = colours::line;
    pale.width = 0.5F;
    chart_axis_set_num_font(chart->x_axis, &label);
    label.rotation = 0;
    chart_axis_set_num_font(chart->y_axis, &label);
    chart_axis_set_line(chart->y_axis, &none);
    chart_axis_set_line(chart->x_axis, &pale);
    chart_axis_set_major_tick_mark(chart->x_axis, LXW_CHART_AXIS_TICK_MARK_NONE);
    chart_axis_set_major_tick_mark(chart->y_axis, LXW_CHART_AXIS_TICK_MARK_NONE);
    chart_axis_set_major_unit(chart->y_axis, 0.25);
    chart_axis_major_gridlines_set_line(chart->y_axis, &pale);
}

}  // namespace

void add_tracker_chart(const Source& source, Sheet& sheet, Cell corner, double width_pixels,
                       double height_pixels) {
    lxw_chart* chart = workbook_add_chart(source.file.handle(), LXW_CHART_COLUMN_STACKED_PERCENT);
    const std::size_t months = source.figures.dates.size();
    for (std::size_t cohort = 0; cohort < cohort_count; ++cohort)
        for (std::size_t month = 0; month < months; ++month)
            add_series(chart, source.figures, cohort, month);
    style_axes(chart, months);
    chart_title_off(chart);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    chart_set_series_gap(chart, months > 24 ? 15 : 35);
    chart_show_hidden_data(chart);  // a filter on the Data sheet must not take bars away
    lxw_chart_line none{};
    none.none = 1;
    chart_chartarea_set_line(chart, &none);
    std::string description =
        "Stacked columns, one a month: the shares of red, amber, green and grey of the people in those four "
        "cohorts. The "
        "figure inside each part is the mean methadone dose in mg. The table below holds the same figures.";
    constexpr double default_width = 480, default_height = 288;  // of a chart, in pixels
    lxw_chart_options options{};
    options.x_scale = width_pixels / default_width;
    options.y_scale = height_pixels / default_height;
    options.description = description.data();
    if (worksheet_insert_chart_opt(sheet.handle(), corner.row, corner.column, chart, &options) !=
        LXW_NO_ERROR)
        throw OutputError("the workbook cannot be written: its chart cannot be placed");
}

}  // namespace optimat::workbook
