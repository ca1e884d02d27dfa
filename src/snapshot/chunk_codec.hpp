#pragma once
// A chunk of clients ↔ the blob that a store keeps: self-contained, versioned, checksummed, compressed. Equal
// chunks give equal blobs. Pure; chunks are encoded and decoded side by side. The bytes are described in
// docs/snapshot-format.md.

#include "model/extract.hpp"
#include "snapshot/blob.hpp"

namespace optimat {

/// Throws StoreError when the chunk's columns take more than largest_payload.
std::string encode_chunk(const Chunk& chunk);

/// The chunk, every cell within the bounds that the rest of the program relies on (chunk_checks.hpp),
/// whatever the bytes are. `inventory_items` and `service_count` are those of the extract. Throws StoreError
/// for anything wrong.
Chunk decode_chunk(std::string_view blob, std::size_t inventory_items, std::size_t service_count);

/// The payload inside the blob: the steps of the two above without compression. `size_limit`: the memory, in
/// bytes, that the chunk may take; more is refused before it is taken.
std::string chunk_payload(const Chunk& chunk);
Chunk read_chunk_payload(std::string_view payload, std::size_t inventory_items, std::size_t service_count,
                         std::size_t size_limit = largest_payload);

}  // namespace optimat
