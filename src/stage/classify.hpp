#pragma once
// Rules → states: one forward sweep over each client's life gives the states of all reference dates. Pure.
// Rules dose/band, regime/derived, regime, evidence/on-top, stage, cohort.

#include "base/parallel.hpp"
#include "stage/evidence.hpp"
#include "stage/state.hpp"
#include "timeline/timeline.hpp"

namespace optimat {

/// What the evidence says at a reference date.
struct EvidenceVerdict {
    enum class Says : std::uint8_t { nothing, no_use, use } says = Says::nothing;
    std::uint32_t deciding =
        0;  ///< place in the client's evidence: the latest that shows use, else the latest
};

/// Dates derived from a reference date once for all clients.
struct ReferenceDate {
    Day day;
    Day evidence_after;  ///< evidence must be dated after this day
    ReferenceDate(Day day, const Policy& policy);
};

/// Which clause of rule regime decided.
enum class RegimeClause : std::uint8_t { planned, recorded_detox, recorded_stable, recorded, derived };

struct RegimeVerdict {
    Regime regime = Regime::unknown;
    RegimeClause clause = RegimeClause::derived;
    Regime derived = Regime::unknown;  ///< only when derived_used
    bool derived_used = false;         ///< whether the derived regime was looked at
    OptionalDay plan_start;            ///< of a plan or recorded detoxification
    OptionalDay compared_with;  ///< the day whose dose the derived regime compares with, when there is one
    CurrentDose then{};         ///< what was taken on that day; only with compared_with
};

/// A state with what decided it, for explanations.
struct Reasoning {
    State state;
    CurrentDose current;
    RegimeVerdict regime;
    EvidenceVerdict evidence;
};

/// Classifies the clients of one chunk.
class Classifier {
  public:
    Classifier(const Extract& extract, const Chunk& chunk, const Policy& policy);

    /// Writes the client's states at the dates (rising) where the client is in MAT from `out` on, which has
    /// room for one a date. Returns the place behind the last.
    State* classify(std::uint32_t client, std::span<const ReferenceDate> dates, State* out);

    /// The client's state at one date with its reasons; nothing when the client is not in MAT.
    std::optional<Reasoning> reason(std::uint32_t client, const ReferenceDate& date);
    /// The same of each of the dates (rising) on which the client is in MAT, in one sweep; State::date is the
    /// place among the dates.
    void reason(std::uint32_t client, std::span<const ReferenceDate> dates, std::vector<Reasoning>& out);

    /// Of the client last classified or reasoned about.
    const Timeline& timeline() const { return *m_timeline; }
    std::span<const Evidence> evidence() const { return m_evidence; }

  private:
    /// How far the sweep has come: places that only move forward while the reference dates rise.
    struct Sweep {
        std::size_t started = 0;   ///< covers that start by the reference date
        std::size_t compared = 0;  ///< covers that start by the day that the derived regime compares with
        std::size_t evidence = 0;  ///< evidence dated by the reference date
    };
    void begin(std::uint32_t client);
    void move_to(Day day, Sweep& sweep) const;
    void decide(std::uint32_t client, const ReferenceDate& date, const Sweep& sweep,
                Reasoning& reasoning) const;
    Regime derived_regime(const Spell& spell, const CurrentDose& now, Day day, const Sweep& sweep,
                          RegimeVerdict& verdict) const;
    void find_regime(const Spell& spell, const CurrentDose& now, Day day, const Sweep& sweep,
                     RegimeVerdict& verdict) const;
    Regime planned_regime(const Spell& spell, const Cover& lead, Day day, RegimeVerdict& verdict) const;
    Day start_of_run(const Spell& spell, const Cover& lead) const;
    EvidenceVerdict evidence_at(const Spell& spell, const ReferenceDate& date, const Sweep& sweep) const;

    const Policy& m_policy;
    TimelineBuilder m_builder;
    const Timeline* m_timeline = nullptr;
    EvidenceReader m_evidence_reader;
    std::vector<Evidence> m_evidence;
    std::span<const OptionalDay> m_target_date, m_plan_start;
};

/// The states of every client at the dates, which are put in order and freed of repetitions.
States classify(const Extract& extract, const Policy& policy, std::vector<Day> dates, ThreadCount threads);

/// The band of a dose on the medicine's own scale; unknown dose or no threshold: unknown.
Band band_of(Family medicine, const std::optional<Micrograms>& dose, const Policy& policy);

}  // namespace optimat
