#pragma once
// Texts on the way to PostgreSQL and back: SQL in its dialect, and what to say of its failures. Its own words
// can quote values of rows and parts of passwords; what is said here holds neither.

#include <string>
#include <string_view>

namespace optimat {

struct NumberedSql {
    std::string sql;
    int values = 0;
};
/// `?` becomes `$1`, `$2`, … but for those in quoted text and in comments that run to the end of their line.
NumberedSql with_numbered_values(std::string_view sql);

/// CREATE TABLE statements of SQLite as PostgreSQL has them: 64-bit integers, BYTEA, texts that are compared
/// byte by byte, numbers that the database gives.
std::string in_postgresql_dialect(std::string_view sql);

/// What went wrong with a statement and what to do, from the SQLSTATE (empty: the connection broke) and the
/// primary message of the server.
std::string statement_advice(std::string_view sqlstate, std::string_view primary);

/// Why no connection came about and what to do, from the words of libpq.
std::string connection_advice(std::string_view words);

}  // namespace optimat
