#pragma once
// What a measure counts, and the functions that find it. A function puts each thing it counts, a person, a
// spell, a course, a journey, a release, into exactly one of its parts; a measure's definition says which
// parts are its numerator and which its denominator. So a numerator is always within its denominator, that
// within all that was looked at, and the list behind a number is the number.

#include "model/extract.hpp"
#include "model/policy.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace optimat {

class ClientCourse;

/// The most parts that a function has.
constexpr std::size_t most_measure_parts = 12;

/// Which things belong to a reference date.
enum class MeasureBasis : std::uint8_t {
    date,    ///< people as they stand on it
    window,  ///< what happened in the months up to it that the rule names
    cohort   ///< things that start in its calendar month, as seen on the last date of all
};
std::string_view text_of(MeasureBasis basis);

/// What the values of a function's things are.
enum class MeasureUnit : std::uint8_t { none, micrograms, days, working_days };
std::string_view text_of(MeasureUnit unit);

struct MeasureItem {
    ServiceIndex service;    ///< whose it is; none: the organisation's only
    std::uint8_t part;       ///< place in MeasureFunction::parts
    Day day;                 ///< cohort: the day it starts; else the reference date
    std::int64_t value = 0;  ///< in the function's unit, of those parts that have one
};

/// What is looked at: things that start from `from` to `to`, both inclusive, for a cohort; as known on
/// `as_at`.
struct MeasureTime {
    Day from, to;
    Day as_at;  ///< for date and window the reference date, and from and to are it
};

/// Finds what one client adds; appends it. Pure; the order of what it appends means nothing.
using FindItems = void (*)(ClientCourse& client, const MeasureTime& time, std::vector<MeasureItem>& items);

struct MeasureFunction {
    std::string_view name;  ///< `induction`
    std::string_view rule;  ///< id in definitions/rules.toml that says how
    MeasureBasis basis;
    MeasureUnit unit;  ///< none: its things have no value
    std::span<const std::string_view> parts;
    FindItems find;
    /// The place of a part; nothing when there is none of that name.
    std::optional<std::uint8_t> part(std::string_view name) const;
};

/// Every function, in the order of their rules.
std::span<const MeasureFunction> measure_functions();
/// Null when there is none of that name.
const MeasureFunction* find_measure_function(std::string_view name);

}  // namespace optimat
