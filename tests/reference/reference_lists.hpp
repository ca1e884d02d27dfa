#pragma once

// The work lists of the reference: who is on each, in which block, with which factors of risk, as slowly and
// plainly as the rules priority/0 to priority/6 read. Shares no code with the engine. Reviews are not here.

#include "reference.hpp"

#include <compare>

namespace optimat {

/// The values that the rules of the lists leave to policy.
struct ReferenceListPolicy {
    ReferencePolicy states;
    int profile_months = 12, absence_months = 3, top_months = 3, screen_months = 3, overdose_months = 12;
    int release_days = 28, uncovered_days = 3, uncovered_within_days = 28;
    int alcohol_days = 1, benzodiazepine_days = 1, physical_health = 5;
    int naloxone_months = 24, occasional_days = 8, regular_days = 20, asci_months = 12;
    int stable_months = 6, recovery_top_months = 6;
    int lapsed_days = 28, unplanned_days = 90, released_days = 28;
    long methadone_low = 30'000, methadone_next = 40'000, buprenorphine_low = 6'000;  ///< micrograms
    int slow_reduction_months = 3;
};

/// Somebody on a list.
struct ReferenceListRow {
    std::string list;  ///< `0` … `6`, `review-cohorts`, `mat4`, `slow-reduction`
    std::string client_id;
    std::string block;
    std::string service_id;  ///< of the leading prescription; out of cover, whom to ask for the person
    auto operator<=>(const ReferenceListRow&) const = default;
};

/// What is known of somebody on any list, or in MAT.
struct ReferencePerson {
    std::string client_id;
    std::map<std::string, std::string> factors;  ///< by factor: present, absent or unknown
    std::string days_used, frequency;            ///< empty: not known; occasional, regular, daily or unknown
    bool tolerance_lower = false, naloxone_current = false, overdose_or_release = false;
    bool reducing_and_below = false, stable = false, reducing_long = false;
    std::string supervision;    ///< supervised, unsupervised, not_recorded, injection; empty: not in MAT
    std::string last_concern;   ///< date; empty: none
    std::string last_evidence;  ///< date of the latest of any age; empty: never recorded
    auto operator<=>(const ReferencePerson&) const = default;
};

struct ReferenceLists {
    std::vector<ReferenceListRow> rows;   ///< in order of list, client and block (bytes)
    std::vector<ReferencePerson> people;  ///< in order of client_id: everybody in MAT or on list 6
};

/// The lists of an extract on a date. The extract is one without a mapping and without faults.
ReferenceLists reference_lists(const std::filesystem::path& extract, std::chrono::year_month_day as_at,
                               const ReferenceListPolicy& policy = {});

/// Adds to a plain, faultless random extract what the lists look at beside what the states do: more items of
/// TOPs and screens, risk profiles, inventories, events, supervision, shared care. The same seed gives the
/// same files.
void add_list_records(const std::filesystem::path& extract, std::uint64_t seed,
                      const std::vector<std::chrono::year_month_day>& as_at);

}  // namespace optimat
