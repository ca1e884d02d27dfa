#pragma once
// What a release fixes of a month's figures, in plain texts and numbers that stay readable whatever the
// program, the data and the definitions become. Made by outcome/release_figures, kept by store/releases.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// Names of parts as one text, in their order. A name holds no comma.
std::string joined_parts(const std::vector<std::string>& names);
/// The names that joined_parts made one of.
std::vector<std::string> parts_in(std::string_view text);

/// A service as it was. Empty text: not recorded.
struct ReleaseService {
    std::string service_id, name, region, area, peer_group;
    friend bool operator==(const ReleaseService&, const ReleaseService&) = default;
};

/// A measure's definition as it was: which parts of which function are divided by which.
struct ReleaseMeasure {
    std::string name, title, group, words, denominator_words;
    std::string function;  ///< its name
    std::string value;     ///< `share`, `mean` or `rate`
    std::string unit;      ///< of the function's values: `none`, `micrograms`, `days`, `working_days`
    std::vector<std::string> numerator, denominator;  ///< names of parts
    friend bool operator==(const ReleaseMeasure&, const ReleaseMeasure&) = default;
};

/// What one function found in one part at one service: how many things, and the sum of their values. What is
/// not here was 0.
struct ReleaseCell {
    std::string function, part;
    std::string service_id;  ///< empty: of no service that is known
    std::string month;       ///< `2018-10`, or release_year
    std::int64_t count = 0, sum = 0;
    friend bool operator==(const ReleaseCell&, const ReleaseCell&) = default;
};
/// Of a cohort: its months up to the release's day together.
inline constexpr std::string_view release_year = "year";

/// A number of one place as it left the organisation with the release, or as it was hidden: worked out once,
/// when the release was made. What is not here left in no form.
struct PublishedNumber {
    std::string place_kind, place_id;  ///< `region`, `North`; of the organisation the id is empty
    std::string topic;                 ///< `measure`, `tracker`, or `count`: what a function's parts show
    std::string name;                  ///< of the measure or the function; `tracker`
    /// Of a measure `numerator` or `denominator`; of the tracker a group, a sum of groups or a mean in tenths
    /// of a milligram; of a count the parts, sorted, with commas between, none: all of them.
    std::string part;
    std::optional<std::int64_t> number;  ///< nothing: hidden
    friend bool operator==(const PublishedNumber&, const PublishedNumber&) = default;
};

struct ReleaseFigures {
    std::vector<ReleaseService> services;  ///< byte order of service_id
    std::vector<ReleaseMeasure> measures;  ///< in the order of the definitions
    std::vector<ReleaseCell> cells;        ///< by function, month, service and part, as they were made
    std::vector<PublishedNumber>
        published;  ///< byte order of place, topic, name and part; none: nothing left
    friend bool operator==(const ReleaseFigures&, const ReleaseFigures&) = default;
};

}  // namespace optimat
