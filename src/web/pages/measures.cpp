// All measures of a place: the figures, how each moves and whether it will meet its target, and what changed.

#include "web/pages/measures.hpp"

#include "chart/chart_icon.hpp"
#include "report/number_text.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::size_t most_changes = 5;

Html change_item(const MeasureChange& change, const std::vector<DataCell>& row) {
    const std::string_view kind = change.meaning == Variation::improvement ? "better"
                                  : change.meaning == Variation::concern   ? "worse"
                                                                           : "different";
    Html beside;
    if (row.back().kind == CellKind::words)
        beside = tag::span({{"class", "app-change__beside"}}, "Read together with: ", row.back().text);
    return tag::li({{"class", fmt::format("app-change app-change--{}", kind)}},
                   tag::a({{"href", row[1].link}}, change.sentence), beside);
}

/// A figure of the table `measures` in the page's own order: the first columns are section, name and title.
struct MeasureLine {
    const std::vector<DataCell>* row;
    const MeasureDefinition* measure;
    const MeasureSeries* series;
};

Html line_html(const MeasureLine& line, bool beside, bool organisation, std::size_t number) {
    const auto& row = *line.row;
    const DataCell &value = row[4], &numerator = row[6], &denominator = row[7], &whole = row[9];
    const bool share = line.measure->value == MeasureValue::share;
    const auto number_cell = [](const Html& content) { return tag::td({{"class", "app-number"}}, content); };
    Html title = tag::a({{"href", row[2].link}}, line.measure->title);
    if (!share)
        title += tag::span({{"class", "app-measures__unit"}}, fmt::format(", {}", unit_words(*line.measure)));
    Html cells = tag::th({{"scope", "row"}, {"class", beside ? "app-measures__beside" : ""}}, title);
    cells += number_cell(tag::strong({}, shown_text(value)));
    cells += tag::td({}, variation_html(*line.series, fmt::format("variation-{}", number)));
    cells += tag::td({}, assurance_html(*line.series, fmt::format("assurance-{}", number)));
    cells += number_cell(Html(shown_text(numerator)));
    cells += number_cell(share ? Html(shown_text(denominator)) : tag::span({{"class", "app-absent"}}, "–"));
    if (!organisation) cells += number_cell(Html(shown_text(whole)));
    return tag::tr({}, cells);
}

Html heading(std::string_view words, std::string_view classes) {
    return tag::th({{"scope", "col"}, {"class", classes}}, words);
}

Html head_row(bool organisation) {
    Html head = html_of(heading("Measure", "app-measures__measure"),
                        heading("Value", "app-number app-measures__figure"),
                        heading("Over time", "app-measures__time"), heading("Target", "app-measures__target"),
                        heading("Of these", "app-number app-measures__figure"),
                        heading("Of all", "app-number app-measures__figure"));
    if (!organisation) head += heading("Organisation", "app-number app-measures__figure");
    return tag::thead({}, tag::tr({}, head));
}

/// Whether a line stands there because the one before it must not stand alone.
bool stands_beside(const std::vector<MeasureLine>& lines, std::size_t i) {
    for (std::size_t before = i; before-- > 0;) {
        const auto& beside = lines[before].measure->beside;
        if (std::ranges::find(beside, lines[i].measure->name) == beside.end()) continue;
        return before + beside.size() >= i;
    }
    return false;
}

Html group_table(const MeasureGroup& group, const std::vector<MeasureLine>& lines, bool organisation,
                 std::size_t first_number) {
    Html body;
    for (std::size_t i = 0; i < lines.size(); ++i)
        body += line_html(lines[i], stands_beside(lines, i), organisation, first_number + i);
    const std::string caption = "caption-" + group.id;
    return tag::section({{"aria-labelledby", caption}, {"id", group.id}, {"class", "app-measures"}},
                        tag::div({{"class", "app-table-scroll"},
                                  {"role", "region"},
                                  {"aria-labelledby", caption},
                                  {"tabindex", "0"}},
                                 tag::table({{"class", "app-table app-table--sticky app-measures__table"}},
                                            tag::caption({{"id", caption}}, group.title),
                                            head_row(organisation), tag::tbody({}, body))));
}

std::vector<MeasureLine> lines_of(const MeasuresView& view, const MeasureDefinitions& definitions,
                                  const MeasureGroup& group) {
    std::vector<MeasureLine> lines;
    for (const auto& row : view.page.tables.front().rows) {
        if (row[0].text != group.title) continue;
        const MeasureDefinition* const measure = definitions.find(row[1].text);
        lines.push_back(
            {&row, measure, &view.series[static_cast<std::size_t>(measure - definitions.measures.data())]});
    }
    return lines;
}

Html group_links(const MeasureDefinitions& definitions) {
    Html items;
    for (const MeasureGroup& group : definitions.groups)
        items += tag::li({}, tag::a({{"href", "#" + group.id}}, group.title));
    return tag::nav({{"aria-label", "Groups of measures"}}, tag::ul({{"class", "app-tabs"}}, items));
}

Html changes_section(const MeasuresView& view) {
    const DataTable& table = table_of(view.page, "changes");
    Html first, rest;
    for (std::size_t i = 0; i < view.changes.size(); ++i)
        (i < most_changes ? first : rest) += change_item(view.changes[i], table.rows[i]);
    Html content = first.empty()
                       ? tag::p({}, "No measure has changed for good in the last twelve months that can be "
                                    "judged, beside those before.")
                       : tag::ul({{"class", "app-changes"}}, first);
    if (!rest.empty())
        content += tag::details({{"class", "app-records"}},
                                tag::summary({}, fmt::format("All {} changes", view.changes.size())),
                                tag::ul({{"class", "app-changes"}}, rest));
    return tag::section({{"aria-labelledby", "changes"}},
                        tag::h2({{"id", "changes"}, {"class", "app-chart__heading"}}, "What changed"),
                        content);
}

Html icon_with(const Html& icon, const std::string& words) {
    return tag::span({{"class", "app-icon-words"}}, icon, tag::span({}, words));
}

}  // namespace

Html variation_html(const MeasureSeries& series, const std::string& id) {
    const std::string words = variation_words(series);
    if (!series.control) return tag::span({{"class", "app-quiet"}}, words);
    return icon_with(chart::variation_icon(series.control->latest, id), words);
}

Html assurance_html(const MeasureSeries& series, const std::string& id) {
    const std::string words = assurance_words(series);
    if (!series.control || series.control->assurance == Assurance::no_target)
        return tag::span({{"class", "app-quiet"}}, words);
    return icon_with(chart::assurance_icon(series.control->assurance, series.measure->better, id), words);
}

Html view_field(Context& context, ServiceView chosen) {
    const Extract& extract = context.figures().extract();
    bool merged = false;
    for (std::size_t service = 0; service < extract.services.size() && !merged; ++service)
        merged = service_as_now(extract, service) != service;
    if (!merged) return {};
    const auto option = [&](ServiceView view, std::string_view words) {
        return tag::option({{"value", text_of(view)}, {"selected", view == chosen}}, words);
    };
    return tag::div({{"class", "nhsuk-form-group"}},
                    tag::label({{"class", "nhsuk-label"}, {"for", "view"}}, "Merged services"),
                    tag::select({{"class", "nhsuk-select"}, {"id", "view"}, {"name", "view"}},
                                option(ServiceView::as_was, "as they were"),
                                option(ServiceView::as_now, "as they are now")));
}

const DataTable& table_of(const PageFigures& page, std::string_view id) {
    for (const DataTable& table : page.tables)
        if (table.id == id) return table;
    throw std::logic_error("the page has lost a table");
}

DataTable without(DataTable table, std::initializer_list<std::string_view> columns) {
    for (std::size_t i = table.columns.size(); i-- > 0;) {
        if (std::ranges::find(columns, table.columns[i].id) == columns.end()) continue;
        const auto at = static_cast<std::ptrdiff_t>(i);
        table.columns.erase(table.columns.begin() + at);
        for (auto& row : table.rows)
            row.erase(row.begin() + at);
        if (i < table.row_headings) --table.row_headings;
    }
    return table;
}

Html changes_html(Context& context, const MeasureChoice& choice, std::size_t most) {
    const auto changes = changes_of(context, choice, PlaceMarks(context, choice.page.place_key));
    const DataTable table = changes_table(context, choice, changes);
    Html items;
    for (std::size_t i = 0; i < std::min(most, changes.size()); ++i)
        items += change_item(changes[i], table.rows[i]);
    const Html more = tag::p(
        {}, tag::a({{"href", fmt::format("/measures?{}#changes", choice.query(context.figures()))}},
                   changes.size() > most ? fmt::format("All {} changes", changes.size()) : "All measures"));
    if (items.empty())
        return html_of(tag::p({}, "No measure has changed for good in the last twelve months."), more);
    return html_of(tag::ul({{"class", "app-changes"}}, items), more);
}

Html kept_changes_html(Context& context, const MeasureChoice& choice, std::size_t most) {
    const Figures& figures = context.figures();
    // A saved group may hold other services tomorrow.
    std::string key = fmt::format("{} changes {} {} {} {}:", figures.info().id, choice.page.place_key,
                                  choice.page.date, most, newest_chart_mark(*context.database));
    for (const std::size_t service : choice.page.place.services)
        key += fmt::format(" {}", service);
    return *context.site.rendered_parts().get(key, [&] { return changes_html(context, choice, most); });
}

namespace pages {

Response measures(Context& context) {
    const MeasureChoice choice = read_measure_choice(context);
    const MeasuresView view = measures_view(context, choice);
    const MeasureDefinitions& definitions = context.site.measures();
    const bool organisation = choice.page.place.kind == PlaceKind::organisation;
    PageFrame frame = frame_for(context, Section::measures);
    frame.title = view.page.title;
    frame.heading = "Measures";
    frame.heading_aside = Html(place_and_day(context.figures(), choice.page));
    frame.heading_actions = download_links("/measures", choice.query(context.figures()));
    frame.main += choice_form(context, choice.page, "/measures", MonthsChoice::hidden,
                              view_field(context, choice.view));
    frame.main += changes_section(view);
    frame.main += group_links(definitions);
    std::size_t number = 0;
    for (const MeasureGroup& group : definitions.groups) {
        const std::vector<MeasureLine> lines = lines_of(view, definitions, group);
        frame.main += group_table(group, lines, organisation, number);
        number += lines.size();
    }
    frame.main += tag::p(
        {{"class", "app-note"}},
        "What begins in a month (inductions, detoxifications, waits, discharges) is counted over the twelve "
        "months up to the date; the picture over time judges each month. Special cause: more than the usual "
        "ups and downs. Targets are set on the page of each measure.");
    return respond(frame);
}

Response measures_csv(Context& context) {
    return csv_response(measures_view(context, read_measure_choice(context)).page, context.figures(),
                        context.parameter("table"));
}

Response measures_workbook(Context& context) {
    return workbook_response(measures_view(context, read_measure_choice(context)).page, context.figures());
}

Response api_measures(Context& context) {
    return json_response(measures_view(context, read_measure_choice(context)).page, context.figures());
}

}  // namespace pages

}  // namespace optimat
