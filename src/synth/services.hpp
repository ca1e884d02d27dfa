#pragma once
// The services of the synthetic organisation: invented names and places, and a character each, so that they
// differ as real ones do. The extract's period stands here too, because services open and close within it.

#include "base/day.hpp"
#include "model/codes.hpp"
#include "synth/random.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace optimat::synth {

/// The days that the extract covers, both inclusive, and the month end that change is measured from.
struct Period {
    Day covers_from, last;
    Day comparison;  ///< the month end eleven months before `last`; may lie before covers_from
    int months;
};

/// Where a person stands on a reference date: the parts of the service tracker, which add up to everyone in
/// MAT.
enum class Standing : std::uint8_t {
    induction,
    red,
    amber,
    on_top_unbanded,
    grey,
    green,
    not_using_unbanded,
    detox,
    uncategorised
};
constexpr std::size_t standing_count = 9;
using StandingCounts = std::array<int, standing_count>;

/// Which published figure a service reproduces, if any.
enum class FigureRole : std::uint8_t { none, figure_8, figure_4 };

/// How a service differs from the usual one, in percent of the usual (100).
struct Character {
    int on_top = 100, below = 100, uncategorised = 100, induction = 100, detox = 100, buprenorphine = 100;
    int supervision = 100;
    int dose = 0;  ///< −2 (low doses) to 2 (high doses)
};

struct Service {
    std::string service_id, name, region, area, peer_group;
    ServiceKind kind = ServiceKind::community;
    FigureRole role = FigureRole::none;
    OptionalDay prescribing_from, opened, closed;
    std::optional<std::size_t> merged_into;
    Character character;
    int in_mat = 0;              ///< people in MAT on the last day
    StandingCounts standings{};  ///< how those stand
    int prescribers = 1, keyworkers = 1, teams = 1, pharmacies = 1;
};

/// `clients` people over `count` services, of sizes between about 80 and 1,200 when the mean is about 450.
/// Services without anyone on the last day are possible: one that closed, or any when people are few.
std::vector<Service> invent_services(int clients, int count, const Period& period, Random random);

}  // namespace optimat::synth
