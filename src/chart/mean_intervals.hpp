#pragma once
// Services sorted by their mean dose (or another mean, or a rate), each with its 95 % interval and the size
// of its list beside its name. No funnel and no rank: a mean has no limits of chance around a pooled share,
// and where intervals overlap an order means little.

#include "chart/frame.hpp"
#include "chart/service_share.hpp"

namespace optimat::chart {

struct ServiceMean {
    std::string name;
    std::int64_t people = 0;           ///< with a known dose: the size of the list
    double mean = 0;                   ///< mg
    std::optional<Interval> interval;  ///< nothing: too few people for one
    ServiceMark mark = ServiceMark::other;
};

/// A mean, or a rate, across services, which stand in order of their names.
struct ServiceMeans {
    std::string measure;           ///< `Mean methadone dose, mg`
    std::optional<double> pooled;  ///< of all their people together
    std::vector<ServiceMean> services;
    std::string unit = "mg";         ///< behind figures
    std::string things = "people";   ///< what the column of sizes counts
    std::string list_name = "list";  ///< above that column
};

Html mean_intervals(const ServiceMeans& data, const Frame& frame);
/// Both drawings; there is no interactive one.
Html mean_intervals_figure(const ServiceMeans& data, const Frame& frame);

}  // namespace optimat::chart
