#pragma once
// What holds for every chunk that leaves intake, and must hold for every chunk that leaves a store, so that
// nothing downstream ever looks outside a column: clients in rising byte order, rows of a client in the order
// of their day, and every cell one that its field can hold.

#include "model/extract.hpp"

namespace optimat {

/// The fields of a table as stored: the fixed ones, then for ascis a flag for each item of the inventory.
std::vector<Field> stored_fields(TableKind kind, std::size_t inventory_items);

/// Throws StoreError naming the table and field whose cells break a rule. Sizes must agree already: as many
/// cells in every column as the table has rows, and as many first rows as clients and one more.
void check_chunk(const Chunk& chunk, std::size_t inventory_items, std::size_t service_count);

}  // namespace optimat
