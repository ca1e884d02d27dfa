#pragma once
// Independent pieces of work over threads. Results never depend on the number of threads: a piece writes only
// what is its own, or to the slot of its worker, and the caller sums.

#include <cstddef>
#include <functional>

namespace optimat {

/// The number of worker threads a command uses; at least one.
struct ThreadCount {
    unsigned number = 1;
    /// As many as the machine runs at once.
    static ThreadCount of_machine();
};

/// Calls `piece(index, worker)` once for every index in [0, count), each worker in [0, threads) taking the
/// next index that is free. Returns when all are done. The first exception of a piece stops the rest and is
/// thrown here.
void for_each_piece(std::size_t count, ThreadCount threads,
                    const std::function<void(std::size_t index, unsigned worker)>& piece);

}  // namespace optimat
