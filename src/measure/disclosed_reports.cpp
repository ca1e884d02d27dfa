#include "measure/disclosure.hpp"

#include <algorithm>
#include <map>

namespace optimat {

namespace {

/// Services that belong to the same of the places: what several places' figures can be taken apart into.
std::vector<std::vector<std::size_t>> atoms_of(std::size_t services, std::span<const Place> places) {
    std::map<std::vector<bool>, std::vector<std::size_t>> by_places;
    for (std::size_t service = 0; service < services; ++service) {
        std::vector<bool> belongs(places.size());
        for (std::size_t place = 0; place < places.size(); ++place)
            belongs[place] = std::ranges::binary_search(places[place].services, service);
        if (std::ranges::find(belongs, true) != belongs.end()) by_places[belongs].push_back(service);
    }
    std::vector<std::vector<std::size_t>> atoms;
    for (auto& [belongs, members] : by_places) atoms.push_back(std::move(members));
    std::ranges::sort(atoms);
    return atoms;
}

constexpr TrackerGroup cohorts[] = {TrackerGroup::red, TrackerGroup::amber, TrackerGroup::green, TrackerGroup::grey};
bool is_cohort(std::size_t group) { return std::ranges::find(cohorts, static_cast<TrackerGroup>(group)) != std::end(cohorts); }
/// As TrackerCell::average_methadone.
bool in_average(std::size_t group) {
    const auto which = static_cast<TrackerGroup>(group);
    return which != TrackerGroup::mat1 && which != TrackerGroup::mat4;
}

/// Places in a CountTable of one tracker cell's figures.
struct TrackerCounts {
    std::array<std::size_t, tracker_group_count> groups;
    std::size_t part, whole;  ///< in_cohorts and in_mat, or those in the average and everybody with a dose
};

enum class TrackerFigure : std::uint8_t { people, with_dose };

TrackerCounts add_cell(CountTable& table, const TrackerCell& cell, TrackerFigure figure) {
    TrackerCounts at{};
    std::vector<std::size_t> in_part, rest;
    std::int64_t part = 0, whole = 0;
    for (std::size_t group = 0; group < tracker_group_count; ++group) {
        const std::int64_t count = figure == TrackerFigure::people ? cell.people[group] : cell.methadone[group].people;
        const bool inside = figure == TrackerFigure::people ? is_cohort(group) : in_average(group);
        at.groups[group] = table.add(count);
        (inside ? in_part : rest).push_back(at.groups[group]);
        whole += count;
        if (inside) part += count;
    }
    at.part = table.add(part);
    at.whole = table.add(whole);
    table.add_sum(at.part, in_part);
    rest.push_back(at.part);
    table.add_sum(at.whole, rest);
    return at;
}

/// Each place's figures, with the sums over services between them.
std::vector<TrackerCounts> add_places(CountTable& table, std::span<const TrackerCell> services,
                                      std::span<const Place> places, TrackerFigure figure) {
    const auto atoms = atoms_of(services.size(), places);
    std::vector<TrackerCounts> of_atoms, of_places;
    for (const auto& atom : atoms) {
        TrackerCell cell;
        for (const std::size_t service : atom) cell += services[service];
        of_atoms.push_back(add_cell(table, cell, figure));
    }
    for (const Place& place : places) {
        TrackerCell cell;
        for (const std::size_t service : place.services) cell += services[service];
        std::vector<std::size_t> inside;
        for (std::size_t a = 0; a < atoms.size(); ++a)
            if (std::ranges::binary_search(place.services, atoms[a].front())) inside.push_back(a);
        if (inside.size() == 1) {  // it is that part itself
            of_places.push_back(of_atoms[inside.front()]);
            continue;
        }
        const TrackerCounts own = of_places.emplace_back(add_cell(table, cell, figure));
        const auto add_sum = [&](std::size_t whole, auto&& part_of) {
            std::vector<std::size_t> parts;
            for (const std::size_t a : inside) parts.push_back(part_of(of_atoms[a]));
            table.add_sum(whole, parts);
        };
        for (std::size_t group = 0; group < tracker_group_count; ++group)
            add_sum(own.groups[group], [&](const TrackerCounts& one) { return one.groups[group]; });
        add_sum(own.part, [](const TrackerCounts& one) { return one.part; });
        add_sum(own.whole, [](const TrackerCounts& one) { return one.whole; });
    }
    return of_places;
}

/// Row of the service data for a stage, band and regime.
std::size_t row_of(std::optional<Stage> stage, std::optional<Band> band, std::optional<Regime> regime) {
    const auto rows = service_data_rows();
    return static_cast<std::size_t>(std::ranges::find_if(rows, [&](const ServiceDataRow& row) {
        return row.stage == stage && row.band == band && row.regime == regime;
    }) - rows.begin());
}

/// Down to which rows a sheet shows a figure: means stop at bands.
enum class SheetDepth : std::uint8_t { bands, regimes };

/// The sums within one service data sheet. `counts` holds a count by row, `at` where each stands in the table. What the
/// sheet has no row for but subtraction gives, the regimes of those without a band, is added.
void add_sheet_sums(CountTable& table, const std::vector<std::int64_t>& counts, const std::vector<std::size_t>& at,
                    SheetDepth depth) {
    std::vector<std::size_t> stages;
    for (std::size_t s = 0; s < stage_count; ++s) stages.push_back(at[row_of(static_cast<Stage>(s), {}, {})]);
    table.add_sum(at[row_of({}, {}, {})], stages);
    for (const Stage stage : {Stage::mat2, Stage::mat3}) {
        std::vector<std::size_t> bands, regimes, below, above, unbanded;
        for (const Band band : {Band::below, Band::at_or_above, Band::unknown})
            bands.push_back(at[row_of(stage, band, {})]);
        table.add_sum(at[row_of(stage, {}, {})], bands);
        if (depth == SheetDepth::bands) continue;
        for (std::size_t r = 0; r < regime_count; ++r) {
            const auto regime = static_cast<Regime>(r);
            const std::size_t all = row_of(stage, {}, regime), low = row_of(stage, Band::below, regime),
                              high = row_of(stage, Band::at_or_above, regime);
            regimes.push_back(at[all]);
            below.push_back(at[low]);
            above.push_back(at[high]);
            unbanded.push_back(table.add(counts[all] - counts[low] - counts[high]));
            table.add_sum(at[all], {at[low], at[high], unbanded.back()});
        }
        table.add_sum(at[row_of(stage, {}, {})], regimes);
        table.add_sum(at[row_of(stage, Band::below, {})], below);
        table.add_sum(at[row_of(stage, Band::at_or_above, {})], above);
        table.add_sum(at[row_of(stage, Band::unknown, {})], unbanded);
    }
}

struct DisclosedSheets {
    std::vector<Disclosed> place, organisation;
};

/// A figure of both sheets by row; rows deeper than `depth` stay hidden.
template <class Figure>
DisclosedSheets disclose_sheets(const std::vector<ServiceDataCell>& place, const std::vector<ServiceDataCell>& organisation,
                                const DisclosureRule& rule, SheetDepth depth, Figure figure) {
    CountTable table;
    const auto rows = service_data_rows();
    const auto is_in = [&](std::size_t row) { return depth == SheetDepth::regimes || !rows[row].regime; };
    constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
    std::vector<std::int64_t> own(rows.size()), rest(rows.size()), whole(rows.size());
    std::vector<std::size_t> own_at(rows.size(), nowhere), rest_at = own_at, whole_at = own_at;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (!is_in(row)) continue;
        own[row] = figure(place[row]);
        whole[row] = figure(organisation[row]);
        rest[row] = whole[row] - own[row];
        own_at[row] = table.add(own[row]);
        rest_at[row] = table.add(rest[row]);
        whole_at[row] = table.add(whole[row]);
        table.add_sum(whole_at[row], {own_at[row], rest_at[row]});
    }
    add_sheet_sums(table, own, own_at, depth);
    add_sheet_sums(table, rest, rest_at, depth);
    add_sheet_sums(table, whole, whole_at, depth);
    const auto disclosed = disclose(table, rule);
    DisclosedSheets sheets{std::vector<Disclosed>(rows.size()), std::vector<Disclosed>(rows.size())};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (!is_in(row)) continue;
        sheets.place[row] = disclosed[own_at[row]];
        sheets.organisation[row] = disclosed[whole_at[row]];
    }
    return sheets;
}

}  // namespace

std::vector<DisclosedTrackerCell> disclose_tracker(std::span<const TrackerCell> services, std::span<const Place> places,
                                                   const DisclosureRule& rule) {
    CountTable people, with_dose;
    const auto people_at = add_places(people, services, places, TrackerFigure::people);
    const auto dose_at = add_places(with_dose, services, places, TrackerFigure::with_dose);
    const auto shown_people = disclose(people, rule), shown_dose = disclose(with_dose, rule);
    std::vector<DisclosedTrackerCell> cells(places.size());
    for (std::size_t place = 0; place < places.size(); ++place) {
        for (std::size_t group = 0; group < tracker_group_count; ++group) {
            cells[place].people[group] = shown_people[people_at[place].groups[group]];
            cells[place].with_dose[group] = shown_dose[dose_at[place].groups[group]];
        }
        cells[place].in_cohorts = shown_people[people_at[place].part];
        cells[place].in_mat = shown_people[people_at[place].whole];
        cells[place].average_with_dose = shown_dose[dose_at[place].part];
    }
    return cells;
}

DisclosedServiceData disclose_service_data(const std::vector<ServiceDataCell>& place,
                                           const std::vector<ServiceDataCell>& organisation, const DisclosureRule& rule) {
    auto people = disclose_sheets(place, organisation, rule, SheetDepth::regimes,
                                  [](const ServiceDataCell& cell) { return cell.people; });
    auto methadone = disclose_sheets(place, organisation, rule, SheetDepth::bands,
                                     [](const ServiceDataCell& cell) { return cell.methadone.people; });
    auto buprenorphine = disclose_sheets(place, organisation, rule, SheetDepth::bands,
                                         [](const ServiceDataCell& cell) { return cell.buprenorphine.people; });
    return {std::move(people.place),           std::move(people.organisation),
            std::move(methadone.place),        std::move(methadone.organisation),
            std::move(buprenorphine.place),    std::move(buprenorphine.organisation)};
}

DisclosedBreakdown disclose_breakdown(const std::vector<BreakdownPart>& parts, const DisclosureRule& rule) {
    CountTable table;
    std::vector<std::size_t> at;
    std::int64_t sum = 0;
    for (const BreakdownPart& part : parts) {
        at.push_back(table.add(part.cell.people));
        sum += part.cell.people;
    }
    const std::size_t whole = table.add(sum);
    table.add_sum(whole, at);
    auto disclosed = disclose(table, rule);
    const Disclosed all = disclosed.back();
    disclosed.pop_back();
    return {std::move(disclosed), all};
}

DisclosedFlows disclose_flows(const FlowTable& flows, const DisclosureRule& rule) {
    CountTable table;
    std::array<std::array<std::size_t, flow_ends>, flow_ends> at{};
    std::array<std::vector<std::size_t>, flow_ends> rows, columns;
    std::array<std::int64_t, flow_ends> from{}, to{};
    for (std::size_t i = 0; i < flow_ends; ++i)
        for (std::size_t j = 0; j < flow_ends; ++j) {
            at[i][j] = table.add(flows.people[i][j]);
            rows[i].push_back(at[i][j]);
            columns[j].push_back(at[i][j]);
            from[i] += flows.people[i][j];
            to[j] += flows.people[i][j];
        }
    std::array<std::size_t, flow_ends> from_at{}, to_at{};
    for (std::size_t i = 0; i < flow_ends; ++i) {
        table.add_sum(from_at[i] = table.add(from[i]), rows[i]);
        table.add_sum(to_at[i] = table.add(to[i]), columns[i]);
    }
    const auto disclosed = disclose(table, rule);
    DisclosedFlows result;
    for (std::size_t i = 0; i < flow_ends; ++i) {
        for (std::size_t j = 0; j < flow_ends; ++j) result.people[i][j] = disclosed[at[i][j]];
        result.from[i] = disclosed[from_at[i]];
        result.to[i] = disclosed[to_at[i]];
    }
    return result;
}

}  // namespace optimat
