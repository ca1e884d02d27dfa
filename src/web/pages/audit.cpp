// The audit log: who saw, exported or changed what, and what was refused.

#include "report/number_text.hpp"
#include "web/pages/forms.hpp"
#include "web/pages/pages.hpp"

#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr int entries_on_page = 100;
constexpr int entries_in_file = 100'000;

AuditFilter read_filter(const Context& context) {
    AuditFilter filter;
    filter.from = context.parameter("from");
    filter.to = context.parameter("to");
    filter.sign_in_name = context.parameter("sign_in_name");
    filter.action = context.parameter("action");
    filter.subject = context.parameter("subject");
    for (const AuditOutcome outcome : {AuditOutcome::allowed, AuditOutcome::refused, AuditOutcome::failed})
        if (context.parameter("outcome") == text_of(outcome)) filter.outcome = outcome;
    for (std::string* day : {&filter.from, &filter.to})
        if (!day->empty() && !parse_iso_day(*day)) throw HttpError(400, "Write days as 2018-10-31.");
    return filter;
}

std::string query_of(const AuditFilter& filter) {
    return fmt::format("from={}&to={}&sign_in_name={}&action={}&subject={}&outcome={}", filter.from,
                       filter.to, url_encode(filter.sign_in_name), url_encode(filter.action),
                       url_encode(filter.subject), filter.outcome ? text_of(*filter.outcome) : "");
}

DataTable audit_table(const std::vector<AuditEntry>& entries) {
    DataTable table{"audit", "Audit log, newest first", "", {}, {}, 1};
    for (const auto& [id, words] :
         std::initializer_list<std::pair<const char*, const char*>>{{"at", "When (UTC)"},
                                                                    {"sign_in_name", "Who"},
                                                                    {"role", "Role"},
                                                                    {"action", "What"},
                                                                    {"outcome", "Outcome"},
                                                                    {"place", "Place"},
                                                                    {"subject", "About"},
                                                                    {"detail", "Detail"},
                                                                    {"peer", "From"}})
        table.columns.push_back({id, words, CellKind::words, ""});
    for (const AuditEntry& entry : entries) {
        std::vector<DataCell> row;
        for (const std::string& text :
             {entry.at, entry.sign_in_name, entry.role, entry.action, std::string(text_of(entry.outcome)),
              entry.place, entry.subject, entry.detail, entry.peer})
            row.push_back(text.empty() ? DataCell::nothing() : DataCell::words(text));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Html filter_form(Context& context, const AuditFilter& filter) {
    std::vector<nhsuk::SelectItem> actions = {{.text = "anything", .value = ""}},
                                   outcomes = {{.text = "any", .value = ""}};
    for (const std::string& action : audit_actions(*context.database))
        actions.push_back({.text = action, .value = action});
    for (const AuditOutcome outcome : {AuditOutcome::allowed, AuditOutcome::refused, AuditOutcome::failed})
        outcomes.push_back({.text = std::string(text_of(outcome)), .value = std::string(text_of(outcome))});
    const auto day = [](const char* name, std::string_view words, const std::string& value) {
        return nhsuk::input({.name = name, .label = {.content = words}, .type = "date", .value = value});
    };
    return tag::form(
        {{"class", "app-filters"}, {"method", "get"}, {"action", "/audit"}}, day("from", "From", filter.from),
        day("to", "To", filter.to),
        nhsuk::input({.name = "sign_in_name",
                      .label = {.content = "Who"},
                      .value = filter.sign_in_name,
                      .width = "10"}),
        nhsuk::select(
            {.name = "action", .label = {.content = "What"}, .items = actions, .value = filter.action}),
        nhsuk::select({.name = "outcome",
                       .label = {.content = "Outcome"},
                       .items = outcomes,
                       .value = filter.outcome ? std::string(text_of(*filter.outcome)) : ""}),
        nhsuk::input(
            {.name = "subject", .label = {.content = "About"}, .value = filter.subject, .width = "10"}),
        nhsuk::button({.content = "Show", .variant = "secondary"}));
}

PageFigures audit_figures(Context& context, const AuditFilter& filter, std::int64_t before, int most) {
    return {"Audit log", {}, {audit_table(list_audit(*context.database, filter, before, most))}, ""};
}

}  // namespace

namespace pages {

Response audit_log(Context& context) {
    const AuditFilter filter = read_filter(context);
    std::int64_t before = 0;
    const std::string text = context.parameter("before");
    std::from_chars(text.data(), text.data() + text.size(), before);
    const auto entries = list_audit(*context.database, filter, before, entries_on_page);
    PageFrame frame = frame_for(context, Section::audit);
    frame.title = frame.heading = "Audit log";
    frame.heading_aside =
        Html(fmt::format("{} in this choice", count_text(count_audit(*context.database, filter))));
    frame.heading_actions = tag::a({{"href", "/audit.csv?" + query_of(filter)}, {"download", true}}, "CSV");
    frame.main = html_of(filter_form(context, filter), table_html(audit_table(entries)));
    if (entries.size() == entries_on_page)
        frame.main += tag::p(
            {}, tag::a({{"href", fmt::format("/audit?{}&before={}", query_of(filter), entries.back().number)},
                        {"rel", "next"}},
                       "Earlier entries"));
    return respond(frame);
}

Response audit_csv(Context& context) {
    const PageFigures page = audit_figures(context, read_filter(context), 0, entries_in_file);
    std::string text;
    write_table_csv(page.tables.front(), {}, [&text](std::string_view piece) { text += piece; });
    return download(std::move(text), "text/csv; charset=utf-8", "optimat-audit.csv");
}

}  // namespace pages

}  // namespace optimat
