#pragma once
// The things behind a measure's number, each with the person whose it is. As many as the number says.

#include "web/views_measures.hpp"

#include <string>

namespace optimat {

/// Which things of a measure's function are listed.
struct MeasurePart {
    std::string name;   ///< of the address: `numerator`, `denominator`, `outside`, `all` or a part's
    std::string words;  ///< `Counted`, `Dropped out`
    std::vector<std::uint8_t> parts;  ///< rising
};

/// Everything that may be chosen, the numerator first. Of a rate the denominator is days and no list.
std::vector<MeasurePart> measure_parts(Context& context, const MeasureDefinition& measure);
/// Of `part` in the query, the numerator when it has none. Throws HttpError 400.
MeasurePart read_measure_part(Context& context, const MeasureDefinition& measure);

/// Table `people`, in byte order of the clients' ids; somebody is there once for each thing. Throws
/// HttpError 403 when the viewer may not list the place. Fills in the audit entry.
PageFigures measure_people_figures(Context& context, const MeasureChoice& choice, const MeasurePart& part);

/// Where a number's list is; empty when the viewer may not open it or nothing is counted.
std::string measure_people_link(Context& context, const MeasureChoice& choice, std::string_view part,
                                std::int64_t number);

}  // namespace optimat
