#include "base/slab.hpp"

#include <algorithm>
#include <new>
#include <sys/mman.h>

namespace optimat {

namespace {
constexpr std::size_t huge_page = 2 << 20;
constexpr std::size_t first_region = 256 << 10;  // small extracts stay small
constexpr std::size_t large_region = 16 << 20;
}  // namespace

Slab::~Slab() {
    for (const Region& region : m_regions)
        ::munmap(region.begin, region.bytes);
}

std::byte* Slab::take(std::size_t bytes) {
    bytes = (bytes + 15) / 16 * 16;
    const std::scoped_lock lock(m_mutex);
    if (m_left < bytes) add_region(bytes);
    std::byte* const at = m_at;
    m_at += bytes;
    m_left -= bytes;
    return at;
}

void Slab::add_region(std::size_t least) {
    const std::size_t last = m_regions.empty() ? 0 : m_regions.back().bytes;
    std::size_t bytes = std::max(least, m_regions.empty() ? first_region : std::min(large_region, last * 4));
    if (bytes >= huge_page) bytes = (bytes + huge_page - 1) / huge_page * huge_page;
    void* const memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    if (bytes >= huge_page) ::madvise(memory, bytes, MADV_HUGEPAGE);
    m_at = static_cast<std::byte*>(memory);
    m_left = bytes;
    m_regions.push_back({m_at, bytes});
}

}  // namespace optimat
