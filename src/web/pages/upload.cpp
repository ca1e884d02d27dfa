// One extract on its way in: how far it is, its check report, the rows with issues, and the decision.

#include "web/pages/data.hpp"

#include "base/version.hpp"
#include "http/message.hpp"
#include "report/check_text.hpp"
#include "report/number_text.hpp"
#include "report/table_text.hpp"
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
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

bool is_under_way(UploadStage stage) {
    return stage == UploadStage::receiving || stage == UploadStage::checking ||
           stage == UploadStage::importing;
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

}  // namespace

namespace pages {

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
            check_report_html(*summary, rows ? fmt::format("/data/uploads/{}/rows", upload.reference) : "");
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
                                 ? fmt::format("The first {} of {} rows.", most,
                                               count_text(static_cast<std::int64_t>(found.rows)))
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

}  // namespace pages

}  // namespace optimat
