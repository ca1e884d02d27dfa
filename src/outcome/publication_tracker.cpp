// What leaves of the tracker.

#include "measure/tracker.hpp"
#include "outcome/publication_parts.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace optimat {

namespace {

/// The tracker's cell of each service on the release's day.
std::vector<TrackerCell> tracker_of(const ReleaseFigures& figures) {
    std::vector<TrackerCell> services(figures.services.size());
    const MeasureFunction& groups = *find_measure_function("tracker");
    for (const ReleaseCell& cell : figures.cells) {
        const bool people = cell.function == "tracker", doses = cell.function == "methadone_dose";
        const auto group = groups.part(cell.part);
        const auto service =
            std::ranges::find(figures.services, cell.service_id, &ReleaseService::service_id);
        if ((!people && !doses) || !group || service == figures.services.end()) continue;
        TrackerCell& of = services[static_cast<std::size_t>(service - figures.services.begin())];
        if (people)
            of.people[*group] += cell.count;
        else
            of.methadone[*group] += DoseSum{cell.sum, cell.count};
    }
    return services;
}

constexpr TrackerGroup cohorts[] = {TrackerGroup::red, TrackerGroup::amber, TrackerGroup::green,
                                    TrackerGroup::grey};

/// Means leave with one decimal: from three follows how many people have a known dose. Nothing where nobody's
/// is known.
void publish_mean(const Place& place, std::string part, bool is_shown, const DoseSum& sum,
                  Published& published) {
    const auto mean = sum.mean_mg();
    if (!is_shown)
        published.add(place, tracker_topic, std::string(tracker_topic), std::move(part), {});
    else if (mean)
        published.add(place, tracker_topic, std::string(tracker_topic), std::move(part),
                      shown(std::llround(*mean * 10)));
}

}  // namespace

void publish_tracker(const ReleaseToPublish& release, Published& published) {
    const std::vector<TrackerCell> services = tracker_of(*release.figures);
    const std::vector<Place> places = named_places(*release.figures);
    const auto leaves = places_that_leave(places);
    const auto disclosed = disclose_tracker(services, places, {release.hidden_below});
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (!leaves[i]) continue;
        const auto add = [&](std::string_view part, const Disclosed& number) {
            published.add(places[i], tracker_topic, std::string(tracker_topic), std::string(part), number);
        };
        const DisclosedTrackerCell& cell = disclosed[i];
        TrackerCell sum;
        for (const std::size_t service : places[i].services)
            sum += services[service];
        add("in_mat", cell.in_mat);
        add("in_cohorts", cell.in_cohorts);
        add("not_placed", cell.not_placed);
        for (const TrackerGroup group : {TrackerGroup::mat1, TrackerGroup::mat4})
            add(text_of(group), cell.people[static_cast<std::size_t>(group)]);
        for (const TrackerGroup group : cohorts) {
            const auto at = static_cast<std::size_t>(group);
            add(text_of(group), cell.people[at]);
            publish_mean(places[i], fmt::format("{}_mean", text_of(group)),
                         cell.people[at].is_shown() && cell.with_dose[at].is_shown(), sum.methadone[at],
                         published);
        }
        publish_mean(places[i], "mean", cell.average_with_dose.is_shown(), sum.average_methadone(),
                     published);
    }
}

}  // namespace optimat
