#pragma once
// The tables that agree with what is visible of a table of counts: how far a hidden count can move while every visible
// count, every sum, and "a hidden count is at least 1" still hold. Internal to disclosure.

#include <cstdint>
#include <span>
#include <vector>

namespace optimat {

/// Hidden counts and the equations between them. Begins at the true table and walks from one agreeing table to another
/// in whole steps, so that whatever value it reaches, a reader cannot rule out.
class AgreeingTables {
  public:
    /// One term of an equation: the coefficient, 1 or −1, of a hidden count.
    struct Term {
        std::size_t count;  ///< place in `counts`
        std::int64_t coefficient;
    };
    /// `counts` are the hidden counts, each at least 1; every equation's terms add up to a constant that the reader
    /// knows.
    AgreeingTables(std::vector<std::int64_t> counts, std::span<const std::vector<Term>> equations);

    /// Whether the equations could be solved in whole steps. If not, nothing is known to move.
    bool solved() const { return m_solved; }
    /// Whether the count takes at least `values` neighbouring values in agreeing tables. Walks until it has, or until it
    /// finds no further step; `no` may be too careful, `yes` never is.
    bool takes(std::size_t count, std::int64_t values);

  private:
    using Row = std::vector<std::int64_t>;  ///< by count: coefficient; the basic count's is 1, other basic counts' 0

    void eliminate(std::span<const std::vector<Term>> equations);
    void make_basic(std::size_t row, std::size_t count);
    enum class Way : std::int8_t { down = -1, up = 1 };
    bool push(std::size_t target, Way way, std::int64_t values);
    bool step_towards(std::size_t target, Way way, std::int64_t values);
    /// How far the free count can move, and the row that stops it (none: itself, or nothing).
    struct Limit {
        std::int64_t steps;
        std::size_t row;
        bool whole;  ///< every count moves by one a step at most
    };
    Limit limit_of(std::size_t free, std::int64_t sign) const;
    void move(std::size_t free, std::int64_t steps);
    void note(std::size_t count);
    bool has(std::size_t count, std::int64_t values) const { return m_most[count] - m_least[count] + 1 >= values; }

    std::vector<std::int64_t> m_now;            ///< the agreeing table walked to
    std::vector<std::int64_t> m_least, m_most;  ///< of each count, over all tables walked through
    std::vector<Row> m_rows;
    std::vector<std::size_t> m_basic;           ///< by row: the count that it gives from the free ones
    std::vector<std::size_t> m_row_of;          ///< by count: its row; no_row when it is free
    bool m_solved = true;
};

}  // namespace optimat
