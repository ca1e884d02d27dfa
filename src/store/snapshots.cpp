#include "store/snapshots.hpp"

#include "base/error.hpp"
#include "base/hash.hpp"
#include "snapshot/byte_stream.hpp"
#include "snapshot/chunk_codec.hpp"
#include "store/database.hpp"
#include "store/original_files.hpp"
#include "store/releases.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <optional>

namespace optimat {

namespace {

/// A snapshot's number, which the other tables name it by, and its id.
struct Found {
    std::int64_t number;
    std::string id;
};

Found find(Database& database, const std::string& name) {
    Statement all(database, "SELECT number, id FROM snapshot ORDER BY number");
    std::optional<Found> found;
    const bool latest = name == "latest";
    for (all.start(); all.next();) {
        if (!latest && (name.empty() || !all.text(1).starts_with(name))) continue;
        if (found && !latest)
            throw StoreError(fmt::format("several snapshots begin with '{}'; give more digits", name));
        found = Found{all.integer(0), std::string(all.text(1))};
    }
    if (found) return *found;
    if (latest)
        throw StoreError(
            fmt::format("the store {} is empty; `optimat import` adds a snapshot", database.name()));
    throw StoreError(fmt::format("the store {} has no snapshot '{}'", database.name(), name));
}

std::uint64_t natural(std::int64_t number) { return static_cast<std::uint64_t>(number); }

SnapshotInfo info_of(const Statement& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    return {text(0),
            text(1),
            text(2),
            text(3),
            text(4),
            {text(5), text(6), text(7)},
            text(8),
            natural(row.integer(9)),
            static_cast<std::uint16_t>(row.integer(10))};
}

/// Sealed bytes by their hash, from the table chunk or original; several threads may ask.
class ContentReader {
  public:
    ContentReader(Database& database, const std::string& table)
        : m_find(database, fmt::format("SELECT bytes FROM {} WHERE hash = ?", table)) {}

    std::string read(const std::string& hash) {
        std::string bytes;
        {
            const std::scoped_lock lock(m_mutex);
            m_find.start(hash);
            if (!m_find.next()) throw_damaged("a part of it is missing");
            bytes = m_find.bytes(0);
            m_find.reset();
        }
        if (content_hash(bytes).text() != hash) throw_damaged("a part of it is not what was stored");
        return bytes;
    }

  private:
    std::mutex m_mutex;
    Statement m_find;
};

About about_of(Database& database, std::int64_t snapshot) {
    Statement row(database, "SELECT about FROM snapshot WHERE number = ?");
    row.start(snapshot);
    if (!row.next()) throw_damaged("its description is missing");
    return decode_about(row.bytes(0));
}

std::vector<std::string> chunk_hashes(Database& database, std::int64_t snapshot) {
    std::vector<std::string> hashes;
    Statement row(database, "SELECT hash FROM snapshot_chunk WHERE snapshot = ? ORDER BY place");
    for (row.start(snapshot); row.next();)
        hashes.emplace_back(row.text(0));
    return hashes;
}

std::vector<FileReport> file_reports(Database& database, std::int64_t snapshot) {
    std::vector<FileReport> files;
    Statement row(database,
                  "SELECT file, table_name, bytes, rows_read, rows_accepted, rows_repeated, rows_refused "
                  "FROM file_count WHERE snapshot = ? ORDER BY place");
    for (row.start(snapshot); row.next();) {
        const auto number = [&](int column) { return natural(row.integer(column)); };
        files.push_back({std::string(row.text(0)),
                         std::string(row.text(1)),
                         number(2),
                         {number(3), number(4), number(5), number(6)},
                         {},
                         {}});
    }
    Statement column(
        database, "SELECT file_place, name FROM file_column WHERE snapshot = ? ORDER BY file_place, place");
    for (column.start(snapshot); column.next();) {
        if (natural(column.integer(0)) >= files.size()) throw_damaged("a column belongs to no file");
        files[natural(column.integer(0))].columns.emplace_back(column.text(1));
    }
    return files;
}

std::map<std::string_view, Rule, std::less<>> rules_by_id() {
    std::map<std::string_view, Rule, std::less<>> rules;
    for (std::size_t i = 0; i < rule_count; ++i) {
        const auto rule = static_cast<Rule>(i);
        rules.emplace(issue_rule(rule).id, rule);
    }
    return rules;
}

std::vector<Issue> issues_of(Database& database, std::int64_t snapshot, std::size_t files) {
    const auto rules = rules_by_id();
    std::vector<Issue> issues;
    Statement row(database,
                  "SELECT file_place, line, column_place, rule FROM issue WHERE snapshot = ? ORDER BY place");
    for (row.start(snapshot); row.next();) {
        const auto rule = rules.find(row.text(3));
        if (rule == rules.end() || natural(row.integer(0)) >= files)
            throw_damaged("an issue is of no rule or file");
        Issue issue{rule->second, static_cast<std::uint8_t>(row.integer(0))};
        if (!row.is_null(1)) issue.line = natural(row.integer(1));
        if (!row.is_null(2)) issue.column = static_cast<std::uint16_t>(row.integer(2));
        issues.push_back(issue);
    }
    return issues;
}

std::size_t remove_unused(Database& database, const std::string& table, const std::string& user) {
    const auto count = [&] {
        return natural(database.number(fmt::format("SELECT count(*) FROM {}", table)));
    };
    const std::uint64_t before = count();
    Statement(database,
              fmt::format("DELETE FROM {0} WHERE NOT EXISTS (SELECT 1 FROM {1} WHERE {1}.hash = {0}.hash)",
                          table, user))
        .run();
    return before - count();
}

}  // namespace

std::vector<SnapshotInfo> list_snapshots(Store& store) {
    Statement row(store.database(),
                  "SELECT id, organisation, covers_from, covers_to, imported_at, policy_name, "
                  "policy_version, policy_hash, program_version, clients, format_version "
                  "FROM snapshot ORDER BY number");
    std::vector<SnapshotInfo> list;
    for (row.start(); row.next();)
        list.push_back(info_of(row));
    return list;
}

SnapshotInfo find_snapshot(Store& store, const std::string& name) {
    const Transaction transaction(store.database(), Transaction::Kind::read);
    const Found found = find(store.database(), name);
    const auto list = list_snapshots(store);
    return *std::ranges::find(list, found.id, &SnapshotInfo::id);
}

Extract load_snapshot(Store& store, const std::string& name, ThreadCount threads) {
    Database& database = store.database();
    const Transaction transaction(database, Transaction::Kind::read);
    const Found found = find(database, name);
    About about = about_of(database, found.number);
    const std::vector<std::string> hashes = chunk_hashes(database, found.number);
    Extract extract;
    extract.chunks.resize(hashes.size());
    ContentReader content(database, "chunk");
    for_each_piece(hashes.size(), threads, [&](std::size_t i, unsigned) {
        extract.chunks[i] =
            decode_chunk(content.read(hashes[i]), about.inventory_items.size(), about.services.size());
    });
    extract.organisation = std::move(about.organisation);
    extract.covers_from = about.covers_from;
    extract.covers_to = about.covers_to;
    extract.services = std::move(about.services);
    extract.inventory_items = std::move(about.inventory_items);
    return extract;
}

CheckReport load_report(Store& store, const std::string& name) {
    Database& database = store.database();
    const Transaction transaction(database, Transaction::Kind::read);
    const Found found = find(database, name);
    CheckReport report;
    report.files = file_reports(database, found.number);
    report.issues = issues_of(database, found.number, report.files.size());
    return report;
}

void write_originals(Store& store, const std::string& name, const std::filesystem::path& folder) {
    Database& database = store.database();
    const Transaction transaction(database, Transaction::Kind::read);
    const Found found = find(database, name);
    ContentReader content(database, "original");
    std::map<std::string, std::vector<std::string>> files;
    Statement row(database, "SELECT file, hash FROM snapshot_file WHERE snapshot = ? ORDER BY file, piece");
    for (row.start(found.number); row.next();)
        files[std::string(row.text(0))].emplace_back(row.text(1));
    for (const auto& [file, hashes] : files) {
        OriginalWriter writer(folder, file);
        for (const std::string& hash : hashes)
            writer.append(unseal(BlobKind::original, content.read(hash)));
        writer.finish();
    }
}

Erased erase_snapshot(Store& store, const std::string& name) {
    Database& database = store.database();
    Transaction transaction(database, Transaction::Kind::write);
    database.lock("snapshots");
    const Found found = find(database, name);
    for (const std::string table : {"snapshot_chunk", "snapshot_file", "file_column", "file_count", "issue"})
        Statement(database, fmt::format("DELETE FROM {} WHERE snapshot = ?", table)).run(found.number);
    Statement(database, "DELETE FROM snapshot WHERE number = ?").run(found.number);
    erase_release_states(database, found.id);
    Erased erased{found.id};
    erased.chunks = remove_unused(database, "chunk", "snapshot_chunk");
    erased.pieces = remove_unused(database, "original", "snapshot_file");
    transaction.commit();
    // Of a file that a server has open: what the write-ahead log still holds of it.
    if (database.kind() == StoreKind::sqlite) database.run("PRAGMA wal_checkpoint(TRUNCATE)");
    return erased;
}

}  // namespace optimat
