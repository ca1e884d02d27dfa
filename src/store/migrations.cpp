#include "store/migrations.hpp"

#include "base/error.hpp"
#include "store/chart_mark_tables.hpp"
#include "store/postgresql_text.hpp"
#include "store/release_tables.hpp"
#include "store/replacing_triggers.hpp"

#include <fmt/format.h>
#include <iterator>

namespace optimat {

namespace {

struct Migration {
    const char* name;
    const char* sql;
    const char* sqlite = "";      ///< what only SQLite understands
    const char* postgresql = "";  ///< what only PostgreSQL understands
};

// Hashes are 64 hexadecimal digits, days YYYY-MM-DD, times UTC in ISO 8601. Person-level data are in the
// sealed bytes only (docs/snapshot-format.md); issues say where to look, never a value. `sql` is SQLite's
// dialect, from which PostgreSQL's follows (postgresql_text.hpp).
constexpr Migration migrations[] = {
    {"snapshots",
     R"sql(
CREATE TABLE snapshot (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    organisation TEXT NOT NULL,
    covers_from TEXT NOT NULL,
    covers_to TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    policy_name TEXT NOT NULL,
    policy_version TEXT NOT NULL,
    policy_hash TEXT NOT NULL,
    program_version TEXT NOT NULL,
    clients INTEGER NOT NULL,
    format_version INTEGER NOT NULL,
    about BLOB NOT NULL
);
CREATE TABLE chunk (
    hash TEXT NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
);
CREATE TABLE snapshot_chunk (
    snapshot INTEGER NOT NULL REFERENCES snapshot (number),
    place INTEGER NOT NULL,
    hash TEXT NOT NULL REFERENCES chunk (hash),
    PRIMARY KEY (snapshot, place)
);
CREATE INDEX snapshot_chunk_by_hash ON snapshot_chunk (hash);
CREATE TABLE original (
    hash TEXT NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
);
CREATE TABLE snapshot_file (
    snapshot INTEGER NOT NULL REFERENCES snapshot (number),
    file TEXT NOT NULL,
    piece INTEGER NOT NULL,
    hash TEXT NOT NULL REFERENCES original (hash),
    PRIMARY KEY (snapshot, file, piece)
);
CREATE INDEX snapshot_file_by_hash ON snapshot_file (hash);
CREATE TABLE file_count (
    snapshot INTEGER NOT NULL REFERENCES snapshot (number),
    place INTEGER NOT NULL,
    file TEXT NOT NULL,
    table_name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    rows_read INTEGER NOT NULL,
    rows_accepted INTEGER NOT NULL,
    rows_repeated INTEGER NOT NULL,
    rows_refused INTEGER NOT NULL,
    PRIMARY KEY (snapshot, place)
);
CREATE TABLE file_column (
    snapshot INTEGER NOT NULL REFERENCES snapshot (number),
    file_place INTEGER NOT NULL,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (snapshot, file_place, place)
);
CREATE TABLE issue (
    snapshot INTEGER NOT NULL REFERENCES snapshot (number),
    place INTEGER NOT NULL,
    file_place INTEGER NOT NULL,
    line INTEGER,
    column_place INTEGER,
    rule TEXT NOT NULL,
    PRIMARY KEY (snapshot, place)
);
)sql",
     "",
     // What is compressed already is not compressed again.
     R"sql(
ALTER TABLE chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
ALTER TABLE original ALTER COLUMN bytes SET STORAGE EXTERNAL;
)sql"},
    {"accounts",
     R"sql(
CREATE TABLE user_account (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    sign_in_name TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    whole_organisation INTEGER NOT NULL,
    keyworker_id TEXT NOT NULL,
    active INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    last_sign_in_at TEXT NOT NULL,
    password_hash TEXT NOT NULL
);
CREATE UNIQUE INDEX user_account_by_name ON user_account (lower(sign_in_name));
CREATE TABLE user_service (
    user_number INTEGER NOT NULL REFERENCES user_account (number),
    service TEXT NOT NULL,
    PRIMARY KEY (user_number, service)
);
CREATE TABLE session (
    hash TEXT NOT NULL PRIMARY KEY,
    user_number INTEGER NOT NULL REFERENCES user_account (number),
    begun_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
);
CREATE INDEX session_by_user ON session (user_number);
CREATE TABLE access_token (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT NOT NULL UNIQUE,
    user_number INTEGER NOT NULL REFERENCES user_account (number),
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
);
CREATE INDEX access_token_by_user ON access_token (user_number);
CREATE TABLE setup_link (
    hash TEXT NOT NULL PRIMARY KEY,
    made_at INTEGER NOT NULL
);
CREATE TABLE sign_in_failure (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name_hash TEXT NOT NULL,
    peer_hash TEXT NOT NULL,
    failed_at INTEGER NOT NULL
);
CREATE INDEX sign_in_failure_by_name ON sign_in_failure (name_hash, failed_at);
CREATE INDEX sign_in_failure_by_peer ON sign_in_failure (peer_hash, failed_at);
CREATE TABLE store_secret (
    name TEXT NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
);
CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    sign_in_name TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    place TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    peer TEXT NOT NULL
);
CREATE INDEX audit_by_action ON audit (action);
CREATE TABLE peer_group (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    author TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE TABLE peer_group_service (
    peer_group INTEGER NOT NULL REFERENCES peer_group (number),
    service TEXT NOT NULL,
    PRIMARY KEY (peer_group, service)
);
CREATE TABLE upload (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    reference TEXT NOT NULL UNIQUE,
    user_number INTEGER NOT NULL,
    begun_at TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    stage TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    bytes_expected INTEGER NOT NULL,
    done INTEGER NOT NULL,
    all_to_do INTEGER NOT NULL,
    source TEXT NOT NULL,
    folder TEXT NOT NULL,
    message TEXT NOT NULL,
    report TEXT NOT NULL,
    snapshot_id TEXT NOT NULL,
    process TEXT NOT NULL
);
)sql",
     R"sql(
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append only'); END;
CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append only'); END;
)sql",
     R"sql(
CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION 'the audit log is append only'; END
$body$;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();
)sql"},
    {"reviews",
     R"sql(
CREATE TABLE review_entry (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    author_role TEXT NOT NULL,
    service TEXT NOT NULL,
    as_at TEXT NOT NULL,
    day TEXT NOT NULL,
    reason TEXT NOT NULL,
    advice TEXT NOT NULL,
    deferred_to TEXT NOT NULL,
    assigned_to TEXT NOT NULL,
    note TEXT NOT NULL,
    about INTEGER REFERENCES review_entry (number),
    needs_co_signature INTEGER NOT NULL,
    escalated INTEGER NOT NULL,
    request TEXT NOT NULL UNIQUE
);
CREATE INDEX review_entry_by_person ON review_entry (person, number);
CREATE INDEX review_entry_by_about ON review_entry (about, kind);
CREATE TABLE review_entry_list (
    entry INTEGER NOT NULL REFERENCES review_entry (number),
    place INTEGER NOT NULL,
    list TEXT NOT NULL,
    PRIMARY KEY (entry, place)
);
CREATE TABLE review_entry_outcome (
    entry INTEGER NOT NULL REFERENCES review_entry (number),
    place INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (entry, place)
);
CREATE TABLE asci_answer (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    author_role TEXT NOT NULL,
    service TEXT NOT NULL,
    day TEXT NOT NULL,
    inventory TEXT NOT NULL,
    supervised_before TEXT NOT NULL,
    supervised_after TEXT NOT NULL,
    note TEXT NOT NULL,
    about INTEGER REFERENCES asci_answer (number),
    request TEXT NOT NULL UNIQUE
);
CREATE INDEX asci_answer_by_person ON asci_answer (person, number);
CREATE TABLE asci_answer_item (
    answer INTEGER NOT NULL REFERENCES asci_answer (number),
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (answer, item)
);
CREATE TABLE saved_filter (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    user_number INTEGER NOT NULL REFERENCES user_account (number),
    name TEXT NOT NULL,
    list TEXT NOT NULL,
    query TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    UNIQUE (user_number, name)
);
)sql",
     R"sql(
CREATE TRIGGER review_entry_is_not_changed BEFORE UPDATE ON review_entry
BEGIN SELECT RAISE(ABORT, 'reviews are append only'); END;
CREATE TRIGGER review_entry_is_not_removed BEFORE DELETE ON review_entry
BEGIN SELECT RAISE(ABORT, 'reviews are append only'); END;
CREATE TRIGGER review_entry_list_is_not_changed BEFORE UPDATE ON review_entry_list
BEGIN SELECT RAISE(ABORT, 'reviews are append only'); END;
CREATE TRIGGER review_entry_list_is_not_removed BEFORE DELETE ON review_entry_list
BEGIN SELECT RAISE(ABORT, 'reviews are append only'); END;
CREATE TRIGGER review_entry_outcome_is_not_changed BEFORE UPDATE ON review_entry_outcome
BEGIN SELECT RAISE(ABORT, 'reviews are append only'); END;
CREATE TRIGGER review_entry_outcome_is_not_removed BEFORE DELETE ON review_entry_outcome
BEGIN SELECT RAISE(ABORT, 'reviews are append only'); END;
CREATE TRIGGER asci_answer_is_not_changed BEFORE UPDATE ON asci_answer
BEGIN SELECT RAISE(ABORT, 'inventories are append only'); END;
CREATE TRIGGER asci_answer_is_not_removed BEFORE DELETE ON asci_answer
BEGIN SELECT RAISE(ABORT, 'inventories are append only'); END;
CREATE TRIGGER asci_answer_item_is_not_changed BEFORE UPDATE ON asci_answer_item
BEGIN SELECT RAISE(ABORT, 'inventories are append only'); END;
CREATE TRIGGER asci_answer_item_is_not_removed BEFORE DELETE ON asci_answer_item
BEGIN SELECT RAISE(ABORT, 'inventories are append only'); END;
)sql",
     R"sql(
CREATE FUNCTION refuse_change_of_record() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION 'reviews and inventories are append only'; END
$body$;
CREATE TRIGGER review_entry_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON review_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER review_entry_list_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON review_entry_list
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER review_entry_outcome_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON review_entry_outcome
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER asci_answer_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON asci_answer
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER asci_answer_item_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON asci_answer_item
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
)sql"},
    // Somebody whose dose is being reduced may have a reason of either kind.
    {"reasons of reviews",
     "ALTER TABLE review_entry ADD COLUMN not_indicated_reason TEXT NOT NULL DEFAULT '';"},
    {"chart marks", chart_mark_tables, chart_mark_triggers_sqlite, chart_mark_triggers_postgresql},
    {"releases", release_tables, release_triggers_sqlite, release_triggers_postgresql},
    {"released figures", published_tables, published_triggers_sqlite, published_triggers_postgresql},
    {"append only, replacing too", "", replacing_triggers_sqlite, ""},
};

[[noreturn]] void throw_newer(const Database& database, int schema) {
    throw StoreError(
        fmt::format("the store {}: a newer Optimat has written it (structure {}; this program knows up to "
                    "{}); use that version",
                    database.name(), schema, newest_schema()));
}

void take_step(Database& database, const Migration& migration) {
    if (database.kind() == StoreKind::sqlite) {
        database.run(migration.sql);
        database.run(migration.sqlite);
    } else {
        database.run(in_postgresql_dialect(migration.sql));
        database.run(migration.postgresql);
    }
}

}  // namespace

int newest_schema() { return static_cast<int>(std::size(migrations)); }

int schema_of(Database& database) {
    if (!database.has_table("migration")) return 0;
    return static_cast<int>(database.number("SELECT max(number) FROM migration"));
}

void migrate(Database& database) {
    const int found = schema_of(database);
    if (found > newest_schema()) throw_newer(database, found);
    if (found == newest_schema()) return;
    Transaction transaction(database, Transaction::Kind::write);
    database.lock("migration");
    // Another program may have migrated while this one waited.
    const int begin = schema_of(database);
    if (begin > newest_schema()) throw_newer(database, begin);
    if (begin == 0) database.run("CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)");
    Statement record(database, "INSERT INTO migration (number, name) VALUES (?, ?)");
    for (int i = begin; i < newest_schema(); ++i) {
        take_step(database, migrations[i]);
        record.run(std::int64_t{i} + 1, std::string_view(migrations[i].name));
    }
    transaction.commit();
}

}  // namespace optimat
