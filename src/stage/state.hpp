#pragma once
// The state of one person at one reference date, and the states of everybody at many.

#include "model/extract.hpp"
#include "model/policy.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace optimat {

/// MAT stage (rule stage). Text as in files: MAT1 … uncategorised.
enum class Stage : std::uint8_t { mat1, mat2, mat3, mat4, uncategorised };
constexpr std::size_t stage_count = 5;

/// Dose band (rule dose/band).
enum class Band : std::uint8_t { below, at_or_above, unknown };
constexpr std::size_t band_count = 3;

/// Regime (rule regime).
enum class Regime : std::uint8_t { reducing, fixed, increasing, detox, unknown };
constexpr std::size_t regime_count = 5;

/// Cohort (rule cohort): red, amber, green, grey; none for everybody else.
enum class Cohort : std::uint8_t { red, amber, green, grey, none };
constexpr std::size_t cohort_count = 4;

std::string_view text_of(Stage stage);
std::string_view text_of(Band band);
std::string_view text_of(Regime regime);  ///< `static` for Regime::fixed, which C++ cannot name so
std::string_view text_of(Cohort cohort);  ///< empty for none

/// The state of a client in MAT at a reference date.
struct State {
    Micrograms dose;             ///< only when dose_known
    std::uint32_t client;        ///< in its chunk
    std::uint32_t prescription;  ///< row, in the chunk's prescriptions, of the one that leads
    std::int32_t spell_day;      ///< 1 on the first covered day of the spell
    std::uint16_t date;          ///< place in the list of reference dates
    ServiceIndex service;
    Stage stage;
    Cohort cohort;
    Family medicine;
    Band band;
    Regime regime;
    bool dose_known : 1;
    bool spell_censored : 1;
    bool on_threshold : 1;     ///< the dose equals the threshold exactly
    bool regime_conflict : 1;  ///< recorded stable, but the doses fall (regime, clause 3)
};
static_assert(sizeof(State) == 32);

/// States of a chunk's clients, by client and then by date. They lie in States::memory.
using ChunkStates = std::span<State>;

/// States of everybody: by chunk.
struct States {
    std::vector<Day> dates;  ///< reference dates, rising
    std::vector<ChunkStates> chunks;
    std::shared_ptr<Slab> memory;
    std::size_t count() const;
};

}  // namespace optimat
