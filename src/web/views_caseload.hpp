#pragma once
// Caseloads by keyworker, and who has naloxone, in figures: page, CSV, workbook and API take them from here.

#include "priority/caseload.hpp"
#include "web/views.hpp"

namespace optimat {

/// Table `caseloads`: a row a keyworker, the service's own people last. A recovery worker sees the own one
/// only. Throws HttpError 403 where the viewer may not list people.
PageFigures caseload_figures(Context& context, const PageChoice& choice);

/// Tables `naloxone` (the place beside the organisation) and `naloxone_services` (each service of the place,
/// with people of MAT 2 and everybody).
PageFigures naloxone_figures(Context& context, const PageChoice& choice);

}  // namespace optimat
