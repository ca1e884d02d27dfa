// One person's history.

#include "report/explain.hpp"
#include "web/pages/definitions.hpp"
#include "web/pages/person.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

Html option(std::string_view value, std::string_view words, bool chosen) {
    return tag::option({{"value", value}, {"selected", chosen}}, words);
}

Html select_field(std::string_view id, std::string_view label, const Html& options) {
    return tag::div({{"class", "nhsuk-form-group"}}, tag::label({{"class", "nhsuk-label"}, {"for", id}}, label),
                    tag::select({{"class", "nhsuk-select"}, {"id", id}, {"name", id}}, options));
}

Html form(const Figures& figures, const PersonChoice& choice) {
    Html months;
    for (std::size_t date = figures.dates().size(); date-- > 0;)
        months += option(month_key(figures.dates()[date]), column_label(figures.dates()[date]), date == choice.date);
    const Html spans = html_of(option("all", "Everything", !choice.months), option("36", "36 months", choice.months == 36),
                               option("12", "12 months", choice.months == 12));
    return tag::form({{"class", "app-filters"}, {"method", "get"}, {"action", "/people/" + choice.reference}, {"data-filters", true}},
                     select_field("month", "Month", months), select_field("span", "Shown", spans),
                     tag::button({{"class", "nhsuk-button nhsuk-button--secondary"}, {"type", "submit"}}, "Show"));
}

std::string_view key_class(const State* state) {
    constexpr std::string_view classes[] = {"app-key app-key--red", "app-key app-key--amber", "app-key app-key--green",
                                            "app-key app-key--grey", "app-key"};
    if (state == nullptr) return "app-key app-key--unknown";
    if (state->stage == Stage::uncategorised) return "app-key app-key--unknown";
    return classes[static_cast<std::size_t>(state->cohort)];
}

/// The items of the standing, the client's own name apart: that is the heading.
Html standing(const Figures& figures, const PersonChoice& choice) {
    const DataTable table = standing_table(figures, choice);
    const State* state = figures.state_of(choice.place, choice.date);
    Html items;
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
        const DataCell& value = table.rows[i][1];
        const bool known = value.kind != CellKind::none;
        items += tag::div({{"class", i == 1 ? key_class(state) : "app-key"}}, tag::dt({}, shown_text(table.rows[i][0])),
                          tag::dd({{"class", known ? "" : "app-absent"}}, known ? shown_text(value) : "not recorded"));
    }
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
    for (const Reason& reason : explanation.reasons) items += reason_html(reason);
    const std::string_view heading = explanation.state ? "Why this stage" : "Why not in MAT";
    return html_of(tag::h2({{"id", "why"}}, heading), tag::ol({{"class", "app-why"}}, items));
}

Html tables_html(const std::vector<DataTable>& tables) {
    Html links, html;
    for (const DataTable& table : tables) {
        links += tag::li({}, tag::a({{"href", "#records-" + table.id}}, table.title));
        html += tag::section({{"id", "records-" + table.id}, {"aria-labelledby", "caption-" + table.id}},
                             table.rows.empty() ? tag::p({{"id", "caption-" + table.id}}, tag::strong({}, table.title), ": none in these months.")
                                                : table_html(table));
    }
    return html_of(tag::h2({{"id", "records"}}, "The records"),
                   tag::nav({{"aria-label", "Tables of records"}}, tag::ul({{"class", "app-jump"}}, links)), html);
}

/// All tables of the downloads.
PageFigures all_figures(Context& context, const PersonChoice& choice) {
    PageFigures page = person_figures(context, choice);
    if (const TopChoice top = read_top_choice(context, choice); !top.shown.empty()) page.tables.push_back(top_tracker_table(top));
    return page;
}

}  // namespace

namespace pages {

Response person(Context& context) {
    const PersonChoice choice = read_person_choice(context);
    const Figures& figures = context.figures();
    const TopChoice top = read_top_choice(context, choice);
    const PersonHistory history = person_history(figures, choice);
    const Explanation explanation = explain(figures.extract(), figures.policy(), choice.place, choice.day(figures));
    PageFrame frame = frame_for(context, Section::people);
    frame.title = "A person's history";
    frame.heading = std::string(choice.client_id(figures));
    frame.heading_aside = Html(fmt::format("history to {}", long_date(choice.day(figures))));
    frame.heading_actions = download_links(fmt::format("/people/{}/history", choice.reference), choice.query(figures));
    frame.breadcrumbs = {{"People", "/people"}};
    frame.main += tag::p({{"class", "app-lede"}}, explanation.summary);
    frame.main += form(figures, choice);
    frame.main += standing(figures, choice);
    frame.main += person_picture(figures, history);
    frame.main += tag::div({{"class", "app-columns app-columns--person"}}, tag::section({{"aria-labelledby", "why"}}, why(explanation)),
                           tag::section({{"aria-labelledby", "top-tracker"}}, top_tracker_html(figures, choice, top)));
    frame.main += tables_html(history_tables(figures, choice, history));
    return respond(frame);
}

Response person_csv(Context& context) {
    return csv_response(all_figures(context, read_person_choice(context)), context.figures(), context.parameter("table"));
}

Response person_workbook(Context& context) {
    return workbook_response(all_figures(context, read_person_choice(context)), context.figures());
}

}  // namespace pages

}  // namespace optimat
