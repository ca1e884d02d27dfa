#pragma once
// Disclosure control of what leaves the organisation. Rule disclosure: counts 1–4 are hidden, and others with them, so
// that no subtraction gives a hidden count back. Hidden is not zero: a true zero is shown.
//
// A table is a set of counts and the sums that hold between them (a total is the sum of its parts), nested and
// overlapping as they come. The reader that we protect against sees every count that is shown, knows every sum, knows
// that counts are whole numbers, and knows that zeros are shown, so that what is hidden is at least 1.
//
// Given: every hidden count of 1 to hidden_below − 1 could be, as far as that reader can tell, any of at least
// hidden_below − 1 neighbouring values; every other hidden count at least two. Both are shown by tables that agree with
// everything that is visible, found while hiding, and never merely supposed. Not given: protection against knowledge
// from elsewhere (other outputs of the same people under other cuts, one's own knowledge), or against rerunning the
// choice of partners. Give one table all that is published together.

#include "measure/flows.hpp"
#include "measure/service_data.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace optimat {

/// Counts from 1 to hidden_below − 1 are hidden; 5 by default (policy disclosure.hidden_below), at least 2.
struct DisclosureRule {
    std::int64_t hidden_below = 5;
};

/// A count as it may be shown. Why it is hidden is not said: that too would tell.
struct Disclosed {
    enum class Visibility : std::uint8_t { shown, hidden } visibility = Visibility::hidden;
    std::int64_t value = 0;  ///< only when shown
    bool is_shown() const { return visibility == Visibility::shown; }
    friend bool operator==(const Disclosed&, const Disclosed&) = default;
};

/// Counts and the sums that hold between them.
class CountTable {
  public:
    /// Adds a count, at least 0; returns its place, 0 for the first.
    std::size_t add(std::int64_t count);
    /// The count at `whole` is the sum of those at `parts`. It must hold; anything else is a bug and stops.
    void add_sum(std::size_t whole, std::vector<std::size_t> parts);

    struct Sum {
        std::size_t whole;
        std::vector<std::size_t> parts;
    };
    std::span<const std::int64_t> counts() const { return m_counts; }
    std::span<const Sum> sums() const { return m_sums; }

  private:
    std::vector<std::int64_t> m_counts;
    std::vector<Sum> m_sums;
};

/// Each count of the table, shown or hidden. A partner is a part of the same sum rather than its whole, then the
/// one that asks for the fewest further partners, then the smallest, of equals the first: the same table always gives the
/// same answer.
std::vector<Disclosed> disclose(const CountTable& table, const DisclosureRule& rule);

/// A share may be shown when both of its counts are; nothing when one is hidden or the whole is 0.
std::optional<double> disclosed_share(const Disclosed& part, const Disclosed& whole);

/// A mean may be shown when the number of people it rests on may: `people` must come from a table of those numbers with
/// all the means published together, so that neither can a hidden sum be had by subtraction. Nothing otherwise.
std::optional<double> disclosed_mean(const DoseSum& sum, const Disclosed& people);

/// One column of the tracker as it may be shown.
struct DisclosedTrackerCell {
    std::array<Disclosed, tracker_group_count> people;
    Disclosed in_mat, in_cohorts;
    std::array<Disclosed, tracker_group_count> with_dose;  ///< people with a known methadone dose: for disclosed_mean
    Disclosed average_with_dose;                           ///< of average_methadone
};

/// The tracker of many places at one date, all published together: `services` are a date's cells of TrackerTable, and
/// any of the places may contain others (regions, areas, the organisation). One place alone: give only that one.
/// result[place], in order of `places`.
std::vector<DisclosedTrackerCell> disclose_tracker(std::span<const TrackerCell> services, std::span<const Place> places,
                                                   const DisclosureRule& rule);

/// One service data sheet's people by row, with the same rows of the whole that it is compared with (and so of the
/// rest, by subtraction). Cells are as ServiceDataTable::at gives them.
struct DisclosedServiceData {
    std::vector<Disclosed> place, organisation;  ///< people, by row
    /// People with a known dose, for disclosed_mean: of rows that have means; the others are hidden.
    std::vector<Disclosed> place_methadone, organisation_methadone;
    std::vector<Disclosed> place_buprenorphine, organisation_buprenorphine;
};
DisclosedServiceData disclose_service_data(const std::vector<ServiceDataCell>& place,
                                           const std::vector<ServiceDataCell>& organisation, const DisclosureRule& rule);

/// The people of a breakdown's parts, and of the row that they sum to.
struct DisclosedBreakdown {
    std::vector<Disclosed> parts;
    Disclosed whole;
};
DisclosedBreakdown disclose_breakdown(const std::vector<BreakdownPart>& parts, const DisclosureRule& rule);

/// The ways of a flow table with their sums: by where people stood and by where they stand.
struct DisclosedFlows {
    std::array<std::array<Disclosed, flow_ends>, flow_ends> people;
    std::array<Disclosed, flow_ends> from, to;
};
DisclosedFlows disclose_flows(const FlowTable& flows, const DisclosureRule& rule);

}  // namespace optimat
