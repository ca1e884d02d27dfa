#pragma once
// One client's ordered history: what covers which days, the spells in MAT, and the dose on a day. Pure: no
// clock, files or locale; reads a chunk, after intake or snapshot, and gives stage what it decides on.
//
// Rules cover/death, cover/effective-end, cover/active, cover/spell, cover/censored and dose/current.

#include "model/extract.hpp"
#include "model/policy.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace optimat {

/// What a prescription says of its course: `planned` is a dose plan to 0 mg with a target date, which goes
/// before any recorded regime.
enum class Course : std::uint8_t { not_recorded, increasing, stable, reducing, detox, planned };

/// A prescription of a MAT medicine that was, as it covers days.
struct Cover {
    Day start;
    Day end;  ///< effective end, inclusive; last_readable_day when it stays open
    OptionalDose dose;
    std::uint32_t row;  ///< in the chunk's prescriptions
    ServiceIndex service;
    Family family;
    Course course;
};

/// A run of days in MAT whose gaps are tolerated.
struct Spell {
    Day first, last;  ///< first and last covered day, both inclusive
    std::uint32_t first_cover;
    bool censored;  ///< it began earlier, at an unknown time: never an induction
};

/// What a client takes on one day.
struct CurrentDose {
    Family medicine;
    std::uint32_t lead;  ///< place in Timeline::covers of the prescription that leads
    bool dose_known;
    Micrograms sum;  ///< over the medicine's prescriptions; only when dose_known
    /// The dose; unknown when that of one of its prescriptions is.
    std::optional<Micrograms> dose() const { return dose_known ? std::optional(sum) : std::nullopt; }
};

/// A client's covers and spells. Borrowed from the builder until its next build().
class Timeline {
  public:
    /// In order of start, then id (byte order).
    std::span<const Cover> covers() const { return m_covers; }
    std::span<const Spell> spells() const { return m_spells; }
    std::optional<Day> death() const { return m_death; }

    /// How many covers start on the day or before it.
    std::size_t started_by(Day day) const;
    /// Whether the client is in MAT on the day; `started` is started_by(day).
    bool in_mat(std::size_t started, Day day) const {
        return started != 0 && m_longest_end[started - 1] >= day;
    }
    /// The last covered day up to and including `day`, among the first `started` covers, which must not be
    /// none.
    Day last_covered(std::size_t started, Day day) const { return std::min(m_longest_end[started - 1], day); }
    /// The spell of a cover.
    const Spell& spell_of(std::size_t cover) const { return m_spells[m_spell_of[cover]]; }
    /// What the client takes on a day in MAT; `started` is started_by(day).
    CurrentDose dose_on(std::size_t started, Day day) const {
        // Mostly the last cover to start is active and alone: nothing to weigh.
        const Cover& last = m_covers[started - 1];
        const bool alone = started == 1 || m_covers[started - 2].start != last.start;
        if (alone && last.end >= day && m_longest_injection_end.empty())
            return {last.family, static_cast<std::uint32_t>(started - 1), last.dose.has_value(), *last.dose};
        return weigh(started, day);
    }

  private:
    friend class TimelineBuilder;
    CurrentDose weigh(std::size_t started, Day day) const;
    std::vector<Cover> m_covers;
    std::vector<Day> m_longest_end;            ///< by cover: the latest end among it and those before it
    std::vector<Day> m_longest_injection_end;  ///< the same among injections; only when there are any
    std::vector<std::uint32_t> m_spell_of;
    std::vector<Spell> m_spells;
    std::optional<Day> m_death;
};

/// Builds the timelines of one chunk's clients, one after the other, without allocating for each.
class TimelineBuilder {
  public:
    TimelineBuilder(const Extract& extract, const Chunk& chunk, const Policy& policy);
    /// The client's timeline; valid until the next call.
    const Timeline& build(std::size_t client);

  private:
    std::optional<Day> death_of(std::size_t client) const;
    void take_covers(std::size_t client);
    Course course_of(std::uint32_t row) const;
    Day open_end(std::size_t client, std::uint32_t row, std::uint32_t end_row) const;
    void find_spells(std::size_t client);
    bool is_censored(std::size_t client, const Cover& first) const;

    const Extract& m_extract;
    const Policy& m_policy;
    const Table& m_prescriptions;
    const Table& m_episodes;
    const Table& m_events;
    std::span<const Day> m_start;
    std::span<const OptionalDay> m_end;
    std::span<const OptionalDose> m_dose;
    std::span<const Medicine> m_medicine;
    std::span<const ServiceIndex> m_service;
    std::span<const OptionalDose> m_target_dose;
    std::span<const OptionalDay> m_target_date;
    std::span<const RecordedRegime> m_regime;
    std::span<const Day> m_episode_start;
    std::span<const OptionalDay> m_episode_end;
    std::span<const EndReason> m_episode_reason;
    std::span<const ServiceIndex> m_episode_service;
    std::span<const Flag> m_on_mat_at_start;
    std::span<const Day> m_event_date;
    std::span<const EventKind> m_event_kind;
    Timeline m_timeline;
};

}  // namespace optimat
