#pragma once
// Every figure of the workbook, computed once by the engine for all places, before anything is written.

#include "measure/flows.hpp"
#include "measure/service_data.hpp"
#include "report/workbook.hpp"

namespace optimat::workbook {

/// Families whose doses are averaged and ranged, in the order of the columns.
constexpr Family averaged_families[] = {Family::methadone, Family::buprenorphine};

/// The dose range of one row of the service data sheet for one family.
struct DoseRangeOf {
    std::size_t row;  ///< in service_data_rows()
    Family family;
    std::optional<Spread> range;  ///< mg; nothing when nobody's dose is known
};

/// All figures of one place.
struct PlaceFigures {
    Place place;
    std::string label;  ///< as in the drop-down list; no two places share one, whatever their case
    std::vector<TrackerCell> months;
    std::vector<ServiceDataCell> service_data;  ///< by row, at the last date
    std::vector<DoseRangeOf> dose_ranges;       ///< same rows and families at every place
    std::optional<FlowTable> flows;  ///< from the last but one date to the last, when there are two
};

struct Figures {
    std::vector<Day> dates;
    std::vector<PlaceFigures> places;  ///< the organisation first
    std::size_t chosen = 0;
    ServiceDataTable service_table;

    const PlaceFigures& organisation() const { return places.front(); }
    const PlaceFigures& here() const { return places[chosen]; }
    std::size_t last() const { return dates.size() - 1; }
};

/// Names for the drop-down list: services by name, with their id where another place has that name already.
std::vector<std::string> labels_of(const std::vector<Place>& places);

Figures make_figures(const WorkbookRequest& request);

}  // namespace optimat::workbook
