#pragma once
// A store: one SQLite file that keeps snapshots, whole, with the files that they were made from. What is in
// it changes in transactions only: killed at any moment, it holds the old state or the new one.

#include <memory>
#include <string>

namespace optimat {

class Database;

/// Whether opening may make a store that is not there yet.
enum class StoreAccess { existing, create };

class Store {
  public:
    /// `location`: the path of a SQLite file, or `sqlite:PATH`. A new file can be read by its owner only. An
    /// older structure is brought up to date. Throws StoreError saying what to do when there is no store, the
    /// file is none, a newer Optimat wrote it, or it cannot be opened.
    Store(const std::string& location, StoreAccess access);
    ~Store();
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;

    /// For the files of this folder.
    Database& database() const { return *m_database; }

  private:
    std::unique_ptr<Database> m_database;
};

}  // namespace optimat
