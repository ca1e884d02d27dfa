#include "web/views_tasks.hpp"

#include "report/number_text.hpp"
#include "web/person_lists.hpp"
#include "web/site.hpp"
#include "web/team_book.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace optimat {

namespace {

constexpr int soon_days = 7;
/// A month's data are expected so many days after its end.
constexpr int data_days = 14;

std::string service_name(const Figures& figures, const std::string& service_id) {
    const ServiceIndex service = figures.extract().find_service(service_id);
    return service.has_value() ? figures.extract().services[*service].name
                               : "a service that the data do not have";
}

OptionalDay day_of(const std::string& iso) {
    const auto day = parse_iso_day(iso);
    return day ? OptionalDay(*day) : OptionalDay{};
}

std::string day_words(const std::string& iso) {
    const auto day = parse_iso_day(iso);
    return day ? long_date(*day) : iso;
}

/// Whether the viewer counts the person among theirs: a recovery worker the own caseload only.
bool is_theirs(const User& user, const Extract& extract, const PersonPicture& person) {
    if (user.role != Role::recovery_worker) return true;
    return !user.keyworker_id.empty() && person.keyworker == user.keyworker_id &&
           belongs_to(user, extract, person.service);
}

/// Where the person of a task is now; nothing: nowhere that the viewer may see.
std::optional<std::string> seen_at(Context& context, const TeamTask& task) {
    const Figures& figures = context.figures();
    const auto client = figures.find_reference(task.person);
    if (!client || !may_see(context.user().user, figures, *client)) return std::nullopt;
    return service_name(figures, task.service);
}

void add_signatures(Context& context, std::vector<Task>& tasks) {
    const User& user = context.user().user;
    const auto& signing = context.site.list_words().reviews.co_signing_roles;
    if (std::ranges::find(signing, text_of(user.role)) == signing.end()) return;
    for (const TeamTask& task : context.team().awaiting_co_signature) {
        if (task.author == user.sign_in_name) continue;
        if (const auto service = seen_at(context, task))
            tasks.push_back({fmt::format("Co-sign the review of {}, {}", day_words(task.day), *service),
                             "/people/" + task.person, day_of(task.day), TaskTime::open});
    }
}

void add_escalations(Context& context, std::vector<Task>& tasks) {
    const User& user = context.user().user;
    if (user.role != Role::clinician) return;
    for (const TeamTask& task : context.team().escalations) {
        if (task.author == user.sign_in_name) continue;
        if (const auto service = seen_at(context, task))
            tasks.push_back(
                {fmt::format("Look at a reduction as a sanction or for not attending: review of {}, {}",
                             day_words(task.day), *service),
                 "/people/" + task.person, day_of(task.day), TaskTime::overdue});
    }
}

TaskTime time_of(Day due, Day today) {
    if (due < today) return TaskTime::overdue;
    return due <= today + soon_days ? TaskTime::due_soon : TaskTime::open;
}

/// `: Red, Dose below threshold`, the lists that somebody is on in the newest month; empty: none.
std::string lists_words(Context& context, ClientPlace client) {
    std::string words;
    for (const PersonOnList& on :
         lists_of_person(context, client, context.figures().dates().size() - 1).lists)
        words += (words.empty() ? ": " : ", ") + context.site.list_words().lists.list(on.list).title;
    return words;
}

void add_claims(Context& context, std::vector<Task>& tasks) {
    const Figures& figures = context.figures();
    const User& user = context.user().user;
    for (const auto& [client, records] : context.team().records) {
        if (!records.claim || records.claim->assigned_to != user.sign_in_name ||
            !may_see(user, figures, client))
            continue;
        tasks.push_back({fmt::format("A review is due by {}{}", long_date(records.claim->due),
                                     lists_words(context, client)),
                         "/people/" + figures.reference_of(client), records.claim->due,
                         time_of(records.claim->due, context.today())});
    }
}

void add_data(Context& context, std::vector<Task>& tasks) {
    if (!holds(context.user().user.role, Permission::manage_data)) return;
    const Day newest = context.figures().dates().back(), today = context.today();
    const Day expected = month_end(newest + 1) + data_days;
    if (expected >= today) return;
    tasks.push_back({fmt::format("The data end on {}, {} ago: take in the next extract", long_date(newest),
                                 counted(today - newest, "day")),
                     "/data",
                     {},
                     TaskTime::overdue});
}

std::vector<Task> tasks_for(Context& context) {
    std::vector<Task> tasks;
    if (holds(context.user().user.role, Permission::see_people)) {
        add_escalations(context, tasks);
        add_signatures(context, tasks);
        add_claims(context, tasks);
    }
    add_data(context, tasks);
    std::ranges::stable_sort(tasks, {}, [](const Task& task) {
        return std::pair(-static_cast<int>(task.time), task.day.value_or(last_readable_day).number);
    });
    return tasks;
}

/// The people of a list at a date who are the viewer's.
std::vector<ListRow> rows_of(Context& context, const PageChoice& choice, const Pictures& pictures,
                             std::size_t date, WorkList list) {
    const Figures& figures = context.figures();
    auto rows = work_list(figures.extract(), pictures, figures.policy(), list, choice.place,
                          context.team().records, context.review_time(date));
    std::erase_if(rows, [&](const ListRow& row) {
        return !is_theirs(context.user().user, figures.extract(), *row.person);
    });
    return rows;
}

std::set<ClientPlace> people_in(std::span<const ListRow> rows) {
    std::set<ClientPlace> people;
    for (const ListRow& row : rows)
        people.insert(row.person->place);
    return people;
}

std::int64_t missing_from(const std::set<ClientPlace>& people, const std::set<ClientPlace>& others) {
    return std::ranges::count_if(people, [&](ClientPlace client) { return !others.contains(client); });
}

std::int64_t overdue_in(std::span<const ListRow> rows, Day today) {
    return std::ranges::count_if(rows, [&](const ListRow& row) {
        return row.claim != nullptr && row.claim->due < today &&
               row.standing.status != ReviewStatus::reviewed;
    });
}

DataTable lists_table(Context& context, const PageChoice& choice) {
    const Figures& figures = context.figures();
    const bool links = holds(context.user().user.role, Permission::see_people);
    const auto now = figures.pictures(choice.date);
    const auto before = choice.date > 0 ? figures.pictures(choice.date - 1) : nullptr;
    DataTable table{"lists", "The work lists this month", "", {{"list", "List", CellKind::words, ""}}, {}, 1};
    for (const ReviewStatus status : {ReviewStatus::still_to_review, ReviewStatus::awaiting_co_signature,
                                      ReviewStatus::reviewed, ReviewStatus::being_optimised}) {
        std::string words(words_for(status));
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
        table.columns.push_back({std::string(text_of(status)), words, CellKind::count, ""});
    }
    table.columns.push_back({"overdue", "Overdue", CellKind::count, ""});
    table.columns.push_back({"new", "New", CellKind::count, "Since the month before"});
    table.columns.push_back({"gone", "No longer on it", CellKind::count, "Since the month before"});
    for (const ListText& text : context.site.list_words().lists.lists) {
        const auto rows = rows_of(context, choice, *now, choice.date, text.list);
        const ListCount count = count_list(rows);
        DataCell name = DataCell::words(text.title);
        if (links) name.link = fmt::format("/lists/{}?{}", text_of(text.list), choice.query(figures));
        std::vector<DataCell> row = {std::move(name)};
        for (const std::int64_t people : count.by_status)
            row.push_back(DataCell::count(people));
        row.push_back(DataCell::count(overdue_in(rows, context.today())));
        if (before) {
            const auto earlier = rows_of(context, choice, *before, choice.date - 1, text.list);
            const auto people = people_in(rows), people_before = people_in(earlier);
            row.push_back(DataCell::count(missing_from(people, people_before)));
            row.push_back(DataCell::count(missing_from(people_before, people)));
        } else {
            row.insert(row.end(), 2, DataCell::nothing());
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

DataTable changes_table(Context& context, const PageChoice& choice) {
    const Figures& figures = context.figures();
    DataTable table{"changes", "What changed since the month before",
                    "",        {{"group", "Group", CellKind::words, ""}},
                    {},        1};
    if (choice.date == 0) return table;
    table.columns.push_back({"before", month_name(figures.dates()[choice.date - 1]), CellKind::count, ""});
    table.columns.push_back({"now", month_name(choice.day(figures)), CellKind::count, ""});
    table.columns.push_back({"change", "Change", CellKind::count, ""});
    const TrackerCell before = figures.tracker().at(choice.date - 1, choice.place),
                      now = figures.tracker().at(choice.date, choice.place);
    const auto add = [&](std::string words, std::int64_t then, std::int64_t today) {
        table.rows.push_back({DataCell::words(std::move(words)), DataCell::count(then),
                              DataCell::count(today), DataCell::count(today - then)});
    };
    add("In MAT", before.in_mat(), now.in_mat());
    for (const TrackerGroup group :
         {TrackerGroup::red, TrackerGroup::amber, TrackerGroup::green, TrackerGroup::grey,
          TrackerGroup::uncategorised, TrackerGroup::mat1, TrackerGroup::mat4})
        add(std::string(words_for(group)), before.of(group), now.of(group));
    return table;
}

}  // namespace

/// The lists of a place are for those who may open them; a recovery worker has the own caseload.
bool sees_lists(const User& user, const Extract& extract, const Place& place) {
    return user.role == Role::recovery_worker || may_list(user, extract, place);
}

Tasks tasks_of(Context& context) {
    PageChoice choice = read_page_choice(context);
    choice.date = context.figures().dates().size() - 1;
    const User& user = context.user().user;
    Tasks tasks{choice,
                place_and_day(context.figures(), choice),
                tasks_for(context),
                {},
                changes_table(context, choice)};
    if (user.role == Role::recovery_worker) tasks.where += ": your caseload";
    if (sees_lists(user, context.figures().extract(), choice.place))
        tasks.lists = lists_table(context, choice);
    return tasks;
}

}  // namespace optimat
