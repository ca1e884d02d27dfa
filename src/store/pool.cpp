#include "store/pool.hpp"

#include "base/check.hpp"
#include "base/error.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <utility>

namespace optimat {

StorePool::StorePool(const std::string& location, StoreAccess access, std::size_t most)
    : m_location(location), m_most(std::max<std::size_t>(1, most)) {
    auto first = std::make_unique<Store>(location, access);
    if (first->database().kind() == StoreKind::sqlite) first->database().run("PRAGMA journal_mode = WAL");
    m_idle.push_back(std::move(first));
    m_open = 1;
}

StorePool::~StorePool() {
    OPTIMAT_CHECK(m_idle.size() == m_open, "a store is closed while it is used");
    while (m_idle.size() > 1)
        m_idle.pop_back();
    if (m_idle.empty() || m_idle.front()->database().kind() != StoreKind::sqlite) return;
    try {
        // One file again, which can be copied. While another process has it open it stays as it is.
        m_idle.front()->database().run("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE");
    } catch (const StoreError&) {
    }
}

std::unique_ptr<Store> StorePool::connect() const {
    return std::make_unique<Store>(Store::again(m_location));
}

StorePool::Lease StorePool::lease() {
    {
        std::unique_lock lock(m_mutex);
        m_given_back.wait(lock, [&] { return !m_idle.empty() || m_open < m_most; });
        while (!m_idle.empty()) {
            std::unique_ptr<Store> store = std::move(m_idle.back());
            m_idle.pop_back();
            if (!store->database().is_broken()) return {*this, std::move(store)};
            --m_open;
        }
        ++m_open;
    }
    try {
        return {*this, connect()};
    } catch (...) {
        give_back(nullptr);
        throw;
    }
}

std::size_t StorePool::open() const {
    const std::scoped_lock lock(m_mutex);
    return m_open;
}

void StorePool::give_back(std::unique_ptr<Store> store) {
    // What is left open would be carried into the next lease.
    const bool usable = store && !store->database().is_broken() && !store->database().in_transaction();
    if (!usable) store.reset();
    {
        const std::scoped_lock lock(m_mutex);
        if (usable)
            m_idle.push_back(std::move(store));
        else
            --m_open;
    }
    m_given_back.notify_one();
}

StorePool::Lease::Lease(StorePool& pool, std::unique_ptr<Store> store)
    : m_pool(&pool), m_store(std::move(store)) {}
StorePool::Lease::Lease(Lease&& other) noexcept : m_pool(other.m_pool), m_store(std::move(other.m_store)) {}
StorePool::Lease::~Lease() {
    if (m_store) m_pool->give_back(std::move(m_store));
}

}  // namespace optimat
