#pragma once
// The people behind a number: whoever a tracker, flow, service data sheet or breakdown counts is listed here
// by the very predicate that counts them.

#include "measure/flows.hpp"
#include "measure/service_data.hpp"

#include <string>
#include <variant>
#include <vector>

namespace optimat {

/// Everybody in MAT at the place.
struct InMat {};
/// A group of the tracker.
struct InGroup {
    TrackerGroup group;
};
/// A way of a flow table: `from` and `to` are flow ends, `before` is a place in states.dates.
struct OnWay {
    std::size_t from, to;
    std::size_t before;
};
/// A row of the service data.
struct InRow {
    const ServiceDataRow* row;
};
/// A part of a row's breakdown, as BreakdownPart::part.
struct InPart {
    const ServiceDataRow* row;
    Breakdown by;
    std::string part;
};
using Selection = std::variant<InMat, InGroup, OnWay, InRow, InPart>;

struct Person {
    std::size_t chunk;     ///< place in Extract::chunks
    std::uint32_t client;  ///< in its chunk
    const State*
        state;  ///< at the date; on a way out of the place, at the date before. Lives as long as the States
};

/// The people of a selection at a place and date (a place in states.dates), by chunk and client: an order
/// that says nothing of them. As many as the number counts.
std::vector<Person> people_of(const Extract& extract, const States& states, std::size_t date,
                              const Place& place, const Selection& selection);

}  // namespace optimat
