// The people behind a number: as many as the number says.

#include "report/number_text.hpp"
#include "web/pages/measures.hpp"
#include "web/pages/pages.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::size_t rows_on_page = 250;

/// The page of the list that the query asks for, from 1; the first when it asks for none that is there.
std::size_t page_number(const Context& context, std::size_t pages) {
    const std::string text = context.parameter("page");
    std::size_t page = 1;
    std::from_chars(text.data(), text.data() + text.size(), page);
    return std::clamp<std::size_t>(page, 1, std::max<std::size_t>(1, pages));
}

Html page_links(std::size_t page, std::size_t pages, const std::string& query) {
    if (pages < 2) return {};
    const auto link = [&](std::size_t to, std::string_view words, std::string_view relation) {
        return tag::a({{"href", fmt::format("/people?{}&page={}", query, to)}, {"rel", relation}}, words);
    };
    Html links = tag::span({}, fmt::format("Page {} of {} ", page, pages));
    if (page > 1) links += html_of(link(page - 1, "Previous", "prev"), " ");
    if (page < pages) links += link(page + 1, "Next", "next");
    return tag::nav({{"class", "app-pages"}, {"aria-label", "Pages of the list"}}, links);
}

Html group_tabs(Context& context, const PageChoice& choice, const Selection& chosen) {
    Html items;
    const auto add = [&](const Selection& selection, std::string_view words) {
        const bool current = selection_query(selection, context) == selection_query(chosen, context);
        items += tag::li(
            {}, tag::a({{"href", fmt::format("/people?{}&{}", choice.query(context.figures()),
                                             selection_query(selection, context))},
                        {"aria-current", current ? std::optional<std::string_view>("page") : std::nullopt}},
                       words));
    };
    add(InMat{}, "Everybody");
    for (const auto& [group, words] : std::initializer_list<std::pair<TrackerGroup, std::string_view>>{
             {TrackerGroup::red, "Red"},
             {TrackerGroup::amber, "Amber"},
             {TrackerGroup::green, "Green"},
             {TrackerGroup::grey, "Grey"},
             {TrackerGroup::uncategorised, "Uncategorised"},
             {TrackerGroup::mat1, "MAT 1"},
             {TrackerGroup::mat4, "MAT 4"},
             {TrackerGroup::mat2_unbanded, "MAT 2 unbanded"},
             {TrackerGroup::mat3_unbanded, "MAT 3 unbanded"}})
        add(InGroup{group}, words);
    return tag::nav({{"aria-label", "Groups"}}, tag::ul({{"class", "app-tabs"}}, items));
}

struct People {
    PageChoice choice;
    Selection selection;
    PageFigures figures;
};

People read_people(Context& context) {
    const PageChoice choice = read_page_choice(context);
    const Selection selection = read_selection(context, choice);
    return {choice, selection, people_figures(context, choice, selection)};
}

}  // namespace

namespace pages {

Response people(Context& context) {
    const auto [choice, selection, page] = read_people(context);
    const std::string query =
        fmt::format("{}&{}", choice.query(context.figures()), selection_query(selection, context));
    DataTable table = page.tables.front();
    const std::size_t count = table.rows.size(), pages = (count + rows_on_page - 1) / rows_on_page;
    const std::size_t number = page_number(context, pages), first = (number - 1) * rows_on_page;
    table.rows = {table.rows.begin() + static_cast<std::ptrdiff_t>(first),
                  table.rows.begin() + static_cast<std::ptrdiff_t>(std::min(count, first + rows_on_page))};
    if (choice.place.services.size() == 1) table = without(std::move(table), {"service"});
    PageFrame frame = frame_for(context, Section::people);
    frame.title = page.title;
    frame.heading = words_for(selection);
    frame.heading_aside =
        Html(fmt::format("{} · {}", people_text(static_cast<std::int64_t>(count)), page.title));
    frame.heading_actions = download_links("/people", query);
    frame.main += choice_form(context, choice, "/people", MonthsChoice::hidden);
    frame.main += group_tabs(context, choice, selection);
    frame.main += count == 0 ? tag::p({{"class", "app-lede"}}, "Nobody.") : table_html(table);
    frame.main += page_links(number, pages, query);
    return respond(frame);
}

Response people_csv(Context& context) {
    return csv_response(read_people(context).figures, context.figures());
}

Response people_workbook(Context& context) {
    return workbook_response(read_people(context).figures, context.figures());
}

}  // namespace pages

}  // namespace optimat
