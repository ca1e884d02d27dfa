#pragma once
// A store: one SQLite file or one schema of a PostgreSQL database that keeps snapshots, whole, with the files
// that they were made from, and the accounts of the dashboard. What is in it changes in transactions only:
// killed at any moment, it holds the old state or the new one.

#include <memory>
#include <string>

namespace optimat {

class Database;

/// Whether opening may make a store that is not there yet.
enum class StoreAccess { existing, create };

class Store {
  public:
    /// `location`: the path of a SQLite file, `sqlite:PATH`, or `postgresql://USER@HOST:PORT/DATABASE`. A new
    /// file can be read by its owner only; a PostgreSQL database is made by its administrator, and `create`
    /// fills it. An older structure is brought up to date. Throws StoreError saying what to do when there is
    /// no store, the file is none, a newer Optimat wrote it, or it cannot be opened.
    Store(const std::string& location, StoreAccess access);
    /// Another connection to a store that this process has opened before: its structure is not looked at.
    static Store again(const std::string& location);
    ~Store();
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;

    /// For the files of this folder.
    Database& database() const { return *m_database; }

  private:
    Store() = default;
    std::unique_ptr<Database> m_database;
};

}  // namespace optimat
