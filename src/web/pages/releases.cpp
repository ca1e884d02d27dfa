#include "web/pages/releases.hpp"

#include "base/temporary_folder.hpp"
#include "report/number_text.hpp"
#include "store/secrets.hpp"
#include "web/pages/forms.hpp"
#include "web/release_tables.hpp"
#include "web/site.hpp"
#include "web/views_releases.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace optimat {

namespace {

constexpr std::size_t longest_reason = 500;

const DataTable* find_table(const PageFigures& page, std::string_view id) {
    const auto found = std::ranges::find(page.tables, id, &DataTable::id);
    return found == page.tables.end() ? nullptr : &*found;
}

/// Names of measures are for files.
Html without_names(const DataTable& table) {
    DataTable shown = table;
    shown.columns.erase(shown.columns.begin());
    for (auto& row : shown.rows)
        row.erase(row.begin());
    shown.row_headings = 1;
    return table_html(shown);
}

std::string written(const std::function<void(const TextSink&)>& write) {
    std::string text;
    write([&text](std::string_view piece) { text += piece; });
    return text;
}

std::string file_name(const PageFigures& page, const Release& release, std::string_view end) {
    return fmt::format("optimat-release-{}-{}{}", release.number, page.tables.front().id, end);
}

// Files of a release name what made the release, not what is newest.

Response csv_of(Context& context, const PageFigures& page, const Release& release) {
    const std::string wanted = context.parameter("table");
    const DataTable* const table = wanted.empty() ? &page.tables.front() : find_table(page, wanted);
    if (table == nullptr) throw HttpError(400, "The address names a table that this page does not have.");
    return download(
        written([&](const TextSink& sink) { write_table_csv(*table, provenance_of(release), sink); }),
        "text/csv; charset=utf-8", file_name(page, release, ".csv"));
}

Response workbook_of(const PageFigures& page, const RestatedRelease& restated) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "release.xlsx";
    write_tables_workbook(page.tables, page.title, provenance_of(restated.release), restated.as_at, path);
    std::ifstream in(path, std::ios::binary);
    return download({std::istreambuf_iterator<char>(in), {}},
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    file_name(page, restated.release, ".xlsx"));
}

Response json_of(const PageFigures& page, const Release& release) {
    Response response;
    response.content_type = "application/json";
    response.body = written([&](const TextSink& sink) {
        write_tables_json(page.tables, page.about, provenance_of(release), sink);
    });
    return response;
}

Html reason_field(std::string_view label, std::string_view hint, const std::string& value,
                  const FieldErrors& errors) {
    return text_field("reason", label, value, errors, hint);
}

Html month_choice(const Figures& figures, const std::string& chosen, const FieldErrors& errors) {
    std::vector<nhsuk::SelectItem> items;
    for (std::size_t date = figures.dates().size(); date-- > 0;) {
        if (!is_month_end(figures.dates()[date])) continue;
        nhsuk::SelectItem item;
        item.value = month_key(figures.dates()[date]);
        item.text = column_label(figures.dates()[date]);
        items.push_back(std::move(item));
    }
    return nhsuk::select({.name = "month",
                          .label = {.content = "Month"},
                          .items = std::move(items),
                          .value = chosen,
                          .error_message = errors.of("month")});
}

struct TypedRelease {
    std::string month, reason, request;
};

Html make_form(Context& context, const TypedRelease& typed, const FieldErrors& errors) {
    const Html fields =
        html_of(month_choice(context.figures(), typed.month, errors),
                reason_field("Why it is released (optional)", "Such as the meeting it is for. No names.",
                             typed.reason, errors),
                tag::input({{"type", "hidden"}, {"name", "request"}, {"value", typed.request}}));
    return nhsuk::expander(
        {.summary = "Make a release",
         .content = html_of(
             tag::p({}, "A release fixes the figures of the month as the newest data, the policy and the "
                        "program have them today. Nothing that comes later changes it. What may leave of it "
                        "is seen by commissioners at once."),
             post_form(context, "/releases", fields, {.content = "Make the release"})),
         .open = !errors.empty()});
}

Response list_page(Context& context, const TypedRelease& typed, const FieldErrors& errors, int status) {
    const PageFigures page = release_list_figures(context);
    PageFrame frame = frame_for(context, Section::releases);
    frame.title = frame.heading = "Releases";
    frame.errors = errors.summary();
    frame.heading_actions = download_links("/releases", "");
    frame.main = tag::p({{"class", "app-lede"}}, page.sentence);
    const DataTable& releases = page.tables.front();
    frame.main += releases.rows.empty()
                      ? tag::p({}, "There is none yet. A release fixes a month's figures, so that everybody "
                                   "speaks of the same ones; what changes later is shown beside it.")
                      : table_html(releases);
    if (page.tables[1].rows.size() > 1) frame.main += table_html(page.tables[1]);
    if (holds(context.user().user.role, Permission::make_releases) && context.site.figures(*context.store))
        frame.main += make_form(context, typed, errors);
    return respond(frame, status);
}

TypedRelease new_form(Context& context) {
    const auto figures = context.site.figures(*context.store);
    return {figures ? month_key(newest_month_end(figures->extract())) : "", "", random_text(24)};
}

ReleaseAuthor author(Context& context) {
    const User& user = context.user().user;
    return {context.now_text(), user.sign_in_name, std::string(text_of(user.role))};
}

void check_reason(const std::string& reason, FieldErrors& errors) {
    if (reason.size() > longest_reason)
        errors.add("reason", fmt::format("Write at most {} characters", longest_reason));
}

Html state_notes(const RestatedRelease& restated) {
    Html notes;
    const Release& release = restated.release;
    if (release.withdrawn) {
        nhsuk::WarningCallout withdrawn;
        withdrawn.heading.content = "Withdrawn";
        withdrawn.heading.level = 2;
        withdrawn.content =
            tag::p({}, fmt::format("{}, by {}: {}", release.withdrawn->by.at.substr(0, 10),
                                   release.withdrawn->by.name.empty() ? "the command line"
                                                                      : release.withdrawn->by.name,
                                   release.withdrawn->reason));
        notes += nhsuk::warning_callout(withdrawn);
    }
    if (!release.snapshot_kept)
        notes += nhsuk::inset_text({.content = tag::p({}, meaning_of(RestatementCause::data))});
    return notes;
}

Html withdraw_form(Context& context, const ReleaseChoice& choice, const FieldErrors& errors) {
    if (!holds(context.user().user.role, Permission::make_releases) || choice.release().withdrawn) return {};
    return nhsuk::expander(
        {.summary = "Withdraw this release",
         .content = html_of(tag::p({}, "It stays readable, marked as withdrawn, and counts as made no more."),
                            post_form(context, choice.path() + "/withdraw",
                                      reason_field("Why", "No names.", context.field("reason"), errors),
                                      {.content = "Withdraw it", .variant = "secondary"})),
         .open = !errors.empty()});
}

/// Measures lead to their own page, at the same place and month where the newest data have it.
DataTable with_links(Context& context, const ReleaseChoice& choice, DataTable table) {
    std::string query = choice.query();
    const std::string month = month_key(choice.restated->as_at);
    if (context.figures().find_month(month)) query += "&month=" + month;
    for (auto& row : table.rows)
        if (context.site.measures().find(row[0].text) != nullptr)
            row[1].link = fmt::format("/measures/{}?{}", row[0].text, query);
    return table;
}

/// Whether a figure is another now than then, as the sentence at the head counts them.
bool differs(const DataTable& table, const std::vector<DataCell>& row) {
    for (std::size_t then = 0; then < row.size(); ++then)
        for (std::size_t now = then + 1; now < row.size(); ++now)
            if (table.columns[then].id.starts_with("then_") &&
                table.columns[now].id == "now_" + table.columns[then].id.substr(5) && row[then] != row[now])
                return true;
    return false;
}

/// Those that differ; the rest are opened by how many they are.
Html figures_html(DataTable table) {
    const auto is_now = [](const DataColumn& column) { return column.id.starts_with("now_"); };
    if (std::ranges::none_of(table.columns, is_now)) return without_names(table);
    DataTable same = table;
    std::erase_if(table.rows, [&](const auto& row) { return !differs(table, row); });
    std::erase_if(same.rows, [&](const auto& row) { return differs(table, row); });
    same.id = "release_same";
    const auto count = static_cast<std::int64_t>(same.rows.size());
    const Html rest =
        same.rows.empty()
            ? Html{}
            : nhsuk::details({.summary = count == 1 ? std::string("The one that is as it was")
                                                    : fmt::format("The {} that are as they were", count),
                              .content = without_names(same)});
    return table.rows.empty() ? html_of(tag::p({}, "No figure differs."), rest)
                              : html_of(without_names(table), rest);
}

std::int64_t people_moved(const DataTable& people) {
    std::int64_t moved = 0;
    for (const auto& row : people.rows)
        moved += row[1].numerator;
    return moved;
}

Html people_link(Context& context, const ReleaseChoice& choice) {
    const User& user = context.user().user;
    const auto& restatement = choice.restated->restatement;
    const bool lists =
        user.role == Role::recovery_worker || may_list(user, context.figures().extract(), choice.page.place);
    if (!restatement || !restatement->knows_people() || !holds(user.role, Permission::see_people) || !lists)
        return {};
    return tag::p({}, tag::a({{"href", fmt::format("{}/people?{}", choice.path(), choice.query())}},
                             "Who they are, person by person"));
}

Response release_page(Context& context, const ReleaseChoice& choice, const FieldErrors& errors, int status) {
    const PageFigures page = optimat::release_figures(context, choice);
    PageFrame frame = frame_for(context, Section::releases);
    frame.title = frame.heading = page.title;
    frame.breadcrumbs = {{"Releases", "/releases"}};
    frame.errors = errors.summary();
    frame.heading_actions = download_links(choice.path() + "/figures", choice.query());
    frame.main = tag::p({{"class", "app-lede"}}, page.sentence);
    frame.main += state_notes(*choice.restated);
    frame.main += place_form(context, choice.page, choice.path());
    if (const DataTable* const people = find_table(page, "release_people");
        people != nullptr && people_moved(*people) > 0) {
        frame.main += table_html(*people);
        frame.main += people_link(context, choice);
    }
    frame.main += figures_html(with_links(context, choice, *find_table(page, "release_figures")));
    frame.main += nhsuk::details({.summary = "The counts behind it: then, by cause, and now",
                                  .content = without_names(*find_table(page, "release_why"))});
    frame.main += nhsuk::details({.summary = "What the release was made from",
                                  .content = table_html(*find_table(page, "release_about"))});
    frame.main += withdraw_form(context, choice, errors);
    return respond(frame, status);
}

}  // namespace

namespace pages {

Response releases(Context& context) { return list_page(context, new_form(context), {}, 200); }

Response releases_csv(Context& context) {
    return csv_response(release_list_figures(context), context.figures(), context.parameter("table"));
}

Response releases_workbook(Context& context) {
    return workbook_response(release_list_figures(context), context.figures());
}

// What is slow is done before others have to wait for the transaction.
Response make_release(Context& context) {
    const TypedRelease typed{context.field("month"), context.field("reason"), context.field("request")};
    const Figures& figures = context.figures();
    const auto date = figures.find_month(typed.month);
    if (!date) throw HttpError(400, "Choose a month from the list.");
    FieldErrors errors;
    check_reason(typed.reason, errors);
    const auto releases = list_releases(*context.database);
    // The same form sent twice is one release.
    if (std::ranges::find(releases, typed.request, &Release::request) == releases.end())
        if (const std::string refusal = refusal_of(releases, figures.dates()[*date]); !refusal.empty())
            errors.add("month", refusal);
    if (!errors.empty()) {
        Transaction transaction(*context.database, Transaction::Kind::write);
        context.audit.outcome = AuditOutcome::failed;
        record_audit(*context.database, context.audit);
        transaction.commit();
        return list_page(context, typed, errors, 422);
    }
    NewRelease made = prepare_release(release_side(context), figures.dates()[*date]);
    made.release.made = author(context);
    made.release.reason = typed.reason;
    made.release.request = typed.request;
    Transaction transaction(*context.database, Transaction::Kind::write);
    const Release release = make_release(*context.database, std::move(made), context.site.measures(),
                                         context.site.policy());
    context.audit.subject = fmt::format("release:{}", release.number);
    context.audit.detail = typed.month;
    record_audit(*context.database, context.audit);
    transaction.commit();
    return see_other(fmt::format("/releases/{}", release.number));
}

Response release(Context& context) { return release_page(context, read_release_choice(context), {}, 200); }

Response release_csv(Context& context) {
    const ReleaseChoice choice = read_release_choice(context);
    return csv_of(context, optimat::release_figures(context, choice), choice.release());
}

Response release_workbook(Context& context) {
    const ReleaseChoice choice = read_release_choice(context);
    return workbook_of(optimat::release_figures(context, choice), *choice.restated);
}

// Begins its own transaction, for the page that says what is wrong reads snapshots.
Response withdraw_release(Context& context) {
    FieldErrors errors;
    const Release release = release_of_path(context);
    const std::string reason = context.field("reason");
    if (reason.empty()) errors.add("reason", "Write why the release is withdrawn");
    check_reason(reason, errors);
    if (release.withdrawn) errors.add("reason", "This release has been withdrawn already");
    context.audit.subject = fmt::format("release:{}", release.number);
    if (!errors.empty()) context.audit.outcome = AuditOutcome::failed;
    {
        Transaction transaction(*context.database, Transaction::Kind::write);
        if (errors.empty())
            optimat::withdraw_release(*context.database, release.number, {author(context), reason});
        record_audit(*context.database, context.audit);
        transaction.commit();
    }
    if (errors.empty()) return see_other(fmt::format("/releases/{}", release.number));
    return release_page(context, read_release_choice(context), errors, 422);
}

Response release_people(Context& context) {
    const ReleaseChoice choice = read_release_choice(context);
    const PageFigures page = release_people_figures(context, choice);
    PageFrame frame = frame_for(context, Section::releases);
    frame.title = page.title;
    frame.heading = page.tables.front().title;
    frame.breadcrumbs = {
        {"Releases", "/releases"},
        {release_title(choice.release()), fmt::format("{}?{}", choice.path(), choice.query())}};
    frame.heading_actions = download_links(choice.path() + "/people", choice.query());
    frame.main = place_form(context, choice.page, choice.path() + "/people");
    frame.main += page.tables.front().rows.empty() ? tag::p({{"class", "app-lede"}}, "Nobody.")
                                                   : table_html(page.tables.front());
    return respond(frame);
}

Response release_people_csv(Context& context) {
    const ReleaseChoice choice = read_release_choice(context);
    return csv_of(context, release_people_figures(context, choice), choice.release());
}

Response release_people_workbook(Context& context) {
    const ReleaseChoice choice = read_release_choice(context);
    return workbook_of(release_people_figures(context, choice), *choice.restated);
}

Response api_releases(Context& context) {
    return json_response(release_list_figures(context), context.figures());
}

Response api_release(Context& context) {
    const ReleaseChoice choice = read_release_choice(context);
    PageFigures page = optimat::release_figures(context, choice);
    page.about.emplace_back("sentence", page.sentence);
    return json_of(page, choice.release());
}

Response api_release_people(Context& context) {
    const ReleaseChoice choice = read_release_choice(context);
    return json_of(release_people_figures(context, choice), choice.release());
}

}  // namespace pages

}  // namespace optimat
