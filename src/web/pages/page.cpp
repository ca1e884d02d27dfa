#include "web/pages/page.hpp"

#include "base/temporary_folder.hpp"
#include "store/peer_groups.hpp"
#include "web/site.hpp"

#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace optimat {

namespace {

struct SectionLink {
    Section section;
    std::string_view text, href;
    Permission permission;
};
constexpr SectionLink section_links[] = {
    {Section::home, "Tasks", "/", Permission::see_details},
    {Section::tracker, "Service tracker", "/tracker", Permission::see_figures},
    {Section::service_data, "Service data", "/service-data", Permission::see_details},
    {Section::compare, "Compare", "/compare", Permission::see_figures},
    {Section::measures, "Measures", "/measures", Permission::see_details},
    {Section::published, "Released figures", "/published", Permission::see_figures},
    {Section::releases, "Releases", "/releases", Permission::see_details},
    {Section::lists, "Lists", "/lists", Permission::see_people},
    {Section::people, "People", "/people", Permission::see_people},
    {Section::data, "Data", "/data", Permission::manage_data},
    {Section::definitions, "Definitions", "/definitions", Permission::see_figures},
    {Section::users, "Users", "/users", Permission::manage_users},
    {Section::audit, "Audit", "/audit", Permission::see_audit},
};

/// A day of the store, `2018-10-31`, in words; as it stands when it is none.
std::string day_words(std::string_view iso) {
    const auto day = parse_iso_day(iso.substr(0, 10));
    return day ? long_date(*day) : std::string(iso);
}

std::string data_line(const Figures& figures) {
    const SnapshotInfo& info = figures.info();
    return fmt::format("Data to {} · imported {} · policy {} {}", day_words(info.covers_to),
                       day_words(info.imported_at), figures.policy().name, figures.policy().version);
}

Html option(std::string_view value, std::string_view words, bool chosen) {
    return tag::option({{"value", value}, {"selected", chosen}}, words);
}

Html field(std::string_view id, std::string_view label, const Html& options) {
    return tag::div({{"class", "nhsuk-form-group"}},
                    tag::label({{"class", "nhsuk-label"}, {"for", id}}, label),
                    tag::select({{"class", "nhsuk-select"}, {"id", id}, {"name", id}}, options));
}

Html place_options(Context& context, const PageChoice& choice) {
    constexpr std::pair<PlaceKind, std::string_view> kinds[] = {{PlaceKind::region, "Regions"},
                                                                {PlaceKind::area, "Areas"},
                                                                {PlaceKind::peer_group, "Peer groups"},
                                                                {PlaceKind::service, "Services"}};
    const Figures& figures = context.figures();
    Html options = option("organisation", figures.extract().organisation, choice.place_key == "organisation");
    if (!context.user().disclosed_only()) {
        Html saved;
        for (const SavedPeerGroup& group : list_peer_groups(*context.database)) {
            const std::string key = fmt::format("saved_group:{}", group.number);
            saved += option(key, group.name, key == choice.place_key);
        }
        if (!saved.empty()) options += tag::optgroup({{"label", "Saved peer groups"}}, saved);
    }
    for (const auto& [kind, words] : kinds) {
        Html group;
        for (const Place& place : figures.places())
            if (place.kind == kind && (figures.leaves(place) || !context.user().disclosed_only())) {
                const std::string key = place_key(place);
                group += option(key, place.name, key == choice.place_key);
            }
        if (!group.empty()) options += tag::optgroup({{"label", words}}, group);
    }
    return options;
}

Html month_options(const Figures& figures, std::size_t chosen) {
    Html options;
    for (std::size_t date = figures.dates().size(); date-- > 0;)
        options +=
            option(month_key(figures.dates()[date]), column_label(figures.dates()[date]), date == chosen);
    return options;
}

bool is_figure(CellKind kind) { return kind >= CellKind::count; }

/// Headings over neighbouring columns of one group, and the columns' own under them.
Html table_head(const DataTable& table) {
    Html groups, names;
    bool grouped = false;
    for (std::size_t i = 0; i < table.columns.size();) {
        std::size_t end = i + 1;
        const std::string& group = table.columns[i].group;
        while (!group.empty() && end < table.columns.size() && table.columns[end].group == group)
            ++end;
        grouped = grouped || !group.empty();
        if (group.empty())
            groups += tag::td({{"class", "app-table__no-group"}});
        else
            groups +=
                tag::th({{"scope", "colgroup"}, {"colspan", end - i}, {"class", "app-table__group"}}, group);
        i = end;
    }
    for (const DataColumn& column : table.columns)
        names +=
            tag::th({{"scope", "col"}, {"class", is_figure(column.kind) ? "app-number" : ""}}, column.words);
    return tag::thead({}, grouped ? std::optional(tag::tr({}, groups)) : std::nullopt, tag::tr({}, names));
}

void append_cell(Html& out, const DataCell& cell, CellKind column, bool heads) {
    const std::string text = shown_text(cell);
    Html content = text;
    if (!cell.link.empty()) content = tag::a({{"href", cell.link}}, text);
    if (cell.kind == CellKind::hidden)
        content = tag::abbr({{"title", "hidden by disclosure control"}, {"class", "app-suppressed"}}, text);
    if (cell.kind == CellKind::none) content = tag::span({{"class", "app-absent"}}, text);
    if (heads)
        tag::th.into(out,
                     {{"scope", "row"},
                      {"class", cell.kind == CellKind::month ? std::optional<std::string_view>("app-nowrap")
                                : is_figure(column)          ? std::optional<std::string_view>("app-number")
                                                             : std::nullopt}},
                     content);
    else
        tag::td.into(
            out,
            {{"class", is_figure(column) ? std::optional<std::string_view>("app-number") : std::nullopt}},
            content);
}

std::string file_name(const PageFigures& figures, std::string_view end) {
    std::string name = "optimat-" + figures.tables.front().id;
    for (const auto& [about, value] : figures.about)
        if (about == "month") name += "-" + value;
    return name + std::string(end);
}

std::string written(const std::function<void(const TextSink&)>& write) {
    std::string text;
    write([&text](std::string_view piece) { text += piece; });
    return text;
}

const DataTable& find_table(const PageFigures& figures, const std::string& id) {
    if (id.empty()) return figures.tables.front();
    for (const DataTable& table : figures.tables)
        if (table.id == id) return table;
    throw HttpError(400, "The address names a table that this page does not have.");
}

}  // namespace

PageFrame frame_for(Context& context, Section section) {
    PageFrame frame;
    if (context.viewer) {
        const User& user = context.viewer->user;
        for (const SectionLink& link : section_links)
            if (holds(user.role, link.permission))
                frame.navigation.push_back(
                    {std::string(link.text), std::string(link.href), link.section == section});
        frame.signed_in =
            SignedInUser{user.name, std::string(words_for(user.role)), "/account", context.csrf_token()};
        if (const auto figures = context.site.figures(*context.store)) {
            frame.organisation = figures->extract().organisation;
            frame.data_line = data_line(*figures);
        }
    }
    if (!context.site.options().demonstration.empty())
        frame.demonstration =
            tag::p({}, "Demonstration: an invented organisation with invented people. Nothing here is real.");
    return frame;
}

Response respond(const PageFrame& frame, int status) { return page_response(page_text(frame), status); }

Html table_html(const DataTable& table) {
    Html body;
    for (const auto& row : table.rows) {
        Html cells;
        for (std::size_t i = 0; i < row.size(); ++i)
            append_cell(cells, row[i], table.columns[i].kind, i < table.row_headings);
        tag::tr.into(body, {}, cells);
    }
    const std::string caption = "caption-" + table.id;
    return html_of(tag::div({{"class", "app-table-scroll"},
                             {"role", "region"},
                             {"aria-labelledby", caption},
                             {"tabindex", "0"}},
                            tag::table({{"class", "app-table app-table--sticky"}},
                                       tag::caption({{"id", caption}}, table.title), table_head(table),
                                       tag::tbody({}, body))),
                   table.note.empty() ? std::nullopt
                                      : std::optional(tag::p({{"class", "app-note"}}, table.note)));
}

Html choice_form(Context& context, const PageChoice& choice, std::string_view action, MonthsChoice months,
                 const Html& more) {
    Html fields = field("place", "Place", place_options(context, choice));
    fields += field("month", "Month", month_options(context.figures(), choice.date));
    if (months == MonthsChoice::shown) {
        Html options;
        for (const int count : {12, 24, 36})
            options +=
                option(fmt::format("{}", count), fmt::format("{} months", count), count == choice.months);
        fields += field("months", "Shown", options);
    }
    return tag::form(
        {{"class", "app-filters"}, {"method", "get"}, {"action", action}, {"data-filters", true}}, fields,
        more, tag::button({{"class", "nhsuk-button nhsuk-button--secondary"}, {"type", "submit"}}, "Show"));
}

Html place_form(Context& context, const PageChoice& choice, std::string_view action) {
    return tag::form(
        {{"class", "app-filters"}, {"method", "get"}, {"action", action}, {"data-filters", true}},
        field("place", "Place", place_options(context, choice)),
        tag::button({{"class", "nhsuk-button nhsuk-button--secondary"}, {"type", "submit"}}, "Show"));
}

Html download_links(std::string_view path, const std::string& query) {
    const auto link = [&](std::string_view end, std::string_view words) {
        return tag::a({{"href", fmt::format("{}.{}?{}", path, end, query)}, {"download", true}}, words);
    };
    return html_of(
        link("xlsx", "Workbook"), " ", link("csv", "CSV"), " ",
        tag::button(
            {{"type", "button"}, {"class", "app-link-button"}, {"data-print", true}, {"hidden", true}},
            "Print"));
}

Html csrf_field(Context& context) {
    return tag::input({{"type", "hidden"}, {"name", "csrf_token"}, {"value", context.csrf_token()}});
}

Response csv_response(const PageFigures& figures, const Figures& source, const std::string& table_id) {
    return csv_response(figures, source.provenance(), table_id);
}

Response workbook_response(const PageFigures& figures, const Figures& source) {
    return workbook_response(figures, source.provenance(), source.dates().back());
}

Response json_response(const PageFigures& figures, const Figures& source) {
    return json_response(figures, source.provenance());
}

Response csv_response(const PageFigures& figures, const Provenance& provenance, const std::string& table_id) {
    const DataTable& table = find_table(figures, table_id);
    return download(written([&](const TextSink& sink) { write_table_csv(table, provenance, sink); }),
                    "text/csv; charset=utf-8", file_name(figures, ".csv"));
}

Response workbook_response(const PageFigures& figures, const Provenance& provenance, Day created) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "figures.xlsx";
    write_tables_workbook(figures.tables, figures.title, provenance, created, path);
    std::ifstream in(path, std::ios::binary);
    return download({std::istreambuf_iterator<char>(in), {}},
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    file_name(figures, ".xlsx"));
}

Response json_response(const PageFigures& figures, const Provenance& provenance) {
    Response response;
    response.content_type = "application/json";
    response.body = written(
        [&](const TextSink& sink) { write_tables_json(figures.tables, figures.about, provenance, sink); });
    return response;
}

}  // namespace optimat
