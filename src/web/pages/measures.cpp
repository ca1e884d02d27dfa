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
    Html beside;
    if (row.back().kind == CellKind::words)
        beside = tag::span({{"class", "app-change__beside"}}, "Read together with: ", row.back().text);
    return tag::li({{"class", change_class(change.meaning)}},
                   tag::a({{"href", row[1].link}}, change.sentence), beside);
}

/// A figure of the table `measures` in the page's own order: the first columns are section, name and title.
struct MeasureLine {
    const DataTable* table;
    const std::vector<DataCell>* row;
    const MeasureDefinition* measure;
    const MeasureSeries* series;
    const MeasureChange* change;  ///< null: none that lasts

    const DataCell& cell(std::string_view column) const { return cell_of(*table, *row, column); }
};

/// Which columns the tables of a page have.
struct LineColumns {
    bool targets;       ///< some measure has one
    bool organisation;  ///< beside a place that is not all of it
};

bool has_target(const MeasureSeries& series) {
    return std::ranges::any_of(series.points,
                               [](const SeriesPoint& point) { return point.target.has_value(); });
}

/// What stands under the value where there is no room for columns of their own.
std::string counts_under(const MeasureLine& line) {
    const std::string numerator = shown_text(line.cell("numerator"));
    switch (line.measure->value) {
    case MeasureValue::share:
        return fmt::format("{} of {}", numerator, shown_text(line.cell("denominator")));
    case MeasureValue::mean:
        return "of " + shown_text(line.cell("denominator"));
    case MeasureValue::rate:
        break;
    }
    return numerator + (numerator == "1" ? " event" : " events");
}

Html line_html(const MeasureLine& line, bool beside, const LineColumns& columns, std::size_t number) {
    const bool share = line.measure->value == MeasureValue::share;
    // On a phone the styles make blocks of rows; with their roles they stay rows to a screen reader.
    const auto cell = [](const Html& content, std::string_view classes = "") {
        return tag::td({{"role", "cell"}, {"class", classes}}, content);
    };
    constexpr std::string_view number_class = "app-number", count = "app-number app-measures__count",
                               whole = "app-number app-measures__whole";
    Html title = tag::a({{"href", line.cell("title").link}}, line.measure->title);
    if (!share)
        title += tag::span({{"class", "app-measures__unit"}}, fmt::format(", {}", unit_words(*line.measure)));
    Html cells = tag::th(
        {{"role", "rowheader"}, {"scope", "row"}, {"class", beside ? "app-measures__beside" : ""}}, title);
    cells += cell(html_of(tag::strong({}, shown_text(line.cell("value"))),
                          tag::span({{"class", "app-measures__under"}}, counts_under(line))),
                  number_class);
    cells += cell(variation_html(*line.series, fmt::format("variation-{}", number),
                                 line.change == nullptr ? "" : lasting_words(*line.change)));
    if (columns.targets) cells += cell(assurance_html(*line.series, fmt::format("assurance-{}", number)));
    cells += cell(Html(shown_text(line.cell("numerator"))), count);
    cells += cell(Html(shown_text(line.cell("denominator"))), count);
    if (columns.organisation) cells += cell(Html(shown_text(line.cell("organisation"))), whole);
    return tag::tr({{"role", "row"}}, cells);
}

Html heading(std::string_view words, std::string_view classes) {
    return tag::th({{"scope", "col"}, {"class", classes}}, words);
}

Html head_row(const LineColumns& columns) {
    Html head = html_of(heading("Measure", "app-measures__measure"),
                        heading("Value", "app-number app-measures__figure"),
                        heading("Over time", "app-measures__time"));
    if (columns.targets) head += heading("Target", "app-measures__target");
    for (const std::string_view words : {"Of these", "Of all"})
        head += heading(words, "app-number app-measures__figure app-measures__count");
    if (columns.organisation) head += heading("Organisation", "app-number app-measures__figure");
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

Html group_table(const MeasureGroup& group, const std::vector<MeasureLine>& lines, const LineColumns& columns,
                 std::size_t first_number) {
    Html body;
    for (std::size_t i = 0; i < lines.size(); ++i)
        body += line_html(lines[i], stands_beside(lines, i), columns, first_number + i);
    const std::string caption = "caption-" + group.id;
    return tag::section(
        {{"aria-labelledby", caption}, {"id", group.id}, {"class", "app-measures"}},
        tag::div({{"class", "app-table-scroll"},
                  {"role", "region"},
                  {"aria-labelledby", caption},
                  {"tabindex", "0"}},
                 tag::table({{"role", "table"}, {"class", "app-table app-table--sticky app-measures__table"}},
                            tag::caption({{"id", caption}}, group.title), head_row(columns),
                            tag::tbody({}, body))));
}

std::vector<MeasureLine> lines_of(const MeasuresView& view, const MeasureDefinitions& definitions,
                                  const MeasureGroup& group) {
    std::vector<MeasureLine> lines;
    const DataTable& table = view.page.tables.front();
    for (const auto& row : table.rows) {
        if (row[0].text != group.title) continue;
        const MeasureDefinition* const measure = definitions.find(row[1].text);
        const auto change = std::ranges::find(view.changes, measure, &MeasureChange::measure);
        lines.push_back({&table, &row, measure,
                         &view.series[static_cast<std::size_t>(measure - definitions.measures.data())],
                         change == view.changes.end() ? nullptr : &*change});
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
    const std::string_view how =
        "Small steps that add up over months; the tables below judge the latest month alone. Numbers that "
        "recount the same people each month move slowly: look before acting.";
    return tag::section({{"aria-labelledby", "changes"}},
                        tag::h2({{"id", "changes"}, {"class", "app-chart__heading"}}, "What changed"),
                        tag::p({{"class", "app-note"}}, how), content);
}

Html icon_with(const Html& icon, const std::string& words) {
    return tag::span({{"class", "app-icon-words"}}, icon, tag::span({}, words));
}

/// What the icons and their words mean, before the first table has them.
Html key_to_icons() {
    struct Entry {
        Variation variation;
        std::optional<Towards> towards;
        std::string_view words;
    };
    constexpr Entry entries[] = {{Variation::common_cause, {}, "common cause: the usual ups and downs"},
                                 {Variation::improvement, Towards::higher,
                                  "special cause, more than those, and which way: improvement"},
                                 {Variation::concern, Towards::lower, "concern"},
                                 {Variation::neither, Towards::higher, "neither better nor worse"}};
    Html items;
    for (const Entry& entry : entries)
        items +=
            tag::li({}, icon_with(chart::variation_icon(LatestVariation{0, entry.variation, entry.towards},
                                                        fmt::format("key-{}", text_of(entry.variation))),
                                  std::string(entry.words)));
    return html_of(
        tag::ul({{"class", "app-chart__legend app-measures__key"}}, items),
        tag::p({{"class", "app-note"}},
               "What begins in a month (inductions, detoxifications, waits, discharges) is counted over the "
               "twelve months up to the date; the icon judges the latest month alone."));
}

}  // namespace

std::string change_class(Variation meaning) {
    const std::string_view kind = meaning == Variation::improvement ? "better"
                                  : meaning == Variation::concern   ? "worse"
                                                                    : "different";
    return fmt::format("app-change app-change--{}", kind);
}

std::string lasting_words(const MeasureChange& change) {
    return fmt::format("lasting change since {}", month_name(change.since));
}

Html variation_html(const MeasureSeries& series, const std::string& id, std::string_view more) {
    std::string words = variation_words(series);
    if (!more.empty()) words += fmt::format("; {}", more);
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

const DataCell& cell_of(const DataTable& table, const std::vector<DataCell>& row, std::string_view column) {
    const auto found = std::ranges::find(table.columns, column, &DataColumn::id);
    if (found == table.columns.end()) throw std::logic_error("the table has lost a column");
    return row[static_cast<std::size_t>(found - table.columns.begin())];
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
    PageFrame frame = frame_for(context, Section::measures);
    frame.title = view.page.title;
    frame.heading = "Measures";
    frame.heading_aside = Html(place_and_day(context.figures(), choice.page));
    frame.heading_actions = download_links("/measures", choice.query(context.figures()));
    frame.main += choice_form(context, choice.page, "/measures", MonthsChoice::hidden,
                              view_field(context, choice.view));
    frame.main += changes_section(view);
    frame.main += group_links(definitions);
    frame.main += key_to_icons();
    const LineColumns columns{std::ranges::any_of(view.series, has_target),
                              choice.page.place.kind != PlaceKind::organisation};
    std::size_t number = 0;
    for (const MeasureGroup& group : definitions.groups) {
        const std::vector<MeasureLine> lines = lines_of(view, definitions, group);
        frame.main += group_table(group, lines, columns, number);
        number += lines.size();
    }
    frame.main += tag::p({{"class", "app-note"}}, "Targets are set on the page of each measure.");
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
