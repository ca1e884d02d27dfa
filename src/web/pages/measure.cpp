// One measure of a place.

#include "report/measure_beside.hpp"
#include "report/measure_columns.hpp"
#include "report/number_text.hpp"
#include "web/pages/measures.hpp"
#include "web/views_measure_people.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

struct Tab {
    MeasurePage page;
    std::string_view words, end;
};
constexpr Tab tabs[] = {{MeasurePage::over_time, "Over time", ""},
                        {MeasurePage::services, "Between services", "/services"},
                        {MeasurePage::people, "People", "/people"},
                        {MeasurePage::marks, "Targets and notes", "/marks"}};

Html option(std::string_view value, std::string_view words, bool chosen) {
    return tag::option({{"value", value}, {"selected", chosen}}, words);
}

Html chart_field(const MeasureChoice& choice) {
    const std::vector<ChartKind> kinds = chart_kinds(*choice.measure);
    if (kinds.size() < 2) return {};
    Html options;
    for (const ChartKind kind : kinds)
        options += option(text_of(kind), words_for(kind), kind == choice.chart.value_or(kinds.front()));
    return tag::div({{"class", "nhsuk-form-group"}},
                    tag::label({{"class", "nhsuk-label"}, {"for", "chart"}}, "Chart"),
                    tag::select({{"class", "nhsuk-select"}, {"id", "chart"}, {"name", "chart"}}, options));
}

Html key(std::string_view words, const Html& number, const Html& beneath) {
    return tag::div({{"class", "app-key"}}, tag::dt({}, words),
                    tag::dd({}, tag::span({{"class", "app-key__number"}}, number),
                            tag::span({{"class", "app-key__beneath"}}, beneath)));
}
Html key_words(std::string_view words, const Html& content) {
    return tag::div({{"class", "app-key"}}, tag::dt({}, words),
                    tag::dd({{"class", "app-key__words"}}, content));
}

/// A count, with a link to its list for those who may open it.
Html linked_count(Context& context, const MeasureChoice& choice, const DataCell& count,
                  std::string_view part) {
    const std::string link = measure_people_link(context, choice, part, count.numerator);
    return link.empty() ? Html(shown_text(count)) : tag::a({{"href", link}}, shown_text(count));
}

/// The figure's own row of the page, by its columns.
class Headline {
  public:
    explicit Headline(const MeasureView& view) : m_table(table_of(view.page, "measure")) {}
    const DataCell& operator[](std::string_view column) const {
        return cell_of(m_table, m_table.rows.front(), column);
    }

  private:
    const DataTable& m_table;
};

/// `312 of 401`, `of 401`, `23 events in 3,745 person-years; 95 % interval 0.4 to 0.9`.
Html counts_html(Context& context, const MeasureChoice& choice, const Headline& row) {
    const Html numerator = linked_count(context, choice, row["numerator"], "numerator");
    switch (choice.measure->value) {
    case MeasureValue::share:
        return html_of(numerator, " of ", linked_count(context, choice, row["denominator"], "denominator"));
    case MeasureValue::mean:
        return html_of("of ", linked_count(context, choice, row["denominator"], "numerator"));
    case MeasureValue::rate:
        break;
    }
    const MeasureFigure figure =
        figure_of(*choice.measure, context.figures().measures().of_year(*choice.measure->function,
                                                                        choice.page.date, choice.page.place));
    std::string rest = fmt::format(" {} in {}", figure.numerator == 1 ? "event" : "events",
                                   person_years_words(figure.denominator));
    if (const auto interval = interval_of(figure))
        rest += "; 95 % interval " + interval_words(*choice.measure, *interval);
    return html_of(numerator, rest);
}

std::string target_words(const MeasureView& view) {
    const auto target = view.series.points.back().target;
    return target ? "target " + value_words(*view.series.measure, value_cell(*view.series.measure, target))
                  : "no target in this month";
}

std::string what_it_is(const MeasureDefinition& measure, const MeasureGrid& grid, std::size_t date) {
    const std::string of = denominator_words(measure, grid, date);
    switch (measure.value) {
    case MeasureValue::share:
        return fmt::format("{} A share {}.", measure.words, of);
    case MeasureValue::mean:
        return fmt::format("{} {} {}.", measure.words,
                           measure.function->unit == MeasureUnit::micrograms ? "In milligrams," : "In days,",
                           of);
    case MeasureValue::rate:
        break;
    }
    return fmt::format("{} A rate {}.", measure.words, of);
}

}  // namespace

namespace {

std::string period_words(const MeasureDefinition& measure, const MeasureGrid& grid, std::size_t date) {
    const Day as_at = grid.dates()[date];
    const std::size_t months = grid.months_of_year(*measure.function, date);
    switch (measure.function->basis) {
    case MeasureBasis::cohort:
        return months == 12 ? "Twelve months" : counted(static_cast<std::int64_t>(months), "month");
    case MeasureBasis::window:
        return "To " + long_date(as_at);
    case MeasureBasis::date:
        break;
    }
    return "On " + long_date(as_at);
}

}  // namespace

Html measure_headline(Context& context, const MeasureChoice& choice, const MeasureView& view) {
    const Headline row(view);
    const MeasureDefinition& measure = *choice.measure;
    Html keys = key(period_words(measure, context.figures().measures(), choice.page.date),
                    value_words(measure, row["value"]), counts_html(context, choice, row));
    if (choice.page.place.kind != PlaceKind::organisation)
        keys += key("Whole organisation", value_words(measure, row["organisation"]), "the same measure");
    if (const DataCell& outside = row["outside"]; outside.kind == CellKind::count && outside.numerator > 0)
        keys += key("Not counted", linked_count(context, choice, outside, "outside"),
                    "too early, not known or not meant");
    const auto change = measure_change(view.series, choice.page.place.name);
    keys += key_words("Over time",
                      variation_html(view.series, "variation", change ? lasting_words(*change) : ""));
    keys += key_words("Target",
                      html_of(assurance_html(view.series, "assurance"),
                              view.series.control && view.series.control->assurance != Assurance::no_target
                                  ? tag::span({{"class", "app-key__beneath"}}, target_words(view))
                                  : Html{}));
    const std::string early =
        too_early_words(measure_source(context), measure, choice.page.place, choice.page.date);
    return html_of(tag::dl({{"class", "app-keys"}}, keys),
                   early.empty() ? Html{} : tag::p({{"class", "app-note"}}, early));
}

Html measure_tabs(Context& context, const MeasureChoice& choice, MeasurePage current) {
    Html items;
    for (const Tab& tab : tabs) {
        if (tab.page == MeasurePage::people &&
            !may_list(context.user().user, context.figures().extract(), choice.page.place))
            continue;
        const bool is_current = tab.page == current;
        items += tag::li(
            {},
            tag::a({{"href", fmt::format("{}?{}", choice.path(tab.end), choice.query(context.figures()))},
                    {"aria-current", is_current ? std::optional<std::string_view>("page") : std::nullopt}},
                   tab.words));
    }
    return tag::nav({{"aria-label", "Around the measure"}}, tag::ul({{"class", "app-tabs"}}, items));
}

namespace {

/// The parts without the rows of those beside it: on the page these stand in a table of their own.
DataTable own_parts(const MeasureView& view) {
    DataTable parts = table_of(view.page, "parts");
    parts.rows.resize(std::min(parts.rows.size(), view.series.measure->function->parts.size()));
    return without(std::move(parts), {"part"});
}

/// Without the columns that say nothing in any row.
DataTable filled(DataTable table) {
    const auto columns = table.columns;
    for (std::size_t i = columns.size(); i-- > 0;)
        if (std::ranges::all_of(table.rows, [i](const auto& row) { return row[i].kind == CellKind::none; }))
            table = without(std::move(table), {columns[i].id});
    return table;
}

}  // namespace

Html beside_html(const MeasureView& view) {
    for (const DataTable& table : view.page.tables)
        if (table.id == "beside")
            return tag::div(
                {{"class", "app-beside"}},
                table_html(filled(without(table, {"measure", "group", "unit", "outside", "too_early"}))));
    return {};
}

namespace pages {

Response measure(Context& context) {
    const MeasureChoice choice = read_measure_choice(context);
    const MeasureView view = measure_view(context, choice);
    const MeasureDefinition& measure = *choice.measure;
    const std::string query = choice.query(context.figures());
    PageFrame frame = frame_for(context, Section::measures);
    frame.title = view.page.title;
    frame.breadcrumbs = {{"Measures", fmt::format("/measures?{}", query)}};
    frame.heading = measure.title;
    frame.heading_aside = Html(place_and_day(context.figures(), choice.page));
    frame.heading_actions = download_links(choice.path("/figures"), query);
    frame.main += measure_tabs(context, choice, MeasurePage::over_time);
    frame.main += choice_form(context, choice.page, choice.path(), MonthsChoice::hidden,
                              html_of(chart_field(choice), view_field(context, choice.view)));
    frame.main += tag::p({{"class", "app-lede app-lede--wide"}},
                         what_it_is(measure, context.figures().measures(), choice.page.date));
    frame.main += measure_headline(context, choice, view);
    frame.main += beside_html(view);
    frame.main +=
        tag::section({{"aria-labelledby", "months-heading"}},
                     tag::h2({{"id", "months-heading"}, {"class", "app-chart__heading"}}, "Month by month"),
                     tag::div({{"class", "app-picture-and-words"}}, tag::div({}, series_figure(view)),
                              tag::div({{"class", "app-reading"}}, series_words(context, view, choice))));
    frame.main += opened_by("Every month", table_html(beside_in_words(table_of(view.page, "months"))));
    frame.main += waiting_bars(view);
    frame.main += table_html(own_parts(view));
    frame.main += closer_html(context, choice);
    return respond(frame);
}

Response measure_csv(Context& context) {
    const std::string table = context.parameter("table");
    return csv_response(measure_figures(context, read_measure_choice(context)), context.figures(),
                        table.empty() ? "months" : table);
}

Response measure_workbook(Context& context) {
    return workbook_response(measure_figures(context, read_measure_choice(context)), context.figures());
}

Response api_measure(Context& context) {
    return json_response(measure_figures(context, read_measure_choice(context)), context.figures());
}

}  // namespace pages

}  // namespace optimat
