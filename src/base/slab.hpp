#pragma once
// Memory that only grows and is given back all at once: rows while an extract is read, its columns, its
// states. Large regions are asked for in huge pages, which costs the system far fewer faults.

#include <cstddef>
#include <mutex>
#include <vector>

namespace optimat {

class Slab {
  public:
    Slab() = default;
    Slab(const Slab&) = delete;
    Slab& operator=(const Slab&) = delete;
    ~Slab();

    /// `bytes` of memory, aligned for any type, valid until the slab goes. Its contents are not set. Any
    /// thread may ask.
    std::byte* take(std::size_t bytes);

  private:
    void add_region(std::size_t least);
    struct Region {
        std::byte* begin;
        std::size_t bytes;
    };
    std::mutex m_mutex;
    std::vector<Region> m_regions;
    std::byte* m_at = nullptr;
    std::size_t m_left = 0;
};

}  // namespace optimat
