#pragma once
// The structure of releases (releases.hpp), a step of migrations.cpp.

namespace optimat {

// Only counts and definitions are in columns; what is of single persons is in the sealed bytes of
// release_state.
inline constexpr const char* release_tables = R"sql(
CREATE TABLE release (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    as_at TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    organisation TEXT NOT NULL,
    covers_from TEXT NOT NULL,
    covers_to TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    policy_name TEXT NOT NULL,
    policy_version TEXT NOT NULL,
    policy_hash TEXT NOT NULL,
    policy_values TEXT NOT NULL,
    measures_version TEXT NOT NULL,
    measures_hash TEXT NOT NULL,
    program_version TEXT NOT NULL,
    people_in_mat INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_by_role TEXT NOT NULL,
    reason TEXT NOT NULL,
    request TEXT NOT NULL UNIQUE,
    content_hash TEXT NOT NULL
);
CREATE TABLE release_withdrawal (
    release INTEGER PRIMARY KEY REFERENCES release (number),
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    author_role TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE TABLE release_service (
    release INTEGER NOT NULL REFERENCES release (number),
    service_id TEXT NOT NULL,
    name TEXT NOT NULL,
    region TEXT NOT NULL,
    area TEXT NOT NULL,
    peer_group TEXT NOT NULL,
    PRIMARY KEY (release, service_id)
);
CREATE TABLE release_measure (
    release INTEGER NOT NULL REFERENCES release (number),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    topic TEXT NOT NULL,
    words TEXT NOT NULL,
    denominator_words TEXT NOT NULL,
    function TEXT NOT NULL,
    value TEXT NOT NULL,
    unit TEXT NOT NULL,
    numerator TEXT NOT NULL,
    denominator TEXT NOT NULL,
    PRIMARY KEY (release, place)
);
CREATE TABLE release_cell (
    release INTEGER NOT NULL REFERENCES release (number),
    function TEXT NOT NULL,
    month TEXT NOT NULL,
    service_id TEXT NOT NULL,
    part TEXT NOT NULL,
    count INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY (release, function, month, service_id, part)
);
CREATE TABLE release_state (
    release INTEGER PRIMARY KEY REFERENCES release (number),
    bytes BLOB NOT NULL
);
)sql";

inline constexpr const char* release_triggers_sqlite = R"sql(
CREATE TRIGGER release_is_not_changed BEFORE UPDATE ON release
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_is_not_removed BEFORE DELETE ON release
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_withdrawal_is_not_changed BEFORE UPDATE ON release_withdrawal
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_withdrawal_is_not_removed BEFORE DELETE ON release_withdrawal
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_service_is_not_changed BEFORE UPDATE ON release_service
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_service_is_not_removed BEFORE DELETE ON release_service
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_measure_is_not_changed BEFORE UPDATE ON release_measure
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_measure_is_not_removed BEFORE DELETE ON release_measure
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_cell_is_not_changed BEFORE UPDATE ON release_cell
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_cell_is_not_removed BEFORE DELETE ON release_cell
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_state_is_not_changed BEFORE UPDATE ON release_state
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_state_goes_with_its_snapshot BEFORE DELETE ON release_state
WHEN EXISTS (SELECT 1 FROM release JOIN snapshot ON snapshot.id = release.snapshot
             WHERE release.number = OLD.release)
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
)sql";

inline constexpr const char* release_triggers_postgresql = R"sql(
CREATE FUNCTION refuse_change_of_release() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION 'releases are append only'; END
$body$;
CREATE TRIGGER release_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON release
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_release();
CREATE TRIGGER release_withdrawal_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON release_withdrawal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_release();
CREATE TRIGGER release_service_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON release_service
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_release();
CREATE TRIGGER release_measure_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON release_measure
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_release();
CREATE TRIGGER release_cell_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON release_cell
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_release();
CREATE TRIGGER release_state_is_not_changed BEFORE UPDATE OR TRUNCATE ON release_state
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_release();
CREATE FUNCTION keep_state_of_release() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF EXISTS (SELECT 1 FROM release JOIN snapshot ON snapshot.id = release.snapshot
               WHERE release.number = OLD.release) THEN
        RAISE EXCEPTION 'releases are append only';
    END IF;
    RETURN OLD;
END
$body$;
CREATE TRIGGER release_state_goes_with_its_snapshot BEFORE DELETE ON release_state
FOR EACH ROW EXECUTE FUNCTION keep_state_of_release();
)sql";

// What leaves of a release is worked out once and kept with it. Hashes: of everything that a release and its
// withdrawal fix; empty in those of before.
inline constexpr const char* published_tables = R"sql(
CREATE TABLE release_published (
    release INTEGER NOT NULL REFERENCES release (number),
    place_kind TEXT NOT NULL,
    place_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    name TEXT NOT NULL,
    part TEXT NOT NULL,
    number INTEGER,
    PRIMARY KEY (release, place_kind, place_id, topic, name, part)
);
ALTER TABLE release ADD COLUMN states_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE release_withdrawal ADD COLUMN content_hash TEXT NOT NULL DEFAULT '';
)sql";

inline constexpr const char* published_triggers_sqlite = R"sql(
CREATE TRIGGER release_published_is_not_changed BEFORE UPDATE ON release_published
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_published_is_not_removed BEFORE DELETE ON release_published
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
)sql";

inline constexpr const char* published_triggers_postgresql = R"sql(
CREATE TRIGGER release_published_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON release_published
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_release();
)sql";

}  // namespace optimat
