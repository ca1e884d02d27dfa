#pragma once
// Everything that the work lists know of one person on a reference date, read in one go; the lists choose
// from it and put it in order. Pure.

#include "base/parallel.hpp"
#include "measure/place.hpp"
#include "priority/risk.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace optimat {

/// How often somebody uses on top, by a TOP's days of 28 (rule priority/3).
enum class Frequency : std::uint8_t { unknown, occasional, regular, daily };
std::string_view text_of(Frequency frequency);

/// Whether medicine is taken under supervision. `injection`: nothing to supervise from day to day.
enum class SupervisionState : std::uint8_t { not_recorded, supervised, unsupervised, injection };
std::string_view text_of(SupervisionState state);
/// Of the prescription that leads: supervision all or some is supervised, as is supervised_daily without a
/// word on it.
SupervisionState supervision_of(const Chunk& chunk, const State& state);

/// An inventory, from ascis.csv or from the team.
struct AsciPicture {
    Day day;
    std::vector<Flag> items;  ///< as in Extract::inventory_items
    Flag supervised_after = Flag::not_recorded;
    bool any_item = false;  ///< an item is present
    bool complete = false;  ///< every item that is in use is answered (rule priority/4)
};

/// Why somebody who is not in MAT is to be looked for (rule priority/6).
struct OutOfCover {
    ListBlock block;
    Day last_covered;  ///< only with days_uncovered
    std::optional<std::int32_t>
        days_uncovered;  ///< on the reference date, 1 on the first; nothing: never covered
    OptionalDay left;    ///< the latest end of an episode
    EndReason end_reason = EndReason::not_recorded;
    OptionalDay released;  ///< the latest release within its window
    /// Since when naloxone is asked for: the release, or the last covered day when that is later; nothing:
    /// neither is known.
    OptionalDay since() const {
        if (!days_uncovered) return released;
        return released.has_value() && *released > last_covered ? released : OptionalDay(last_covered);
    }
};

struct PersonPicture {
    ClientPlace place;
    std::optional<State> state;  ///< nothing: not in MAT, and on list 6 only
    /// Of the state; out of cover, of the episode open that day, else of the last prescription, else of the
    /// last episode.
    ServiceIndex service;
    /// Of the episode open that day at the service; out of cover, else of the latest one there. Empty: none.
    std::string_view keyworker, team;
    std::uint16_t refused_records = 0;

    RiskPicture risk;
    std::optional<Evidence> last_evidence;  ///< the latest of any age; nothing: never recorded
    std::optional<Evidence> deciding;       ///< what decided the stage; nothing: no current evidence
    std::optional<std::int16_t>
        days_used;  ///< opiate_days of the latest TOP that shows use within the evidence that decides
    Frequency frequency = Frequency::unknown;
    bool tolerance_lower = false;  ///< intermittent use (1 to occasional_days) with alcohol or depressants

    OptionalDay naloxone;           ///< latest supply
    bool naloxone_current = false;  ///< within PriorityPolicy::naloxone_months
    OptionalDay last_medical_review;
    OptionalDay last_overdose_or_release;  ///< latest overdose event, release or discharge, of any age
    /// A recent overdose (factor present), or a release or discharge within PriorityPolicy::release_days.
    bool recent_overdose_or_release = false;

    bool reducing_and_below = false;   ///< regime reducing or detox, band below
    Band target_band = Band::unknown;  ///< of the leading prescription's target dose
    OptionalDose target;

    SupervisionState supervision = SupervisionState::not_recorded;
    std::optional<AsciPicture> asci;  ///< the latest in ascis.csv, of any age
    OptionalDay last_concern;         ///< latest record of use, overdose or missed pick-up
    Flag children_in_household = Flag::not_recorded, safe_storage = Flag::not_recorded;

    std::optional<std::uint32_t> last_top;  ///< row of the latest TOP not in a secure setting
    std::optional<std::int32_t> days_in_treatment;
    bool stable = false;  ///< MAT3 on the day and on each of the same days of PriorityPolicy::stable_months
                          ///< months before
    bool shared_care = false;  ///< already
    bool reducing_long =
        false;  ///< reducing for more than PriorityPolicy::slow_reduction_months (rule slow-reduction)

    std::optional<OutOfCover> out_of_cover;  ///< exactly when there is no state
};

/// Whether the person is counted at the place; `here` is services_at(extract, place). Somebody whose service
/// nobody knows is the organisation's.
inline bool stands_at(const PersonPicture& person, const Place& place, const std::vector<bool>& here) {
    return person.service.has_value() ? here[*person.service] : place.kind == PlaceKind::organisation;
}

/// Everybody in MAT on the day and everybody of list 6, by client.
struct Pictures {
    Day as_at;
    std::vector<PersonPicture> people;
    std::vector<bool> items_in_use;  ///< by inventory item: somebody of the extract has an answer
};

/// Reads everybody. The extract outlives the pictures.
Pictures make_pictures(const Extract& extract, const Policy& policy, Day as_at, ThreadCount threads);
/// Reads one person; nothing when the person is neither in MAT that day nor on list 6. `findings`, when
/// given, gets every finding behind the risk picture. A person of no list has a risk picture too: the
/// findings are filled in.
std::optional<PersonPicture> picture_of(const Extract& extract, const Policy& policy, Day as_at,
                                        ClientPlace client, std::vector<RiskFinding>* findings = nullptr);

}  // namespace optimat
