#pragma once
// All measures of all services at all dates in one pass over everybody, and the list behind each number.

#include "base/parallel.hpp"
#include "measure/place.hpp"
#include "outcome/measure_definition.hpp"

#include <array>
#include <vector>

namespace optimat {

/// What one function found at one service and date: how many things in each part, and the sum of their
/// values.
struct MeasureCell {
    std::array<std::int64_t, most_measure_parts> count{}, sum{};
    std::int64_t all() const;  ///< things in all parts
    MeasureCell& operator+=(const MeasureCell& other);
    friend bool operator==(const MeasureCell&, const MeasureCell&) = default;
};

/// Cells by function, date and service. Immutable.
class MeasureGrid {
  public:
    MeasureGrid(std::vector<const MeasureFunction*> functions, std::vector<Day> dates, std::size_t services);

    const std::vector<Day>& dates() const { return m_dates; }
    const std::vector<const MeasureFunction*>& functions() const { return m_functions; }
    std::size_t service_count() const { return m_services; }
    /// Of a service, its place in Extract::services; service_count(): of no service that is known.
    MeasureCell at(const MeasureFunction& function, std::size_t date, std::size_t service) const;
    /// The sum over a place's services; the organisation has what is of no known service too.
    MeasureCell at(const MeasureFunction& function, std::size_t date, const Place& place) const;
    /// Of how many months of_year is: of a cohort at most twelve, fewer where the dates begin later; else
    /// one.
    std::size_t months_of_year(const MeasureFunction& function, std::size_t date) const;
    /// Whether the data hold all that the function looks back on from a date; true until note_history is
    /// told.
    bool reaches_back(const MeasureFunction& function, std::size_t date) const;
    void note_history(Day covers_from, const Policy& policy);
    /// What a measure's table, comparison and release show for a date: of a cohort the twelve months up to it
    /// that the dates hold, else the date itself.
    MeasureCell of_year(const MeasureFunction& function, std::size_t date, const Place& place) const;

    /// Counts a thing of functions()[function].
    void add(std::size_t function, std::size_t date, std::size_t service, const MeasureItem& item) {
        const Layout& layout = m_layouts[function];
        std::int64_t* const values =
            m_values.data() + layout.begin + (date * (m_services + 1) + service) * layout.size;
        ++values[item.part];
        if (layout.has_sums) values[layout.parts + item.part] += item.value;
    }
    MeasureGrid& operator+=(const MeasureGrid& other);
    friend bool operator==(const MeasureGrid& left, const MeasureGrid& right) {
        return left.m_functions == right.m_functions && left.m_dates == right.m_dates &&
               left.m_services == right.m_services && left.m_values == right.m_values;
    }

  private:
    /// Where a function's values lie: by date and service its counts, then its sums when things have values.
    /// Kept close, for everybody's cells of all dates are written to.
    struct Layout {
        std::size_t begin, parts, size;
        bool has_sums;
    };
    std::vector<const MeasureFunction*> m_functions;
    std::vector<Layout> m_layouts;
    std::vector<Day> m_dates;
    std::size_t m_services;
    std::vector<std::int64_t> m_values;
    std::vector<bool> m_reaches_back;  ///< by function and date
};

/// Which clients are counted: all when empty; else by chunk and client.
using ClientFilter = std::vector<std::vector<bool>>;

/// Counts `functions` at `dates` (rising, each no later than covers_to). A cohort's things are those that
/// start in the calendar month of a date up to that date, as seen on the last of the dates. The grid does not
/// depend on threads, chunks or the order of rows.
MeasureGrid make_measure_grid(const Extract& extract, const Policy& policy, std::vector<Day> dates,
                              std::vector<const MeasureFunction*> functions, ThreadCount threads,
                              const ClientFilter& only = {});
/// Of all functions.
MeasureGrid make_measure_grid(const Extract& extract, const Policy& policy, std::vector<Day> dates,
                              ThreadCount threads);

/// A thing that a cell counts, with whose it is.
struct ListedItem {
    ClientPlace client;
    MeasureItem item;
};
/// Which things of a cohort are listed: the date's own month, the twelve months up to it (as
/// MeasureGrid::of_year), or of all dates up to it. Of other functions: always the date's own.
enum class ItemSpan : std::uint8_t { date, year, all };
/// The things behind a cell of a place, by chunk and client.
std::vector<ListedItem> list_items(const Extract& extract, const Policy& policy,
                                   const std::vector<Day>& dates, const MeasureFunction& function,
                                   std::size_t date, const Place& place, ItemSpan span, ThreadCount threads);

}  // namespace optimat
