#pragma once
// The plan of the organisation: for each client, in a few bytes, where the career ends and what it must pass
// through. Made once for all clients; careers are then made and written one client at a time.

#include "synth/quotas.hpp"
#include "synth/synth.hpp"

#include <optional>
#include <vector>

namespace optimat::synth {

/// Whether a client stays for years or comes and goes.
enum class Temper : std::uint8_t { settled, churning };

/// What became of a client who is not in MAT on the last day.
enum class Leaving : std::uint8_t { in_mat, between_spells, for_good };

/// A supervised-consumption inventory within the published seven months, by its two answers.
enum class Inventory : std::uint8_t {
    none,
    item_supervised,
    no_item_supervised,
    item_unsupervised,
    no_item_unsupervised
};

struct ClientPlan {
    std::optional<Target> now;   ///< on the last day; only who is in MAT then has one
    std::optional<Target> then;  ///< on the comparison day; only people of the Figure 4 service have one
    std::uint16_t service = 0;   ///< the last one
    Temper temper = Temper::settled;
    Leaving leaving = Leaving::in_mat;
    Inventory inventory = Inventory::none;
    /// Day of the last spell on the last day, or on the comparison day with `then`; 1 is its first.
    int spell_day = 1;
    Day last_covered;                       ///< of the career; the period's last day for who is in MAT then
    bool absent_on_comparison_day = false;  ///< no spell may reach the comparison day
};

struct Plan {
    Period period;
    Day inventories_from, inventories_to;  ///< the published seven months, inclusive
    std::vector<Service> services;
    std::vector<ClientPlan> clients;
    std::uint64_t seed;
};

/// The first day on which the service's prescriptions appear in the extract.
Day first_day(const Service& service, const Period& period);

/// Mean length of a spell beyond its first 28 days.
int mean_spell(Temper temper);

Plan make_plan(const SynthOptions& options);

}  // namespace optimat::synth
