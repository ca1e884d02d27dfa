#pragma once
// Whether reviewing helped: where the people of a list stand 28, 56 and 84 days later, those reviewed beside
// those not yet reviewed. A comparison, no trial: who is reviewed first is not chosen by chance. Pure. Rule
// review/effect.

#include "measure/tracker.hpp"
#include "priority/lists.hpp"

#include <array>
#include <string>
#include <vector>

namespace optimat {

inline constexpr std::array<std::int32_t, 4> effect_days = {0, 28, 56, 84};

/// A group of people so many days after. Who is not seen long enough by the last day is too early and in none
/// of the rest.
struct EffectPoint {
    std::int64_t too_early = 0;
    std::int64_t in_mat = 0, died = 0, not_in_mat = 0;  ///< the parts of people()
    std::array<std::int64_t, stage_count> stages{};     ///< of those in MAT
    std::array<std::int64_t, band_count> bands{};       ///< of those in MAT
    /// Of those in MAT. On day 0 what current evidence says; later what evidence since then says (any use
    /// within the recall window that ends with the latest of it), so that what was known before cannot speak
    /// for what came after.
    std::int64_t using_on_top = 0, not_using = 0, no_evidence = 0;
    DoseSum methadone;  ///< of those in MAT on methadone with a known dose
    std::int64_t dose_pairs = 0, dose_higher = 0,
                 dose_lower = 0;  ///< on the same family as on day 0 with both doses known
    DoseSum methadone_change;     ///< over the pairs on methadone; a sum may be below zero
    std::int64_t people() const { return in_mat + died + not_in_mat; }
    /// Of whom evidence says something: what use on top is a share of.
    std::int64_t with_evidence() const { return using_on_top + not_using; }
};

struct EffectGroup {
    std::string name;  ///< `reviewed`, `not_yet_reviewed`, an outcome's id, a service's name
    std::int64_t people = 0;
    std::array<EffectPoint, effect_days.size()> points;
};

/// Who of a list was reviewed after its day, and who was not. What was only put off is no review here. Day 0
/// is the day of the first such review for those reviewed, the reference date for others.
struct ListEffect {
    WorkList list;
    Day as_at, last_day;
    EffectGroup reviewed, not_yet_reviewed;
    std::int64_t reviewed_before =
        0;  ///< a review counted already on the day: in neither group, for of those reviewed
            ///< before only those whom it did not take off the list are still here
    std::int64_t reviewed_later = 0;  ///< reviewed after the days that count: in neither group
    std::vector<EffectGroup>
        outcomes;  ///< those reviewed, by outcome, in byte order; a person counts under each of theirs
    std::vector<EffectGroup>
        services;  ///< those reviewed, by service of the list, in order of services; named by service_id
    std::vector<EffectGroup> services_not_yet;  ///< those not yet reviewed, by the same services
};

/// `rows` is the list at as_at; `last_day` the last day that the data cover. Reviewed are those with a review
/// of the list whose day is after as_at and no later than `reviews_to` (nothing: no end), also one that waits
/// for its co-signature.
ListEffect list_effect(const Extract& extract, const Policy& policy, WorkList list, Day as_at, Day last_day,
                       std::span<const ListRow> rows, const TeamRecords& records, OptionalDay reviews_to);

}  // namespace optimat
