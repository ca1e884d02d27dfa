#pragma once
// Service data of one place beside the organisation, and breakdowns of its rows, as a terminal table, CSV or
// JSON. Source: rules "Service data"; the layout is that of 000 Figure 8.

#include "measure/service_data.hpp"
#include "report/states_text.hpp"
#include "report/terminal.hpp"

#include <optional>
#include <vector>

namespace optimat {

/// Everything that the sheet of one place shows; all vectors are by row of service_data_rows().
struct ServiceDataSheet {
    Place place;
    Day date;
    std::vector<ServiceDataCell> cells, organisation;
    std::vector<std::optional<Spread>> services;   ///< of the row's share among services with anybody in MAT
    std::vector<std::optional<Spread>> methadone;  ///< known doses in mg at the place
    std::vector<std::optional<Spread>> buprenorphine;  ///< the same of sublingual tablets
};
/// `date` is a place in states.dates.
ServiceDataSheet service_data_sheet(const Extract& extract, const States& states, std::size_t date,
                                    const Policy& policy, const Place& place, ThreadCount threads);

/// Parts of a stage that have nobody in the organisation are left out here, never in CSV and JSON.
void write_service_data_text(const ServiceDataSheet& sheet, const Provenance& provenance,
                             const Terminal& terminal, const TextSink& sink);

/// One row a row of the sheet: people, share of all in MAT at the place and the organisation, how services
/// lie, mean doses, dose ranges and counts, then the provenance. Shares are 0 to 1; what cannot be is empty.
/// docs/commands.md names the columns.
void write_service_data_csv(const ServiceDataSheet& sheet, const Provenance& provenance,
                            const TextSink& sink);
void write_service_data_json(const ServiceDataSheet& sheet, const Provenance& provenance,
                             const TextSink& sink);

/// One row's people at a place by one attribute.
struct BreakdownSheet {
    Place place;
    Day date;
    const ServiceDataRow* row;
    Breakdown by;
    std::vector<BreakdownPart> parts;
};
void write_breakdown_text(const BreakdownSheet& sheet, const Provenance& provenance, const Terminal& terminal,
                          const TextSink& sink);
/// One row a part: place_kind, place_id, place, as_at, row, breakdown, part, people, share_of_row,
/// mean_methadone_mg, methadone_people, mean_buprenorphine_mg, buprenorphine_people, then the provenance.
void write_breakdown_csv(const BreakdownSheet& sheet, const Provenance& provenance, const TextSink& sink);
void write_breakdown_json(const BreakdownSheet& sheet, const Provenance& provenance, const TextSink& sink);

}  // namespace optimat
