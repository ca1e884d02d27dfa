// The Data page: where extracts come from, the report of a snapshot, quality over time. What checks and imports is
// DataWork; what takes files is upload_sink.

#include "web/pages/data.hpp"

#include "chart/line_chart.hpp"
#include "http/message.hpp"
#include "report/number_text.hpp"
#include "store/uploads.hpp"
#include "web/data_work.hpp"
#include "web/pages/check_report.hpp"
#include "web/pages/forms.hpp"
#include "web/pages/page.hpp"
#include "web/site.hpp"
#include "web/views_data.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <limits>

namespace optimat {

namespace {

constexpr std::size_t lines_in_chart = 8;

Html send_form(Context& context) {
    return tag::form(
        {{"method", "post"},
         {"action", "/data/uploads"},
         {"enctype", "multipart/form-data"},
         {"class", "app-send"},
         {"data-upload", true}},
        csrf_field(context),
        nhsuk::file_upload(
            {.name = "files",
             .label = {.content = "Send an extract", .size = "s"},
             .multiple = true,
             .hint = nhsuk::Hint{.content = "One zip, or all of its files together: extract.toml and the CSV "
                                            "files. Up to 2 GB. It is "
                                            "checked first; nothing changes until you import it."},
             .attributes = {{"accept", ".zip,.csv,.toml"}, {"required", std::nullopt}}}),
        nhsuk::button({.content = "Send and check", .prevent_double_click = true}),
        tag::div({{"class", "app-progress"}, {"data-upload-progress", true}, {"hidden", true}},
                 tag::progress({{"max", 100}, {"value", 0}, {"aria-label", "Sending"}}),
                 tag::p({{"role", "status"}, {"aria-live", "polite"}})));
}

Html folder_form(Context& context) {
    const auto& root = context.site.options().extracts_folder;
    if (!root) return {};
    const std::vector<std::string> folders = folders_with_extracts(*root);
    if (folders.empty())
        return tag::p(
            {{"class", "app-note"}},
            "No folder of the server holds an extract now. A folder counts when extract.toml is in it.");
    std::vector<nhsuk::SelectItem> items;
    for (const std::string& folder : folders)
        items.push_back({.text = folder});
    return post_form(
        context, "/data/folder",
        nhsuk::select({.name = "folder",
                       .label = {.content = "Take a folder of the server", .size = "s"},
                       .items = items,
                       .hint = nhsuk::Hint{.content = "Folders where your exports are put, with an "
                                                      "extract.toml in them. They stay as they are."}}),
        {.content = "Check this folder", .variant = "secondary", .prevent_double_click = true});
}

Html quality_chart(const DataTable& table, const std::string& sentence) {
    chart::LineChart data;
    data.axis_name = "issues per 1,000 rows";
    // Behind rule and kind each snapshot has two columns: the number, and the rate that is drawn.
    constexpr std::size_t first_rate = 3;
    for (std::size_t column = first_rate; column < table.columns.size(); column += 2) {
        const std::string& group = table.columns[column].group;
        data.labels.push_back(group.substr(0, group.find(',')));
    }
    constexpr chart::LineInk inks[] = {chart::LineInk::first,  chart::LineInk::second, chart::LineInk::third,
                                       chart::LineInk::fourth, chart::LineInk::fifth,  chart::LineInk::sixth};
    for (std::size_t row = 0; row < std::min({table.rows.size(), lines_in_chart, std::size(inks)}); ++row) {
        chart::LineSeries line{table.rows[row].front().text, {}, inks[row]};
        for (std::size_t column = first_rate; column < table.rows[row].size(); column += 2) {
            const DataCell& cell = table.rows[row][column];
            line.values.push_back(cell.kind == CellKind::none
                                      ? std::nullopt
                                      : std::optional(static_cast<double>(cell.numerator) /
                                                      static_cast<double>(cell.denominator)));
        }
        data.series.push_back(std::move(line));
    }
    return chart::line_chart_figure(
        data, {"quality", "Issues per 1,000 rows, snapshot by snapshot", sentence, chart::full_width});
}

}  // namespace

namespace pages {

Response data(Context& context) {
    context.site.data_work().clear_away(*context.database, context.now);
    PageFrame frame = frame_for(context, Section::data);
    frame.title = frame.heading = "Data";
    frame.heading_actions = tag::a({{"href", "/data/quality"}}, "Data quality over time");
    const Html folder = folder_form(context);
    frame.main += tag::div({{"class", "app-columns"}}, send_form(context),
                           folder.empty() ? std::nullopt : std::optional(tag::div({}, folder)));
    const DataTable uploads = uploads_table(context), snapshots = snapshots_table(context);
    if (!uploads.rows.empty()) frame.main += table_html(uploads);
    frame.main += snapshots.rows.empty()
                      ? tag::p({{"class", "app-lede"}}, "The store has no snapshot yet: send an extract.")
                      : table_html(snapshots);
    return respond(frame);
}

Response upload_without_files(Context&) {
    throw HttpError(400, "Send the files with the form of the Data page.");
}

Response take_folder(Context& context) {
    const auto& root = context.site.options().extracts_folder;
    const std::string name = context.field("folder");
    const std::vector<std::string> folders = root ? folders_with_extracts(*root) : std::vector<std::string>{};
    if (std::ranges::find(folders, name) == folders.end())
        throw HttpError(
            422,
            "There is no such folder with an extract.toml. Go back, load the page again and choose one.");
    const std::filesystem::path folder = std::filesystem::canonical(*root / name);
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.is_symlink())
            throw HttpError(
                422,
                "The folder holds links, which Optimat does not follow. Put the files themselves there.");
    Upload upload;
    upload.user = context.user().user.number;
    upload.begun_at = context.now_text();
    upload.changed_at = context.now;
    upload.stage = UploadStage::checking;
    upload.source = "folder";
    upload.folder = folder.string();
    upload.process = context.site.data_work().process();
    Transaction transaction(*context.database, Transaction::Kind::write);
    upload = add_upload(*context.database, upload);
    context.audit.subject = upload.reference;
    context.audit.detail = "a folder of the server";
    record_audit(*context.database, context.audit);
    transaction.commit();
    context.site.data_work().begin(upload.reference);
    return see_other("/data/uploads/" + upload.reference);
}

Response snapshot_report(Context& context) {
    const std::string& id = context.path_values.front();
    const std::vector<SnapshotInfo> snapshots = list_snapshots(*context.store);
    const auto info = std::ranges::find(snapshots, id, &SnapshotInfo::id);
    if (info == snapshots.end()) throw HttpError(404, "There is no such snapshot. Start from the Data page.");
    CheckSummary summary = *context.site.data_work().quality_of(*context.store, id);
    for (const Upload& upload : list_uploads(*context.database, std::numeric_limits<int>::max()))
        if (upload.snapshot_id == id && !upload.report.empty())
            summary = check_summary_of_json(upload.report);
    summary.organisation = info->organisation;
    summary.covers_from = info->covers_from;
    summary.covers_to = info->covers_to;
    summary.people = info->clients;
    PageFrame frame = frame_for(context, Section::data);
    frame.title = frame.heading = "Report of a snapshot";
    frame.heading_aside = Html(covers_words(summary));
    frame.breadcrumbs = {{"Data", "/data"}};
    frame.main +=
        tag::p({{"class", "app-lede"}}, fmt::format("Imported {}. {}", moment_words(info->imported_at),
                                                    check_figures(summary, "").sentence));
    frame.main += check_report_html(summary, "");
    return respond(frame);
}

Response data_quality(Context& context) {
    const PageFigures page = quality_figures(context);
    PageFrame frame = frame_for(context, Section::data);
    frame.title = frame.heading = page.title;
    frame.breadcrumbs = {{"Data", "/data"}};
    frame.heading_actions = download_links("/data/quality", "");
    frame.main += tag::p({{"class", "app-lede"}}, page.sentence);
    const DataTable& table = page.tables.front();
    if (!table.rows.empty() && table.columns.size() > 4) frame.main += quality_chart(table, page.sentence);
    if (!table.rows.empty() && table.columns.size() == 4)
        frame.main += tag::p({{"class", "app-note"}},
                             "There is one snapshot so far; with the next there will be a line to follow.");
    if (!table.rows.empty()) frame.main += table_html(table);
    frame.main += table_html(snapshots_table(context));
    return respond(frame);
}

Response data_quality_csv(Context& context) {
    return csv_response(quality_figures(context), context.figures());
}

Response data_quality_workbook(Context& context) {
    return workbook_response(quality_figures(context), context.figures());
}

}  // namespace pages

}  // namespace optimat
