#pragma once
// Service data of a place as tables: the sheet, one of its rows broken down, and the doses of its people.
// Source: rules "Service data", 000 Figure 8.

#include "measure/dose_distribution.hpp"
#include "web/views.hpp"

#include <string>

namespace optimat {

/// What is looked at closer, beside the sheet.
struct ServiceDataDetail {
    const ServiceDataRow* row;  ///< of service_data_rows()
    Breakdown by = Breakdown::medicine;
    Family family = Family::methadone;

    /// `row=mat2_below&by=team&family=methadone`.
    std::string query() const;
};

/// From `row`, `by` and `family` of the query; without them everybody, by medicine, methadone. Throws
/// HttpError 400.
ServiceDataDetail read_service_data_detail(const Context& context);

/// Tables `service_data`, `breakdown` and `doses`, and a sentence on how the place stands beside the
/// organisation.
PageFigures service_data_figures(Context& context, const PageChoice& choice, const ServiceDataDetail& detail);

/// `MAT 2 using on top, below threshold, reducing`: a row's words with those it belongs to, so that they
/// stand alone.
std::string full_words(const ServiceDataRow& row);
/// `time in treatment`.
std::string_view words_for(Breakdown breakdown);

/// The doses that the table `doses` shows: of the detail's family, among its row's people.
DoseDistribution doses_at(Context& context, const PageChoice& choice, const ServiceDataDetail& detail);

}  // namespace optimat
