#pragma once
// A release beside what would be said today: then, now, and why they differ. Pure; the parts of a difference
// are counts and add up to it exactly.
//
// The way from then, what was released, to now is walked in steps, and each step is one cause:
// - program: the release's own extract and policy, counted by this program;
// - late_data: with what the newer extract has of everybody in whose rows nothing was changed or removed;
// - correction: the newer extract whole, still under the release's policy;
// - definition: today's policy and definitions, and the place as it is made up today.
// When the release's extract has been erased, the first three are one step, `data`.

#include "outcome/frozen_states.hpp"
#include "outcome/release_figures.hpp"
#include "outcome/row_changes.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

enum class RestatementCause : std::uint8_t { program, late_data, correction, data, definition };
constexpr std::size_t restatement_cause_count = 5;
/// `program`, `late_data`, …
std::string_view text_of(RestatementCause cause);

/// What is compared.
struct RestatementSources {
    const ReleaseFigures& released;
    Day as_at;                                       ///< of the release
    Day covers_from;                                 ///< of its extract
    std::optional<std::vector<FrozenState>> states;  ///< of the release; nothing: erased
    const Extract* then = nullptr;                   ///< the release's extract; null: erased
    const Policy& policy_then;
    const Extract& now;  ///< covers as_at
    const Policy& policy_now;
    const MeasureDefinitions& definitions_now;
    PersonReference reference;
    ThreadCount threads;
};

/// Somebody who stands elsewhere now than in the release.
struct RestatedPerson {
    std::string person;                    ///< opaque reference
    std::optional<ClientPlace> now_at;     ///< in the newer extract; nothing: it does not have them
    std::optional<Standing> then, now;     ///< nothing: not in MAT
    RestatementCause cause;                ///< the first step that moved them
    std::vector<RestatementCause> causes;  ///< all that did, in order
    ClientChanges changes;                 ///< in their rows
};

/// A measure at a place.
struct RestatedMeasure {
    ReleaseMeasure measure;  ///< as it was defined then
    MeasureFigure then;
    /// After each step, in the order of Restatement::causes; the last is now. The last is nothing when the
    /// measure is defined no more.
    std::vector<std::optional<MeasureFigure>> after;
    const std::optional<MeasureFigure>& now() const { return after.back(); }
    bool has_changed() const;  ///< numerator or denominator
};

/// Whom figures are about, by ids, for a place may be made up of other services now than then.
struct RestatedPlace {
    bool organisation = false;           ///< everybody, of no known service too
    std::vector<std::string> then, now;  ///< service ids, rising
    bool has_then(std::string_view service_id) const;
    bool has_now(std::string_view service_id) const;
};
/// A place of the newer extract. Of a region, area or peer group, the services that were of it then; one that
/// the release did not know counts as it is now.
RestatedPlace restated_place(const Place& place, const Extract& now,
                             const std::vector<ReleaseService>& services_then);

class ClientPairs;

class Restatement {
  public:
    /// Counts; takes as long as up to five grids.
    explicit Restatement(const RestatementSources& sources);

    /// The steps that there are.
    const std::vector<RestatementCause>& causes() const { return m_causes; }
    const std::vector<ReleaseMeasure>& measures() const { return m_measures; }
    RestatedMeasure measure(const ReleaseMeasure& measure, const RestatedPlace& place) const;

    /// Whether single persons can be compared: the release's states are kept.
    bool knows_people() const { return m_knows_people; }
    /// Everybody who stands elsewhere, by reference.
    const std::vector<RestatedPerson>& people() const { return m_people; }
    /// How many people were in MAT on the release's day, by service; empty when single persons are not known.
    const std::map<std::string, std::int64_t>& people_then() const { return m_people_then; }

    /// The cells after a step, 0 being then; for tests.
    const NamedCells& cells(std::size_t step) const { return m_steps[step]; }

  private:
    void count(const RestatementSources& sources);
    void compare_people(const RestatementSources& sources, const ClientPairs& clients);

    std::vector<RestatementCause> m_causes;
    std::vector<NamedCells> m_steps;  ///< then, and after each cause
    std::vector<ReleaseMeasure> m_measures, m_measures_now;
    bool m_knows_people = false;
    std::vector<RestatedPerson> m_people;
    std::map<std::string, std::int64_t> m_people_then;
};

}  // namespace optimat
