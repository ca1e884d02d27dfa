#include "measure/disclosure.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>

namespace optimat {

namespace {

constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
constexpr std::int64_t endless = std::numeric_limits<std::int64_t>::max() / 4;

/// What one person more in one finest part, and one less in another, changes.
struct Change {
    std::size_t part;
    bool grows;
};
using Shift = std::vector<Change>;

/// `to` nowhere: one person more, and nobody less.
Shift shift_of(const Nesting& nesting, std::size_t from, std::size_t to) {
    Shift shift;
    const auto climb = [&](std::size_t part, std::size_t other, bool grows) {
        while (other == nowhere || !nesting.holds(part, other)) {
            shift.push_back({part, grows});
            if (part == 0) return;
            part = nesting.parent(part);
        }
    };
    climb(from, to, true);
    if (to != nowhere) climb(to, from, false);
    return shift;
}

/// All shifts between finest parts, made once.
class Shifts {
  public:
    explicit Shifts(const Nesting& nesting) : m_size(nesting.size()), m_shifts(m_size * (m_size + 1)) {
        const auto finest = nesting.finest(0);
        for (const std::size_t from : finest) {
            m_shifts[from * (m_size + 1) + m_size] = shift_of(nesting, from, nowhere);
            for (const std::size_t to : finest)
                if (to != from) m_shifts[from * (m_size + 1) + to] = shift_of(nesting, from, to);
        }
    }
    const Shift& at(std::size_t from, std::size_t to) const {
        return m_shifts[from * (m_size + 1) + (to == nowhere ? m_size : to)];
    }

  private:
    std::size_t m_size;
    std::vector<Shift> m_shifts;
};

/// From where in a part, and where to outside it, people can move.
struct Ways {
    std::vector<std::size_t> from, to;
};

Ways ways_of(const Nesting& nesting, std::size_t part) {
    Ways ways{nesting.finest(part), {}};
    for (const std::size_t other : nesting.finest(0))
        if (!nesting.holds(part, other)) ways.to.push_back(other);
    ways.to.push_back(nowhere);
    return ways;
}

/// A row shift and a column shift: where both grow or both shrink people come, elsewhere they go.
struct Move {
    const Shift* rows;
    const Shift* columns;
};

struct Price {
    std::int64_t cells = endless;  ///< newly hidden; a sum weighs as much as the cells it sums
    std::int64_t left_alone = 0;   ///< less one for each small count that is protected besides
    std::int64_t people = 0;       ///< newly hidden
    friend auto operator<=>(const Price&, const Price&) = default;
};

class Hiding {
  public:
    Hiding(const CountTable& table, const DisclosureRule& rule, std::span<const CountPlace> also_hidden)
        : m_table(table),
          m_hidden_below(std::max<std::int64_t>(2, rule.hidden_below)),
          m_columns(table.columns().size()),
          m_row_shifts(table.rows()),
          m_column_shifts(table.columns()),
          m_hidden(table.rows().size() * m_columns),
          m_open(m_hidden.size()) {
        for (std::size_t row = 0; row < table.rows().size(); ++row)
            m_row_weights.push_back(weight(table.rows(), row));
        for (std::size_t column = 0; column < m_columns; ++column)
            m_column_weights.push_back(weight(table.columns(), column));
        for (std::size_t row = 0; row < table.rows().size(); ++row)
            for (std::size_t column = 0; column < m_columns; ++column)
                if (const std::int64_t count = table.at(row, column); count > 0 && count < m_hidden_below)
                    open({row, column});
        for (const CountPlace place : also_hidden)
            if (table.at(place.row, place.column) > 0) open(place);
    }

    DisclosedTable run() {
        // Sums first: what protects them protects cells within them as well.
        std::vector<CountPlace> targets;
        for (std::size_t row = 0; row < m_table.rows().size(); ++row)
            for (std::size_t column = 0; column < m_columns; ++column)
                if (m_open[at(row, column)]) targets.push_back({row, column});
        std::ranges::stable_sort(targets, std::greater{},
                                 [&](CountPlace place) { return weight_of(place.row, place.column); });
        for (const CountPlace target : targets)
            if (m_open[at(target.row, target.column)]) protect(target);
        std::vector<Disclosed> counts(m_hidden.size());
        for (std::size_t row = 0; row < m_table.rows().size(); ++row)
            for (std::size_t column = 0; column < m_columns; ++column)
                if (!m_hidden[at(row, column)])
                    counts[at(row, column)] = {Disclosed::Visibility::shown, m_table.at(row, column)};
        return {m_columns, std::move(counts)};
    }

  private:
    static std::int64_t weight(const Nesting& nesting, std::size_t part) {
        return static_cast<std::int64_t>(nesting.finest(part).size());
    }
    std::size_t at(std::size_t row, std::size_t column) const { return row * m_columns + column; }
    std::int64_t weight_of(std::size_t row, std::size_t column) const {
        return m_row_weights[row] * m_column_weights[column];
    }
    void open(CountPlace place) {
        m_hidden[at(place.row, place.column)] = true;
        m_open[at(place.row, place.column)] = true;
    }

    void protect(CountPlace target) {
        const Ways rows = ways_of(m_table.rows(), target.row),
                   columns = ways_of(m_table.columns(), target.column);
        Price best;
        std::optional<Move> chosen;
        for (const std::size_t row_from : rows.from)
            for (const std::size_t column_from : columns.from) {
                if (m_table.at(row_from, column_from) == 0) continue;
                for (const std::size_t row_to : rows.to)
                    for (const std::size_t column_to : columns.to) {
                        const Move move{&m_row_shifts.at(row_from, row_to),
                                        &m_column_shifts.at(column_from, column_to)};
                        const auto price = price_of(move, best.cells);
                        if (!price || !(*price < best)) continue;
                        best = *price;
                        chosen = move;
                    }
            }
        // One person more in a cell and in every sum above it is always a move.
        OPTIMAT_CHECK(chosen.has_value(), "a count that cannot be protected");
        for (const Change row : *chosen->rows)
            for (const Change column : *chosen->columns) {
                m_hidden[at(row.part, column.part)] = true;
                m_open[at(row.part, column.part)] = false;
            }
    }

    /// Nothing when the move has too few values, touches a zero, or hides more than `most_cells`.
    std::optional<Price> price_of(const Move& move, std::int64_t most_cells) const {
        Price price{0, 0, 0};
        std::int64_t least_growing = endless, least_shrinking = endless;
        for (const Change row : *move.rows)
            for (const Change column : *move.columns) {
                const std::size_t place = at(row.part, column.part);
                const std::int64_t count = m_table.at(row.part, column.part);
                if (count == 0) return std::nullopt;
                std::int64_t& least = row.grows == column.grows ? least_growing : least_shrinking;
                least = std::min(least, count);
                if (m_open[place]) --price.left_alone;
                if (m_hidden[place]) continue;
                price.cells += weight_of(row.part, column.part);
                price.people += count;
                if (price.cells > most_cells) return std::nullopt;
            }
        // From least_growing − 1 people less to least_shrinking − 1 more: so many neighbouring tables.
        if (least_growing + least_shrinking - 1 < m_hidden_below - 1) return std::nullopt;
        return price;
    }

    const CountTable& m_table;
    std::int64_t m_hidden_below;
    std::size_t m_columns;
    Shifts m_row_shifts, m_column_shifts;
    std::vector<std::int64_t> m_row_weights, m_column_weights;
    std::vector<bool> m_hidden;
    std::vector<bool> m_open;  ///< must be hidden, and no move protects it yet
};

}  // namespace

std::size_t Nesting::add(std::size_t parent) {
    OPTIMAT_CHECK(parent < m_parents.size(), "a part of what is not there");
    m_parents.push_back(parent);
    return m_parents.size() - 1;
}

bool Nesting::holds(std::size_t whole, std::size_t part) const {
    while (part > whole)
        part = m_parents[part];
    return part == whole;
}

std::vector<std::size_t> Nesting::finest(std::size_t part) const {
    std::vector<bool> has_parts(size());
    for (std::size_t i = 1; i < size(); ++i)
        has_parts[m_parents[i]] = true;
    std::vector<std::size_t> found;
    for (std::size_t i = part; i < size(); ++i)
        if (!has_parts[i] && holds(part, i)) found.push_back(i);
    return found;
}

CountTable::CountTable(Nesting rows, Nesting columns)
    : m_rows(std::move(rows)), m_columns(std::move(columns)), m_counts(m_rows.size() * m_columns.size()) {}

void CountTable::add(std::size_t row, std::size_t column, std::int64_t count) {
    OPTIMAT_CHECK(count >= 0, "a count below zero");
    OPTIMAT_CHECK(m_rows.finest(row).front() == row && m_columns.finest(column).front() == column,
                  "a count of a sum");
    for (std::size_t r = row;; r = m_rows.parent(r)) {
        for (std::size_t c = column;; c = m_columns.parent(c)) {
            m_counts[r * m_columns.size() + c] += count;
            if (c == 0) break;
        }
        if (r == 0) break;
    }
}

DisclosedTable disclose(const CountTable& table, const DisclosureRule& rule,
                        std::span<const CountPlace> also_hidden) {
    return Hiding(table, rule, also_hidden).run();
}

}  // namespace optimat
