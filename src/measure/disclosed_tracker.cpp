#include "measure/disclosure.hpp"

#include <algorithm>

namespace optimat {

namespace {

constexpr TrackerGroup cohorts[] = {TrackerGroup::red, TrackerGroup::amber, TrackerGroup::green,
                                    TrackerGroup::grey};
constexpr std::size_t nowhere = PlaceRows::nowhere;

bool is_cohort(std::size_t group) {
    return std::ranges::find(cohorts, static_cast<TrackerGroup>(group)) != std::end(cohorts);
}
bool is_not_placed(std::size_t group) {
    const auto which = static_cast<TrackerGroup>(group);
    return which == TrackerGroup::mat2_unbanded || which == TrackerGroup::mat3_unbanded ||
           which == TrackerGroup::uncategorised;
}
/// As TrackerCell::average_methadone.
bool in_average(std::size_t group) {
    const auto which = static_cast<TrackerGroup>(group);
    return which != TrackerGroup::mat1 && which != TrackerGroup::mat4;
}

/// Columns of the groups within in_cohorts and in_mat, which is column 0. Who is not placed is one column:
/// people without a band are one here and one there, so that services could only hide them together with
/// their region and the whole.
struct PeopleColumns {
    Nesting nesting;
    std::size_t in_cohorts = nesting.add(0);
    std::size_t not_placed = nesting.add(0);
    std::array<std::size_t, tracker_group_count> groups{};
    PeopleColumns() {
        for (std::size_t group = 0; group < tracker_group_count; ++group)
            groups[group] =
                is_not_placed(group) ? not_placed : nesting.add(is_cohort(group) ? in_cohorts : 0);
    }
};

/// Columns of the cohorts, whose means leave, and of the rest of those in the average, which is column 0.
struct DoseColumns {
    Nesting nesting;
    std::size_t rest = nesting.add(0);
    std::array<std::size_t, tracker_group_count> groups{};
    DoseColumns() {
        for (std::size_t group = 0; group < tracker_group_count; ++group)
            groups[group] = is_cohort(group) ? nesting.add(0) : (in_average(group) ? rest : nowhere);
    }
};

CountTable count_people(const PlaceRows& rows, const PeopleColumns& columns,
                        std::span<const TrackerCell> services) {
    CountTable table(rows.nesting, columns.nesting);
    for (std::size_t service = 0; service < services.size(); ++service)
        for (std::size_t group = 0; group < tracker_group_count; ++group)
            table.add(rows.by_service[service], columns.groups[group], services[service].people[group]);
    return table;
}

CountTable count_with_dose(const PlaceRows& rows, const DoseColumns& columns,
                           std::span<const TrackerCell> services) {
    CountTable table(rows.nesting, columns.nesting);
    for (std::size_t service = 0; service < services.size(); ++service)
        for (std::size_t group = 0; group < tracker_group_count; ++group)
            if (columns.groups[group] != nowhere)
                table.add(rows.by_service[service], columns.groups[group],
                          services[service].methadone[group].people);
    return table;
}

/// Means of hidden people are hidden; the rest of the average counts as one.
std::vector<CountPlace> of_hidden_people(const DisclosedTable& people, const PeopleColumns& people_columns,
                                         const DoseColumns& dose_columns, std::size_t rows) {
    std::vector<CountPlace> hidden;
    for (std::size_t row = 0; row < rows; ++row) {
        if (!people.at(row, 0).is_shown()) hidden.push_back({row, 0});
        if (!people.at(row, people_columns.not_placed).is_shown()) hidden.push_back({row, dose_columns.rest});
        for (std::size_t group = 0; group < tracker_group_count; ++group)
            if (is_cohort(group) && !people.at(row, people_columns.groups[group]).is_shown())
                hidden.push_back({row, dose_columns.groups[group]});
    }
    return hidden;
}

}  // namespace

// Means. A mean times its people is a sum of doses, and sums of doses can be subtracted like counts: all less
// the parts that are shown leaves the dose of those that are not. So the people with a known dose are a table
// of their own, in which a mean of fewer than hidden_below, or of hidden people, is hidden and protected like
// a small count. We act as if every shown mean stood there unrounded and with its number of people, which the
// reader in fact does not get, and as if the rest of the average (who is in it but in no cohort) were
// published, for it is one subtraction away. What a move carries from cell to cell are then people with their
// doses: all shown means stay as they are, hidden ones change. And hidden means that subtraction gives
// together are of hidden_below people at least.
std::vector<DisclosedTrackerCell> disclose_tracker(std::span<const TrackerCell> services,
                                                   std::span<const Place> places,
                                                   const DisclosureRule& rule) {
    const PlaceRows rows = place_rows(places, services.size());
    const PeopleColumns people_columns;
    const DoseColumns dose_columns;
    const auto people = disclose(count_people(rows, people_columns, services), rule);
    const auto with_dose =
        disclose(count_with_dose(rows, dose_columns, services), rule,
                 of_hidden_people(people, people_columns, dose_columns, rows.nesting.size()));
    std::vector<DisclosedTrackerCell> cells(places.size());
    for (std::size_t place = 0; place < places.size(); ++place) {
        const std::size_t row = rows.by_place[place];
        if (row == nowhere) continue;
        DisclosedTrackerCell& cell = cells[place];
        cell.in_mat = people.at(row, 0);
        cell.in_cohorts = people.at(row, people_columns.in_cohorts);
        cell.not_placed = people.at(row, people_columns.not_placed);
        cell.average_with_dose = with_dose.at(row, 0);
        for (std::size_t group = 0; group < tracker_group_count; ++group) {
            if (!is_not_placed(group)) cell.people[group] = people.at(row, people_columns.groups[group]);
            if (is_cohort(group)) cell.with_dose[group] = with_dose.at(row, dose_columns.groups[group]);
        }
    }
    return cells;
}

}  // namespace optimat
