#pragma once
// A release beside now as tables: then, now, and why; the same for the terminal, CSV, the workbook, a page
// and the API. Counts and definitions only, no persons.

#include "outcome/restatement.hpp"
#include "report/data_table.hpp"

#include <array>
#include <string>
#include <vector>

namespace optimat {

/// `Late data`, …
std::string_view words_for(RestatementCause cause);
/// What the cause means, in a sentence.
std::string_view meaning_of(RestatementCause cause);

/// A release at a place beside now, or alone where there is nothing to compare with.
struct RestatedFigures {
    std::vector<RestatementCause> causes;   ///< the steps; empty: then only
    std::vector<RestatedMeasure> measures;  ///< after[…] as causes
    std::size_t changed() const;            ///< measures that differ
};
RestatedFigures restated_figures(const Restatement& restatement, const RestatedPlace& place);
/// Then only.
RestatedFigures released_figures(const ReleaseFigures& figures, Day as_at, const RestatedPlace& place);

/// How many people at a place stand elsewhere.
struct RestatedPeople {
    std::int64_t then = 0;  ///< in MAT at the place on the day of the release
    struct Moved {
        std::int64_t people = 0;
        std::int64_t entered = 0;  ///< not in MAT at the place then, now they are
        std::int64_t left = 0;     ///< the other way round
    };
    std::array<Moved, restatement_cause_count> by_cause{};
    std::int64_t moved() const;
};
/// Whether somebody who stands elsewhere is or was of the place.
bool concerns(const RestatedPerson& person, const RestatedPlace& place);
RestatedPeople restated_people(const Restatement& restatement, const RestatedPlace& place);

/// `Since this release 14 people of 27,080 stand elsewhere: 9 late data, 3 corrections, 2 definition.`
/// `people` null: single persons cannot be compared.
std::string restatement_sentence(const RestatedFigures& figures, const RestatedPeople* people);

/// Table `release_figures`: each measure then and now, and by how much each cause moved its value; the causes
/// add up to the difference, which is in percentage points of shares, else in the measure's unit.
DataTable release_figures_table(const RestatedFigures& figures, Day as_at);
/// Table `release_why`: numerator and denominator of each measure then, by cause, and now: exact counts.
DataTable release_why_table(const RestatedFigures& figures);
/// Table `release_people`: how many people each cause moved.
DataTable release_people_table(const Restatement& restatement, const RestatedPeople& people);

}  // namespace optimat
