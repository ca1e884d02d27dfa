#include "web/rendered_parts.hpp"

namespace optimat {

std::shared_ptr<const Html> RenderedParts::get(const std::string& key, const std::function<Html()>& write) {
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto found = m_parts.find(key); found != m_parts.end()) return found->second;
    }
    const auto part = std::make_shared<const Html>(write());
    const std::size_t size = key.size() + part->text().size();
    const std::scoped_lock lock(m_mutex);
    if (m_bytes + size > m_most_bytes) {
        m_parts.clear();
        m_bytes = 0;
    }
    if (size <= m_most_bytes && m_parts.emplace(key, part).second) m_bytes += size;
    return part;
}

std::size_t RenderedParts::bytes() const {
    const std::scoped_lock lock(m_mutex);
    return m_bytes;
}

}  // namespace optimat
