#pragma once
// How the doses of one family lie: a histogram whose bins meet at the guideline threshold. Rule "Service
// data", dose range.

#include "measure/service_data.hpp"

#include <vector>

namespace optimat {

/// The natural step of a family's doses: methadone 10 mg, buprenorphine 2, lyophilisate 2, weekly 8, monthly
/// 32, Sublocade 100, other 10.
Micrograms dose_step(Family family);

/// One bin: doses from `from` up to but not including `to`.
struct DoseBin {
    Micrograms from, to;
    std::int64_t people = 0;
    friend bool operator==(const DoseBin&, const DoseBin&) = default;
};

struct DoseDistribution {
    Family family;
    std::optional<Micrograms> threshold;  ///< of the policy; when there is one, a bin begins on it
    std::vector<DoseBin> bins;  ///< neighbouring, from the lowest known dose to the highest; none without any
    std::int64_t known = 0;     ///< people with a known dose: the sum of the bins
    std::int64_t unknown = 0;   ///< people on the family whose dose is not known
    std::int64_t on_threshold =
        0;  ///< people exactly on the threshold, whichever side the comparator puts them
};

/// Doses of a family among the people of a row at a place; `date` is a place in states.dates. Bins begin at
/// the threshold plus or minus whole steps (without a threshold, at whole steps); the first begins at 0 when
/// the step does not go into the threshold, and may be narrower. Empty bins between others are there, with
/// nobody in them.
DoseDistribution dose_distribution(const Extract& extract, const States& states, std::size_t date,
                                   const Policy& policy, const Place& place, const ServiceDataRow& row,
                                   Family family);

}  // namespace optimat
