#pragma once
// One client's life for a picture: doses, cover and gaps, stages, screens, profiles, events and episodes, as
// plain dates and values. Everything dated after the last reference date is left out, planned dates apart.

#include "stage/state.hpp"

#include <optional>
#include <vector>

namespace optimat {

/// Days on which the client takes the same dose of the same family, both inclusive (rule dose/current).
struct DoseStep {
    Day first, last;
    Family family;
    std::optional<Micrograms> dose;  ///< nothing: not known
    ServiceIndex service;            ///< of the prescription that leads on the first of them
    friend bool operator==(const DoseStep&, const DoseStep&) = default;
};

/// A run of days, both inclusive.
struct DayRun {
    Day first, last;
    friend bool operator==(const DayRun&, const DayRun&) = default;
};

struct HistorySpell {
    Day first, last;                     ///< covered days, both inclusive; last no later than the history's
    bool censored;                       ///< it began earlier, at an unknown time
    bool open;                           ///< still covered on the history's last day
    std::vector<DayRun> tolerated_gaps;  ///< uncovered days inside it
};

struct HistoryEpisode {
    std::uint32_t row;  ///< in the chunk's episodes
    Day start;
    OptionalDay end;   ///< missing: open on the history's last day
    EndReason reason;  ///< not_recorded while open
    ServiceIndex service;
};

struct HistoryScreen {
    std::uint32_t row;
    Day day;
    ScreenResult illicit_opioid, fentanyl_or_nitazene;
    Setting setting;
};

struct HistoryTop {
    std::uint32_t row;
    Day day;
    TopStage stage;
    Setting setting;
    OptionalCount opiate_days, alcohol_days, crack_days, injecting_days;  ///< of the last 28
};

struct HistoryEvent {
    std::uint32_t row;
    Day day;
    EventKind kind;
};

struct ClientHistory {
    Day last;                                  ///< the last day looked at: the last reference date
    std::vector<DoseStep> doses;               ///< rising; days without cover lie in none
    std::vector<HistorySpell> spells;          ///< rising
    std::vector<DayRun> uncovered;             ///< between spells
    std::vector<std::optional<State>> states;  ///< by reference date; nothing: not in MAT
    std::vector<HistoryScreen> screens;
    std::vector<HistoryTop> tops;
    std::vector<HistoryEvent> events;
    std::vector<HistoryEpisode> episodes;
    std::optional<Day> death;  ///< rule cover/death
};

/// `dates` are the reference dates, rising, at least one; `client` is a place in the chunk.
ClientHistory client_history(const Extract& extract, const Chunk& chunk, std::uint32_t client,
                             const Policy& policy, const std::vector<Day>& dates);

}  // namespace optimat
