#pragma once
// The service tracker: per place and reference date, how many people are in each cohort and stage, and their
// mean methadone dose. Sums of whole numbers only: services sum to the organisation, and any split gives the
// same answer. Source: rules "Service tracker", 000 sections 4.1 and 5.2.

#include "base/parallel.hpp"
#include "measure/place.hpp"
#include "stage/state.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace optimat {

/// Where a person in MAT stands on the tracker. Every person in MAT is in exactly one, so the parts sum to
/// the whole.
enum class TrackerGroup : std::uint8_t {
    red,
    amber,
    green,
    grey,
    mat2_unbanded,
    mat3_unbanded,
    mat1,
    mat4,
    uncategorised
};
constexpr std::size_t tracker_group_count = 9;
TrackerGroup tracker_group(const State& state);
/// `red`, …, `mat2_unbanded`, …: as in CSV and JSON.
std::string_view text_of(TrackerGroup group);
/// `MAT 2 – below threshold, using on top`, …: words for people.
std::string_view words_for(TrackerGroup group);

/// A sum of known doses, exactly.
struct DoseSum {
    std::int64_t micrograms = 0;
    std::int64_t people = 0;
    void add(Micrograms dose) {
        micrograms += dose.number;
        ++people;
    }
    DoseSum& operator+=(const DoseSum& other);
    /// Mean in milligrams; nothing when nobody's dose is known.
    std::optional<double> mean_mg() const;
    friend bool operator==(const DoseSum&, const DoseSum&) = default;
};

/// One service at one date.
struct TrackerCell {
    std::array<std::int64_t, tracker_group_count> people{};
    std::array<DoseSum, tracker_group_count> methadone{};

    std::int64_t of(TrackerGroup group) const { return people[static_cast<std::size_t>(group)]; }
    const DoseSum& methadone_of(TrackerGroup group) const {
        return methadone[static_cast<std::size_t>(group)];
    }
    std::int64_t in_mat() const;
    /// red + amber + green + grey: the denominator of the stacked bar.
    std::int64_t in_cohorts() const;
    /// Share of a cohort of in_cohorts(), 0 to 1; nothing when nobody is in one.
    std::optional<double> cohort_share(TrackerGroup group) const;
    /// Share of a group of everybody in MAT, 0 to 1.
    std::optional<double> share_of_all(TrackerGroup group) const;
    /// Methadone over MAT2 + MAT3 + uncategorised, the toolkit's average methadone dose.
    DoseSum average_methadone() const;
    TrackerCell& operator+=(const TrackerCell& other);
    friend bool operator==(const TrackerCell&, const TrackerCell&) = default;
};

/// Cells of all services at all dates: cells[date][service].
struct TrackerTable {
    std::vector<Day> dates;
    std::vector<std::vector<TrackerCell>> cells;
    /// A place's cell: the sum over its services.
    TrackerCell at(std::size_t date, const Place& place) const;
};

TrackerTable make_tracker(const Extract& extract, const States& states, ThreadCount threads);

/// The tracker's reference dates: `months` of them, the last being `as_at` and the others the ends of the
/// calendar months before it, rising. When `as_at` is no month end its column is a part-month.
std::vector<Day> tracker_dates(Day as_at, int months);

/// Those of the months from the one of covers_from on, at most `most` (1 or more), the last being `as_at`.
std::vector<Day> months_covered(Day covers_from, Day as_at, int most);

/// `Oct 2018`, or `to 15 Oct 2018` for a part-month.
std::string column_label(Day day);

}  // namespace optimat
