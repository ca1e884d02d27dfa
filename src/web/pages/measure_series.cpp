// A measure month after month as a picture and in words.

#include "chart/control_chart.hpp"
#include "chart/line_chart.hpp"
#include "report/number_text.hpp"
#include "web/pages/measures.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::size_t most_causes = 4;

std::string unit_name(const MeasureDefinition& measure) {
    return measure.value == MeasureValue::share ? fmt::format("{}, %", measure.title)
                                                : fmt::format("{}, {}", measure.title, unit_words(measure));
}

chart::Unit unit_of(const MeasureDefinition& measure) {
    return measure.value == MeasureValue::share ? chart::Unit::share : chart::Unit::number;
}

std::vector<std::string> labels_of(const MeasureSeries& series) {
    std::vector<std::string> labels;
    for (const SeriesPoint& point : series.points)
        labels.push_back(month_name(point.month));
    return labels;
}

/// The place of a day's month among the points; points.size(): not there.
std::size_t point_of(const MeasureSeries& series, const std::string& day) {
    for (std::size_t i = 0; i < series.points.size(); ++i)
        if (month_key(series.points[i].month) == day.substr(0, 7)) return i;
    return series.points.size();
}

std::vector<chart::ControlFlag> flags_of(const MeasureView& view) {
    std::vector<chart::ControlFlag> flags;
    for (const ChartMarkEntry& annotation : view.marks.annotations)
        flags.push_back({point_of(view.series, annotation.from), annotation.text});
    return flags;
}

std::string figure_at_end(const MeasureSeries& series, double figure) {
    return series.measure->value == MeasureValue::share ? percent_text(figure, 1) : decimal_text(figure, 1);
}

/// Why a month is shown and not used.
std::vector<std::string> remarks_of(const MeasureSeries& series) {
    std::vector<std::string> remarks;
    for (const SeriesPoint& point : series.points)
        remarks.emplace_back(point.state == PointState::too_early ? "too early" : "");
    return remarks;
}

chart::LineChart lines_of(const MeasureSeries& series) {
    chart::LineChart data{labels_of(series), {}, unit_of(*series.measure), unit_name(*series.measure)};
    chart::LineSeries values{"each month", {}, chart::LineInk::first};
    for (const SeriesPoint& point : series.points)
        values.values.push_back(point.state == PointState::judged ? point.value : std::nullopt);
    const auto is_drawn = [](const SeriesPoint& point) {
        return point.state == PointState::judged && point.value.has_value();
    };
    if (const auto latest = std::ranges::find_if(series.points.rbegin(), series.points.rend(), is_drawn);
        latest != series.points.rend())
        values.end = fmt::format("{}: {}", month_name(latest->month), figure_at_end(series, *latest->value));
    data.series.push_back(std::move(values));
    if (series.run)
        data.series.push_back(
            {"median", std::vector<std::optional<double>>(series.points.size(), series.run->median),
             chart::LineInk::second, "median " + figure_at_end(series, series.run->median)});
    return data;
}

std::string description_of(const MeasureView& view) {
    const MeasureSeries& series = view.series;
    return fmt::format("{} from {} to {}: {}. The table of months has every figure.", series.measure->title,
                       month_name(series.points.front().month), month_name(series.points.back().month),
                       variation_words(series));
}

/// Points in a row of which the rules say the same.
struct CauseRun {
    std::size_t first, last;
    const ControlPoint* point;
};

std::vector<CauseRun> causes_of(const ControlChart& control) {
    std::vector<CauseRun> runs;
    const ControlPoint* before = nullptr;
    for (std::size_t i = 0; i < control.points.size(); ++i) {
        const ControlPoint& point = control.points[i];
        if (point.use != PointUse::counted) continue;
        const bool goes_on = before != nullptr && before->cause == point.cause &&
                             before->towards == point.towards && before->segment == point.segment;
        if (point.cause != SpecialCause::none) {
            if (goes_on)
                runs.back().last = i;
            else
                runs.push_back({i, i, &point});
        }
        before = &point;
    }
    return runs;
}

std::string_view meaning_words(Variation variation) {
    switch (variation) {
    case Variation::improvement:
        return "improvement";
    case Variation::concern:
        return "concern";
    case Variation::neither:
        return "neither better nor worse";
    case Variation::common_cause:
        break;
    }
    return "";
}

std::string cause_words(const MeasureSeries& series, const CauseRun& run) {
    const std::string first = month_name(series.points[run.first].month);
    const std::string when = run.first == run.last
                                 ? first
                                 : fmt::format("{} to {}", first, month_name(series.points[run.last].month));
    return fmt::format("{}: {}{}, {}.", when, chart::words_of(run.point->cause),
                       run.point->towards ? fmt::format(" ({})", text_of(*run.point->towards)) : "",
                       meaning_words(run.point->variation));
}

Html control_words(const MeasureSeries& series) {
    const std::vector<CauseRun> runs = causes_of(*series.control);
    if (runs.empty())
        return tag::p({}, series.control->latest
                              ? "No special cause: the months move as they always do. A single rise or fall "
                                "within the limits needs no explanation."
                              : "There are too few months to say how they usually move.");
    Html items;
    const std::size_t first = runs.size() > most_causes ? runs.size() - most_causes : 0;
    for (std::size_t i = runs.size(); i-- > first;)
        items += tag::li({}, cause_words(series, runs[i]));
    return html_of(
        tag::p({}, runs.size() > most_causes
                       ? fmt::format("Special causes, the latest {} of {}:", most_causes, runs.size())
                       : std::string("Special causes, the latest first:")),
        tag::ul({{"class", "nhsuk-list nhsuk-list--bullet"}}, items));
}

Html run_words(const MeasureSeries& series) {
    const RunChart& run = *series.run;
    return tag::p({},
                  fmt::format("{}Around the median: {}. The longest run on one side of the median is {}, "
                              "where up to {} are usual; the "
                              "line crosses it {}, where at least {} are usual.",
                              series.has_too_few ? "Too few a month for limits. " : "", shift_words(series),
                              counted(static_cast<std::int64_t>(run.longest_run), "month"), run.longest_usual,
                              run.crossings == 1 ? "once" : fmt::format("{} times", run.crossings),
                              run.fewest_usual));
}

/// Months at the end that are shown and not judged.
Html too_early_words(const MeasureSeries& series) {
    std::size_t first = series.points.size();
    while (first > 0 && series.points[first - 1].state == PointState::too_early)
        --first;
    if (first == series.points.size()) return {};
    return tag::p({}, fmt::format("From {} on nothing is judged: not everything of these months has had its "
                                  "follow-up.",
                                  month_name(series.points[first].month)));
}

/// Months at the beginning whose windows begin before the data.
Html no_history_words(const MeasureSeries& series) {
    std::size_t end = 0;
    while (end < series.points.size() && series.points[end].state == PointState::no_history)
        ++end;
    if (end == 0) return {};
    return tag::p({}, fmt::format("Up to {} nothing is drawn or judged: the data do not reach back as far as "
                                  "these months look.",
                                  month_name(series.points[end - 1].month)));
}

/// Offered, never done: whoever knows what changed decides.
Html rebase_words(Context& context, const MeasureSeries& series, const MeasureChoice& choice) {
    if (!series.control || !series.control->suggested_rebase) return {};
    const Day month = series.points[*series.control->suggested_rebase].month;
    Html words = fmt::format("Since {} every month lies on one side of the mean. ", month_name(month));
    if (may_mark(context.user().user, context.figures().extract(), choice.page.place))
        words += html_of("If you know what changed then, ",
                         tag::a({{"href", fmt::format("{}?{}&set=rebase&from={}", choice.path("/marks"),
                                                      choice.query(context.figures()), month_key(month))}},
                                "limits could begin anew there"),
                         ". ");
    else
        words += "If it is known what changed then, limits could begin anew there. ";
    return tag::p({{"class", "app-caution"}}, words, "The program never does so by itself.");
}

}  // namespace

Html series_figure(const MeasureView& view) {
    const MeasureSeries& series = view.series;
    const MeasureDefinition& measure = *series.measure;
    const chart::Frame frame{"months", measure.title, description_of(view), chart::full_width};
    if (!series.control) return chart::line_chart_figure(lines_of(series), frame);
    return chart::control_chart_figure({unit_name(measure), labels_of(series), *series.control,
                                        measure.better, unit_of(measure), flags_of(view), remarks_of(series)},
                                       frame);
}

Html series_words(Context& context, const MeasureView& view, const MeasureChoice& choice) {
    const MeasureSeries& series = view.series;
    Html words;
    if (series.control)
        words += control_words(series);
    else if (series.run)
        words += run_words(series);
    else
        words += tag::p({}, "Not judged: each figure covers twelve months, so that neighbouring ones say "
                            "mostly the same.");
    if (const auto change = measure_change(series, choice.page.place.name))
        words += tag::p({{"class", change_class(change->meaning)}}, change->sentence);
    words += no_history_words(series);
    words += too_early_words(series);
    return words += rebase_words(context, series, choice);
}

}  // namespace optimat
