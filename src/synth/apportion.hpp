#pragma once
// Whole numbers that add up: published shares are met by quota, not by luck. Integer arithmetic only.

#include <cstdint>
#include <span>
#include <vector>

namespace optimat::synth {

/// Shares `total` in proportion to weights (none negative) by largest remainder; ties go to the first. All
/// weights 0: even shares.
std::vector<int> apportion(int total, std::span<const int> weights);

/// Rows by columns of whole numbers.
struct Table {
    std::size_t columns = 0;
    std::vector<int> cells;

    Table(std::size_t row_count, std::size_t column_count)
        : columns(column_count), cells(row_count * column_count) {}
    int& at(std::size_t row, std::size_t column) { return cells[row * columns + column]; }
    int at(std::size_t row, std::size_t column) const { return cells[row * columns + column]; }
    std::size_t rows() const { return columns == 0 ? 0 : cells.size() / columns; }
};

/// A table with exactly these sums of rows and columns (which have the same total), as near to the
/// proportions of `weights` as raking brings it. A cell of weight 0 stays 0 unless the sums cannot be met
/// otherwise.
Table apportion(std::span<const int> row_sums, std::span<const int> column_sums, const Table& weights);

}  // namespace optimat::synth
