// The first page: what waits, what is due and what changed this month.

#include "html/nhsuk/content.hpp"
#include "report/number_text.hpp"
#include "web/pages/measures.hpp"
#include "web/pages/page.hpp"
#include "web/pages/pages.hpp"
#include "web/site.hpp"
#include "web/views_tasks.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

Html time_mark(TaskTime time) {
    switch (time) {
    case TaskTime::overdue:
        return nhsuk::tag({.content = "Overdue", .classes = "nhsuk-tag--red"});
    case TaskTime::due_soon:
        return nhsuk::tag({.content = "Due soon", .classes = "nhsuk-tag--yellow"});
    case TaskTime::open:
        return {};
    }
    return {};
}

constexpr std::size_t most_tasks = 20, most_changes = 3;

Html tasks_html(const std::vector<Task>& tasks) {
    if (tasks.empty()) return tag::p({{"class", "app-lede"}}, "Nothing waits for you by name.");
    Html items;
    for (const Task& task : std::span(tasks).first(std::min(tasks.size(), most_tasks)))
        items += tag::li({{"class", "app-task"}}, tag::a({{"href", task.link}}, task.words), " ",
                         time_mark(task.time));
    Html list = tag::ul({{"class", "app-tasks"}}, items);
    if (tasks.size() > most_tasks) list += tag::p({}, fmt::format("And {} more.", tasks.size() - most_tasks));
    return list;
}

/// A figure of the lists' table with its words.
Html key(std::string_view kind, std::string_view words, std::int64_t number, std::string_view beneath,
         const std::string& link) {
    Html shown = link.empty() ? Html(count_text(number)) : tag::a({{"href", link}}, count_text(number));
    return tag::div({{"class", fmt::format("app-key app-key--{}", kind)}}, tag::dt({}, words),
                    tag::dd({}, tag::span({{"class", "app-key__number"}}, shown),
                            tag::span({{"class", "app-key__beneath"}}, beneath)));
}

/// What a card says under its number: the same states as the table below has.
std::string beneath_key(const std::vector<DataCell>& row) {
    std::string words = "still to review";
    if (row[2].numerator > 0)
        words += fmt::format(" · {} {}", count_text(row[2].numerator),
                             words_for(ReviewStatus::awaiting_co_signature));
    if (row[6].kind != CellKind::none) words += fmt::format(" · {} new", count_text(row[6].numerator));
    return words;
}

/// The lists that come first, by how many are still to review.
Html keys(const DataTable& lists) {
    constexpr std::pair<WorkList, std::string_view> shown[] = {{WorkList::priority_6, "unknown"},
                                                               {WorkList::priority_1, "all"},
                                                               {WorkList::priority_2, "red"},
                                                               {WorkList::priority_3, "amber"},
                                                               {WorkList::priority_0, "unknown"}};
    Html items;
    for (const auto& [list, kind] : shown) {
        const std::vector<DataCell>& row = lists.rows[static_cast<std::size_t>(list)];
        items += key(kind, row[0].text, row[1].numerator, beneath_key(row), row[0].link);
    }
    return tag::dl({{"class", "app-keys"}}, items);
}

std::int64_t overdue_in(const std::vector<Task>& tasks) {
    return std::ranges::count(tasks, TaskTime::overdue, &Task::time);
}

std::string lede(const Tasks& tasks) {
    const auto waiting = static_cast<std::int64_t>(tasks.tasks.size());
    if (waiting == 0 && tasks.lists.rows.empty()) return "How many stand where, beside the month before.";
    if (waiting == 0) return "Nothing waits for you by name. These lists come first.";
    return fmt::format("{} for you, {} overdue.",
                       waiting == 1 ? "1 task waits" : fmt::format("{} tasks wait", waiting),
                       overdue_in(tasks.tasks));
}

/// For those who answer for a service or for all of them.
Html lasting_changes(Context& context, const Tasks& tasks) {
    const Role role = context.user().user.role;
    if (role != Role::service_manager && role != Role::organisation_analyst) return {};
    return tag::section(
        {{"aria-labelledby", "lasting"}},
        tag::h2({{"id", "lasting"}, {"class", "app-chart__heading"}}, "Lasting changes"),
        kept_changes_html(context, {tasks.choice, ServiceView::as_was, nullptr, {}}, most_changes));
}

Response tasks_page(Context& context) {
    const Tasks tasks = tasks_of(context);
    PageFrame frame = frame_for(context, Section::home);
    frame.title = "Tasks for the month";
    frame.heading = "Tasks for the month";
    frame.heading_aside = Html(tasks.where);
    if (context.user().user.role != Role::recovery_worker)
        frame.main += place_form(context, tasks.choice, "/");
    frame.main += tag::p({{"class", "app-lede"}}, lede(tasks));
    if (!tasks.lists.rows.empty()) frame.main += keys(tasks.lists);
    Html waiting = tasks.tasks.empty()
                       ? Html{}
                       : html_of(tag::h2({{"id", "waiting"}}, "Waiting for you"), tasks_html(tasks.tasks));
    frame.main += waiting;
    frame.main += lasting_changes(context, tasks);
    if (!tasks.lists.rows.empty()) frame.main += table_html(tasks.lists);
    if (!tasks.changes.rows.empty()) frame.main += table_html(tasks.changes);
    return respond(frame);
}

}  // namespace

namespace pages {

/// Those who see nobody go to what they do see.
Response home(Context& context) {
    const Role role = context.user().user.role;
    if (holds(role, Permission::manage_users)) return see_other("/users");
    const bool no_data = context.site.figures(*context.store) == nullptr;
    if (no_data || !holds(role, Permission::see_details))
        return see_other(no_data && holds(role, Permission::manage_data) ? "/data" : "/tracker");
    return tasks_page(context);
}

}  // namespace pages

}  // namespace optimat
