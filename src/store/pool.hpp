#pragma once
// Connections to one store that the threads of a server share: each thread leases one for as long as it needs
// it.

#include "store/store.hpp"

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

namespace optimat {

/// May be used from several threads. A SQLite file is kept in write-ahead mode while the pool has it, so that
/// readers do not wait for a writer.
class StorePool {
  public:
    /// Opens the store, as Store does, and at most `most` connections (at least one) as they are asked for.
    StorePool(const std::string& location, StoreAccess access, std::size_t most);
    /// All leases have ended.
    ~StorePool();
    StorePool(const StorePool&) = delete;
    StorePool& operator=(const StorePool&) = delete;

    /// One connection, used by one thread at a time, given back at the end of its life.
    class Lease {
      public:
        ~Lease();
        Lease(Lease&& other) noexcept;
        Lease& operator=(Lease&&) = delete;
        Database& database() const { return m_store->database(); }
        Store& store() const { return *m_store; }

      private:
        friend class StorePool;
        Lease(StorePool& pool, std::unique_ptr<Store> store);
        StorePool* m_pool;
        std::unique_ptr<Store> m_store;
    };

    /// Waits while all connections are leased. One that PostgreSQL has closed is replaced. Throws StoreError
    /// when a connection cannot be opened.
    Lease lease();
    /// How many connections are open.
    std::size_t open() const;

  private:
    std::unique_ptr<Store> connect() const;
    void give_back(std::unique_ptr<Store> store);

    std::string m_location;
    std::size_t m_most;
    mutable std::mutex m_mutex;
    std::condition_variable m_given_back;
    std::vector<std::unique_ptr<Store>> m_idle;
    std::size_t m_open = 0;  ///< idle and leased
};

}  // namespace optimat
