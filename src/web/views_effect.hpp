#pragma once
// Whether reviewing helped, in figures: people of a list reviewed after its day beside those who were not,
// 28, 56 and 84 days later; by outcome and by service. The page, CSV, workbook and API take it from here.
// Rule review/effect.

#include "priority/effect.hpp"
#include "web/views.hpp"

namespace optimat {

/// The list of the query (`list=2`, 1 without one). Throws HttpError 400 for one that is not there.
WorkList read_work_list(Context& context);

struct EffectFigures {
    ListEffect effect;
    PageFigures page;  ///< tables `effect`, `outcomes`, `services`
};
EffectFigures effect_figures(Context& context, const PageChoice& choice, WorkList list);

}  // namespace optimat
