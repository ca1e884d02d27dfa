#pragma once
// Texts one after the other, each written as how many bytes it shares with the text before and what follows
// them. Ids in order share most of their bytes with their neighbour.

#include "model/table.hpp"
#include "snapshot/byte_stream.hpp"

namespace optimat {

void write_texts(ByteWriter& writer, const TextColumn& texts);

/// Reads `count` texts that take `largest_size` bytes at most, each of them `longest` at most.
/// Throws StoreError for anything else, before it takes memory for it.
TextColumn read_texts(ByteReader& reader, std::size_t count, std::size_t longest, std::size_t largest_size);

}  // namespace optimat
