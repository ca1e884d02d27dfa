#include "report/workbook_figures.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace optimat::workbook {

namespace {

std::string plain_label(const Place& place) {
    switch (place.kind) {
    case PlaceKind::organisation:
        return place.name.empty() ? "All services" : "All services – " + place.name;
    case PlaceKind::region:
        return "Region: " + place.name;
    case PlaceKind::area:
        return "Area: " + place.name;
    case PlaceKind::peer_group:
        return "Peer group: " + place.name;
    case PlaceKind::service:
        break;
    }
    return place.name;
}

/// Spreadsheets compare names without regard to case.
std::string folded(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// Whether the dose range of a row is shown: MAT2 and MAT3, whole and by band.
bool has_dose_range(const ServiceDataRow& row) {
    return row.stage && (*row.stage == Stage::mat2 || *row.stage == Stage::mat3) && !row.regime &&
           row.band != Band::unknown;
}

using Doses = std::vector<double>;

std::vector<DoseRangeOf> rows_with_dose_range() {
    std::vector<DoseRangeOf> ranges;
    const auto rows = service_data_rows();
    for (std::size_t row = 0; row < rows.size(); ++row)
        if (has_dose_range(rows[row]))
            for (const Family family : averaged_families)
                ranges.push_back({row, family, std::nullopt});
    return ranges;
}

/// Known doses in mg at the last date by service and range. One pass for all places; `dose_range` would take
/// one each.
std::vector<std::vector<Doses>> doses_by_service(const WorkbookRequest& request,
                                                 const std::vector<DoseRangeOf>& ranges) {
    const auto rows = service_data_rows();
    const std::size_t last = request.states.dates.size() - 1;
    std::vector<std::vector<Doses>> doses(request.extract.services.size(), std::vector<Doses>(ranges.size()));
    for (const ChunkStates& chunk : request.states.chunks)
        for (const State& state : chunk) {
            if (state.date != last || !state.dose_known) continue;
            for (std::size_t i = 0; i < ranges.size(); ++i)
                if (ranges[i].family == state.medicine && rows[ranges[i].row].holds(state))
                    doses[*state.service][i].push_back(static_cast<double>(state.dose.number) / 1000.0);
        }
    return doses;
}

void add_dose_ranges(const WorkbookRequest& request, Figures& figures) {
    const std::vector<DoseRangeOf> ranges = rows_with_dose_range();
    const auto by_service = doses_by_service(request, ranges);
    for (PlaceFigures& at : figures.places) {
        at.dose_ranges = ranges;
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            Doses doses;
            for (const std::size_t service : at.place.services)
                doses.insert(doses.end(), by_service[service][i].begin(), by_service[service][i].end());
            at.dose_ranges[i].range = spread_of(std::move(doses));
        }
    }
}

void add_flows(const WorkbookRequest& request, const std::vector<Place>& places, Figures& figures) {
    if (figures.dates.size() < 2) return;
    const auto flows =
        make_flows(request.extract, request.states, figures.last() - 1, figures.last(), places);
    for (std::size_t i = 0; i < places.size(); ++i)
        figures.places[i].flows = flows[i];
}

std::size_t position_of(const Place& chosen, const std::vector<Place>& places) {
    const auto same = [&](const Place& place) { return place.kind == chosen.kind && place.id == chosen.id; };
    const auto found = std::ranges::find_if(places, same);
    if (found == places.end())
        throw UsageError(fmt::format("there is no {} '{}' in this extract", text_of(chosen.kind), chosen.id));
    return static_cast<std::size_t>(found - places.begin());
}

}  // namespace

std::vector<std::string> labels_of(const std::vector<Place>& places) {
    std::map<std::string, int> uses;
    for (const Place& place : places)
        ++uses[folded(plain_label(place))];
    std::vector<std::string> labels;
    std::map<std::string, int> taken;
    for (const Place& place : places) {
        std::string label = plain_label(place);
        if (uses[folded(label)] > 1 && place.kind == PlaceKind::service)
            label += fmt::format(" ({})", place.id);
        // Two ids may still differ in nothing but case, or a name may end like another's id.
        const std::string stem = label;
        for (int copy = 2; ++taken[folded(label)] > 1; ++copy)
            label = fmt::format("{} [{}]", stem, copy);
        labels.push_back(std::move(label));
    }
    return labels;
}

Figures make_figures(const WorkbookRequest& request) {
    if (request.states.dates.empty() || request.states.dates.size() > most_workbook_months)
        throw UsageError(fmt::format("a workbook shows 1 to {} months", most_workbook_months));
    Figures figures;
    figures.dates = request.states.dates;
    const std::vector<Place> places = places_of(request.extract);
    const std::vector<std::string> labels = labels_of(places);
    figures.chosen = position_of(request.chosen, places);
    const TrackerTable tracker = make_tracker(request.extract, request.states, request.threads);
    figures.service_table =
        make_service_data(request.extract, request.states, figures.last(), request.policy, request.threads);
    for (std::size_t i = 0; i < places.size(); ++i) {
        PlaceFigures& at = figures.places.emplace_back();
        at.place = places[i];
        at.label = labels[i];
        for (std::size_t date = 0; date < figures.dates.size(); ++date)
            at.months.push_back(tracker.at(date, places[i]));
        at.service_data = figures.service_table.at(places[i]);
    }
    add_dose_ranges(request, figures);
    add_flows(request, places, figures);
    return figures;
}

}  // namespace optimat::workbook
