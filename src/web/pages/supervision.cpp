#include "web/pages/supervision.hpp"

#include "chart/funnel.hpp"
#include "chart/upset_plot.hpp"
#include "report/number_text.hpp"
#include "web/pages/list_tabs.hpp"
#include "web/views_supervision.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

const DataTable& table_of(const PageFigures& page, std::string_view id) {
    for (const DataTable& table : page.tables)
        if (table.id == id) return table;
    throw std::logic_error("the page has lost a table");
}

/// Without the columns of a group or more, so that a table of the page says one thing.
DataTable only(DataTable table, std::initializer_list<std::string_view> columns) {
    DataTable shown{table.id, table.title, table.note, {}, {}, table.row_headings};
    shown.rows.resize(table.rows.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const bool wanted =
            i < table.row_headings || std::ranges::find(columns, table.columns[i].id) != columns.end();
        if (!wanted) continue;
        shown.columns.push_back(std::move(table.columns[i]));
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            shown.rows[row].push_back(std::move(table.rows[row][i]));
    }
    return shown;
}

Html key(std::string_view words, const std::string& number, const Html& beneath) {
    return tag::div({{"class", "app-key"}}, tag::dt({}, words),
                    tag::dd({}, tag::span({{"class", "app-key__number"}}, number),
                            tag::span({{"class", "app-key__beneath"}}, beneath)));
}

/// The same of the organisation, unless that is what the page is about.
std::string beside(const PageChoice& choice, std::int64_t part, std::int64_t whole) {
    if (choice.place.kind == PlaceKind::organisation) return fmt::format("of {}", count_text(whole));
    return fmt::format("organisation {}", percent_text(part, whole, 1));
}

Html key_figures(Context& context, const PageChoice& choice, const SupervisionView& view) {
    const SupervisionFigures &here = view.here, &all = view.organisation;
    Html to_list = Html(people_text(here.supervised_without_item));
    if (may_list(context.user().user, context.figures().extract(), choice.place))
        to_list = tag::a({{"href", fmt::format("/lists/4?{}", choice.query(context.figures()))}},
                         "Who needs review: list 4");
    else
        to_list = Html("supervised now, complete inventory");
    return tag::dl({{"class", "app-keys"}},
                   key("Supervised, of daily medicines",
                       percent_text(here.all.supervised, here.all.daily(), 1),
                       beside(choice, all.all.supervised, all.all.daily())),
                   key("With a current inventory", percent_text(here.with_current_asci, here.in_mat, 1),
                       beside(choice, all.with_current_asci, all.in_mat)),
                   key("Supervised without a current inventory", count_text(here.supervised_without_asci),
                       fmt::format("of {} supervised", count_text(here.all.supervised))),
                   key("Supervised, and no item present", count_text(here.supervised_without_item), to_list),
                   key("Inventory and decision agree", percent_text(here.agreed, here.decided, 1),
                       beside(choice, all.agreed, all.decided)),
                   key("Injections, beside", count_text(here.all.injections),
                       Html("nothing to supervise from day to day")));
}

Html csv_link(const std::string& query, std::string_view table) {
    return tag::p(
        {{"class", "app-take-away"}},
        tag::a({{"href", fmt::format("/supervision.csv?{}&table={}", query, table)}, {"download", true}},
               "This table as CSV"));
}

Html section(std::string_view id, std::string_view heading, const Html& content) {
    return tag::section({{"aria-labelledby", id}}, tag::h2({{"id", id}}, heading), content);
}

chart::ServiceShares rates_of(const PageChoice& choice, const SupervisionView& view) {
    chart::ServiceShares data{"supervised, of people on a daily medicine", "people on a daily medicine", {}};
    const bool marks = choice.place.kind != PlaceKind::organisation;
    for (const SupervisionLine& line : view.organisation.services)
        data.services.push_back({line.name, line.count.supervised, line.count.daily(),
                                 marks && is_of_place(choice, line.service) ? chart::ServiceMark::own
                                                                            : chart::ServiceMark::other});
    return data;
}

/// Drawn by the server alone: where many services lie outside, names that follow the pointer would cover each
/// other.
Html funnel_of(const PageChoice& choice, const SupervisionView& view) {
    const chart::ServiceShares rates = rates_of(choice, view);
    if (!rates.pooled()) return {};
    const SupervisionCount& all = view.organisation.all;
    const chart::Frame frame{"supervision-funnel", "Supervision rate of each service by its size",
                             fmt::format("Each service's rate of supervised consumption against the number "
                                         "of its people on a daily medicine; "
                                         "together {}.",
                                         percent_text(all.supervised, all.daily(), 1)),
                             chart::full_width};
    return chart::chart_figure("", "", chart::funnel(rates, frame),
                               chart::funnel(rates, chart::narrow(frame)));
}

Html services_html(const PageChoice& choice, const SupervisionView& view, const std::string& query) {
    const DataTable& table = table_of(view.page, "services");
    const Html rows = tag::details(
        {{"class", "app-records"}, {"open", table.rows.size() <= 13}},
        tag::summary({}, fmt::format("Every service ({})", table.rows.size() - 1)),
        table_html(only(table, {"in_mat", "daily", "supervised", "rate", "injections", "with_current_asci",
                                "coverage", "supervised_without_item", "agreement"})),
        csv_link(query, "services"));
    return section("services", "By service: wide variation is a question to ask",
                   html_of(funnel_of(choice, view), rows));
}

chart::UpsetPlot combinations_of(const SupervisionView& view, const std::vector<std::string>& words) {
    chart::UpsetPlot data{{}, {}, "supervised", "not supervised"};
    for (const std::string& item : words)
        data.items.push_back({item, 0, 0});
    for (const ItemCombination& one : view.here.combinations) {
        data.combinations.push_back({one.items, one.people, one.supervised});
        for (std::size_t item = 0; item < words.size(); ++item)
            if (one.items[item]) {
                data.items[item].people += one.people;
                data.items[item].marked += one.supervised;
            }
    }
    return data;
}

std::string combination_sentence(const chart::UpsetPlot& data, const DataTable& table) {
    const chart::UpsetCombination& first = data.combinations.front();
    return fmt::format(
        "Which items of the inventory are present together, in {}. The most frequent: {}, {}, of whom {} "
        "are supervised.",
        counted(static_cast<std::int64_t>(data.combinations.size()), "combination"),
        table.rows.front().front().text, people_text(first.people),
        percent_text(first.marked, first.people, 1));
}

Html combinations_html(Context& context, const SupervisionView& view) {
    const DataTable& table = table_of(view.page, "combinations");
    if (view.here.combinations.empty())
        return tag::p({}, "No current inventory here answers every item in use and says what was decided.");
    const chart::UpsetPlot data = combinations_of(view, item_words(context));
    return html_of(chart::upset_plot_figure(data, {"combinations-plot", "Items present together",
                                                   combination_sentence(data, table), chart::full_width}),
                   tag::details({{"class", "app-records app-wrapping"}, {"open", table.rows.size() <= 8}},
                                tag::summary({}, fmt::format("Every combination ({})", table.rows.size())),
                                table_html(table)));
}

Html pharmacies_html(const SupervisionView& view, const std::string& query) {
    for (const DataTable& table : view.page.tables)
        if (table.id == "pharmacies")
            return tag::details(
                {{"class", "app-records"}},
                tag::summary({}, fmt::format("By pharmacy ({})", table.rows.size())),
                table_html(only(table, {"in_mat", "daily", "supervised", "unsupervised", "not_recorded",
                                        "rate", "injections", "with_current_asci", "coverage"})),
                csv_link(query, "pharmacies"));
    return {};
}

Html body(Context& context, const PageChoice& choice, const SupervisionView& view, const std::string& query) {
    Html html = key_figures(context, choice, view);
    html += section(
        "stages", "By stage",
        table_html(only(table_of(view.page, "supervision"),
                        {"in_mat", "daily", "supervised", "unsupervised", "not_recorded", "rate",
                         "organisation_rate", "injections", "with_current_asci", "coverage", "agreement"})));
    html += section("items", "Items that decisions follow",
                    html_of(table_html(table_of(view.page, "items")), csv_link(query, "items")));
    html += section("combinations", "Items that are present together",
                    html_of(combinations_html(context, view), csv_link(query, "combinations")));
    html += services_html(choice, view, query);
    return html += pharmacies_html(view, query);
}

}  // namespace

namespace pages {

Response supervision(Context& context) {
    const PageChoice choice = read_page_choice(context);
    const SupervisionView view = supervision_view(context, choice);
    const std::string query = choice.query(context.figures());
    PageFrame frame = frame_for(context, Section::lists);
    frame.title = view.page.title;
    frame.heading = "Supervised consumption";
    frame.heading_aside = Html(place_and_day(context.figures(), choice));
    frame.heading_actions = download_links("/supervision", query);
    frame.scripts = PageScripts::with_charts;
    frame.main += list_tabs(context, choice, ListPage::supervision);
    frame.main += choice_form(context, choice, "/supervision", MonthsChoice::hidden);
    frame.main += tag::p({{"class", "app-lede app-lede--wide"}}, view.page.sentence);
    if (view.here.in_mat > 0) frame.main += body(context, choice, view, query);
    return respond(frame);
}

Response supervision_csv(Context& context) {
    return csv_response(supervision_view(context, read_page_choice(context)).page, context.figures(),
                        context.parameter("table"));
}

Response supervision_workbook(Context& context) {
    return workbook_response(supervision_view(context, read_page_choice(context)).page, context.figures());
}

Response api_supervision(Context& context) {
    return json_response(supervision_view(context, read_page_choice(context)).page, context.figures());
}

}  // namespace pages

}  // namespace optimat
