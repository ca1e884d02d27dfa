#pragma once

// What follows from the reference classifier's states, done as plainly: who moved where between two dates,
// and the numbers that services are compared by. Shares no code with the engine.

#include "reference.hpp"

namespace optimat {

/// People of one place who went one way between two dates.
struct ReferenceFlow {
    std::string scope;  ///< service | region | area | peer_group | organisation
    std::string name;   ///< as in ReferenceTrackerRow
    std::string from;   ///< a group of the tracker, `elsewhere` or `outside`
    std::string to;
    long people = 0;

    auto operator<=>(const ReferenceFlow&) const = default;
};

/// Every way that anybody went, in order of scope, name, from and to (bytes). Flows of the tracker, 4.1.
std::vector<ReferenceFlow> reference_flows(const std::filesystem::path& extract,
                                           std::chrono::year_month_day before,
                                           std::chrono::year_month_day now,
                                           const ReferencePolicy& policy = {});

/// One measure of one service at one date.
struct ReferenceComparison {
    std::string service_id;
    std::string measure;  ///< `red_share`, …
    long in_mat = 0;
    long numerator = 0;
    long denominator = 0;
    long micrograms = 0;  ///< of a mean dose: the doses' sum

    auto operator<=>(const ReferenceComparison&) const = default;
};

/// Every measure of every service that has anybody in MAT on the date, in order of service_id and measure
/// (bytes).
std::vector<ReferenceComparison> reference_comparison(const std::filesystem::path& extract,
                                                      std::chrono::year_month_day as_at,
                                                      const ReferencePolicy& policy = {});

}  // namespace optimat
