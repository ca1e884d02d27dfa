#pragma once
// Supervised consumption of a place as tables: rates by stage, service and pharmacy beside the organisation,
// coverage of inventories, whether they agree with what was decided, which items go with supervision, and
// which stand together. The page, CSV, workbook and API take it from here. Rules supervision/rate,
// asci/coverage, asci/agreement, asci/items; source 000 section 6.4.

#include "priority/supervision.hpp"
#include "web/views.hpp"

namespace optimat {

struct SupervisionView {
    SupervisionFigures here, organisation;
    /// Tables `supervision` (by stage), `services` (all of them, those of the place first), `pharmacies`
    /// (only for those who may see people: there may be few), `items` (the greatest difference first) and
    /// `combinations`.
    PageFigures page;
};
SupervisionView supervision_view(Context& context, const PageChoice& choice);

/// Of the place's services, and of all when it is the whole organisation: `here` says which.
bool is_of_place(const PageChoice& choice, ServiceIndex service);

/// Words of the inventory's items as the extract has them, in its order.
std::vector<std::string> item_words(Context& context);

}  // namespace optimat
