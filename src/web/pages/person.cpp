// One person's history.

#include "web/pages/person.hpp"
#include "report/explain.hpp"
#include "web/pages/asci.hpp"
#include "web/pages/definitions.hpp"
#include "web/pages/reviews.hpp"
#include "web/pages/risk_picture.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view not_recorded = "not recorded";

Html option(std::string_view value, std::string_view words, bool chosen) {
    return tag::option({{"value", value}, {"selected", chosen}}, words);
}

Html select_field(std::string_view id, std::string_view label, const Html& options) {
    return tag::div({{"class", "nhsuk-form-group"}},
                    tag::label({{"class", "nhsuk-label"}, {"for", id}}, label),
                    tag::select({{"class", "nhsuk-select"}, {"id", id}, {"name", id}}, options));
}

Html form(const Figures& figures, const PersonChoice& choice) {
    Html months;
    for (std::size_t date = figures.dates().size(); date-- > 0;)
        months += option(month_key(figures.dates()[date]), column_label(figures.dates()[date]),
                         date == choice.date);
    const Html spans =
        html_of(option("all", "Everything", !choice.months), option("36", "36 months", choice.months == 36),
                option("12", "12 months", choice.months == 12));
    return tag::form(
        {{"class", "app-filters"},
         {"method", "get"},
         {"action", "/people/" + choice.reference},
         {"data-filters", true}},
        select_field("month", "Month", months), select_field("span", "Shown", spans),
        tag::button({{"class", "nhsuk-button nhsuk-button--secondary"}, {"type", "submit"}}, "Show"));
}

std::string_view key_class(const State* state) {
    constexpr std::string_view classes[] = {"app-key app-key--red", "app-key app-key--amber",
                                            "app-key app-key--green", "app-key app-key--grey", "app-key"};
    if (state == nullptr) return "app-key app-key--unknown";
    if (state->stage == Stage::uncategorised) return "app-key app-key--unknown";
    return classes[static_cast<std::size_t>(state->cohort)];
}

/// The value of an item of the standing; `not recorded` when nothing is known of it.
std::string value_of(const DataTable& table, std::string_view item) {
    for (const auto& row : table.rows)
        if (row[0].text == item)
            return row[1].kind == CellKind::none ? std::string(not_recorded) : shown_text(row[1]);
    return std::string(not_recorded);
}

/// `K053-10`, or `keyworker not recorded`.
std::string named_or(const std::string& value, std::string_view what) {
    return value == not_recorded ? fmt::format("{} {}", what, not_recorded) : value;
}

Html key(std::string_view classes, std::string_view words, std::string_view value,
         const std::string& beneath) {
    return tag::div({{"class", classes}}, tag::dt({}, words),
                    tag::dd({}, tag::span({{"class", "app-key__number"}}, value),
                            tag::span({{"class", "app-key__beneath"}}, beneath)));
}

/// Where the person stands, a few items together, from the table of it. The client's own name is the heading.
Html standing(const Figures& figures, const PersonChoice& choice) {
    const DataTable table = standing_table(figures, choice);
    const State* state = figures.state_of(choice.place, choice.date);
    const auto value = [&](std::string_view item) { return value_of(table, item); };
    const std::string stage = value("MAT stage");
    Html items = key(key_class(state), "MAT stage", stage,
                     state != nullptr ? fmt::format("cohort: {}", value("Cohort")) : "on that day");
    if (state != nullptr) {
        items += key("app-key", "Medicine and dose",
                     state->dose_known ? fmt::format("{} mg", value("Dose, mg")) : "dose not recorded",
                     fmt::format("{}; {}", value("Medicine"), value("Dose band")));
        items +=
            key("app-key", "Regime", value("Regime"), fmt::format("day in MAT: {}", value("Day in MAT")));
        items += key("app-key", "Service and keyworker", value("Service"),
                     fmt::format("{}, {}", named_or(value("Keyworker"), "keyworker"),
                                 named_or(value("Team"), "team")));
    }
    const auto evidence = last_evidence(figures, choice);
    const std::string_view found = !evidence                                   ? "none recorded"
                                   : evidence->use == LastEvidence::Use::found ? "use on top"
                                                                               : "no use on top";
    items += key("app-key", "Last evidence of use", found,
                 evidence ? evidence_words(*evidence) : "no TOP or drug screen says");
    return tag::dl({{"class", "app-keys app-standing"}}, items);
}

Html reason_html(const Reason& reason) {
    const std::string anchor = definition_anchor(reason.rule);
    Html rule = tag::code({}, reason.rule);
    if (has_definition(reason.rule)) rule = tag::a({{"href", "/definitions#" + anchor}}, reason.rule);
    return tag::li({}, reason.sentence, " ", tag::span({{"class", "app-rule"}}, rule));
}

Html why(const Explanation& explanation) {
    Html items;
    for (const Reason& reason : explanation.reasons)
        items += reason_html(reason);
    const std::string_view heading = explanation.state ? "Why this stage" : "Why not in MAT";
    return html_of(tag::h2({{"id", "why"}}, heading), tag::ol({{"class", "app-why"}}, items));
}

/// A table of records that opens; the months stand open.
Html records_html(const DataTable& table) {
    const bool open = table.id == "months";
    const std::string summary = fmt::format("{} ({})", table.title, table.rows.size());
    return tag::details({{"class", "app-records"}, {"open", open}}, tag::summary({}, summary),
                        table.rows.empty() ? tag::p({}, "None in the months shown.") : table_html(table));
}

Html tables_html(const std::vector<DataTable>& tables) {
    Html html = tag::h2({{"id", "records"}}, "The records");
    for (const DataTable& table : tables)
        html += records_html(table);
    return html;
}

/// All tables of the downloads.
PageFigures all_figures(Context& context, const PersonChoice& choice) {
    PageFigures page = person_figures(context, choice);
    if (const TopChoice top = read_top_choice(context, choice); !top.shown.empty())
        page.tables.push_back(top_tracker_table(top));
    page.tables.push_back(asci_history_table(context, choice));
    return page;
}

}  // namespace

namespace pages {

Response person(Context& context) {
    const PersonChoice choice = read_person_choice(context);
    const Figures& figures = context.figures();
    const TopChoice top = read_top_choice(context, choice);
    const PersonHistory history = person_history(figures, choice);
    const Explanation explanation =
        explain(figures.extract(), figures.policy(), choice.place, choice.day(figures));
    PageFrame frame = frame_for(context, Section::people);
    frame.title = "A person's history";
    frame.heading = std::string(choice.client_id(figures));
    frame.heading_aside = Html(fmt::format("history to {}", long_date(choice.day(figures))));
    frame.heading_actions =
        download_links(fmt::format("/people/{}/history", choice.reference), choice.query(figures));
    frame.breadcrumbs = {{"People", "/people"}};
    frame.main += tag::p({{"class", "app-lede"}}, explanation.summary);
    frame.main += form(figures, choice);
    frame.main += standing(figures, choice);
    frame.main += review_panel_html(context, choice);
    frame.main += risk_picture_html(context, choice);
    frame.main += person_picture(figures, history);
    frame.main +=
        tag::div({{"class", "app-columns app-columns--person"}},
                 tag::section({{"aria-labelledby", "why"}}, why(explanation)),
                 tag::section({{"aria-labelledby", "top-tracker"}}, top_tracker_html(figures, choice, top)));
    frame.main += asci_history_html(context, choice);
    frame.main += tables_html(history_tables(figures, choice, history));
    return respond(frame);
}

Response person_csv(Context& context) {
    return csv_response(all_figures(context, read_person_choice(context)), context.figures(),
                        context.parameter("table"));
}

Response person_workbook(Context& context) {
    return workbook_response(all_figures(context, read_person_choice(context)), context.figures());
}

}  // namespace pages

}  // namespace optimat
