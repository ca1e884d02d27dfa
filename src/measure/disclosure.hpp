#pragma once
// Disclosure control of what leaves the organisation. Rule disclosure: counts 1–4 are hidden, and others with
// them, so that no subtraction gives a hidden count back. Hidden is not zero: a true zero is shown.
//
// The reader that we protect against sees every count that is shown, knows every sum, knows that counts are
// whole numbers, and knows that zeros are shown, so that what is hidden is at least 1. A small count is
// protected by a move: so many people go from it to another cell of its row, and as many come back in another
// row, in the same two columns. All sums stay as they are and are shown; the four cells are hidden. Where no
// such four are to be had, or a sum itself is small, the move crosses into another part of the table, and the
// sums that it changes are hidden too.
//
// Given, by construction: for every hidden count there is a move that only changes hidden counts, takes this
// one through at least hidden_below − 1 neighbouring values, the true one among them, and leaves every hidden
// count at least 1. So many tables agree with all that is visible. A sum of hidden counts that can be worked
// out is therefore of hidden_below people at least. Not given: protection against knowledge from elsewhere
// (other months or other cuts of the same people, one's own knowledge, how many people have a known dose), or
// against rerunning the choice of moves.

#include "measure/tracker.hpp"

#include <cstdint>
#include <limits>
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

/// Parts within parts: 0 is the whole, every other one a part of an earlier one. Parts without parts are the
/// finest that is published.
class Nesting {
  public:
    /// Adds a part of `parent`; returns its place, 1 for the first.
    std::size_t add(std::size_t parent);
    std::size_t size() const { return m_parents.size(); }
    /// What a part belongs to; of the whole itself.
    std::size_t parent(std::size_t part) const { return m_parents[part]; }
    /// Whether `part` is `whole` or lies within it.
    bool holds(std::size_t whole, std::size_t part) const;
    /// The finest parts within a part, rising; itself when it has none.
    std::vector<std::size_t> finest(std::size_t part) const;

  private:
    std::vector<std::size_t> m_parents = {0};
};

/// A count for each pair of a row and a column, both nested: all that is published together.
class CountTable {
  public:
    CountTable(Nesting rows, Nesting columns);
    /// Adds to a count of a finest row and a finest column, and to every sum that it belongs to. At least 0.
    void add(std::size_t row, std::size_t column, std::int64_t count);
    std::int64_t at(std::size_t row, std::size_t column) const {
        return m_counts[row * m_columns.size() + column];
    }
    const Nesting& rows() const { return m_rows; }
    const Nesting& columns() const { return m_columns; }

  private:
    Nesting m_rows, m_columns;
    std::vector<std::int64_t> m_counts;
};

/// A row and a column of a CountTable.
struct CountPlace {
    std::size_t row, column;
};

/// A table's counts as they may be shown.
class DisclosedTable {
  public:
    DisclosedTable(std::size_t columns, std::vector<Disclosed> counts)
        : m_columns(columns), m_counts(std::move(counts)) {}
    const Disclosed& at(std::size_t row, std::size_t column) const {
        return m_counts[row * m_columns + column];
    }
    friend bool operator==(const DisclosedTable&, const DisclosedTable&) = default;

  private:
    std::size_t m_columns;
    std::vector<Disclosed> m_counts;
};

/// Each count of the table, shown or hidden. `also_hidden` are hidden, and protected, as if they were small;
/// zeros among them are shown. Of the moves that protect a count the one is taken that hides the least more
/// (a sum weighs as much as the cells it sums), of these the one that protects the most, then the one of
/// fewest people, then the first: the same table always gives the same answer.
DisclosedTable disclose(const CountTable& table, const DisclosureRule& rule,
                        std::span<const CountPlace> also_hidden = {});

/// Which of the places leave the organisation: itself, regions and services; areas when each lies within one
/// region. Peer groups overlap with regions, and sums that overlap would hide far more. result[place], in
/// order of `places`.
std::vector<bool> places_that_leave(std::span<const Place> places);

/// Rows of the organisation, its regions, areas when they leave, and services.
struct PlaceRows {
    static constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
    Nesting nesting;
    std::vector<std::size_t> by_place;    ///< nowhere when it does not leave
    std::vector<std::size_t> by_service;  ///< every service has one, for sums of all can be known
};
/// `services`: how many there are, whether any place but the organisation has them or not.
PlaceRows place_rows(std::span<const Place> places, std::size_t services);

/// One column of the tracker as it may be shown: people, and whether a mean of theirs may be.
struct DisclosedTrackerCell {
    std::array<Disclosed, tracker_group_count> people;  ///< nothing of the three in not_placed
    Disclosed in_mat, in_cohorts;
    Disclosed not_placed;  ///< uncategorised, mat2_unbanded and mat3_unbanded, which leave together only
    /// Of red, amber, green and grey: people with a known methadone dose. Never shown themselves: where they
    /// are hidden, so is their mean. Other groups' means do not leave.
    std::array<Disclosed, tracker_group_count> with_dose;
    Disclosed average_with_dose;  ///< the same of average_methadone
};

/// The tracker of an organisation at one date, all places that leave published together: `services` are a
/// date's cells of TrackerTable, `places` those of places_of. result[place], in order of `places`; all is
/// hidden of places that do not leave.
std::vector<DisclosedTrackerCell> disclose_tracker(std::span<const TrackerCell> services,
                                                   std::span<const Place> places, const DisclosureRule& rule);

}  // namespace optimat
