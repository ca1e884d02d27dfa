#include "web/pages/service_data.hpp"

#include "chart/histogram.hpp"
#include "chart/scale.hpp"
#include "chart/spread_strip.hpp"
#include "html/nhsuk/content.hpp"
#include "report/number_text.hpp"
#include "web/pages/page.hpp"
#include "web/views_service_data.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

/// A row of the sheet's table by the ids of its columns.
class SheetRow {
  public:
    SheetRow(const DataTable& table, std::size_t row) : m_table(table), m_row(row) {}
    const DataCell& operator[](std::string_view id) const {
        for (std::size_t i = 0; i < m_table.columns.size(); ++i)
            if (m_table.columns[i].id == id) return m_table.rows[m_row][i];
        throw std::logic_error("the sheet has lost a column");
    }
    const ServiceDataRow& definition() const { return service_data_rows()[m_row]; }
    std::string range(std::string_view from, std::string_view to) const {
        const DataCell &low = (*this)[from], &high = (*this)[to];
        if (low.kind == CellKind::none) return std::string(no_figure);
        return fmt::format("{} to {}", *ratio_text(low.numerator * 100, low.denominator, shown_decimals),
                           shown_text(high));
    }
    std::string middle_half() const { return range("services_lower_quartile", "services_upper_quartile"); }

  private:
    const DataTable& m_table;
    std::size_t m_row;
};

double number_of(const DataCell& cell) {
    return static_cast<double>(cell.numerator) / static_cast<double>(cell.denominator);
}

/// All the page is made from.
struct Sheet {
    Context& context;
    PageChoice choice;
    ServiceDataDetail detail;
    PageFigures figures;
    double axis_to = 1;  ///< the end of every strip's scale
    const DataTable& table() const { return figures.tables[0]; }
    bool is_organisation() const { return choice.place.kind == PlaceKind::organisation; }
    std::string query() const { return choice.query(context.figures()); }
};

/// The scale ends above the highest share of any row but the total, which is always everybody.
double axis_end(const DataTable& table) {
    double highest = 0;
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
        const DataCell& share = SheetRow(table, i)["services_highest"];
        if (share.kind == CellKind::share) highest = std::max(highest, number_of(share));
    }
    return std::min(1.0, chart::nice_ticks(highest, 10).last());
}

Sheet read_sheet(Context& context) {
    const PageChoice choice = read_page_choice(context);
    const ServiceDataDetail detail = read_service_data_detail(context);
    Sheet sheet{context, choice, detail, service_data_figures(context, choice, detail)};
    sheet.axis_to = axis_end(sheet.table());
    return sheet;
}

Html strip(const Sheet& sheet, const SheetRow& row, const std::string& id) {
    if (row["services_lowest"].kind == CellKind::none || row.definition().id == "total") return {};
    chart::SpreadStrip data{number_of(row["services_lowest"]),
                            number_of(row["services_lower_quartile"]),
                            number_of(row["services_median"]),
                            number_of(row["services_upper_quartile"]),
                            number_of(row["services_highest"]),
                            {},
                            {},
                            sheet.choice.place.name,
                            0,
                            sheet.axis_to,
                            chart::Unit::share};
    const DataCell& here = row["share_of_all"];
    if (here.kind == CellKind::share && !sheet.is_organisation()) data.own = number_of(here);
    const std::string words =
        fmt::format("{}: services lie between {}, the middle half between {}", row["words"].text,
                    row.range("services_lowest", "services_highest"), row.middle_half());
    return chart::spread_strip_inline(data, {id, "Where services lie", words});
}

Html number(const DataCell& cell) {
    if (cell.kind == CellKind::none)
        return tag::td({{"class", "app-number"}}, tag::span({{"class", "app-absent"}}, shown_text(cell)));
    if (cell.link.empty()) return tag::td({{"class", "app-number"}}, shown_text(cell));
    return tag::td({{"class", "app-number"}}, tag::a({{"href", cell.link}}, shown_text(cell)));
}

Html table_row(const Sheet& sheet, std::size_t index) {
    const SheetRow row(sheet.table(), index);
    const ServiceDataRow& definition = row.definition();
    ServiceDataDetail detail = sheet.detail;
    detail.row = &definition;
    const std::string level = fmt::format("app-level-{}", definition.level);
    Html cells =
        tag::th({{"scope", "row"}, {"class", level}},
                tag::a({{"href", fmt::format("/service-data?{}&{}#closer", sheet.query(), detail.query())}},
                       definition.words));
    cells += number(row["people"]);
    cells += number(row["share_of_all"]);
    if (!sheet.is_organisation()) cells += number(row["organisation_share_of_all"]);
    cells += tag::td({{"class", "app-strip"}}, strip(sheet, row, fmt::format("strip-{}", index)));
    cells += tag::td({{"class", "app-number app-quiet"}},
                     definition.id == "total" ? std::string() : row.middle_half());
    for (const std::string_view medicine : {"methadone", "buprenorphine"}) {
        cells += number(row[fmt::format("mean_{}_mg", medicine)]);
        if (!sheet.is_organisation()) cells += number(row[fmt::format("organisation_mean_{}_mg", medicine)]);
    }
    for (const std::string_view count : {"on_threshold", "high_dose", "regime_conflicts"})
        cells += number(row[count]);
    return tag::tr(
        {{"class", definition.level == 0 ? std::optional<std::string_view>("app-stage-row") : std::nullopt}},
        cells);
}

Html group_heading(std::string_view words, int columns) {
    return tag::th({{"scope", "colgroup"}, {"colspan", columns}, {"class", "app-table__group"}}, words);
}

Html table_head(const Sheet& sheet) {
    const bool beside = !sheet.is_organisation();
    const Html none = tag::td({{"class", "app-table__no-group"}});
    const int places = beside ? 2 : 1;
    Html groups = html_of(none, none, group_heading("Of all in MAT", places),
                          group_heading(fmt::format("Services, 0 to {:.0f} %", sheet.axis_to * 100), 2),
                          group_heading("Methadone mg", places), group_heading("Buprenorphine mg", places),
                          group_heading("Of these people", 3));
    Html names = tag::th({{"scope", "col"}}, "People in MAT");
    const auto figure = [&](std::string_view words) {
        names += tag::th({{"scope", "col"}, {"class", "app-number"}}, words);
    };
    const auto here_and_beside = [&] {
        figure("Here");
        if (beside) figure("Organisation");
    };
    figure("People");
    here_and_beside();
    names += tag::th({{"scope", "col"}}, "Lowest to highest");
    figure("Middle half");
    here_and_beside();
    here_and_beside();
    for (const std::string_view words : {"On threshold", "High dose", "Regime conflict"})
        figure(words);
    return tag::thead({}, tag::tr({}, groups), tag::tr({}, names));
}

Html sheet_table(const Sheet& sheet, const std::string& caption, std::span<const std::size_t> rows) {
    Html body;
    for (const std::size_t row : rows)
        body += table_row(sheet, row);
    const std::string id = fmt::format("caption-{}", rows.front());
    return tag::div(
        {{"class", "app-table-scroll"}, {"role", "region"}, {"aria-labelledby", id}, {"tabindex", "0"}},
        tag::table({{"class", "app-table app-table--sticky app-sheet"}}, tag::caption({{"id", id}}, caption),
                   table_head(sheet), tag::tbody({}, body)));
}

/// Rows that somebody in the organisation is in, and, folded away, those that nobody is in.
Html sheet_tables(const Sheet& sheet) {
    std::vector<std::size_t> with_people, without;
    for (std::size_t i = 0; i < sheet.table().rows.size(); ++i)
        (i == 0 || SheetRow(sheet.table(), i)["organisation_people"].numerator > 0 ? with_people : without)
            .push_back(i);
    Html html = sheet_table(sheet, sheet.table().title, with_people);
    if (!without.empty())
        html += nhsuk::details(
            {.summary = Html(fmt::format("{} that nobody in the organisation is in",
                                         counted(static_cast<std::int64_t>(without.size()), "row"))),
             .content = sheet_table(sheet, "Rows without anybody", without)});
    return html_of(html, tag::p({{"class", "app-note"}}, sheet.table().note,
                                " The box is the middle half of services, its line the median",
                                sheet.is_organisation() ? "." : ", the diamond this place."));
}

/// One stage's share with the organisation's and where services lie: the answer before the table.
Html key_figure(const Sheet& sheet, std::size_t index, std::string_view words) {
    const SheetRow row(sheet.table(), index);
    Html number = shown_text(row["share_of_all"]);
    const std::string beside =
        sheet.is_organisation()
            ? fmt::format("services {}", row.middle_half())
            : fmt::format("organisation {}", shown_text(row["organisation_share_of_all"]));
    const std::string strip_id = fmt::format("key-{}", index);
    return tag::div({{"class", "app-key"}}, tag::dt({}, words),
                    tag::dd({}, tag::span({{"class", "app-key__number"}}, number),
                            strip(sheet, row, strip_id), tag::span({{"class", "app-key__beneath"}}, beside)));
}

Html key_figures(const Sheet& sheet) {
    constexpr std::pair<std::string_view, std::string_view> keys[] = {
        {"mat1", "MAT 1 induction"},
        {"mat2_below", "MAT 2 using on top, below threshold"},
        {"mat2_at_or_above", "MAT 2 using on top, at or above"},
        {"mat3_below", "MAT 3 not using, below threshold"},
        {"mat3_at_or_above", "MAT 3 not using, at or above"},
        {"mat4", "MAT 4 detoxification"},
        {"uncategorised", "Uncategorised: no recent evidence"}};
    const auto rows = service_data_rows();
    Html tiles;
    for (const auto& [id, words] : keys)
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (rows[i].id == id) tiles += key_figure(sheet, i, words);
    return tag::dl({{"class", "app-keys app-keys--strips"}}, tiles);
}

Html option(std::string_view value, std::string_view words, bool chosen) {
    return tag::option({{"value", value}, {"selected", chosen}}, words);
}

Html field(std::string_view id, std::string_view label, const Html& options) {
    return tag::div({{"class", "nhsuk-form-group"}},
                    tag::label({{"class", "nhsuk-label"}, {"for", id}}, label),
                    tag::select({{"class", "nhsuk-select"}, {"id", id}, {"name", id}}, options));
}

Html hidden(std::string_view name, std::string_view value) {
    return tag::input({{"type", "hidden"}, {"name", name}, {"value", value}});
}

/// Chooses what is looked at closer, at the place and month of the page.
Html detail_form(const Sheet& sheet) {
    Html rows, parts, families;
    for (const ServiceDataRow& row : service_data_rows())
        rows += option(row.id, full_words(row), row.id == sheet.detail.row->id);
    for (std::size_t i = 0; i < breakdown_count; ++i) {
        const auto by = static_cast<Breakdown>(i);
        parts += option(text_of(by), words_for(by), by == sheet.detail.by);
    }
    for (std::size_t i = 0; i < family_count; ++i) {
        const auto family = static_cast<Family>(i);
        families += option(text_of(family), words_for(family), family == sheet.detail.family);
    }
    return tag::form(
        {{"class", "app-filters"},
         {"method", "get"},
         {"action", "/service-data#closer"},
         {"data-filters", true}},
        hidden("place", sheet.choice.place_key),
        hidden("month", month_key(sheet.choice.day(sheet.context.figures()))), field("row", "People", rows),
        field("by", "By", parts), field("family", "Doses of", families),
        tag::button({{"class", "nhsuk-button nhsuk-button--secondary"}, {"type", "submit"}}, "Show"));
}

/// What the form of place and month keeps of the page.
Html kept_fields(const ServiceDataDetail& detail) {
    return html_of(hidden("row", detail.row->id), hidden("by", text_of(detail.by)),
                   hidden("family", text_of(detail.family)));
}

/// A bar as long as the part's share of the largest part, which reads faster than the number beside it.
Html bar(const DataCell& share, double largest) {
    const double width = largest > 0 ? 90 * number_of(share) / largest : 0;
    return tag::svg({{"class", "app-bar"},
                     {"width", 90},
                     {"height", 12},
                     {"aria-hidden", "true"},
                     {"focusable", "false"}},
                    tag::rect({{"width", width}, {"height", 12}}));
}

Html breakdown_html(const DataTable& table) {
    double largest = 0;
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        largest = std::max(largest, number_of(table.rows[i][2]));
    Html body;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const SheetRow row(table, i);
        Html cells = html_of(tag::th({{"scope", "row"}}, row["part"].text), number(row["people"]),
                             number(row["share_of_row"]), tag::td({}, bar(row["share_of_row"], largest)));
        for (const std::string_view id :
             {"mean_methadone_mg", "mean_buprenorphine_mg", "on_threshold", "high_dose", "regime_conflicts"})
            cells += number(row[id]);
        body += tag::tr({}, cells);
    }
    Html head = html_of(tag::th({{"scope", "col"}}, table.columns.front().words));
    for (const std::string_view words : {"People", "Share", "", "Methadone mean mg", "Buprenorphine mean mg",
                                         "On threshold", "High dose", "Regime conflict"})
        head += words.empty() ? tag::td({}) : tag::th({{"scope", "col"}, {"class", "app-number"}}, words);
    return html_of(tag::div({{"class", "app-table-scroll"},
                             {"role", "region"},
                             {"aria-labelledby", "caption-breakdown"},
                             {"tabindex", "0"}},
                            tag::table({{"class", "app-table app-sheet"}},
                                       tag::caption({{"id", "caption-breakdown"}}, table.title),
                                       tag::thead({}, tag::tr({}, head)), tag::tbody({}, body))),
                   tag::p({{"class", "app-note"}}, table.note));
}

/// Bins of one width, as the chart wants them: only the first may be narrower, and begins at 0 then.
chart::Histogram histogram_of(const DoseDistribution& doses) {
    const Micrograms step = dose_step(doses.family);
    chart::Histogram data{{doses.bins.front().to.number - step.number},
                          step,
                          {},
                          doses.threshold,
                          fmt::format("{}, mg", words_for(doses.family))};
    for (const DoseBin& bin : doses.bins)
        data.people.push_back(bin.people);
    return data;
}

/// Without the ends of the bins, which its first column has in words.
DataTable short_dose_table(DataTable table) {
    const auto drop_ends = [](auto& list) { list.erase(list.begin() + 1, list.begin() + 3); };
    drop_ends(table.columns);
    for (auto& row : table.rows)
        drop_ends(row);
    return table;
}

Html doses_html(const Sheet& sheet, const DataTable& table) {
    const DoseDistribution doses = doses_at(sheet.context, sheet.choice, sheet.detail);
    if (doses.bins.empty())
        return tag::p({}, fmt::format("Nobody among {} has a known dose of {}; {} on it without one.",
                                      full_words(*sheet.detail.row), words_for(doses.family),
                                      people_text(doses.unknown)));
    return html_of(chart::histogram_figure(histogram_of(doses), {"doses", table.title, table.note, 620}),
                   table_html(short_dose_table(table)));
}

Html closer(const Sheet& sheet) {
    const std::string query = fmt::format("{}&{}&table=", sheet.query(), sheet.detail.query());
    const auto csv = [&](std::string_view table, std::string_view words) {
        return tag::p(
            {}, tag::a({{"href", fmt::format("/service-data.csv?{}{}", query, table)}, {"download", true}},
                       words));
    };
    return tag::section(
        {{"aria-labelledby", "closer"}}, tag::h2({{"id", "closer"}}, "A closer look"), detail_form(sheet),
        tag::div({{"class", "app-closer"}},
                 tag::div({}, breakdown_html(sheet.figures.tables[1]), csv("breakdown", "This table as CSV")),
                 tag::div({}, doses_html(sheet, sheet.figures.tables[2]), csv("doses", "Doses as CSV"))));
}

}  // namespace

namespace pages {

Response service_data(Context& context) {
    const Sheet sheet = read_sheet(context);
    const Figures& figures = context.figures();
    PageFrame frame = frame_for(context, Section::service_data);
    frame.title = sheet.figures.title;
    frame.heading = sheet.is_organisation() ? figures.extract().organisation : sheet.choice.place.name;
    frame.heading_aside = Html(fmt::format("Service data, {}", long_date(sheet.choice.day(figures))));
    frame.heading_actions =
        download_links("/service-data", fmt::format("{}&{}", sheet.query(), sheet.detail.query()));
    frame.scripts = PageScripts::with_charts;
    frame.main +=
        choice_form(context, sheet.choice, "/service-data", MonthsChoice::hidden, kept_fields(sheet.detail));
    frame.main += tag::p({{"class", "app-lede app-lede--wide"}}, sheet.figures.sentence);
    frame.main += key_figures(sheet);
    frame.main += sheet_tables(sheet);
    frame.main += closer(sheet);
    return respond(frame);
}

Response service_data_csv(Context& context) {
    const Sheet sheet = read_sheet(context);
    return csv_response(sheet.figures, context.figures(), context.parameter("table"));
}

Response service_data_workbook(Context& context) {
    return workbook_response(read_sheet(context).figures, context.figures());
}

}  // namespace pages

}  // namespace optimat
