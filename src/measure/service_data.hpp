#pragma once
// Service data: one place's numbers at one date, with the share of all in MAT, mean doses, and where services
// lie. Source: rules "Service data", 000 Figure 8 and sections 6.2 to 6.5.

#include "measure/tracker.hpp"
#include "statistics/quantile.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// The rows of the sheet, in its order. Every row is a set of people in MAT; its share is of all in MAT.
/// MAT2 and MAT3 each have: all, their three bands, their five regimes, and the five regimes within below and
/// within at_or_above.
struct ServiceDataRow {
    std::string_view id;     ///< `mat2_below_reducing`
    std::string_view words;  ///< `– reducing`, indented by level
    int level;               ///< 0 total and stages, 1 bands and regimes, 2 regimes within a band
    std::optional<Stage> stage;
    std::optional<Band> band;
    std::optional<Regime> regime;
    bool has_means;  ///< whether mean methadone and buprenorphine are part of the sheet for it
    /// Whether a person in this state belongs to the row.
    bool holds(const State& state) const;
};
std::span<const ServiceDataRow> service_data_rows();

/// Numbers of one row for one service or place.
struct ServiceDataCell {
    std::int64_t people = 0;
    DoseSum methadone;      ///< people on methadone with a known dose
    DoseSum buprenorphine;  ///< people on sublingual tablets with a known dose
    std::int64_t lyophilisate = 0, injections = 0, other_medicine = 0;  ///< people, counted beside the means
    std::int64_t on_threshold = 0;      ///< people whose dose equals the threshold exactly
    std::int64_t high_dose = 0;         ///< people above the policy's high dose
    std::int64_t regime_conflicts = 0;  ///< people recorded as stable whose doses fall: counted as reducing
    ServiceDataCell& operator+=(const ServiceDataCell& other);
    friend bool operator==(const ServiceDataCell&, const ServiceDataCell&) = default;
};

/// Cells of every row for every service at one date: cells[service][row].
struct ServiceDataTable {
    Day date;
    std::vector<std::vector<ServiceDataCell>> cells;
    /// A place's cells, by row: sums over its services.
    std::vector<ServiceDataCell> at(const Place& place) const;
};
/// `date` is a place in states.dates.
ServiceDataTable make_service_data(const Extract& extract, const States& states, std::size_t date,
                                   const Policy& policy, ThreadCount threads);

/// Share of the row's people of all in MAT (row 0), 0 to 1; nothing when nobody is in MAT.
std::optional<double> share_of_all(const std::vector<ServiceDataCell>& cells, std::size_t row);

/// How a row's share lies among the services that have anybody in MAT.
std::optional<Spread> spread_of_services(const ServiceDataTable& table, std::size_t row);

/// Dose range of a family among the people of a row at a place: known doses in mg.
std::optional<Spread> dose_range(const Extract& extract, const States& states, std::size_t date,
                                 const Place& place, const ServiceDataRow& row, Family family);

/// What the people of a row may be broken down by.
enum class Breakdown : std::uint8_t {
    prescriber,
    team,
    keyworker,
    medicine,
    sex,
    age_band,
    time_in_treatment,
    collection
};
constexpr std::size_t breakdown_count = 8;
std::string_view text_of(Breakdown breakdown);

/// The part that a person in this state on the day belongs to, as recorded, or `not recorded`.
std::string_view breakdown_part(const Chunk& chunk, const State& state, Day day, Breakdown by);

/// One part of a breakdown: the parts of a row sum to the row.
struct BreakdownPart {
    std::string part;  ///< as recorded, or `not recorded`
    ServiceDataCell cell;
};
/// A row's people at a place, broken down; largest part first, then by text; `not recorded` last.
std::vector<BreakdownPart> break_down(const Extract& extract, const States& states, std::size_t date,
                                      const Policy& policy, const Place& place, const ServiceDataRow& row,
                                      Breakdown by);

}  // namespace optimat
