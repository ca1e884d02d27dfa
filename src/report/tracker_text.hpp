#pragma once
// The service tracker of one place as a terminal table, CSV or JSON. Source: rules "Service tracker".

#include "measure/tracker.hpp"
#include "report/states_text.hpp"
#include "report/terminal.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// One place over the tracker's dates.
struct TrackerSeries {
    Place place;
    std::vector<Day> dates;          ///< rising
    std::vector<TrackerCell> cells;  ///< by date
};
TrackerSeries tracker_series(const TrackerTable& table, const Place& place);

/// `the whole organisation`, `region North`, `service S07`: what kind of place it is, for a heading beside
/// its name.
std::string words_for(const Place& place);

/// What changed since the date before and since the first, in one sentence; with one date only: where people
/// stand.
std::string tracker_sentence(const TrackerSeries& series);

/// How many of `columns` cells of a bar each part takes: together all of them, each within one of its exact
/// share; a part that is not 0 has at least one cell where there is room. Nothing anywhere when all parts are
/// 0.
std::vector<std::size_t> bar_cells(const std::vector<std::int64_t>& parts, std::size_t columns);

/// Tables of shares with a stacked bar, of people and of mean methadone doses; months are rows.
void write_tracker_text(const TrackerSeries& series, const Provenance& provenance, const Terminal& terminal,
                        const TextSink& sink);

/// One row a date and group: place_kind, place_id, place, as_at, group, people, share_of_cohorts,
/// share_of_all, mean_methadone_mg, methadone_people, then the provenance. People over the groups of a date
/// sum to the people in MAT. Shares are 0 to 1; a share or mean that cannot be is empty; share_of_cohorts is
/// only of red, amber, green and grey.
void write_tracker_csv(const TrackerSeries& series, const Provenance& provenance, const TextSink& sink);

/// The same with totals, as one object; what cannot be is null.
void write_tracker_json(const TrackerSeries& series, const Provenance& provenance, const TextSink& sink);

}  // namespace optimat
