// The TOP tracker of a person: choose the episode and the profiles, see the course of each item.

#include "report/number_text.hpp"
#include "web/pages/person.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr double line_width = 120, line_height = 26, margin = 4;

/// The scale of an item's line: 28 days, 20 points, yes or no.
double highest(const TopItem& item) {
    if (item.answer == TopItem::Answer::flag) return 1;
    return fields_of(TableKind::tops)[index_of(item.field)].maximum;
}

std::string course_words(const TopChoice& top, const TopCourse& course) {
    std::string words;
    for (const std::size_t i : top.shown)
        words += fmt::format("{}{}", words.empty() ? "" : ", then ",
                             course.values[i] ? fmt::format("{}", *course.values[i]) : "not recorded");
    return fmt::format("{}: {}", item_words(course.item), words);
}

/// A line through the values by their days; where one is not recorded it is interrupted.
Html small_line(const TopChoice& top, const TopCourse& course) {
    const auto& profiles = top.tracker.profiles;
    const Day first = profiles[top.shown.front()].day, last = profiles[top.shown.back()].day;
    const double days = std::max(1, last - first);
    Html dots;
    std::string path;
    bool drawn = false;
    for (const std::size_t i : top.shown) {
        if (!course.values[i]) {
            drawn = false;
            continue;
        }
        const double x = margin + (profiles[i].day - first) / days * (line_width - 2 * margin);
        const double y = line_height - margin -
                         std::min(1.0, *course.values[i] / highest(course.item)) * (line_height - 2 * margin);
        path += fmt::format("{}{:.1f} {:.1f}", drawn ? " L" : " M", x, y);
        drawn = true;
        dots += tag::circle({{"cx", x}, {"cy", y}, {"r", 2.5}});
    }
    return tag::svg(
        {{"class", "app-small-line"},
         {"width", line_width},
         {"height", line_height},
         {"role", "img"},
         {"aria-label", course_words(top, course)},
         {"focusable", "false"}},
        tag::line({{"x1", 0}, {"y1", line_height - 0.5}, {"x2", line_width}, {"y2", line_height - 0.5}}),
        tag::path({{"d", path}}), dots);
}

/// Whether the outcome is what the item is better for.
std::string_view outcome_class(const TopCourse& course) {
    using enum TopChange;
    if (course.change == abstinent) return "app-outcome app-outcome--better";
    if (course.change != less && course.change != more) return "app-outcome";
    const bool lower = course.item.better == TopItem::Better::lower;
    return (course.change == less) == lower ? "app-outcome app-outcome--better"
                                            : "app-outcome app-outcome--worse";
}

/// Course and outcome stand beside the item, so that they are in view however many profiles there are.
Html head(const DataTable& table) {
    Html names = html_of(tag::th({{"scope", "col"}}, table.columns.front().words),
                         tag::th({{"scope", "col"}}, table.columns.back().words),
                         tag::th({{"scope", "col"}}, "Course"));
    for (std::size_t i = 1; i + 1 < table.columns.size(); ++i)
        names += tag::th({{"scope", "col"}, {"class", "app-number"}}, table.columns[i].words, tag::br({}),
                         tag::span({{"class", "app-quiet"}}, table.columns[i].group));
    return tag::thead({}, tag::tr({}, names));
}

Html body(const DataTable& table, const TopChoice& top) {
    const auto courses = answered_courses(top);
    Html rows;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        Html cells = tag::th({{"scope", "row"}}, shown_text(table.rows[i].front()));
        cells += tag::td({{"class", outcome_class(*courses[i])}}, shown_text(table.rows[i].back()));
        cells += tag::td({}, small_line(top, *courses[i]));
        for (std::size_t column = 1; column + 1 < table.columns.size(); ++column)
            cells += tag::td({{"class", "app-number"}}, shown_text(table.rows[i][column]));
        rows += tag::tr({}, cells);
    }
    return tag::tbody({}, rows);
}

Html hidden(std::string_view name, std::string_view value) {
    return tag::input({{"type", "hidden"}, {"name", name}, {"value", value}});
}

Html episode_field(const Figures& figures, const PersonChoice& choice, const TopChoice& top) {
    const Table& episodes = choice.chunk(figures).table(TableKind::episodes);
    const auto start = episodes.column<Day>(EpisodeField::start_date);
    const auto service = episodes.column<ServiceIndex>(EpisodeField::service_id);
    Html options;
    for (std::size_t i = top.episodes.size(); i-- > 0;) {
        const std::uint32_t row = top.episodes[i];
        const std::string where =
            service[row].has_value() ? ", " + figures.extract().services[*service[row]].name : "";
        options += tag::option({{"value", i + 1}, {"selected", i == *top.episode}},
                               fmt::format("from {}{}", long_date(start[row]), where));
    }
    return tag::div(
        {{"class", "nhsuk-form-group"}},
        tag::label({{"class", "nhsuk-label"}, {"for", "episode"}}, "Episode"),
        tag::select({{"class", "nhsuk-select"}, {"id", "episode"}, {"name", "episode"}}, options));
}

Html profile_fields(const TopChoice& top) {
    Html boxes;
    for (std::size_t i = 0; i < top.tracker.profiles.size(); ++i) {
        const TopDate& profile = top.tracker.profiles[i];
        const std::string stage = code_words(text_of(codes::top_stage, profile.stage));
        boxes += tag::label({{"class", "app-tick"}},
                            tag::input({{"type", "checkbox"},
                                        {"name", "top"},
                                        {"value", i + 1},
                                        {"checked", std::ranges::binary_search(top.shown, i)}}),
                            fmt::format(" {}{}", long_date(profile.day), stage.empty() ? "" : ", " + stage));
    }
    return tag::fieldset({{"class", "app-ticks"}}, tag::legend({}, "Profiles compared"), boxes);
}

Html choice_of_profiles(const Figures& figures, const PersonChoice& choice, const TopChoice& top) {
    return tag::form(
        {{"class", "app-filters"},
         {"method", "get"},
         {"action", "/people/" + choice.reference + "#top-tracker"}},
        hidden("month", month_key(choice.day(figures))),
        hidden("span", choice.months ? fmt::format("{}", *choice.months) : "all"),
        episode_field(figures, choice, top), top.tracker.profiles.empty() ? Html() : profile_fields(top),
        tag::button({{"class", "nhsuk-button nhsuk-button--secondary"}, {"type", "submit"}}, "Compare"));
}

}  // namespace

Html top_tracker_html(const Figures& figures, const PersonChoice& choice, const TopChoice& top) {
    Html html = tag::h2({{"id", "top-tracker"}}, "TOP tracker");
    if (!top.episode) return html_of(html, tag::p({}, "No episode of treatment had begun by then."));
    html += choice_of_profiles(figures, choice, top);
    if (top.shown.empty())
        return html_of(html, tag::p({}, "No Treatment Outcomes Profile is recorded in this episode."));
    const DataTable table = top_tracker_table(top);
    html += tag::div({{"class", "app-table-scroll"},
                      {"role", "region"},
                      {"aria-labelledby", "caption-top_tracker"},
                      {"tabindex", "0"}},
                     tag::table({{"class", "app-table app-table--sticky app-table--fit app-profiles"}},
                                tag::caption({{"id", "caption-top_tracker"}}, table.title), head(table),
                                body(table, top)));
    return html_of(html, tag::p({{"class", "app-note"}}, table.note));
}

}  // namespace optimat
