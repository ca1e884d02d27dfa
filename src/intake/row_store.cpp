#include "intake/row_store.hpp"

namespace optimat {

Dictionary::Dictionary() : m_slots(64) {}

void Dictionary::grow() {
    std::vector<Slot> slots(m_slots.size() * 2);
    const std::size_t mask = slots.size() - 1;
    for (const Slot& slot : m_slots) {
        if (slot.number_plus_one == 0) continue;
        std::size_t at = quick_hash(m_texts[slot.number_plus_one - 1]) & mask;
        while (slots[at].number_plus_one != 0)
            at = (at + 1) & mask;
        slots[at] = slot;
    }
    m_slots = std::move(slots);
}

std::uint32_t Dictionary::look_up_long(std::string_view text, std::uint64_t hash) {
    const PackedText key{hash, ~std::uint64_t{0}};
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = hash & mask;
    for (; m_slots[at].number_plus_one != 0; at = (at + 1) & mask) {
        const std::uint32_t number = m_slots[at].number_plus_one - 1;
        if (m_slots[at].key == key && m_texts[number] == text) return number;
    }
    return add(at, text, key);
}

std::uint32_t Dictionary::add(std::size_t slot, std::string_view text, PackedText key) {
    constexpr std::size_t page_bytes = 64 << 10;
    if (m_page == nullptr || m_page->size() + text.size() > m_page->capacity()) {
        m_page = &m_storage.emplace_back();
        m_page->reserve(std::max(page_bytes, text.size()));
    }
    const std::size_t begin = m_page->size();
    m_page->append(text);
    m_texts.push_back(std::string_view(*m_page).substr(begin));
    m_slots[slot] = {key, static_cast<std::uint32_t>(m_texts.size())};
    if (m_texts.size() * 2 > m_slots.size()) grow();
    return static_cast<std::uint32_t>(m_texts.size()) - 1;
}

std::uint32_t ThreadRows::find_client(std::string_view id) {
    const std::uint64_t hash = quick_hash(id);
    const std::uint32_t number = clients.look_up(id, hash);
    if (number == partition_of_client.size()) {
        const auto partition = static_cast<std::uint16_t>(hash >> 56);
        partition_of_client.push_back(partition);
        refused_of_client.push_back(0);
        rows_of_client.push_back({});
        clients_of_partition[partition].push_back(number);
    }
    m_any_client = true;
    return m_last_client = number;
}

}  // namespace optimat
