#pragma once
// Caseloads: how much there is to do per keyworker, and who has naloxone. Pure. Rules attribution, naloxone.

#include "priority/lists.hpp"

#include <string_view>
#include <vector>

namespace optimat {

/// One keyworker's people, or those of a service who have none.
struct Caseload {
    ListOwner owner;
    std::int64_t in_mat = 0, red = 0, amber = 0, uncategorised = 0;
    std::int64_t out_of_cover = 0;      ///< on list 6
    std::int64_t without_naloxone = 0;  ///< of in_mat and out_of_cover, none within its time
    std::array<std::int64_t, work_list_count>
        still_to_review{};              ///< by list, waiting for a co-signature included
    std::int64_t people_to_review = 0;  ///< on any list of 0 to 3 and 6, each once
    std::int64_t overdue = 0;           ///< claims due before `today` and not reviewed
};

/// By service, then keyworker in byte order, the service's own people last.
std::vector<Caseload> caseloads(const Extract& extract, const Pictures& pictures, const Policy& policy,
                                const Place& place, const TeamRecords& records, ReviewTime time, Day today);

/// Naloxone supplied within its time ÷ people.
struct NaloxoneCoverage {
    struct Part {
        std::int64_t supplied = 0, people = 0;
    };
    Part in_mat, mat2;
    Part out_of_cover;  ///< people of list 6, supplied since they were last covered or released
};
NaloxoneCoverage naloxone_coverage(const Extract& extract, const Pictures& pictures, const Place& place);

}  // namespace optimat
