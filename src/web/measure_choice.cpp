#include "web/measure_choice.hpp"

#include "web/series_marks.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

[[noreturn]] void unknown(std::string_view what) {
    throw HttpError(
        400,
        fmt::format("The address names a {} that is not there. Go back and choose from the list.", what));
}

std::optional<ChartKind> read_chart(Context& context, const MeasureDefinition& measure) {
    const std::string text = context.parameter("chart");
    if (text.empty()) return std::nullopt;
    for (const ChartKind kind : chart_kinds(measure))
        if (text_of(kind) == text) return kind == measure.chart ? std::nullopt : std::optional(kind);
    unknown("chart");
}

const MeasureDefinition& read_measure(Context& context) {
    const MeasureDefinition* const measure = context.site.measures().find(context.path_values.front());
    if (measure == nullptr)
        throw HttpError(404, "There is no such measure. Choose one from the page of all measures.");
    return *measure;
}

}  // namespace

std::string MeasureChoice::query(const Figures& figures) const {
    std::string text =
        fmt::format("place={}&month={}", url_encode(page.place_key), month_key(page.day(figures)));
    if (view != ServiceView::as_was) text += fmt::format("&view={}", text_of(view));
    if (chart) text += fmt::format("&chart={}", text_of(*chart));
    return text;
}

std::string MeasureChoice::path(std::string_view end) const {
    return measure == nullptr ? fmt::format("/measures{}", end)
                              : fmt::format("/measures/{}{}", measure->name, end);
}

ServiceView read_service_view(Context& context) {
    const std::string text = context.parameter("view");
    for (const ServiceView view : {ServiceView::as_was, ServiceView::as_now})
        if (text == text_of(view)) return view;
    if (!text.empty()) unknown("view");
    return ServiceView::as_was;
}

MeasureChoice read_measure_choice(Context& context) {
    MeasureChoice choice{read_page_choice(context), read_service_view(context), nullptr, {}};
    if (choice.view == ServiceView::as_now) {
        choice.page.place = place_as_now(context.figures().extract(), choice.page.place);
        if (choice.page.place.kind == PlaceKind::service)
            choice.page.place_key = place_key(choice.page.place);
    }
    context.audit.place = choice.page.place_key;
    if (context.path_values.empty()) return choice;
    choice.measure = &read_measure(context);
    choice.chart = read_chart(context, *choice.measure);
    return choice;
}

MeasureChoice about_measure(MeasureChoice choice, const MeasureDefinition& measure) {
    if (choice.measure != &measure) choice.chart.reset();
    choice.measure = &measure;
    return choice;
}

std::string_view words_for(ChartKind chart) {
    switch (chart) {
    case ChartKind::xmr:
        return "XmR chart";
    case ChartKind::p_chart:
        return "p-chart";
    case ChartKind::run_chart:
        return "run chart";
    case ChartKind::line:
        return "line";
    }
    return {};
}

MeasureSource measure_source(Context& context) {
    const Figures& figures = context.figures();
    return {figures.extract(),  figures.policy(),         context.site.measures(),
            figures.measures(), figures.places().front(), figures.threads()};
}

PlaceMarks::PlaceMarks(Context& context, std::string place_key)
    : m_entries(chart_mark_entries(*context.database)), m_place_key(std::move(place_key)) {}

ChartMarks PlaceMarks::of(const MeasureDefinition& measure) const {
    return marks_of(m_entries, measure.name, m_place_key);
}

std::vector<ChartMarkEntry> PlaceMarks::history(const MeasureDefinition& measure) const {
    std::vector<ChartMarkEntry> history;
    for (const ChartMarkEntry& entry : m_entries)
        if (entry.place == m_place_key && (entry.measure == measure.name || entry.measure.empty()))
            history.insert(history.begin(), entry);
    return history;
}

SeriesMarks PlaceMarks::series(const MeasureDefinition& measure) const { return series_marks(of(measure)); }

MeasureSeries chosen_series(Context& context, const MeasureChoice& choice, const PlaceMarks& marks) {
    return measure_series(*choice.measure, context.figures().measures(), choice.page.place, 0,
                          choice.page.date, marks.series(*choice.measure), choice.chart);
}

}  // namespace optimat
