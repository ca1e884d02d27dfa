#pragma once
// The structure of chart marks (chart_marks.hpp), a step of migrations.cpp.

namespace optimat {

inline constexpr const char* chart_mark_tables = R"sql(
CREATE TABLE chart_mark_entry (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    measure TEXT NOT NULL,
    place TEXT NOT NULL,
    from_time TEXT NOT NULL,
    to_time TEXT NOT NULL,
    millionths INTEGER,
    words TEXT NOT NULL,
    reason TEXT NOT NULL,
    about INTEGER UNIQUE REFERENCES chart_mark_entry (number),
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    author_role TEXT NOT NULL,
    request TEXT NOT NULL UNIQUE
);
)sql";

inline constexpr const char* chart_mark_triggers_sqlite = R"sql(
CREATE TRIGGER chart_mark_entry_is_not_changed BEFORE UPDATE ON chart_mark_entry
BEGIN SELECT RAISE(ABORT, 'chart marks are append only'); END;
CREATE TRIGGER chart_mark_entry_is_not_removed BEFORE DELETE ON chart_mark_entry
BEGIN SELECT RAISE(ABORT, 'chart marks are append only'); END;
)sql";

inline constexpr const char* chart_mark_triggers_postgresql = R"sql(
CREATE FUNCTION refuse_change_of_chart_mark() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION 'chart marks are append only'; END
$body$;
CREATE TRIGGER chart_mark_entry_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON chart_mark_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_chart_mark();
)sql";

}  // namespace optimat
