#include "measure/agreeing_tables.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace optimat {

namespace {

constexpr std::size_t no_row = std::numeric_limits<std::size_t>::max();
/// A hidden count is no zero: those are shown.
constexpr std::int64_t least_hidden = 1;
constexpr std::int64_t endless = std::numeric_limits<std::int64_t>::max() / 4;

}  // namespace

AgreeingTables::AgreeingTables(std::vector<std::int64_t> counts, std::span<const std::vector<Term>> equations)
    : m_now(std::move(counts)), m_least(m_now), m_most(m_now), m_row_of(m_now.size(), no_row) {
    eliminate(equations);
}

// Gauss and Jordan, with 1 and −1 as pivots only, so that all stays whole.
void AgreeingTables::eliminate(std::span<const std::vector<Term>> equations) {
    for (const auto& equation : equations) {
        Row row(m_now.size(), 0);
        for (const Term& term : equation) {
            OPTIMAT_CHECK(term.count < row.size(), "an equation of a count that is not there");
            row[term.count] += term.coefficient;
        }
        for (std::size_t r = 0; r < m_rows.size(); ++r) {
            const std::int64_t factor = row[m_basic[r]];
            if (factor == 0) continue;
            for (std::size_t c = 0; c < row.size(); ++c) row[c] -= factor * m_rows[r][c];
        }
        // The greatest count has the most room to follow the free ones.
        std::size_t pivot = no_row;
        bool empty = true;
        for (std::size_t c = 0; c < row.size(); ++c) {
            empty = empty && row[c] == 0;
            if (std::abs(row[c]) == 1 && (pivot == no_row || m_now[c] > m_now[pivot])) pivot = c;
        }
        if (empty) continue;
        if (pivot == no_row) {
            m_solved = false;
            return;
        }
        m_rows.push_back(std::move(row));
        m_basic.push_back(pivot);
        make_basic(m_rows.size() - 1, pivot);
    }
}

void AgreeingTables::make_basic(std::size_t row, std::size_t count) {
    Row& own = m_rows[row];
    if (m_row_of[m_basic[row]] == row) m_row_of[m_basic[row]] = no_row;
    m_basic[row] = count;
    m_row_of[count] = row;
    if (own[count] == -1)
        for (std::int64_t& coefficient : own) coefficient = -coefficient;
    for (std::size_t r = 0; r < m_rows.size(); ++r) {
        const std::int64_t factor = m_rows[r][count];
        if (r == row || factor == 0) continue;
        for (std::size_t c = 0; c < own.size(); ++c) m_rows[r][c] -= factor * own[c];
    }
}

AgreeingTables::Limit AgreeingTables::limit_of(std::size_t free, std::int64_t sign) const {
    Limit limit{sign < 0 ? m_now[free] - least_hidden : endless, no_row, true};
    for (std::size_t r = 0; r < m_rows.size(); ++r) {
        const std::int64_t change = -m_rows[r][free] * sign;
        if (std::abs(change) > 1) limit.whole = false;
        if (change >= 0) continue;
        const std::int64_t room = (m_now[m_basic[r]] - least_hidden) / -change;
        if (room < limit.steps) {
            limit.steps = room;
            limit.row = r;
        }
    }
    return limit;
}

void AgreeingTables::note(std::size_t count) {
    m_least[count] = std::min(m_least[count], m_now[count]);
    m_most[count] = std::max(m_most[count], m_now[count]);
}

void AgreeingTables::move(std::size_t free, std::int64_t steps) {
    m_now[free] += steps;
    note(free);
    for (std::size_t r = 0; r < m_rows.size(); ++r) {
        if (m_rows[r][free] == 0) continue;
        m_now[m_basic[r]] -= m_rows[r][free] * steps;
        note(m_basic[r]);
    }
}

/// Moves the target, or makes room for it; false when nothing can move it further.
bool AgreeingTables::step_towards(std::size_t target, Way way, std::int64_t values) {
    const std::int64_t wanted = static_cast<std::int64_t>(way);
    const std::size_t row = m_row_of[target];
    std::size_t blocked = no_row, blocking_row = no_row;
    for (std::size_t free = 0; free < m_now.size(); ++free) {
        if (m_row_of[free] != no_row) continue;
        if (row == no_row ? free != target : m_rows[row][free] == 0) continue;
        // A basic target goes against its coefficient.
        const std::int64_t sign = row == no_row ? wanted : (m_rows[row][free] > 0 ? -wanted : wanted);
        const Limit limit = limit_of(free, sign);
        if (!limit.whole) continue;
        if (limit.steps > 0) {
            move(free, sign * std::min(limit.steps, values));
            return true;
        }
        if (blocked == no_row && limit.row != no_row && limit.row != row) {
            blocked = free;
            blocking_row = limit.row;
        }
    }
    if (blocked == no_row) return false;
    make_basic(blocking_row, blocked);
    return true;
}

bool AgreeingTables::push(std::size_t target, Way way, std::int64_t values) {
    // Steps that only make room could go in a circle; so many of them are not needed in any table of ours.
    std::size_t without_gain = 0;
    while (!has(target, values)) {
        const std::int64_t before = m_now[target];
        if (!step_towards(target, way, values)) return false;
        without_gain = m_now[target] == before ? without_gain + 1 : 0;
        if (without_gain > 4 * m_rows.size() + 8) return false;
    }
    return true;
}

bool AgreeingTables::takes(std::size_t count, std::int64_t values) {
    if (!m_solved) return false;
    return has(count, values) || push(count, Way::up, values) || push(count, Way::down, values);
}

}  // namespace optimat
