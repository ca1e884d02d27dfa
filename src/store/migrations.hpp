#pragma once
// The structure of a store, built in numbered steps that only go forward. A step, once released, is never
// changed.

#include "store/database.hpp"

namespace optimat {

/// The number of the last step that this program knows.
int newest_schema();

/// The number of the last step that the store has taken; 0 when it is empty.
int schema_of(Database& database);

/// Takes the steps that are missing, all or none. Throws StoreError when a newer program has written the
/// store.
void migrate(Database& database);

}  // namespace optimat
