#include "web/pages/work_lists.hpp"

#include "report/number_text.hpp"
#include "store/saved_filters.hpp"
#include "web/list_words.hpp"
#include "web/pages/kept_text.hpp"
#include "web/pages/list_tabs.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

std::string list_address(Context& context, const PageChoice& choice, WorkList list) {
    return fmt::format("/lists/{}?{}", text_of(list), choice.query(context.figures()));
}

std::int64_t of(const ListCount& count, ReviewStatus status) {
    return count.by_status[static_cast<std::size_t>(status)];
}

Html figure_cell(std::string_view label, const Html& content) {
    return tag::td({{"class", "app-number"}, {"data-label", label}}, content);
}

/// The tracker's number beside what the list has of it, which is the same.
Html tracker_cell(const ListSummary& summary) {
    if (!summary.tracker) return figure_cell("Tracker", tag::span({{"class", "app-absent"}}, no_figure));
    Html content = count_text(*summary.tracker);
    if (*summary.tracker != summary.count.people())
        content +=
            tag::span({{"class", "app-list__small"}},
                      fmt::format("and {} more here", count_text(summary.count.people() - *summary.tracker)));
    return figure_cell("Tracker", content);
}

Html summary_row(Context& context, const PageChoice& choice, const ListSummary& summary) {
    const ListText& text = context.site.list_words().lists.list(summary.list);
    const auto number = [&](std::string_view label, std::int64_t people) {
        return figure_cell(label, people == 0 ? tag::span({{"class", "app-absent"}}, "0")
                                              : Html(count_text(people)));
    };
    return tag::tr({},
                   tag::th({{"scope", "row"}},
                           tag::a({{"href", list_address(context, choice, summary.list)}}, text.title),
                           tag::span({{"class", "app-list__small"}}, text.question)),
                   figure_cell("Still to review",
                               tag::strong({}, count_text(of(summary.count, ReviewStatus::still_to_review)))),
                   number("Awaiting a co-signature", of(summary.count, ReviewStatus::awaiting_co_signature)),
                   number("Reviewed", of(summary.count, ReviewStatus::reviewed)),
                   number("Being optimised", of(summary.count, ReviewStatus::being_optimised)),
                   tag::td({{"class", "app-lists__bar"}, {"data-label", "How far"}},
                           status_bar(summary.count, text.title)),
                   number("Together", summary.count.people()), tracker_cell(summary),
                   number("Overdue", summary.overdue));
}

Html summary_table(Context& context, const PageChoice& choice) {
    Html heads, rows;
    for (const std::string_view words : {"List", "Still to review", "Awaiting a co-signature", "Reviewed",
                                         "Being optimised", "How far", "Together", "Tracker", "Overdue"})
        heads += tag::th(
            {{"scope", "col"}, {"class", words == "List" || words == "How far" ? "" : "app-number"}}, words);
    for (const ListSummary& summary : read_list_summaries(context, choice))
        rows += summary_row(context, choice, summary);
    return tag::div({{"class", "app-table-scroll"},
                     {"role", "region"},
                     {"aria-labelledby", "lists-caption"},
                     {"tabindex", "0"}},
                    tag::table({{"class", "app-table app-lists"}},
                               tag::caption({{"id", "lists-caption"}, {"class", "nhsuk-u-visually-hidden"}},
                                            "The work lists"),
                               tag::thead({}, tag::tr({}, heads)), tag::tbody({}, rows)));
}

/// The page of the list that the query asks for, from 1; the first when it asks for none that is there.
std::size_t page_number(const Context& context, std::size_t pages) {
    const std::string text = context.parameter("page");
    std::size_t page = 1;
    std::from_chars(text.data(), text.data() + text.size(), page);
    return std::clamp<std::size_t>(page, 1, std::max<std::size_t>(1, pages));
}

Html page_links(std::size_t page, std::size_t pages, const std::string& path) {
    if (pages < 2) return {};
    const auto link = [&](std::size_t to, std::string_view words, std::string_view relation) {
        return tag::a({{"href", fmt::format("{}&page={}", path, to)}, {"rel", relation}}, words);
    };
    Html links = tag::span({}, fmt::format("Page {} of {} ", page, pages));
    if (page > 1) links += html_of(link(page - 1, "Previous", "prev"), " ");
    if (page < pages) links += link(page + 1, "Next", "next");
    return tag::nav({{"class", "app-pages"}, {"aria-label", "Pages of the list"}}, links);
}

/// A part of the list that opens.
Html key(std::string_view classes, std::string_view words, std::int64_t number, const std::string& beneath,
         const std::string& link) {
    return tag::div(
        {{"class", classes}}, tag::dt({}, words),
        tag::dd({}, tag::span({{"class", "app-key__number"}}, tag::a({{"href", link}}, count_text(number))),
                tag::span({{"class", "app-key__beneath"}}, beneath)));
}

std::string tracker_words(const ListView& view, std::int64_t people) {
    if (!view.tracker) return "on the list";
    if (people == *view.tracker) return "the tracker's number";
    return fmt::format("{} as the tracker counts", count_text(*view.tracker));
}

/// How far the team is, of everybody on the list. Every part opens.
Html progress(Context& context, const ListView& view) {
    const ListCount count = count_list(view.rows);
    const auto link = [&](StatusFilter status) {
        return fmt::format("/lists/{}?{}&status={}", text_of(view.list), view.choice.query(context.figures()),
                           text_of(status));
    };
    const std::int32_t review_months = context.figures().policy().priority.review_months;
    Html items = key("app-key app-key--review", "Still to review", of(count, ReviewStatus::still_to_review),
                     of(count, ReviewStatus::awaiting_co_signature) == 0
                         ? std::string("nobody awaits a co-signature")
                         : fmt::format("and {} await a co-signature",
                                       count_text(of(count, ReviewStatus::awaiting_co_signature))),
                     link(StatusFilter::open));
    items += key("app-key app-key--done", "Reviewed", of(count, ReviewStatus::reviewed),
                 fmt::format("or put off, in the last {}", counted(review_months, "month")),
                 link(StatusFilter::reviewed));
    if (view.list == WorkList::priority_2)
        items += key("app-key", "Being optimised", of(count, ReviewStatus::being_optimised),
                     "on the way to the threshold", link(StatusFilter::being_optimised));
    items += key("app-key", "Together", count.people(), tracker_words(view, count.people()),
                 link(StatusFilter::all));
    return tag::dl({{"class", "app-keys app-list-progress"}}, items);
}

/// What the block chosen asks, else what every block of the list does.
Html asks(const ListText& text, const ListFilter& filter) {
    Html items;
    for (const BlockText& block : text.blocks) {
        if (filter.block && block.block != *filter.block) continue;
        items += tag::li({}, tag::strong({}, block.title, ". "), block.why, " ", tag::em({}, block.ask));
    }
    return tag::details({{"class", "app-asks"}, {"open", filter.block.has_value()}},
                        tag::summary({}, "Why people are here, and what a review asks"), tag::ul({}, items));
}

std::string shown_words(const ListView& view) {
    const auto shown = static_cast<std::int64_t>(view.shown.size());
    if (view.shown.size() == view.rows.size()) return people_text(shown) + ".";
    return fmt::format("{} of {} on the list.", people_text(shown),
                       count_text(static_cast<std::int64_t>(view.rows.size())));
}

Html order_html(Context& context, const ListView& view) {
    const ListTexts& texts = context.site.list_words().lists;
    const std::string own = order_sentence(texts, context.figures().policy(), view.list);
    const std::string order = view.filter.sort == ListSort::policy
                                  ? own
                                  : fmt::format("{}; those who are equal in it in the list's own order. {}",
                                                words_for(view.filter.sort), own);
    return tag::p({{"class", "app-list-order"}}, tag::strong({}, shown_words(view)), " ", order,
                  fmt::format(" Ages of records count to {}.", long_date(view.pictures->as_at)));
}

bool has_responses(WorkList list) {
    return list == WorkList::priority_1 || list == WorkList::priority_2 || list == WorkList::priority_3;
}

Html lede(Context& context, const ListView& view) {
    const ListText& text = context.site.list_words().lists.list(view.list);
    Html words = html_of(tag::strong({}, "Needs review. "), text.question);
    Html about = Html(text.words);
    if (has_responses(view.list))
        about += html_of(
            " ", tag::a({{"href", fmt::format("/responses?{}", view.choice.query(context.figures()))}},
                        "Recommended responses to use on top"));
    about += html_of(has_responses(view.list) ? " · " : " ",
                     tag::a({{"href", "/lists?" + view.choice.query(context.figures())}}, "All work lists"));
    return tag::div({}, tag::p({{"class", "app-lede"}}, words), tag::p({{"class", "app-list-about"}}, about));
}

WorkList list_of_form(Context& context) {
    const auto list = work_list_of(context.field("list"));
    if (!list) throw HttpError(400, "The form names a list that is not there. Go back and try again.");
    return *list;
}

}  // namespace

Html status_bar(const ListCount& count, std::string_view what) {
    const std::int64_t people = count.people();
    if (people == 0) return tag::span({{"class", "app-absent"}}, "nobody");
    constexpr double width = 160, height = 12;
    constexpr std::string_view classes[] = {"app-far__open", "app-far__awaiting", "app-far__reviewed",
                                            "app-far__optimised"};
    std::string words;
    Html parts;
    double at = 0;
    for (const std::size_t i : {std::size_t{2}, std::size_t{3}, std::size_t{1}, std::size_t{0}}) {
        const double part = width * static_cast<double>(count.by_status[i]) / static_cast<double>(people);
        if (part == 0) continue;
        parts += tag::rect({{"x", at}, {"y", 0}, {"width", part}, {"height", height}, {"class", classes[i]}});
        words += fmt::format("{}{} {}", words.empty() ? "" : ", ", count_text(count.by_status[i]),
                             words_for(static_cast<ReviewStatus>(i)));
        at += part;
    }
    return tag::svg({{"class", "app-far"},
                     {"viewBox", "0 0 160 12"},
                     {"preserveAspectRatio", "none"},
                     {"role", "img"},
                     {"aria-label", fmt::format("{}: {}", what, words)}},
                    parts);
}

namespace pages {

Response lists(Context& context) {
    const PageChoice choice = read_page_choice(context);
    PageFrame frame = frame_for(context, Section::lists);
    frame.title = "Work lists";
    frame.heading = "Work lists";
    frame.heading_aside = Html(place_and_day(context.figures(), choice));
    frame.heading_actions = download_links("/lists", choice.query(context.figures()));
    frame.main += list_tabs(context, choice, ListPage::lists);
    frame.main += choice_form(context, choice, "/lists", MonthsChoice::hidden);
    frame.main +=
        tag::p({{"class", "app-lede"}},
               sees_caseload_only(context.user().user)
                   ? "Who needs review on your caseload, and how far you are."
                   : "Who needs review, why, and how far the team is. Open a list to see the people.");
    frame.main += summary_table(context, choice);
    frame.main += tag::p({{"class", "app-note"}}, "Still to review, awaiting a co-signature, reviewed and "
                                                  "being optimised are everybody on a list. Lists 0 to 3 "
                                                  "are people whom the tracker counts, and some more: the "
                                                  "tracker's number stands beside. Somebody can be on "
                                                  "several lists.");
    return respond(frame);
}

Response lists_csv(Context& context) {
    return csv_response(lists_figures(context, read_page_choice(context)), context.figures());
}
Response lists_workbook(Context& context) {
    return workbook_response(lists_figures(context, read_page_choice(context)), context.figures());
}
Response api_lists(Context& context) {
    return json_response(lists_figures(context, read_page_choice(context)), context.figures());
}

Response work_list(Context& context) {
    const ListView view = read_list_view(context);
    const Figures& figures = context.figures();
    const ListText& text = context.site.list_words().lists.list(view.list);
    const std::string path = fmt::format("/lists/{}", text_of(view.list)), query = view.query(figures);
    const std::size_t pages = (view.shown.size() + list_rows_on_page - 1) / list_rows_on_page;
    const std::size_t page = page_number(context, pages);
    PageFrame frame = frame_for(context, Section::lists);
    frame.title = fmt::format("{}: {}", text.title, place_and_day(figures, view.choice));
    frame.heading = text.title;
    frame.heading_aside = Html(place_and_day(figures, view.choice));
    frame.heading_actions = download_links(path + "/people", query);
    frame.main += tag::div({{"class", "app-list-head"}}, lede(context, view), progress(context, view));
    frame.main += list_filter_form(context, view);
    frame.main += saved_filters_html(context, view);
    frame.main += block_tabs(context, view);
    frame.main += order_html(context, view);
    frame.main += asks(text, view.filter);
    frame.main += view.shown.empty() ? tag::p({}, "Nobody passes these filters.")
                                     : list_rows_html(context, view, (page - 1) * list_rows_on_page);
    frame.main += page_links(page, pages, fmt::format("{}?{}", path, query));
    return respond(frame);
}

Response work_list_csv(Context& context) {
    return csv_response(list_figures(context, read_list_view(context)), context.figures(),
                        context.parameter("table"));
}
Response work_list_workbook(Context& context) {
    return workbook_response(list_figures(context, read_list_view(context)), context.figures());
}
Response api_work_list(Context& context) {
    return json_response(list_figures(context, read_list_view(context)), context.figures());
}

Response save_list_filter(Context& context) {
    const WorkList list = list_of_form(context);
    const PageChoice choice = read_page_choice(context);
    SavedFilter filter;
    filter.user = context.user().user.number;
    filter.name = context.field("name");
    filter.list = text_of(list);
    filter.query = list_filter_of(parse_parameters(context.field("filter")), list).query();
    filter.saved_at = context.now_text();
    if (!can_be_kept(filter.name))
        throw HttpError(400, "The name holds characters that cannot be kept. Go back and write another.");
    try {
        save_filter(*context.database, filter);
    } catch (const UsageError& error) {
        throw HttpError(400,
                        fmt::format("This filter is not saved: {}. Go back to change that.", error.what()));
    }
    context.audit.detail = fmt::format("list {}", filter.list);
    return see_other(fmt::format("{}{}{}", list_address(context, choice, list),
                                 filter.query.empty() ? "" : "&", filter.query));
}

Response remove_list_filter(Context& context) {
    const WorkList list = list_of_form(context);
    const PageChoice choice = read_page_choice(context);
    std::int64_t number = 0;
    const std::string& text = context.path_values.front();
    std::from_chars(text.data(), text.data() + text.size(), number);
    remove_saved_filter(*context.database, context.user().user.number, number);
    return see_other(list_address(context, choice, list));
}

}  // namespace pages

}  // namespace optimat
