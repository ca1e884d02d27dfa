#include "outcome/release_figures.hpp"

#include "measure/tracker.hpp"

#include <algorithm>
#include <set>

namespace optimat {

namespace {

constexpr int release_months = 12;

std::string month_of(Day day) { return to_text(day).substr(0, 7); }

std::vector<std::string> part_names(const MeasureFunction& function, const std::vector<std::uint8_t>& parts) {
    std::vector<std::string> names;
    for (const std::uint8_t part : parts)
        names.emplace_back(function.parts[part]);
    return names;
}

std::string service_id_of(const Extract& extract, std::size_t service) {
    return service < extract.services.size() ? extract.services[service].service_id : std::string();
}

void append_cells(const MeasureFunction& function, const MeasureCell& cell, const std::string& service,
                  std::string_view month, std::vector<ReleaseCell>& cells) {
    for (std::size_t part = 0; part < function.parts.size(); ++part)
        if (cell.count[part] != 0 || cell.sum[part] != 0)
            cells.push_back({std::string(function.name), std::string(function.parts[part]), service,
                             std::string(month), cell.count[part], cell.sum[part]});
}

/// A service's cell of the day: of a cohort, all its months together.
MeasureCell of_day(const MeasureGrid& grid, const MeasureFunction& function, std::size_t service) {
    const std::size_t last = grid.dates().size() - 1;
    if (function.basis != MeasureBasis::cohort) return grid.at(function, last, service);
    MeasureCell cell;
    for (std::size_t date = 0; date <= last; ++date)
        cell += grid.at(function, date, service);
    return cell;
}

std::vector<ReleaseCell> release_cells(const Extract& extract, const MeasureGrid& grid) {
    std::vector<ReleaseCell> cells;
    for (const MeasureFunction* function : grid.functions())
        for (std::size_t service = 0; service <= grid.service_count(); ++service) {
            const std::string id = service_id_of(extract, service);
            const bool cohort = function->basis == MeasureBasis::cohort;
            for (std::size_t date = cohort ? 0 : grid.dates().size() - 1; date < grid.dates().size(); ++date)
                append_cells(*function, grid.at(*function, date, service), id, month_of(grid.dates()[date]),
                             cells);
            if (cohort) append_cells(*function, of_day(grid, *function, service), id, release_year, cells);
        }
    return cells;
}

/// The value of an enumeration of up to `count` whose text it is; the first when it is none.
template <class Enum> Enum enum_of(std::string_view text, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        if (text_of(static_cast<Enum>(i)) == text) return static_cast<Enum>(i);
    return Enum{};
}

}  // namespace

std::vector<Day> release_dates(Day covers_from, Day as_at) {
    std::vector<Day> dates = tracker_dates(as_at, release_months);
    std::erase_if(dates, [&](Day day) { return day < covers_from && day != as_at; });
    return dates;
}

std::vector<const MeasureFunction*> functions_of(const MeasureDefinitions& definitions) {
    std::vector<const MeasureFunction*> functions;
    for (const MeasureFunction& function : measure_functions())
        if (std::ranges::any_of(definitions.measures, [&](const MeasureDefinition& measure) {
                return measure.function == &function;
            }))
            functions.push_back(&function);
    return functions;
}

ReleaseMeasure release_measure(const MeasureDefinition& measure, const MeasureDefinitions& definitions) {
    const auto group = std::ranges::find(definitions.groups, measure.group, &MeasureGroup::id);
    return {measure.name,
            measure.title,
            group == definitions.groups.end() ? measure.group : group->title,
            measure.words,
            measure.denominator_words,
            std::string(measure.function->name),
            std::string(text_of(measure.value)),
            std::string(text_of(measure.function->unit)),
            part_names(*measure.function, measure.numerator),
            part_names(*measure.function, measure.denominator)};
}

ReleaseFigures release_figures(const Extract& extract, const MeasureGrid& grid,
                               const MeasureDefinitions& definitions) {
    ReleaseFigures figures;
    for (const Service& service : extract.services)
        figures.services.push_back(
            {service.service_id, service.name, service.region, service.area, service.peer_group});
    for (const MeasureDefinition& measure : definitions.measures)
        figures.measures.push_back(release_measure(measure, definitions));
    figures.cells = release_cells(extract, grid);
    return figures;
}

NamedCells::NamedCells(const std::vector<ReleaseCell>& cells, Day as_at) {
    std::set<std::string_view> cohorts;
    for (const ReleaseCell& cell : cells)
        if (cell.month == release_year) cohorts.insert(cell.function);
    const std::string month = month_of(as_at);
    for (const ReleaseCell& cell : cells)
        if (cell.month == (cohorts.contains(cell.function) ? release_year : std::string_view(month)))
            m_cells[cell.function][cell.service_id][cell.part] = {cell.count, cell.sum};
}

NamedCells::NamedCells(const Extract& extract, const MeasureGrid& grid) {
    for (const MeasureFunction* function : grid.functions())
        for (std::size_t service = 0; service <= grid.service_count(); ++service) {
            const MeasureCell cell = of_day(grid, *function, service);
            for (std::size_t part = 0; part < function->parts.size(); ++part)
                if (cell.count[part] != 0 || cell.sum[part] != 0)
                    m_cells[std::string(function->name)][service_id_of(extract, service)]
                           [std::string(function->parts[part])] = {cell.count[part], cell.sum[part]};
        }
}

void NamedCells::add(const NamedCells& other, std::int64_t sign) {
    for (const auto& [function, services] : other.m_cells)
        for (const auto& [service, parts] : services)
            for (const auto& [part, sum] : parts) {
                PartSum& own = m_cells[function][service][part];
                own.count += sign * sum.count;
                own.sum += sign * sum.sum;
            }
}

NamedCells& NamedCells::operator+=(const NamedCells& other) {
    add(other, 1);
    return *this;
}

NamedCells& NamedCells::operator-=(const NamedCells& other) {
    add(other, -1);
    return *this;
}

NamedCell NamedCells::sum(std::string_view function,
                          const std::function<bool(std::string_view service_id)>& in) const {
    NamedCell total;
    const auto services = m_cells.find(function);
    if (services == m_cells.end()) return total;
    for (const auto& [service, parts] : services->second) {
        if (!in(service)) continue;
        for (const auto& [part, sum] : parts) {
            total[part].count += sum.count;
            total[part].sum += sum.sum;
        }
    }
    return total;
}

bool operator==(const NamedCells& one, const NamedCells& other) {
    NamedCells difference = one;
    difference -= other;
    for (const auto& [function, services] : difference.m_cells)
        for (const auto& [service, parts] : services)
            for (const auto& [part, sum] : parts)
                if (sum != PartSum{}) return false;
    return true;
}

MeasureFigure figure_of(const ReleaseMeasure& measure, const NamedCell& cell) {
    MeasureFigure figure;
    figure.value_kind = enum_of<MeasureValue>(measure.value, 3);
    figure.unit = enum_of<MeasureUnit>(measure.unit, 4);
    const auto part_of = [&](const std::string& name) {
        const auto found = cell.find(name);
        return found == cell.end() ? PartSum{} : found->second;
    };
    for (const auto& [part, sum] : cell)
        figure.population += sum.count;
    for (const std::string& part : measure.numerator)
        figure.numerator += figure.value_kind == MeasureValue::mean ? part_of(part).sum : part_of(part).count;
    for (const std::string& part : measure.denominator)
        figure.denominator +=
            figure.value_kind == MeasureValue::rate ? part_of(part).sum : part_of(part).count;
    return figure;
}

}  // namespace optimat
