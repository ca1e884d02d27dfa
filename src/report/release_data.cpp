#include "report/release_data.hpp"

#include "report/measure_columns.hpp"
#include "report/number_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view cause_words[] = {"Program", "Late data", "Correction", "Data or program",
                                            "Definition"};
constexpr std::string_view cause_meanings[] = {
    "This version of the program counts the same data otherwise.",
    "Rows that came after the release, or were completed since.",
    "Rows that were changed or removed since.",
    "The data of the release have been erased: what came late, what was put right and what the program "
    "counts "
    "otherwise cannot be told apart.",
    "Today's policy and definitions differ from those of the release, or the place is made up of other "
    "services.",
};

CellKind kind_of(const MeasureFigure& figure) {
    const bool dose = figure.value_kind == MeasureValue::mean && figure.unit == MeasureUnit::micrograms;
    return dose ? CellKind::milligrams : CellKind::decimal;
}

/// What differences are in: those of shares are percentage points.
std::string_view difference_unit(const MeasureFigure& figure) {
    if (figure.value_kind == MeasureValue::share) return "points";
    return unit_words(figure.value_kind, figure.unit);
}

constexpr std::size_t figure_cells = 4;

void append_figure(const MeasureFigure& figure, std::vector<DataCell>& row) {
    row.push_back(value_cell(figure));
    row.push_back(numerator_cell(figure));
    row.push_back(denominator_cell(figure));
    row.push_back(person_years_cell(figure));
}

/// Columns of append_figure.
void append_figure_columns(DataTable& table, std::string_view id, const std::string& group) {
    table.columns.push_back({fmt::format("{}_value", id), "Value", CellKind::decimal, group});
    table.columns.push_back({fmt::format("{}_numerator", id), "Of these", CellKind::count, group});
    table.columns.push_back({fmt::format("{}_denominator", id), "Of all", CellKind::count, group});
    table.columns.push_back({fmt::format("{}_person_years", id), "Person-years", CellKind::decimal, group});
}

void append_nothing(std::vector<DataCell>& row, std::size_t cells) {
    row.insert(row.end(), cells, DataCell::nothing());
}

DataCell difference(const std::optional<double>& from, const std::optional<double>& to,
                    const MeasureFigure& figure) {
    constexpr double points = 100;
    if (!from || !to) return DataCell::nothing();
    if (figure.value_kind == MeasureValue::share) return DataCell::decimal((*to - *from) * points);
    return DataCell::decimal(*to - *from, kind_of(figure));
}

std::optional<double> value_of(const std::optional<MeasureFigure>& figure) {
    return figure ? figure->value() : std::nullopt;
}

std::vector<DataCell> figures_row(const RestatedFigures& figures, const RestatedMeasure& measure) {
    std::vector<DataCell> row = {DataCell::words(measure.measure.name),
                                 DataCell::words(measure.measure.title),
                                 DataCell::words(measure.measure.group)};
    append_figure(measure.then, row);
    if (figures.causes.empty()) return row;
    if (measure.now())
        append_figure(*measure.now(), row);
    else
        append_nothing(row, figure_cells);
    row.push_back(difference(measure.then.value(), value_of(measure.now()), measure.then));
    row.push_back(DataCell::words(std::string(difference_unit(measure.then))));
    std::optional<double> before = measure.then.value();
    for (const auto& after : measure.after) {
        const auto value = value_of(after);
        row.push_back(difference(before, value, measure.then));
        before = value;
    }
    return row;
}

/// Behind a count, in the middle of a sentence.
std::string_view phrase_for(RestatementCause cause, std::int64_t count) {
    constexpr std::string_view phrases[] = {"program", "late data", "corrections", "data or program",
                                            "definition"};
    if (cause == RestatementCause::correction && count == 1) return "correction";
    return phrases[static_cast<std::size_t>(cause)];
}

using Count = std::int64_t MeasureFigure::*;

std::vector<DataCell> why_row(const RestatedFigures& figures, const RestatedMeasure& measure,
                              std::string_view number, Count count) {
    std::vector<DataCell> row = {DataCell::words(measure.measure.name), DataCell::words(std::string(number)),
                                 DataCell::words(measure.measure.title),
                                 DataCell::count(measure.then.*count)};
    std::int64_t before = measure.then.*count;
    for (std::size_t step = 0; step < figures.causes.size(); ++step) {
        const auto& after = measure.after[step];
        row.push_back(after ? DataCell::count(*after.*count - before) : DataCell::nothing());
        if (after) before = *after.*count;
    }
    if (!figures.causes.empty())
        row.push_back(measure.now() ? DataCell::count(*measure.now().*count) : DataCell::nothing());
    return row;
}

std::string_view numerator_name(const MeasureFigure& figure) {
    return figure.value_kind == MeasureValue::mean ? "sum of values" : "numerator";
}

std::string_view denominator_name(const MeasureFigure& figure) {
    return figure.value_kind == MeasureValue::rate ? "person-days" : "denominator";
}

}  // namespace

std::string_view words_for(RestatementCause cause) { return cause_words[static_cast<std::size_t>(cause)]; }
std::string_view meaning_of(RestatementCause cause) {
    return cause_meanings[static_cast<std::size_t>(cause)];
}

std::size_t RestatedFigures::changed() const {
    if (causes.empty()) return 0;
    return static_cast<std::size_t>(std::ranges::count_if(measures, &RestatedMeasure::has_changed));
}

RestatedFigures restated_figures(const Restatement& restatement, const RestatedPlace& place) {
    RestatedFigures figures{restatement.causes(), {}};
    for (const ReleaseMeasure& measure : restatement.measures())
        figures.measures.push_back(restatement.measure(measure, place));
    return figures;
}

RestatedFigures released_figures(const ReleaseFigures& figures, Day as_at, const RestatedPlace& place) {
    const NamedCells cells(figures.cells, as_at);
    const auto in = [&](std::string_view service) { return place.has_then(service); };
    RestatedFigures released;
    for (const ReleaseMeasure& measure : figures.measures)
        released.measures.push_back({measure, figure_of(measure, cells.sum(measure.function, in)), {}});
    return released;
}

std::int64_t RestatedPeople::moved() const {
    std::int64_t people = 0;
    for (const Moved& cause : by_cause)
        people += cause.people;
    return people;
}

bool concerns(const RestatedPerson& person, const RestatedPlace& place) {
    return (person.then && place.has_then(person.then->service_id)) ||
           (person.now && place.has_now(person.now->service_id));
}

RestatedPeople restated_people(const Restatement& restatement, const RestatedPlace& place) {
    RestatedPeople people;
    for (const auto& [service, count] : restatement.people_then())
        if (place.has_then(service)) people.then += count;
    for (const RestatedPerson& person : restatement.people()) {
        if (!concerns(person, place)) continue;
        RestatedPeople::Moved& moved = people.by_cause[static_cast<std::size_t>(person.cause)];
        const bool was = person.then && place.has_then(person.then->service_id);
        const bool is = person.now && place.has_now(person.now->service_id);
        ++moved.people;
        moved.entered += !was && is;
        moved.left += was && !is;
    }
    return people;
}

std::string restatement_sentence(const RestatedFigures& figures, const RestatedPeople* people) {
    const std::string differ =
        fmt::format("{} of {} figures differ.", count_text(static_cast<std::int64_t>(figures.changed())),
                    count_text(static_cast<std::int64_t>(figures.measures.size())));
    if (people == nullptr) return differ;
    const std::int64_t moved = people->moved();
    if (moved == 0)
        return fmt::format("Since this release nobody of {} stands elsewhere. {}", people_text(people->then),
                           differ);
    std::vector<std::string> causes;
    for (std::size_t i = 0; i < restatement_cause_count; ++i)
        if (const std::int64_t count = people->by_cause[i].people; count != 0)
            causes.push_back(
                fmt::format("{} {}", count_text(count), phrase_for(static_cast<RestatementCause>(i), count)));
    return fmt::format("Since this release {} of {} {} elsewhere: {}. {}", people_text(moved),
                       count_text(people->then), moved == 1 ? "stands" : "stand", fmt::join(causes, ", "),
                       differ);
}

DataTable release_figures_table(const RestatedFigures& figures, Day as_at) {
    DataTable table{"release_figures",
                    fmt::format("Measures as released for {}", long_date(as_at)),
                    "Shares in percent, their differences in percentage points; doses in mg; times in days; "
                    "rates per 100 "
                    "person-years. What starts in a month counts over the twelve months to the day.",
                    {{"measure", "Name", CellKind::words, ""},
                     {"title", "Measure", CellKind::words, ""},
                     {"group", "Group", CellKind::words, ""}},
                    {},
                    2};
    append_figure_columns(table, "then", "Then");
    if (!figures.causes.empty()) {
        table.title += ", and as they are now";
        append_figure_columns(table, "now", "Now");
        table.columns.push_back({"difference", "In all", CellKind::decimal, "Difference of the value"});
        table.columns.push_back({"difference_unit", "In", CellKind::words, "Difference of the value"});
        for (const RestatementCause cause : figures.causes)
            table.columns.push_back({fmt::format("by_{}", text_of(cause)), std::string(words_for(cause)),
                                     CellKind::decimal, "Difference of the value"});
    }
    for (const RestatedMeasure& measure : figures.measures)
        table.rows.push_back(figures_row(figures, measure));
    return table;
}

DataTable release_why_table(const RestatedFigures& figures) {
    DataTable table{"release_why",
                    "Why figures differ: counts then, by cause, and now",
                    "In each row then and the causes add up to now.",
                    {{"measure", "Name", CellKind::words, ""},
                     {"number", "Number", CellKind::words, ""},
                     {"title", "Measure", CellKind::words, ""},
                     {"then", "Then", CellKind::count, ""}},
                    {},
                    3};
    for (const RestatementCause cause : figures.causes)
        table.columns.push_back(
            {std::string(text_of(cause)), std::string(words_for(cause)), CellKind::count, ""});
    if (!figures.causes.empty()) table.columns.push_back({"now", "Now", CellKind::count, ""});
    for (const RestatedMeasure& measure : figures.measures) {
        table.rows.push_back(
            why_row(figures, measure, numerator_name(measure.then), &MeasureFigure::numerator));
        table.rows.push_back(
            why_row(figures, measure, denominator_name(measure.then), &MeasureFigure::denominator));
    }
    return table;
}

DataTable release_people_table(const Restatement& restatement, const RestatedPeople& people) {
    DataTable table{"release_people",
                    "People who stand elsewhere now, by what moved them",
                    "Elsewhere: in or out of MAT, another service, stage, cohort, dose band or regime. Whom "
                    "several causes moved counts at the first, in this order.",
                    {{"cause", "Cause", CellKind::words, ""},
                     {"people", "People", CellKind::count, ""},
                     {"entered", "In MAT here only now", CellKind::count, ""},
                     {"left", "In MAT here only then", CellKind::count, ""},
                     {"meaning", "What it means", CellKind::words, ""}},
                    {},
                    1};
    for (const RestatementCause cause : restatement.causes()) {
        const auto& moved = people.by_cause[static_cast<std::size_t>(cause)];
        table.rows.push_back({DataCell::words(std::string(words_for(cause))), DataCell::count(moved.people),
                              DataCell::count(moved.entered), DataCell::count(moved.left),
                              DataCell::words(std::string(meaning_of(cause)))});
    }
    return table;
}

}  // namespace optimat
