// The columns that only one work list has.

#include "report/list_data.hpp"

#include <algorithm>
#include <array>

namespace optimat {

namespace {

DataCell yes_or_no(bool holds) { return DataCell::words(holds ? "yes" : "no"); }
DataCell of_flag(Flag flag) {
    return flag == Flag::not_recorded ? DataCell::nothing() : yes_or_no(flag == Flag::yes);
}
DataCell of_day(OptionalDay day) { return day ? DataCell::of_day(*day) : DataCell::nothing(); }

std::string spaced(std::string_view text) {
    std::string words(text);
    std::ranges::replace(words, '_', ' ');
    return words;
}

constexpr std::string_view top_group = "Last TOP";
struct TopColumn {
    std::string_view id, words;
    TopField field;
};
constexpr TopColumn top_counts[] = {
    {"top_physical_health", "Physical health, 0–20", TopField::physical_health},
    {"top_psychological_health", "Psychological health, 0–20", TopField::psychological_health},
    {"top_quality_of_life", "Quality of life, 0–20", TopField::quality_of_life},
    {"top_paid_work_days", "Days of paid work of 28", TopField::paid_work_days},
    {"top_volunteering_days", "Days of volunteering of 28", TopField::volunteering_days},
    {"top_education_days", "Days of education of 28", TopField::education_days}};
constexpr TopColumn top_flags[] = {
    {"top_acute_housing_problem", "Acute housing problem", TopField::acute_housing_problem},
    {"top_unsuitable_housing", "Unsuitable housing", TopField::unsuitable_housing},
    {"top_eviction_risk", "At risk of eviction", TopField::eviction_risk}};

DataColumn top_column(const TopColumn& column, CellKind kind) {
    return {std::string(column.id), std::string(column.words), kind, std::string(top_group)};
}

std::vector<DataColumn> recovery_columns() {
    std::vector<DataColumn> columns = {{"years_in_treatment", "Years in treatment", CellKind::decimal, ""},
                                       {"stable", "Stable", CellKind::words, ""},
                                       {"shared_care", "In shared care", CellKind::words, ""},
                                       {"top_date", "Date", CellKind::day, std::string(top_group)}};
    for (const TopColumn& column : top_counts)
        columns.push_back(top_column(column, CellKind::count));
    for (const TopColumn& column : top_flags)
        columns.push_back(top_column(column, CellKind::words));
    return columns;
}

std::vector<DataCell> recovery_cells(const Extract& extract, const PersonPicture& person) {
    constexpr double days_of_year = 365.25;
    std::vector<DataCell> cells = {person.days_in_treatment
                                       ? DataCell::decimal(*person.days_in_treatment / days_of_year)
                                       : DataCell::nothing(),
                                   yes_or_no(person.stable), yes_or_no(person.shared_care)};
    if (!person.last_top) {
        cells.resize(cells.size() + 1 + std::size(top_counts) + std::size(top_flags));
        return cells;
    }
    const Table& tops = extract.chunks[person.place.chunk].table(TableKind::tops);
    cells.push_back(DataCell::of_day(tops.column<Day>(TopField::date)[*person.last_top]));
    for (const TopColumn& column : top_counts) {
        const OptionalCount count = tops.column<OptionalCount>(column.field)[*person.last_top];
        cells.push_back(count.has_value() ? DataCell::count(*count) : DataCell::nothing());
    }
    for (const TopColumn& column : top_flags)
        cells.push_back(of_flag(tops.column<Flag>(column.field)[*person.last_top]));
    return cells;
}

const std::vector<DataColumn>& supervision_columns() {
    static const std::vector<DataColumn> columns = {
        {"supervision", "Supervision", CellKind::words, ""},
        {"inventory_date", "Date", CellKind::day, "Inventory"},
        {"inventory_age_days", "Age, days", CellKind::count, "Inventory"},
        {"inventory_current", "Current and complete", CellKind::words, "Inventory"},
        {"inventory_items", "Reasons found", CellKind::words, "Inventory"},
        {"last_concern", "Last use, overdose or missed pick-up", CellKind::day, ""},
        {"children_in_household", "Children at home", CellKind::words, ""},
        {"safe_storage", "Stored safely", CellKind::words, ""}};
    return columns;
}

std::string present_items(const Extract& extract, const AsciPicture& asci) {
    std::string words;
    for (std::size_t i = 0; i < asci.items.size(); ++i)
        if (asci.items[i] == Flag::yes)
            words += (words.empty() ? "" : ", ") + spaced(extract.inventory_items[i]);
    if (!words.empty()) return words;
    return asci.any_item ? "one that the list does not know" : "none";
}

std::vector<DataCell> supervision_cells(const Extract& extract, Day as_at, const ListRow& row) {
    const PersonPicture& person = *row.person;
    const bool current = row.asci.has_value();
    const std::optional<AsciPicture>& asci = current ? row.asci : person.asci;
    std::vector<DataCell> cells = {person.supervision == SupervisionState::not_recorded
                                       ? DataCell::nothing()
                                       : DataCell::words(std::string(text_of(person.supervision)))};
    if (asci) {
        cells.push_back(DataCell::of_day(asci->day));
        // An inventory made after the reference date counts on the newest lists.
        cells.push_back(DataCell::count(std::max(0, as_at - asci->day)));
        cells.push_back(yes_or_no(current && asci->complete));
        cells.push_back(DataCell::words(present_items(extract, *asci)));
    } else {
        cells.resize(cells.size() + 4);
    }
    cells.push_back(of_day(person.last_concern));
    cells.push_back(of_flag(person.children_in_household));
    cells.push_back(of_flag(person.safe_storage));
    return cells;
}

const std::vector<DataColumn>& cover_columns() {
    static const std::vector<DataColumn> columns = {
        {"days_out_of_cover", "Days out of cover", CellKind::count, ""},
        {"last_covered", "Last covered", CellKind::day, ""},
        {"left", "Left", CellKind::day, ""},
        {"end_reason", "Why they left", CellKind::words, ""},
        {"released", "Released", CellKind::day, ""},
        {"naloxone_since", "Naloxone since", CellKind::words, ""}};
    return columns;
}

std::vector<DataCell> cover_cells(const PersonPicture& person) {
    const OutOfCover& out = *person.out_of_cover;
    const OptionalDay since = out.since();
    DataCell naloxone = DataCell::nothing();
    if (since) naloxone = yes_or_no(person.naloxone && *person.naloxone >= *since);
    return {out.days_uncovered ? DataCell::count(*out.days_uncovered) : DataCell::nothing(),
            out.days_uncovered ? DataCell::of_day(out.last_covered) : DataCell::nothing(),
            of_day(out.left),
            out.end_reason == EndReason::not_recorded
                ? DataCell::nothing()
                : DataCell::words(spaced(text_of(codes::end_reason, out.end_reason))),
            of_day(out.released),
            naloxone};
}

const std::vector<DataColumn>& target_columns() {
    static const std::vector<DataColumn> columns = {{"target_mg", "Target mg", CellKind::milligrams, ""},
                                                    {"target_band", "Target", CellKind::words, ""}};
    return columns;
}

std::vector<DataCell> target_cells(const PersonPicture& person) {
    if (!person.target.has_value()) return {DataCell::nothing(), DataCell::nothing()};
    return {DataCell{CellKind::milligrams, {}, (*person.target).number, 1000, {}},
            DataCell::words(std::string(text_of(person.target_band)))};
}

}  // namespace

std::vector<DataColumn> own_columns(WorkList list) {
    switch (list) {
    case WorkList::priority_2:
    case WorkList::review_cohorts:
    case WorkList::mat4:
    case WorkList::slow_reduction:
        return target_columns();
    case WorkList::priority_4:
        return supervision_columns();
    case WorkList::priority_5:
        return recovery_columns();
    case WorkList::priority_6:
        return cover_columns();
    case WorkList::priority_0:
    case WorkList::priority_1:
    case WorkList::priority_3:
        break;
    }
    return {};
}

std::vector<DataCell> own_cells(const Extract& extract, const Pictures& pictures, const ListRow& row,
                                WorkList list) {
    switch (list) {
    case WorkList::priority_2:
    case WorkList::review_cohorts:
    case WorkList::mat4:
    case WorkList::slow_reduction:
        return target_cells(*row.person);
    case WorkList::priority_4:
        return supervision_cells(extract, pictures.as_at, row);
    case WorkList::priority_5:
        return recovery_cells(extract, *row.person);
    case WorkList::priority_6:
        return cover_cells(*row.person);
    case WorkList::priority_0:
    case WorkList::priority_1:
    case WorkList::priority_3:
        break;
    }
    return {};
}

}  // namespace optimat
