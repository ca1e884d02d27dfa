// The people behind a measure's number: as many lines as the number says.

#include "report/number_text.hpp"
#include "web/pages/measures.hpp"
#include "web/views_measure_people.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::size_t rows_on_page = 250;

struct MeasurePeople {
    MeasureChoice choice;
    MeasurePart part;
    PageFigures figures;
};

MeasurePeople read_people(Context& context) {
    const MeasureChoice choice = read_measure_choice(context);
    MeasurePart part = read_measure_part(context, *choice.measure);
    PageFigures figures = measure_people_figures(context, choice, part);
    return {choice, std::move(part), std::move(figures)};
}

std::string address(Context& context, const MeasureChoice& choice, std::string_view part) {
    return fmt::format("{}?{}&part={}", choice.path("/people"), choice.query(context.figures()), part);
}

Html part_links(Context& context, const MeasurePeople& people) {
    Html items;
    for (const MeasurePart& part : measure_parts(context, *people.choice.measure))
        items += tag::li({}, tag::a({{"href", address(context, people.choice, part.name)},
                                     {"aria-current", part.name == people.part.name
                                                          ? std::optional<std::string_view>("true")
                                                          : std::nullopt}},
                                    part.words));
    return tag::nav({{"aria-label", "Parts of the measure"}}, tag::ul({{"class", "app-tabs"}}, items));
}

std::size_t page_number(const Context& context, std::size_t pages) {
    const std::string text = context.parameter("page");
    std::size_t page = 1;
    std::from_chars(text.data(), text.data() + text.size(), page);
    return std::clamp<std::size_t>(page, 1, std::max<std::size_t>(1, pages));
}

Html page_links(std::size_t page, std::size_t pages, const std::string& target) {
    if (pages < 2) return {};
    const auto link = [&](std::size_t to, std::string_view words, std::string_view relation) {
        return tag::a({{"href", fmt::format("{}&page={}", target, to)}, {"rel", relation}}, words);
    };
    Html links = tag::span({}, fmt::format("Page {} of {} ", page, pages));
    if (page > 1) links += html_of(link(page - 1, "Previous", "prev"), " ");
    if (page < pages) links += link(page + 1, "Next", "next");
    return tag::nav({{"class", "app-pages"}, {"aria-label", "Pages of the list"}}, links);
}

/// The rows of one page of the list.
DataTable page_of(DataTable table, std::size_t page, const Place& place) {
    if (place.services.size() == 1) table = without(std::move(table), {"service"});
    const auto begin = static_cast<std::ptrdiff_t>(std::min((page - 1) * rows_on_page, table.rows.size()));
    const auto end = static_cast<std::ptrdiff_t>(std::min(page * rows_on_page, table.rows.size()));
    table.rows = {table.rows.begin() + begin, table.rows.begin() + end};
    return table;
}

}  // namespace

namespace pages {

Response measure_people(Context& context) {
    const MeasurePeople people = read_people(context);
    const DataTable& table = people.figures.tables.front();
    const std::size_t count = table.rows.size(), pages = (count + rows_on_page - 1) / rows_on_page;
    const std::size_t number = page_number(context, pages);
    const std::string target = address(context, people.choice, people.part.name);
    const MeasureChoice& choice = people.choice;
    PageFrame frame = frame_for(context, Section::measures);
    frame.title = people.figures.title;
    frame.breadcrumbs = {{"Measures", fmt::format("/measures?{}", choice.query(context.figures()))}};
    frame.heading = choice.measure->title + ": people";
    frame.heading_aside = Html(place_and_day(context.figures(), choice.page));
    frame.heading_actions = download_links(choice.path("/people"), target.substr(target.find('?') + 1));
    frame.main += measure_tabs(context, choice, MeasurePage::people);
    frame.main +=
        choice_form(context, choice.page, choice.path("/people"), MonthsChoice::hidden,
                    html_of(view_field(context, choice.view),
                            tag::input({{"type", "hidden"}, {"name", "part"}, {"value", people.part.name}})));
    frame.main += part_links(context, people);
    frame.main += count == 0 ? tag::p({{"class", "app-lede"}}, "Nobody.")
                             : table_html(page_of(table, number, choice.page.place));
    frame.main += page_links(number, pages, target);
    return respond(frame);
}

Response measure_people_csv(Context& context) {
    return csv_response(read_people(context).figures, context.figures());
}

Response measure_people_workbook(Context& context) {
    return workbook_response(read_people(context).figures, context.figures());
}

}  // namespace pages

}  // namespace optimat
