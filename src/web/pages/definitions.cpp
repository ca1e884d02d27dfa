// Every rule, value and check in words.

#include "web/pages/definitions.hpp"

#include "model/issue.hpp"
#include "web/glossary.hpp"
#include "web/pages/page.hpp"
#include "web/site.hpp"
#include "web/views_definitions.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

/// What the short names in sources stand for.
constexpr std::string_view sources_words = "Sources: 000 is “Improving medication-assisted treatment” "
                                           "(toolkit, October 2018) with its section; OG is “Drug misuse and "
                                           "dependence: UK guidelines on clinical management” (2017); choice "
                                           "is decided by this project, with the reason given.";

const DataTable& table_of(const PageFigures& page, std::string_view id) {
    return *std::ranges::find(page.tables, id, &DataTable::id);
}

Html article(const std::string& anchor, const Html& title, std::string_view id, const Html& words,
             const Html& aside) {
    return tag::article(
        {{"class", "app-definition"}, {"id", anchor}},
        tag::div({{"class", "app-definition__name"}}, tag::h3({{"class", "app-definition__title"}}, title),
                 tag::a({{"class", "app-definition__id"}, {"href", "#" + anchor}}, tag::code({}, id))),
        tag::div({{"class", "app-definition__words"}}, words),
        tag::div({{"class", "app-definition__aside"}}, aside));
}

Html rules_html(const DataTable& table) {
    Html html;
    for (const auto& row : table.rows)
        html += article(definition_anchor(row[0].text), row[1].text, row[0].text, tag::p({}, row[2].text),
                        tag::p({}, "Source: ", row[3].text));
    return html;
}

/// A group of the policy: its values, then the source and reason that they share.
Html policy_group_html(const DataTable& table, std::size_t begin, std::size_t end) {
    Html rows;
    for (std::size_t i = begin; i < end; ++i) {
        const auto& row = table.rows[i];
        const std::string name =
            row[1].text.substr(row[1].text.find(": ") == std::string::npos ? 0 : row[1].text.find(": ") + 2);
        const bool choice = row[3].kind != CellKind::none;
        rows += tag::tr({{"id", "policy-" + row[0].text}},
                        tag::th({{"scope", "row"}}, name, tag::br({}), tag::code({}, row[0].text)),
                        tag::td({{"class", "app-number"}}, tag::strong({}, row[2].text)),
                        tag::td({{"class", "app-number"}}, choice ? row[3].text : ""));
    }
    const std::string group = policy_group(table.rows[begin][0].text);
    Html why;
    const auto& last = table.rows[begin];
    if (last[4].kind != CellKind::none) why += tag::p({}, "Source: ", last[4].text);
    if (last[5].kind != CellKind::none) why += tag::p({}, last[5].text);
    return tag::section(
        {{"class", "app-policy"}, {"aria-label", group}},
        tag::h3({{"class", "app-definition__title"}}, group),
        tag::div({{"class", "app-table-scroll"},
                  {"role", "region"},
                  {"aria-label", group + ": values"},
                  {"tabindex", "0"}},
                 tag::table(
                     {{"class", "app-table"}},
                     tag::thead(
                         {}, tag::tr({}, tag::th({{"scope", "col"}}, "Setting"),
                                     tag::th({{"scope", "col"}, {"class", "app-number"}}, "Value"),
                                     tag::th({{"scope", "col"}, {"class", "app-number"}}, "Could also be"))),
                     tag::tbody({}, rows))),
        tag::div({{"class", "app-definition__aside"}}, why));
}

Html policy_html(const DataTable& table) {
    Html html;
    for (std::size_t begin = 0; begin < table.rows.size();) {
        const std::string group = policy_group(table.rows[begin][0].text);
        std::size_t end = begin + 1;
        while (end < table.rows.size() && policy_group(table.rows[end][0].text) == group)
            ++end;
        if (table.rows[begin][0].text.find('.') != std::string::npos)
            html += policy_group_html(table, begin, end);
        begin = end;
    }
    return tag::div({{"class", "app-policies"}}, html);
}

Html checks_html(const DataTable& table) {
    Html html;
    for (const auto& row : table.rows)
        html +=
            article(definition_anchor(row[0].text), row[1].text, row[0].text,
                    tag::p({}, "What to do: ", row[4].text, "."), tag::p({}, row[2].text, "; ", row[3].text));
    return html;
}

Html contents(const PageFigures& page, bool counts) {
    Html rules;
    for (const auto& row : table_of(page, "rules").rows)
        rules += tag::li({}, tag::a({{"href", "#" + definition_anchor(row[0].text)}}, row[1].text));
    const auto link = [](std::string_view href, std::string_view words) {
        return tag::li({}, tag::a({{"href", href}}, words));
    };
    return tag::nav({{"class", "app-contents"}, {"aria-label", "On this page"}},
                    tag::ul({}, link("#rules", "Rules"), tag::li({}, tag::ul({}, rules)),
                            link("#policy", "Thresholds, windows and choices"),
                            link("#checks", "Checks of the data"),
                            counts ? link("/definitions/sensitivity", "What hangs on each choice") : Html(),
                            link("/glossary", "Glossary")));
}

}  // namespace

std::string definition_anchor(std::string_view rule) {
    std::string anchor = fmt::format("rule-{}", rule);
    std::ranges::replace(anchor, '/', '-');
    return anchor;
}

bool has_definition(std::string_view rule) {
    static const std::vector<RuleText> shipped = rule_texts(Definitions().text("rules.toml"), "rules.toml");
    if (std::ranges::find(shipped, rule, &RuleText::id) != shipped.end()) return true;
    for (std::size_t i = 0; i < rule_count; ++i)
        if (issue_rule(static_cast<Rule>(i)).id == rule) return true;
    return false;
}

namespace pages {

Response definitions(Context& context) {
    const PageFigures page = definition_figures(context.site);
    const Policy& policy = context.site.policy();
    const bool counts = holds(context.user().user.role, Permission::see_details);
    PageFrame frame = frame_for(context, Section::definitions);
    frame.title = frame.heading = "Definitions";
    frame.heading_aside =
        Html(fmt::format("policy {} {} ({})", policy.name, policy.version, policy.hash.substr(0, 12)));
    frame.heading_actions = download_links("/definitions", "table=rules");
    frame.main += tag::p({{"class", "app-lede"}}, "What every figure means, with the values in force. These "
                                                  "are the definitions that the program itself works with.");
    if (counts)
        frame.main +=
            tag::p({},
                   tag::a({{"href", "/definitions/sensitivity"}},
                          "How many people would stand elsewhere under the other settings of each choice"),
                   ". Words are explained in the ", tag::a({{"href", "/glossary"}}, "glossary"), ".");
    else
        frame.main +=
            tag::p({}, "Words are explained in the ", tag::a({{"href", "/glossary"}}, "glossary"), ".");
    frame.main += tag::div(
        {{"class", "app-definitions"}}, contents(page, counts),
        tag::div({}, tag::h2({{"id", "rules"}}, "Rules"), tag::p({{"class", "app-note"}}, sources_words),
                 rules_html(table_of(page, "rules")),
                 tag::h2({{"id", "policy"}}, "Thresholds, windows and choices"),
                 policy_html(table_of(page, "policy")), tag::h2({{"id", "checks"}}, "Checks of the data"),
                 checks_html(table_of(page, "checks"))));
    return respond(frame);
}

Response definitions_csv(Context& context) {
    return csv_response(definition_figures(context.site), context.figures(), context.parameter("table"));
}

Response definitions_workbook(Context& context) {
    return workbook_response(definition_figures(context.site), context.figures());
}

Response sensitivity(Context& context) {
    const PageFigures page = sensitivity_figures(context);
    PageFrame frame = frame_for(context, Section::definitions);
    frame.title = frame.heading = page.title;
    frame.heading_actions = download_links("/definitions/sensitivity", "table=sensitivity");
    frame.breadcrumbs = {{"Definitions", "/definitions"}};
    frame.main += tag::p({{"class", "app-lede"}}, sensitivity_sentence(page.tables.front()));
    frame.main += table_html(page.tables.front());
    return respond(frame);
}

Response sensitivity_csv(Context& context) {
    return csv_response(sensitivity_figures(context), context.figures());
}

Response sensitivity_workbook(Context& context) {
    return workbook_response(sensitivity_figures(context), context.figures());
}

}  // namespace pages

}  // namespace optimat
