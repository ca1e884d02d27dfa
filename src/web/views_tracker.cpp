#include "report/flows_text.hpp"
#include "report/number_text.hpp"
#include "web/views.hpp"

#include <cmath>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr TrackerGroup cohort_groups[] = {TrackerGroup::red, TrackerGroup::amber, TrackerGroup::green,
                                          TrackerGroup::grey};
constexpr TrackerGroup stage_groups[] = {TrackerGroup::mat1, TrackerGroup::mat4};

void add_groups_apart(DataTable& table) {
    table.columns.push_back({"uncategorised_people", "People", CellKind::count, "Uncategorised"});
    table.columns.push_back({"uncategorised_share_of_all", "Share", CellKind::share, "Uncategorised"});
    for (const TrackerGroup group :
         {TrackerGroup::mat1, TrackerGroup::mat4, TrackerGroup::mat2_unbanded, TrackerGroup::mat3_unbanded})
        table.columns.push_back(
            {std::string(text_of(group)) + "_people", name_of(group), CellKind::count, ""});
}

void add_groups_together(DataTable& table) {
    table.columns.push_back({"not_placed_people", "People", CellKind::count, "Uncategorised or unbanded"});
    table.columns.push_back(
        {"not_placed_share_of_all", "Share", CellKind::share, "Uncategorised or unbanded"});
    for (const TrackerGroup group : stage_groups)
        table.columns.push_back(
            {std::string(text_of(group)) + "_people", name_of(group), CellKind::count, ""});
}

/// The choice of one month of the table.
PageChoice at_month(PageChoice choice, std::size_t date) {
    choice.date = date;
    return choice;
}

std::vector<DataCell> cohort_row(Context& context, const PageChoice& choice, std::size_t date) {
    const Figures& figures = context.figures();
    const TrackerCell cell = figures.tracker().at(date, choice.place);
    const PageChoice month = at_month(choice, date);
    const auto linked = [&](std::int64_t people, const Selection& selection) {
        DataCell count = DataCell::count(people);
        if (people > 0) count.link = people_link(context, month, selection);
        return count;
    };
    const auto people = [&](TrackerGroup group) { return linked(cell.of(group), InGroup{group}); };
    std::vector<DataCell> row = {DataCell::of_month(figures.dates()[date]), linked(cell.in_mat(), InMat{})};
    for (const TrackerGroup group : cohort_groups) {
        row.push_back(people(group));
        row.push_back(DataCell::share(cell.of(group), cell.in_cohorts()));
        row.push_back(DataCell::mean(cell.methadone_of(group)));
    }
    row.push_back(people(TrackerGroup::uncategorised));
    row.push_back(DataCell::share(cell.of(TrackerGroup::uncategorised), cell.in_mat()));
    for (const TrackerGroup group :
         {TrackerGroup::mat1, TrackerGroup::mat4, TrackerGroup::mat2_unbanded, TrackerGroup::mat3_unbanded})
        row.push_back(people(group));
    row.push_back(DataCell::mean(cell.average_methadone()));
    return row;
}

/// What changed.
std::string sentence_of(Context& context, const PageChoice& choice) {
    const Figures& figures = context.figures();
    TrackerSeries series{choice.place, {}, {}};
    for (std::size_t date = choice.first(); date <= choice.date; ++date) {
        series.dates.push_back(figures.dates()[date]);
        series.cells.push_back(figures.tracker().at(date, choice.place));
    }
    return tracker_sentence(series);
}

}  // namespace

std::string name_of(TrackerGroup group) {
    switch (group) {
    case TrackerGroup::red:
        return "Red";
    case TrackerGroup::amber:
        return "Amber";
    case TrackerGroup::green:
        return "Green";
    case TrackerGroup::grey:
        return "Grey";
    case TrackerGroup::mat1:
        return "MAT 1";
    case TrackerGroup::mat4:
        return "MAT 4";
    case TrackerGroup::mat2_unbanded:
        return "MAT 2 unbanded";
    case TrackerGroup::mat3_unbanded:
        return "MAT 3 unbanded";
    case TrackerGroup::uncategorised:
        break;
    }
    return "Uncategorised";
}

std::string place_and_day(const Figures& figures, const PageChoice& choice) {
    const std::string name =
        choice.place.kind == PlaceKind::organisation ? figures.extract().organisation : choice.place.name;
    return fmt::format("{}, {}", name, long_date(choice.day(figures)));
}

std::string people_link(Context& context, const PageChoice& choice, const Selection& selection) {
    if (!may_list(context.user().user, context.figures().extract(), choice.place)) return {};
    return fmt::format("/people?{}&{}", choice.query(context.figures()), selection_query(selection, context));
}

std::string hidden_note(std::int64_t hidden_below) {
    return fmt::format(
        "[c]: hidden, because it is of 1 to {} people or would give such a number away. Hidden is not zero.",
        hidden_below - 1);
}

DataTable empty_tracker_table(TrackerColumns columns) {
    DataTable table{"tracker", "People in MAT by cohort and stage", "", {}, {}, 1};
    table.columns = {{"as_at", "Month", CellKind::month, ""}, {"in_mat", "In MAT", CellKind::count, ""}};
    for (const TrackerGroup group : cohort_groups) {
        const std::string id(text_of(group)), words = name_of(group);
        table.columns.push_back({id + "_people", "People", CellKind::count, words});
        table.columns.push_back({id + "_share_of_cohorts", "Share", CellKind::share, words});
        table.columns.push_back({id + "_mean_methadone_mg", "Mean mg", CellKind::milligrams, words});
    }
    if (columns == TrackerColumns::leaving)
        add_groups_together(table);
    else
        add_groups_apart(table);
    table.columns.push_back({"mean_methadone_mg", "Mean methadone mg", CellKind::milligrams, ""});
    table.note =
        "Shares of red, amber, green and grey are of the people in these four; the uncategorised share is of "
        "everybody in MAT. Means are of methadone, over people with a known dose; the last column is over "
        "MAT 2, "
        "MAT 3 and uncategorised.";
    return table;
}

std::string tracker_title(const Figures& figures, const PageChoice& choice) {
    return fmt::format("Service tracker: {}", place_and_day(figures, choice));
}

PageFigures tracker_figures(Context& context, const PageChoice& choice) {
    const Figures& figures = context.figures();
    DataTable table = empty_tracker_table(TrackerColumns::all);
    for (std::size_t date = choice.date + 1; date-- > choice.first();)
        table.rows.push_back(cohort_row(context, choice, date));
    return {tracker_title(figures, choice),
            {{"place", choice.place_key},
             {"place_name", choice.place.name},
             {"month", month_key(choice.day(figures))}},
            {std::move(table)},
            sentence_of(context, choice)};
}

PageFigures flow_figures(Context& context, const PageChoice& choice) {
    const Figures& figures = context.figures();
    PageFigures result{fmt::format("Flows: {}", place_and_day(figures, choice)),
                       {{"place", choice.place_key},
                        {"place_name", choice.place.name},
                        {"month", month_key(choice.day(figures))}},
                       {},
                       ""};
    if (choice.date == 0) return result;
    const FlowTable flows = flows_at(context, choice);
    DataTable table{"flows",
                    fmt::format("From {} to {}", long_date(flows.before), long_date(flows.now)),
                    "Rows: where people stood before. Columns: where they stand now.",
                    {{"from", "From", CellKind::words, ""}},
                    {},
                    1};
    for (std::size_t to = 0; to < flow_ends; ++to)
        table.columns.push_back(
            {std::string(flow_end_text(to)), std::string(flow_end_words(to)), CellKind::count, "To"});
    for (std::size_t from = 0; from < flow_ends; ++from) {
        std::vector<DataCell> row = {DataCell::words(std::string(flow_end_words(from)))};
        for (std::size_t to = 0; to < flow_ends; ++to) {
            DataCell count = DataCell::count(flows.people[from][to]);
            if (count.numerator > 0)
                count.link = people_link(context, choice, OnWay{from, to, choice.date - 1});
            row.push_back(std::move(count));
        }
        table.rows.push_back(std::move(row));
    }
    result.tables.push_back(std::move(table));
    result.sentence = flows_sentence(flows);
    return result;
}

FlowTable flows_at(Context& context, const PageChoice& choice) {
    const Figures& figures = context.figures();
    if (const Place* place = figures.find_place(choice.place_key))
        return figures.flows(choice.date)[static_cast<std::size_t>(place - figures.places().data())];
    return make_flows(figures.extract(), figures.states(), choice.date - 1, choice.date, {choice.place})
        .front();
}

}  // namespace optimat
