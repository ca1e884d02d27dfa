#include "model/extract.hpp"

#include "base/hash.hpp"

#include <algorithm>
#include <bit>

namespace optimat {

std::size_t Extract::client_count() const {
    std::size_t count = 0;
    for (const Chunk& chunk : chunks)
        count += chunk.client_count();
    return count;
}

ServiceIndex Extract::find_service(std::string_view service_id) const {
    const auto found = std::ranges::lower_bound(services, service_id, {}, &Service::service_id);
    if (found == services.end() || found->service_id != service_id) return {};
    return ServiceIndex{static_cast<std::size_t>(found - services.begin())};
}

std::size_t chunk_count_for(std::size_t clients) {
    return std::min(partition_count, std::bit_ceil(std::max<std::size_t>(1, clients / 256)));
}

std::size_t partition_of(std::string_view client_id) { return quick_hash(client_id) >> 56; }

}  // namespace optimat
