// A closer look at one measure: how long people stay and wait, and by sex, age and setting.

#include "chart/day_bars.hpp"
#include "chart/survival_curve.hpp"
#include "report/number_text.hpp"
#include "web/pages/measures.hpp"
#include "web/site.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::int32_t survival_days = 365;
constexpr int closer_width = 720;

chart::DayBars bars_of(const DataTable& table, std::string measure) {
    chart::DayBars data{std::move(measure), {}, {}, "", ""};
    for (const auto& row : table.rows)
        data.bars.push_back({row[0].text, row[1].numerator, chart::DayBarMark::within});
    return data;
}

/// A picture with its table to the right, where there is room.
Html side_by_side(const Html& picture, const Html& table) {
    return tag::div({{"class", "app-picture-and-table"}}, tag::div({}, picture), tag::div({}, table));
}

Html survival_html(Context& context, const MeasureChoice& choice, const DataTable& table) {
    const SurvivalCurve curve = spell_survival(measure_source(context), choice.page.place, choice.page.date);
    if (curve.people == 0 || table.rows.empty()) return table_html(table);
    chart::SurvivalPicture data{"Not dropped out", "days since the first dose", {{"", curve}}, survival_days};
    const std::string sentence = fmt::format(
        "{} that began with an induction in the twelve months, each followed for as long as the data "
        "allow; planned ends, transfers and deaths are not drop-outs. {}",
        counted(curve.people, "spell"),
        curve.median() ? fmt::format("Half had dropped out by day {}.", *curve.median())
                       : std::string("Fewer than half dropped out."));
    return html_of(
        tag::p({{"class", "app-note"}}, sentence),
        side_by_side(chart::survival_curve_figure(
                         data, {"survival", "Share not dropped out, by day", sentence, closer_width}),
                     table_html(table)));
}

Html drop_out_html(const DataTable& table) {
    const std::int64_t all = [&] {
        std::int64_t sum = 0;
        for (const auto& row : table.rows)
            sum += row[1].numerator;
        return sum;
    }();
    if (all == 0) return table_html(table);
    return side_by_side(
        chart::day_bars_figure(
            bars_of(table, "Dropped out, by the last day covered"),
            {"drop-out", "Drop-out by day",
             "Inductions that dropped out, by the last day covered; the table has the same.", closer_width}),
        table_html(table));
}

/// On the page those beside it stand under the headline already.
DataTable without_beside(DataTable table) {
    std::vector<std::string> beside;
    for (const DataColumn& column : table.columns)
        if (column.id.starts_with("beside_")) beside.push_back(column.id);
    for (const std::string& column : beside)
        table = without(std::move(table), {column});
    return table;
}

Html closer_table(Context& context, const MeasureChoice& choice, const DataTable& table) {
    if (table.id == "survival") return survival_html(context, choice, table);
    if (table.id == "drop_out_days") return drop_out_html(table);
    return table_html(without_beside(table));
}

/// The tables of a closer look: those of the function open, the others to be opened.
Html write_closer(Context& context, const MeasureChoice& choice) {
    Html own, breakdowns, cohorts;
    for (const DataTable& table : closer_tables(context, choice)) {
        if (table.id == "cohorts")
            cohorts = opened_by(table.title, table_html(table));
        else if (table.id.starts_with("by_") && table.id != "by_state")
            breakdowns += tag::div({}, table_html(without_beside(table)));
        else
            own += tag::section({}, closer_table(context, choice, table));
    }
    return html_of(own, tag::h2({{"class", "app-chart__heading"}}, "By sex, age and setting"),
                   tag::div({{"class", "app-columns app-columns--charts"}}, breakdowns), cohorts);
}

}  // namespace

Html opened_by(std::string_view words, const Html& content) {
    return tag::details({{"class", "app-records"}}, tag::summary({}, words), content);
}

Html waiting_bars(const MeasureView& view) {
    if (view.series.measure->function->name != "prescription_wait") return {};
    chart::DayBars data{"Presentations by working days to the first prescription", {}, {}, "", ""};
    const DataTable& parts = table_of(view.page, "parts");
    for (const auto& row : parts.rows)
        if (row[0].text != "already_in_mat" && row[0].text != "not_yet" && row[0].text != "never_started" &&
            row[0].text != "too_early")
            data.bars.push_back(
                {row[1].text, row[2].numerator,
                 row[0].text == "over_5" ? chart::DayBarMark::beyond : chart::DayBarMark::within});
    std::int64_t all = 0;
    for (const chart::DayBar& bar : data.bars)
        all += bar.people.value_or(0);
    if (all == 0) return {};
    data.of = all;
    data.of_words = fmt::format("of {} that led to MAT", count_text(all));
    data.beyond_words = "more than 5 working days";
    return tag::section(
        {{"aria-labelledby", "waits-heading"}},
        tag::h2({{"id", "waits-heading"}, {"class", "app-chart__heading"}}, "How long people wait"),
        chart::day_bars_figure(data, {"waits", "How long people wait",
                                      "Presentations by working days until the first MAT prescription; the "
                                      "table of parts has the same.",
                                      chart::half_width + 170}));
}

Html closer_html(Context& context, const MeasureChoice& choice) {
    const Figures& figures = context.figures();
    std::string key = fmt::format("{} measure {} {} {}:", figures.info().id, choice.measure->name,
                                  text_of(choice.page.place.kind), choice.page.date);
    for (const std::size_t service : choice.page.place.services)
        key += fmt::format(" {}", service);
    return *context.site.rendered_parts().get(key, [&] { return write_closer(context, choice); });
}

}  // namespace optimat
