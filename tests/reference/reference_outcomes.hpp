#pragma once

// The outcome measures of the reference: which things each measure's function counts, in which part, with
// which value, as slowly and plainly as the rules induction, detoxification, journey, outcome/* and naloxone
// read. Shares no code with the engine.

#include "reference.hpp"

#include <compare>

namespace optimat {

/// The values that the rules of the outcomes leave to policy.
struct ReferenceOutcomePolicy {
    ReferencePolicy states;
    int return_days = 90, re_induction_months = 12, end_before_days = 7, end_after_days = 28;
    int retention_days = 183;
    long exit_methadone = 10'000, exit_buprenorphine = 2'000;  ///< micrograms
    int after_detox_days = 28, restart_months = 6, support_months = 6;
    int journey_gap_days = 21, completion_months = 12, re_presentation_months = 6, waiting_days = 21;
    int harm_months = 12, leaving_days = 28, naloxone_months = 24, change_recent_months = 6;
    std::optional<int> reliable_opiate_days;  ///< least change of days of use; none: any counts
    std::vector<std::chrono::year_month_day> bank_holidays;
};

/// One thing that a function counts.
struct ReferenceItem {
    std::string client_id;
    std::string service_id;  ///< empty: of no service, in the organisation's numbers only
    std::string part;
    std::string day;  ///< YYYY-MM-DD
    long value = 0;
    auto operator<=>(const ReferenceItem&) const = default;
};

/// The extract is one without a mapping and without faults.
class ReferenceOutcomes {
  public:
    ReferenceOutcomes(const std::filesystem::path& extract, ReferenceOutcomePolicy policy);
    ~ReferenceOutcomes();
    ReferenceOutcomes(const ReferenceOutcomes&) = delete;
    ReferenceOutcomes& operator=(const ReferenceOutcomes&) = delete;

    static std::vector<std::string> functions();
    /// What a function counts at one of the dates (rising). Of a cohort: things of the date's calendar month
    /// up to the date, as known on the last of the dates. In order. Throws std::out_of_range for an unknown
    /// function.
    std::vector<ReferenceItem> items(const std::string& function,
                                     const std::vector<std::chrono::year_month_day>& dates,
                                     std::size_t date) const;

  private:
    struct Known;
    Known* m_known;
};

/// Adds to a plain, faultless random extract what the outcomes look at beside what the states do: kinds of
/// services, referrals and presentations, starts and reviews, releases, naloxone, support, overdoses, and
/// people whose courses end on the windows' edges. The same seed gives the same files.
void add_outcome_records(const std::filesystem::path& extract, std::uint64_t seed,
                         const std::vector<std::chrono::year_month_day>& as_at);

}  // namespace optimat
