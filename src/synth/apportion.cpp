#include "synth/apportion.hpp"

#include <algorithm>
#include <numeric>

namespace optimat::synth {

namespace {

constexpr std::int64_t unit = 1024;  // raked cells carry ten binary places
constexpr int raking_rounds = 40;

using Wide = std::vector<std::int64_t>;

void scale(Wide& cells, std::size_t first, std::size_t step, std::size_t count, int target) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += cells[first + i * step];
    if (sum == 0) return;
    for (std::size_t i = 0; i < count; ++i)
        cells[first + i * step] = cells[first + i * step] * (target * unit) / sum;
}

Wide raked(std::span<const int> row_sums, std::span<const int> column_sums, const Table& weights) {
    const std::size_t rows = row_sums.size(), columns = column_sums.size();
    Wide cells(rows * columns);
    for (std::size_t i = 0; i < cells.size(); ++i)
        cells[i] = std::int64_t{weights.cells[i]} * unit;
    for (int round = 0; round < raking_rounds; ++round) {
        for (std::size_t c = 0; c < columns; ++c)
            scale(cells, c, columns, rows, column_sums[c]);
        for (std::size_t r = 0; r < rows; ++r)
            scale(cells, r * columns, 1, columns, row_sums[r]);
    }
    return cells;
}

struct Remainder {
    std::int64_t part;
    std::size_t row, column;
};

/// Gives out what is still missing from rows and columns, one at a time in the order of `places`.
void give(Table& table, std::vector<int>& rows, std::vector<int>& columns,
          const std::vector<Remainder>& places) {
    for (const Remainder& place : places) {
        int& row = rows[place.row];
        int& column = columns[place.column];
        if (row <= 0 || column <= 0) continue;
        table.at(place.row, place.column) += 1;
        --row;
        --column;
    }
}

/// The sums that flooring left open, row by row in any column that still wants some: possible by any weights.
void give_rest(Table& table, std::vector<int>& rows, std::vector<int>& columns) {
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const int both = std::min(rows[r], columns[c]);
            if (both <= 0) continue;
            table.at(r, c) += both;
            rows[r] -= both;
            columns[c] -= both;
        }
}

/// Raking ends on row sums, so a column may be over its sum by a few: they move within their row.
void cap_columns(Table& table, std::vector<int>& rows, std::vector<int>& columns) {
    for (std::size_t c = 0; c < columns.size(); ++c)
        for (std::size_t r = 0; r < rows.size() && columns[c] < 0; ++r) {
            const int taken = std::min(table.at(r, c), -columns[c]);
            table.at(r, c) -= taken;
            columns[c] += taken;
            rows[r] += taken;
        }
}

}  // namespace

std::vector<int> apportion(int total, std::span<const int> weights) {
    std::vector<int> shares(weights.size());
    std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    const std::vector<int> even(weights.size(), 1);
    if (sum == 0) {
        weights = even;
        sum = static_cast<std::int64_t>(weights.size());
    }
    std::vector<Remainder> places;
    int left = total;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const std::int64_t exact = std::int64_t{total} * weights[i];
        shares[i] = static_cast<int>(exact / sum);
        left -= shares[i];
        places.push_back({exact % sum, i, 0});
    }
    std::ranges::stable_sort(places, std::ranges::greater{}, &Remainder::part);
    for (int i = 0; i < left; ++i)
        shares[places[static_cast<std::size_t>(i)].row] += 1;
    return shares;
}

Table apportion(std::span<const int> row_sums, std::span<const int> column_sums, const Table& weights) {
    const Wide exact = raked(row_sums, column_sums, weights);
    Table table(row_sums.size(), column_sums.size());
    std::vector<int> rows(row_sums.begin(), row_sums.end());
    std::vector<int> columns(column_sums.begin(), column_sums.end());
    std::vector<Remainder> places;
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const std::int64_t cell = exact[r * columns.size() + c];
            table.at(r, c) = static_cast<int>(cell / unit);
            rows[r] -= table.at(r, c);
            columns[c] -= table.at(r, c);
            if (cell > 0) places.push_back({cell % unit, r, c});
        }
    cap_columns(table, rows, columns);
    std::ranges::stable_sort(places, std::ranges::greater{}, &Remainder::part);
    for (int round = 0; round < 3; ++round)
        give(table, rows, columns, places);
    give_rest(table, rows, columns);
    return table;
}

}  // namespace optimat::synth
