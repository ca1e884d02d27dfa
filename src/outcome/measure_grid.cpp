#include "outcome/measure_grid.hpp"

#include "base/check.hpp"
#include "outcome/client_course.hpp"
#include "outcome/look_back.hpp"

#include <algorithm>
#include <numeric>

namespace optimat {

std::int64_t MeasureCell::all() const { return std::accumulate(count.begin(), count.end(), std::int64_t{0}); }

MeasureCell& MeasureCell::operator+=(const MeasureCell& other) {
    for (std::size_t part = 0; part < most_measure_parts; ++part) {
        count[part] += other.count[part];
        sum[part] += other.sum[part];
    }
    return *this;
}

MeasureGrid::MeasureGrid(std::vector<const MeasureFunction*> functions, std::vector<Day> dates,
                         std::size_t services)
    : m_functions(std::move(functions)), m_dates(std::move(dates)), m_services(services) {
    std::size_t end = 0;
    for (const MeasureFunction* function : m_functions) {
        const bool has_sums = function->unit != MeasureUnit::none;
        const std::size_t parts = function->parts.size(), size = parts * (has_sums ? 2 : 1);
        m_layouts.push_back({end, parts, size, has_sums});
        end += size * m_dates.size() * (services + 1);
    }
    m_values.resize(end);
    m_reaches_back.assign(m_functions.size() * m_dates.size(), true);
}

bool MeasureGrid::reaches_back(const MeasureFunction& function, std::size_t date) const {
    const auto found = std::ranges::find(m_functions, &function);
    OPTIMAT_CHECK(found != m_functions.end() && date < m_dates.size(), "a month that the grid does not have");
    return m_reaches_back[static_cast<std::size_t>(found - m_functions.begin()) * m_dates.size() + date];
}

void MeasureGrid::note_history(Day covers_from, const Policy& policy) {
    for (std::size_t function = 0; function < m_functions.size(); ++function)
        for (std::size_t date = 0; date < m_dates.size(); ++date)
            m_reaches_back[function * m_dates.size() + date] =
                optimat::reaches_back(*m_functions[function], m_dates[date], covers_from, policy);
}

MeasureCell MeasureGrid::at(const MeasureFunction& function, std::size_t date, std::size_t service) const {
    const auto found = std::ranges::find(m_functions, &function);
    OPTIMAT_CHECK(found != m_functions.end() && date < m_dates.size() && service <= m_services,
                  "a cell that the grid does not have");
    const Layout& layout = m_layouts[static_cast<std::size_t>(found - m_functions.begin())];
    const auto values = std::span(m_values).subspan(
        layout.begin + (date * (m_services + 1) + service) * layout.size, layout.size);
    MeasureCell cell;
    std::ranges::copy(values.first(layout.parts), cell.count.begin());
    if (layout.has_sums) std::ranges::copy(values.last(layout.parts), cell.sum.begin());
    return cell;
}

MeasureCell MeasureGrid::at(const MeasureFunction& function, std::size_t date, const Place& place) const {
    MeasureCell cell;
    for (const std::size_t service : place.services)
        cell += at(function, date, service);
    if (place.kind == PlaceKind::organisation) cell += at(function, date, m_services);
    return cell;
}

namespace {

/// The first date whose month is one of the twelve that end with the date's.
std::size_t first_of_year(const std::vector<Day>& dates, std::size_t date) {
    const Day before = month_end(add_months(dates[date], -12));
    return static_cast<std::size_t>(std::ranges::upper_bound(dates, before) - dates.begin());
}

/// Which of the dates a thing of that day belongs to; dates.size(): none.
std::size_t date_of(const std::vector<Day>& dates, Day day) {
    const auto found = std::ranges::lower_bound(dates, day);
    const bool same_month = found != dates.end() && month_end(day) == month_end(*found);
    return same_month ? static_cast<std::size_t>(found - dates.begin()) : dates.size();
}

Day month_start(Day day) { return Day{day.number - civil(day).day + 1}; }

MeasureTime time_of(const MeasureFunction& function, const std::vector<Day>& dates, std::size_t date) {
    if (function.basis == MeasureBasis::cohort)
        return {month_start(dates.front()), dates.back(), dates.back()};
    return {dates[date], dates[date], dates[date]};
}

/// Goes through a chunk's clients: who counts and who lists come here.
class ItemVisitor {
  public:
    ItemVisitor(const Extract& extract, std::size_t chunk, const Policy& policy,
                const std::vector<Day>& dates)
        : m_client(extract, chunk, policy, dates), m_dates(dates) {}

    void read(std::uint32_t client) { m_client.read(client); }

    /// The first date on which anything can be found of the client read.
    std::size_t first_date() const {
        const OptionalDay first = m_client.first_record();
        if (!first) return m_dates.size();
        return static_cast<std::size_t>(std::ranges::lower_bound(m_dates, *first) - m_dates.begin());
    }

    /// Calls `visit(date, item)` for what the function finds of the client read; of other than cohorts, on
    /// one date.
    template <class Visit> void find(const MeasureFunction& function, std::size_t date, Visit visit) {
        m_items.clear();
        function.find(m_client, time_of(function, m_dates, date), m_items);
        for (const MeasureItem& item : m_items) {
            const std::size_t where =
                function.basis == MeasureBasis::cohort ? date_of(m_dates, item.day) : date;
            if (where < m_dates.size()) visit(where, item);
        }
    }

  private:
    ClientCourse m_client;
    const std::vector<Day>& m_dates;
    std::vector<MeasureItem> m_items;
};

void count_client(ItemVisitor& visitor, std::uint32_t client, MeasureGrid& grid) {
    visitor.read(client);
    const auto& functions = grid.functions();
    const auto count = [&](std::size_t function, std::size_t date) {
        visitor.find(*functions[function], date, [&](std::size_t where, const MeasureItem& item) {
            const std::size_t service = item.service.has_value() ? *item.service : grid.service_count();
            grid.add(function, where, service, item);
        });
    };
    for (std::size_t function = 0; function < functions.size(); ++function)
        if (functions[function]->basis == MeasureBasis::cohort) count(function, 0);
    // By date: what functions share is worked out once for each.
    for (std::size_t date = visitor.first_date(); date < grid.dates().size(); ++date)
        for (std::size_t function = 0; function < functions.size(); ++function)
            if (functions[function]->basis != MeasureBasis::cohort) count(function, date);
}

}  // namespace

MeasureCell MeasureGrid::of_year(const MeasureFunction& function, std::size_t date,
                                 const Place& place) const {
    if (function.basis != MeasureBasis::cohort) return at(function, date, place);
    MeasureCell cell;
    for (std::size_t one = first_of_year(m_dates, date); one <= date; ++one)
        cell += at(function, one, place);
    return cell;
}

std::size_t MeasureGrid::months_of_year(const MeasureFunction& function, std::size_t date) const {
    return function.basis == MeasureBasis::cohort ? date - first_of_year(m_dates, date) + 1 : 1;
}

MeasureGrid& MeasureGrid::operator+=(const MeasureGrid& other) {
    OPTIMAT_CHECK(m_values.size() == other.m_values.size(), "grids of different extracts are added");
    for (std::size_t i = 0; i < m_values.size(); ++i)
        m_values[i] += other.m_values[i];
    return *this;
}

MeasureGrid make_measure_grid(const Extract& extract, const Policy& policy, std::vector<Day> dates,
                              std::vector<const MeasureFunction*> functions, ThreadCount threads,
                              const ClientFilter& only) {
    OPTIMAT_CHECK(!dates.empty() && std::ranges::is_sorted(dates), "measures are counted at rising dates");
    MeasureGrid empty(std::move(functions), std::move(dates), extract.services.size());
    empty.note_history(extract.covers_from, policy);
    std::vector<MeasureGrid> by_worker(threads.number, empty);
    for_each_piece(extract.chunks.size(), threads, [&](std::size_t i, unsigned worker) {
        ItemVisitor visitor(extract, i, policy, empty.dates());
        for (std::uint32_t client = 0; client < extract.chunks[i].client_count(); ++client)
            if (only.empty() || only[i][client]) count_client(visitor, client, by_worker[worker]);
    });
    for (std::size_t worker = 1; worker < by_worker.size(); ++worker)
        by_worker.front() += by_worker[worker];
    return std::move(by_worker.front());
}

MeasureGrid make_measure_grid(const Extract& extract, const Policy& policy, std::vector<Day> dates,
                              ThreadCount threads) {
    std::vector<const MeasureFunction*> functions;
    for (const MeasureFunction& function : measure_functions())
        functions.push_back(&function);
    return make_measure_grid(extract, policy, std::move(dates), std::move(functions), threads);
}

std::vector<ListedItem> list_items(const Extract& extract, const Policy& policy,
                                   const std::vector<Day>& dates, const MeasureFunction& function,
                                   std::size_t date, const Place& place, ItemSpan span, ThreadCount threads) {
    std::vector<bool> here(extract.services.size() + 1, false);
    for (const std::size_t service : place.services)
        here[service] = true;
    here.back() = place.kind == PlaceKind::organisation;
    std::size_t first = date;
    if (function.basis == MeasureBasis::cohort && span != ItemSpan::date)
        first = span == ItemSpan::year ? first_of_year(dates, date) : 0;
    std::vector<std::vector<ListedItem>> by_chunk(extract.chunks.size());
    for_each_piece(extract.chunks.size(), threads, [&](std::size_t i, unsigned) {
        ItemVisitor visitor(extract, i, policy, dates);
        for (std::uint32_t client = 0; client < extract.chunks[i].client_count(); ++client) {
            visitor.read(client);
            visitor.find(function, date, [&](std::size_t where, const MeasureItem& item) {
                const std::size_t service =
                    item.service.has_value() ? *item.service : extract.services.size();
                if (where >= first && where <= date && here[service])
                    by_chunk[i].push_back({{i, client}, item});
            });
        }
    });
    std::vector<ListedItem> items;
    for (const auto& part : by_chunk)
        items.insert(items.end(), part.begin(), part.end());
    return items;
}

}  // namespace optimat
