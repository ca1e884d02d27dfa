// The Data page and all behind it. What checks and imports is DataWork; what takes files is upload_sink.

#include "web/pages/data.hpp"

#include "base/version.hpp"
#include "chart/line_chart.hpp"
#include "http/message.hpp"
#include "report/check_text.hpp"
#include "report/number_text.hpp"
#include "report/table_text.hpp"
#include "store/uploads.hpp"
#include "web/data_work.hpp"
#include "web/pages/forms.hpp"
#include "web/pages/page.hpp"
#include "web/site.hpp"
#include "web/views_data.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

constexpr std::size_t lines_in_chart = 8;

bool is_under_way(UploadStage stage) {
    return stage == UploadStage::receiving || stage == UploadStage::checking ||
           stage == UploadStage::importing;
}

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

Upload upload_of_path(Context& context) {
    auto upload = find_upload(*context.database, context.path_values.front());
    if (!upload) throw HttpError(404, "There is no such extract on its way in. Start from the Data page.");
    context.audit.subject = upload->reference;
    return std::move(*upload);
}

std::string megabytes(std::int64_t bytes) { return decimal_text(static_cast<double>(bytes) / 1e6, 1); }

struct ShownProgress {
    std::optional<int> percent;
    std::string words;
};

std::optional<int> percent_of(std::uint64_t done, std::uint64_t all) {
    if (all == 0) return std::nullopt;
    return static_cast<int>(std::min<std::uint64_t>(99, done * 100 / all));
}

ShownProgress progress_of(Context& context, const Upload& upload) {
    switch (upload.stage) {
    case UploadStage::receiving: {
        const auto percent = percent_of(static_cast<std::uint64_t>(upload.bytes),
                                        static_cast<std::uint64_t>(upload.bytes_expected));
        if (!percent) return {percent, fmt::format("Coming in: {} MB so far", megabytes(upload.bytes))};
        return {percent, fmt::format("Coming in: {} of {} MB", megabytes(upload.bytes),
                                     megabytes(upload.bytes_expected))};
    }
    case UploadStage::checking:
        if (upload.all != 0 && upload.done < upload.all)
            return {
                percent_of(static_cast<std::uint64_t>(upload.done), static_cast<std::uint64_t>(upload.all)),
                fmt::format("Reading: {} of {} MB", megabytes(upload.done), megabytes(upload.all))};
        return {std::nullopt, "Checking: unpacking, or working out whom the issues touch"};
    case UploadStage::importing: {
        const auto work = context.site.data_work().progress(upload.reference);
        const auto percent = work ? percent_of(work->done, work->all) : std::nullopt;
        return {percent, percent ? fmt::format("Importing: {} %", *percent) : "Importing"};
    }
    default:
        return {100, "Done"};
    }
}

Html progress_html(const Upload& upload, const ShownProgress& progress) {
    const std::string path = "/data/uploads/" + upload.reference;
    const std::optional<std::string> value =
        progress.percent ? std::optional(std::to_string(*progress.percent)) : std::nullopt;
    return html_of(tag::div({{"class", "app-progress"}, {"data-progress-url", path + "/progress"}},
                            tag::progress({{"max", 100}, {"value", value}, {"aria-label", "How far it is"}}),
                            tag::p({{"role", "status"}, {"aria-live", "polite"}}, progress.words)),
                   tag::p({}, "You can leave this page: the work goes on. ",
                          tag::a({{"href", path}}, "Load this page again"), " to see how far it is."));
}

Html key(std::string_view words, const std::string& number, const std::string& beneath) {
    return tag::div({{"class", "app-key"}}, tag::dt({}, words),
                    tag::dd({}, tag::span({{"class", "app-key__number"}}, number),
                            tag::span({{"class", "app-key__beneath"}}, beneath)));
}

std::string count_words(std::uint64_t count) { return count_text(static_cast<std::int64_t>(count)); }

Html keys_of(const CheckSummary& summary) {
    std::uint64_t refused = 0, in_mat = 0;
    for (const FileSummary& file : summary.files)
        refused += file.rows.refused;
    for (const std::uint64_t people : summary.stages)
        in_mat += people;
    Html keys;
    if (!summary.covers_to.empty())
        keys += key("People", count_words(summary.people),
                    fmt::format("{} in MAT on the last day", count_words(in_mat)));
    keys += key("Rows", count_words(summary.rows()), fmt::format("{} refused", count_words(refused)));
    keys += key("Errors", count_words(summary.issues(Severity::error)), "a row or a cell is not used");
    keys += key("Warnings", count_words(summary.issues(Severity::warning)), "used, but look at them");
    return tag::dl({{"class", "app-keys"}}, keys);
}

Html report_html(const CheckSummary& summary, const std::string& rows_path) {
    const PageFigures page = check_figures(summary, rows_path);
    return html_of(keys_of(summary), summary.rules.empty() ? Html() : table_html(page.tables[0]),
                   table_html(page.tables[1]));
}

/// Rows are of persons: whoever sent the extract has them anyway; others see them when they belong to all
/// services.
bool may_see_rows(const Viewer& viewer, const Upload& upload) {
    return holds(viewer.user.role, Permission::see_people) &&
           holds(viewer.user.role, Permission::manage_data) &&
           (viewer.user.whole_organisation || (upload.source == "sent" && upload.user == viewer.user.number));
}

Html decision_forms(Context& context, const Upload& upload) {
    const std::string path = "/data/uploads/" + upload.reference;
    return tag::div(
        {{"class", "app-decision"}},
        post_form(context, path + "/import", {}, {.content = "Import it", .prevent_double_click = true}),
        post_form(context, path + "/give-up", {},
                  {.content = "Give it up", .variant = "secondary", .prevent_double_click = true}));
}

std::string heading_of(UploadStage stage) {
    switch (stage) {
    case UploadStage::receiving:
        return "The extract is coming in";
    case UploadStage::checking:
        return "The extract is being checked";
    case UploadStage::checked:
        return "Check report";
    case UploadStage::importing:
        return "The extract is being imported";
    case UploadStage::imported:
        return "Imported";
    case UploadStage::refused:
        return "The extract cannot be used";
    case UploadStage::failed:
        return "That did not work";
    case UploadStage::given_up:
        return "Given up";
    }
    return {};
}

Html after_words(const Upload& upload) {
    if (upload.stage == UploadStage::imported)
        return tag::p({}, tag::a({{"href", "/tracker"}}, "Go to the service tracker"), " or see ",
                      tag::a({{"href", "/data/snapshots/" + upload.snapshot_id}}, "the snapshot’s report"),
                      ".");
    return tag::p({}, tag::a({{"href", "/data"}}, "Send another extract"));
}

Html report_links(const Upload& upload) {
    return tag::a(
        {{"href", fmt::format("/data/uploads/{}/issues.csv", upload.reference)}, {"download", true}},
        "All issues as CSV");
}

std::string covers_words(const CheckSummary& summary) {
    const auto from = parse_iso_day(summary.covers_from), to = parse_iso_day(summary.covers_to);
    if (!from || !to) return summary.organisation;
    return fmt::format("{}, {} to {}", summary.organisation, long_date(*from), long_date(*to));
}

/// Changes the stage together with the audit entry; whether it was still the one expected.
bool move_on(Context& context, Upload& upload, UploadStage was, UploadStage stage) {
    upload.stage = stage;
    upload.changed_at = context.now;
    upload.process = stage == UploadStage::importing ? context.site.data_work().process() : "";
    Transaction transaction(*context.database, Transaction::Kind::write);
    const bool moved = change_upload(*context.database, upload, was);
    if (!moved) {
        context.audit.outcome = AuditOutcome::failed;
        context.audit.detail = "somebody was faster";
    }
    record_audit(*context.database, context.audit);
    transaction.commit();
    return moved;
}

/// Rows are of persons and of data at once: the route asks for the one, this for the other.
void refuse_without_data(const Context& context) {
    if (!holds(context.user().user.role, Permission::manage_data))
        throw HttpError(403, "Rows of an extract are open to those who bring data in.");
}

/// The rows of the rule in the query, for those who may see them; fills in the audit entry.
RowsOfRule read_rows(Context& context, const Upload& upload, Rule rule, std::size_t most) {
    context.audit.detail = std::string(issue_rule(rule).id);
    if (!may_see_rows(context.user(), upload))
        throw HttpError(403, "Rows of an extract are open to the one who sent it, and to those who work with "
                             "data for the whole organisation.");
    if (upload.stage != UploadStage::checked)
        throw HttpError(409, "The rows of an extract can be opened between its check and its import. Its "
                             "files are not kept here any longer.");
    const CheckReport issues = read_issue_places(context.site.data_work().issue_places_of(upload.reference));
    const ExtractRows rows(upload.folder, context.site.options().definitions);
    RowsOfRule found = rows_of_rule(issues, rows, rule, most);
    context.audit.detail =
        fmt::format("{}, {}", issue_rule(rule).id,
                    counted(static_cast<std::int64_t>(std::min<std::uint64_t>(found.rows, most)), "row"));
    return found;
}

Rule rule_of_query(const Context& context) {
    const auto rule = find_rule(context.parameter("rule"));
    if (!rule)
        throw HttpError(400, "The address names no rule of the check. Open the rows from the check report.");
    return *rule;
}

Provenance provenance_of(Context& context, const std::string& source) {
    const Policy& policy = context.site.policy();
    return {std::string(program_version()), policy.name, policy.version, policy.hash, source};
}

/// A table a file, one under the other, each under the file's name.
std::string csv_of_tables(const std::vector<DataTable>& tables, const Provenance& provenance) {
    std::string text;
    for (const DataTable& table : tables) {
        text += (text.empty() ? "" : "\n") + csv_words(table.title) + "\n";
        write_table_csv(table, provenance, [&text](std::string_view piece) { text += piece; });
    }
    return text;
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

Response upload(Context& context) {
    const Upload upload = upload_of_path(context);
    PageFrame frame = frame_for(context, Section::data);
    frame.title = frame.heading = heading_of(upload.stage);
    frame.breadcrumbs = {{"Data", "/data"}};
    if (is_under_way(upload.stage)) {
        frame.main = progress_html(upload, progress_of(context, upload));
        return respond(frame);
    }
    const bool is_bad = upload.stage == UploadStage::refused || upload.stage == UploadStage::failed;
    if (is_bad)
        frame.errors = {{upload.message, ""}};
    else if (!upload.message.empty())
        frame.main += tag::p({{"class", "app-lede"}}, upload.message);
    if (upload.stage == UploadStage::imported && upload.message.empty())
        frame.success = Html("The extract is in the store. Every page shows it now.");
    std::optional<CheckSummary> summary;
    if (!upload.report.empty()) summary = check_summary_of_json(upload.report);
    if (summary) {
        frame.heading_aside = Html(covers_words(*summary));
        if (!is_bad) frame.main += tag::p({{"class", "app-lede"}}, check_figures(*summary, "").sentence);
    }
    const bool is_checked = upload.stage == UploadStage::checked;
    frame.main += is_checked ? decision_forms(context, upload) : after_words(upload);
    if (is_checked) frame.heading_actions = report_links(upload);
    const bool rows = is_checked && may_see_rows(context.user(), upload);
    if (summary)
        frame.main +=
            report_html(*summary, rows ? fmt::format("/data/uploads/{}/rows", upload.reference) : "");
    return respond(frame);
}

Response upload_progress(Context& context) {
    const Upload upload = upload_of_path(context);
    const bool is_bad = upload.stage == UploadStage::refused || upload.stage == UploadStage::failed;
    const ShownProgress progress = progress_of(context, upload);
    nlohmann::json json{{"state", is_under_way(upload.stage) ? "running"
                                  : is_bad                   ? "failed"
                                                             : "done"},
                        {"text", progress.words},
                        {"percent", nullptr}};
    if (progress.percent) json["percent"] = *progress.percent;
    if (!is_under_way(upload.stage)) json["next"] = "/data/uploads/" + upload.reference;
    Response response;
    response.content_type = "application/json";
    response.body = json.dump() + "\n";
    return response;
}

Response upload_issues_csv(Context& context) {
    const Upload upload = upload_of_path(context);
    if (upload.stage != UploadStage::checked)
        throw HttpError(409, "The list of issues is there between the check and the import.");
    std::string text;
    write_issues_csv(read_issue_places(context.site.data_work().issue_places_of(upload.reference)),
                     [&text](std::string_view piece) { text += piece; });
    return download(std::move(text), "text/csv; charset=utf-8", "optimat-issues.csv");
}

Response upload_rows(Context& context) {
    constexpr std::size_t most = 100;
    refuse_without_data(context);
    const Upload upload = upload_of_path(context);
    const Rule rule = rule_of_query(context);
    const RowsOfRule found = read_rows(context, upload, rule, most);
    const IssueRule& words = issue_rule(rule);
    PageFrame frame = frame_for(context, Section::data);
    frame.title = frame.heading = "Rows with an issue";
    frame.heading_aside = Html(words.id);
    frame.breadcrumbs = {{"Data", "/data"}, {"Check report", "/data/uploads/" + upload.reference}};
    frame.heading_actions = tag::a(
        {{"href", fmt::format("/data/uploads/{}/rows.csv?rule={}", upload.reference, url_encode(words.id))},
         {"download", true}},
        "All rows as CSV");
    frame.main += tag::p({{"class", "app-lede"}},
                         fmt::format("What is wrong: {}. What to do: {}.", words.text, words.advice));
    frame.main += tag::p({}, found.rows > most
                                 ? fmt::format("The first {} of {} rows.", most, count_words(found.rows))
                                 : fmt::format("{}.", counted(static_cast<std::int64_t>(found.rows), "row")));
    for (const DataTable& table : found.tables)
        frame.main += tag::div({{"class", "app-rows"}}, table_html(table));
    return respond(frame);
}

Response upload_rows_csv(Context& context) {
    refuse_without_data(context);
    const Upload upload = upload_of_path(context);
    const RowsOfRule found =
        read_rows(context, upload, rule_of_query(context), std::numeric_limits<std::size_t>::max());
    return download(csv_of_tables(found.tables, provenance_of(context, "upload " + upload.reference)),
                    "text/csv; charset=utf-8", "optimat-rows.csv");
}

Response import_upload(Context& context) {
    Upload upload = upload_of_path(context);
    if (upload.stage == UploadStage::checked && !std::filesystem::exists(upload.folder))
        throw HttpError(
            409, "The files of this extract are not on this server any more. Give it up and send it again.");
    if (move_on(context, upload, UploadStage::checked, UploadStage::importing))
        context.site.data_work().begin(upload.reference);
    return see_other("/data/uploads/" + upload.reference);
}

Response give_up_upload(Context& context) {
    Upload upload = upload_of_path(context);
    if (!move_on(context, upload, UploadStage::checked, UploadStage::given_up))
        return see_other("/data/uploads/" + upload.reference);
    context.site.data_work().remove_files(upload);
    return see_other("/data");
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
    frame.main += report_html(summary, "");
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
