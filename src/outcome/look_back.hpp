#pragma once
// How far back a function looks, so that a month whose window begins before the data is not read as a figure.
// Rule spc/xmr.

#include "outcome/measure_item.hpp"

namespace optimat {

/// The first day that a function's figure at a date rests on: of a cohort the one its earliest thing, that of
/// the month's first day, rests on. Nothing: it rests on the date and what began in its month. Re-inductions
/// are not here: where their history is too short, the part `too_little_history` says so.
std::optional<Day> looks_back_to(const MeasureFunction& function, Day date, const Policy& policy);

/// Whether data that begin on covers_from hold everything that the function's figure at a date rests on.
bool reaches_back(const MeasureFunction& function, Day date, Day covers_from, const Policy& policy);

}  // namespace optimat
