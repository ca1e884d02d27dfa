#pragma once
// What the measures look at: one client's course through treatment, read from a chunk: spells as they were
// known on a reference date, how they ended, the journeys that episodes make, courses of detoxification.
// Pure.
//
// "As at" a day means: records that start after it are not looked at, the end of a record is (rule days).
// Rules: induction, detoxification, journey, outcome/retention.

#include "outcome/measure_item.hpp"
#include "stage/classify.hpp"

#include <optional>
#include <span>
#include <vector>

namespace optimat {

/// A spell in MAT as it is known on a reference date.
struct CourseSpell {
    Day first, last;  ///< covered days, both inclusive; last may lie after the reference date
    bool censored;    ///< it began earlier, at an unknown time
    bool ended;       ///< more days than are tolerated after `last` are uncovered by the reference date
    std::int32_t tolerated;  ///< days without cover that would not have ended it
    std::uint32_t first_cover,
        last_cover;        ///< places in Timeline::covers: the first to start, the last to start
    ServiceIndex service;  ///< of the prescription that leads on the first day
    /// The last day that is looked at for how the spell goes on: without cover until then it has ended.
    Day last_tolerated() const { return last + tolerated; }
};

/// Covered days on which a service leads, both inclusive.
struct ServiceDays {
    Day first, last;
    ServiceIndex service;
};

/// How a spell that has ended came to its end. Deaths and transfers are not drop-outs.
enum class SpellEnd : std::uint8_t {
    died,         ///< death by the last tolerated day
    transferred,  ///< an episode near the spell's last day ended transferred_*
    planned,      ///< … completed_*
    dropped_out   ///< everything else: unplanned, in custody, not recorded
};

/// A run of episodes that overlap or lie no more than OutcomePolicy::journey_gap_days apart (rule journey).
struct Journey {
    Day start;
    OptionalDay end;  ///< the latest end of its episodes; nothing: open on the reference date
    std::uint32_t
        last_episode;  ///< row: the one that ends last (open is latest), then latest start, then greatest id
    EndReason reason;  ///< of last_episode; not_recorded while open
    bool opiate;       ///< an episode of it says opiate_client
};

/// A course of detoxification within a spell (rule detoxification): days whose regime is detox, without a
/// covered day of another regime between them.
struct DetoxCourse {
    std::size_t spell;     ///< place in ClientCourse::spells(as_at)
    Day first, last;       ///< days on which the regime is detox, both inclusive; last no later than as_at
    Day counted_from;      ///< plan start when it is no later than `first`, else `first`
    Day allowed_to;        ///< counted_from + Policy::detox_months: to be over by then
    ServiceIndex service;  ///< of the prescription that leads on the first day
    std::optional<CurrentDose> entry;  ///< taken on the day before the course; nothing: not covered then
    OptionalDay maintained;  ///< the first covered day after it, by as_at and before the spell's next course,
                             ///< whose regime is neither detox nor reducing
    bool used_on_top = false;   ///< on a day of the course the evidence says use
    bool has_evidence = false;  ///< on a day of the course there is evidence
};

/// One client after the other of one chunk.
class ClientCourse {
  public:
    /// `dates`, rising, are the reference dates that state_on() knows.
    ClientCourse(const Extract& extract, std::size_t chunk, const Policy& policy, std::span<const Day> dates);

    /// Goes to a client; everything below is about that one, and what is borrowed from it stays until the
    /// next.
    void read(std::uint32_t client);

    std::uint32_t client() const { return m_client; }
    const Extract& extract() const { return m_extract; }
    const Chunk& chunk() const { return m_chunk; }
    const Policy& policy() const { return m_policy; }
    const Timeline& timeline() const { return m_classifier.timeline(); }
    std::optional<Day> death() const { return timeline().death(); }

    /// The day of the client's first record of any kind: before it there is nothing to find. Nothing: no
    /// record.
    OptionalDay first_record() const;

    /// The state on a reference date, which is one of `dates`; null: not in MAT then.
    const State* state_on(Day as_at) const;
    /// Whether the client is in MAT on the day.
    bool in_mat(Day day) const;
    /// What the client takes on a day; on an uncovered one what was taken on the last covered day before it,
    /// if that is no earlier than `not_before`. Nothing: nothing.
    std::optional<CurrentDose> dose_on(Day day, Day not_before) const;

    /// Spells whose first day is no later than as_at, oldest first.
    std::span<const CourseSpell> spells(Day as_at);
    /// How a spell that has ended by as_at came to its end. "Near" is: an episode that ends at most
    /// OutcomePolicy::end_before_days before and end_after_days after the spell's last day, and by as_at; of
    /// several the one that ends last, then with the latest start, then the greatest id. Should one of them
    /// be a transfer, that decides.
    SpellEnd end_of(const CourseSpell& spell, Day as_at) const;

    /// Journeys that start no later than as_at, oldest first.
    std::span<const Journey> journeys(Day as_at);
    /// Whether an episode that has started by as_at says opiate_client.
    bool is_opiate_client(Day as_at) const;

    /// Courses of detoxification that start no later than as_at, oldest first.
    std::span<const DetoxCourse> detoxifications(Day as_at);

    /// Runs of covered days on which prescriptions of one service lead, oldest first. Of all covers: for a
    /// reference date, cut them there.
    std::span<const ServiceDays> service_days();

    /// Whether there is an event of the kind in the days, both inclusive.
    bool has_event(EventKind kind, Day from, Day to) const;

  private:
    void read_covers();
    void read_service_days();
    CourseSpell spell_as_at(std::size_t spell, std::size_t started, Day as_at) const;
    void find_courses(std::size_t spell, Day as_at);
    bool may_detoxify(const Cover& cover) const;

    const Extract& m_extract;
    const Chunk& m_chunk;
    const Policy& m_policy;
    std::vector<ReferenceDate> m_dates;
    Classifier m_classifier;
    std::uint32_t m_client = 0;
    std::vector<State> m_states;
    std::size_t m_state_count = 0;
    mutable OptionalDay m_state_as_at;  ///< that state_on() was asked for last
    mutable const State* m_state = nullptr;
    /// By cover, of it and those before it: the days tolerated after the one that ended last. Filled once a
    /// client, so that a date costs no walk over the covers.
    std::vector<std::int32_t> m_tolerated;
    std::vector<ServiceIndex> m_spell_services;  ///< by spell
    bool m_covers_read = false;
    std::vector<ServiceDays> m_service_days;
    bool m_service_days_read = false;
    std::vector<Day> m_changes;  ///< of what leads
    std::vector<CourseSpell> m_spells;
    OptionalDay m_spells_as_at;
    std::vector<Journey> m_journeys;
    OptionalDay m_journeys_as_at;
    std::vector<DetoxCourse> m_detoxifications;
    OptionalDay m_detoxifications_as_at;
    std::vector<ReferenceDate> m_days;  ///< of the spell that is looked at day by day
    std::vector<Reasoning> m_reasonings;
};

}  // namespace optimat
