#include "store/releases.hpp"

#include "base/hash.hpp"
#include "snapshot/blob.hpp"
#include "snapshot/byte_stream.hpp"
#include "store/database.hpp"
#include "store/stored_texts.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <tuple>

namespace optimat {

namespace {

constexpr std::string_view columns =
    "release.number, as_at, snapshot, release.organisation, release.covers_from, release.covers_to, "
    "release.imported_at, release.policy_name, release.policy_version, release.policy_hash, policy_values, "
    "measures_version, measures_hash, release.program_version, people_in_mat, made_at, made_by, "
    "made_by_role, release.reason, request, release_withdrawal.at, release_withdrawal.author, "
    "release_withdrawal.author_role, release_withdrawal.reason, snapshot.number";

/// Joins a release with its withdrawal and with its snapshot, while the store has it.
constexpr std::string_view source =
    "release LEFT JOIN release_withdrawal ON release_withdrawal.release = release.number "
    "LEFT JOIN snapshot ON snapshot.id = release.snapshot";

Release release_of(const Statement& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    Release release;
    release.number = row.integer(0);
    release.as_at = text(1);
    release.snapshot = text(2);
    release.organisation = text(3);
    release.covers_from = text(4);
    release.covers_to = text(5);
    release.imported_at = text(6);
    release.policy = {text(7), text(8), text(9)};
    release.policy_values = text(10);
    release.measures_version = text(11);
    release.measures_hash = text(12);
    release.program_version = text(13);
    release.people_in_mat = row.integer(14);
    release.made = {text(15), text(16), text(17)};
    release.reason = text(18);
    release.request = text(19);
    if (!row.is_null(20)) release.withdrawn = ReleaseWithdrawal{{text(20), text(21), text(22)}, text(23)};
    release.snapshot_kept = !row.is_null(24);
    return release;
}

template <class Value>
std::optional<Release> release_where(Database& database, std::string_view condition, const Value& value) {
    Statement row(database, fmt::format("SELECT {} FROM {} WHERE {}", columns, source, condition));
    row.start(value);
    if (!row.next()) return std::nullopt;
    return release_of(row);
}

void write_figures(ByteWriter& content, const ReleaseFigures& figures) {
    content.number(static_cast<std::uint64_t>(figures.services.size()));
    for (const ReleaseService& service : figures.services)
        for (const std::string* const text :
             {&service.service_id, &service.name, &service.region, &service.area, &service.peer_group})
            content.text(*text);
    content.number(static_cast<std::uint64_t>(figures.measures.size()));
    for (const ReleaseMeasure& measure : figures.measures) {
        for (const std::string* const text :
             {&measure.name, &measure.title, &measure.group, &measure.words, &measure.denominator_words,
              &measure.function, &measure.value, &measure.unit})
            content.text(*text);
        content.text(joined_parts(measure.numerator));
        content.text(joined_parts(measure.denominator));
    }
    for (const ReleaseCell& cell : figures.cells) {
        for (const std::string* const text : {&cell.function, &cell.month, &cell.service_id, &cell.part})
            content.text(*text);
        content.number(static_cast<std::uint64_t>(cell.count));
        content.number(static_cast<std::uint64_t>(cell.sum));
    }
}

void write_published(ByteWriter& content, const std::vector<PublishedNumber>& published) {
    content.number(static_cast<std::uint64_t>(published.size()));
    for (const PublishedNumber& one : published) {
        for (const std::string* const text :
             {&one.place_kind, &one.place_id, &one.topic, &one.name, &one.part})
            content.text(*text);
        content.number(std::uint64_t{one.number.has_value()});
        content.number(static_cast<std::uint64_t>(one.number.value_or(0)));
    }
}

/// Follows from all that a release fixes, so that a row that was slipped in, taken out or exchanged is
/// noticed. `states_hash` is empty in releases of a program that did not keep it, nor what leaves.
std::string hash_of(const Release& release, const ReleaseFigures& figures, const std::string& states_hash) {
    ByteWriter content;
    for (const std::string* const text :
         {&release.as_at, &release.snapshot, &release.policy.hash, &release.policy_values,
          &release.measures_hash, &release.program_version, &release.made.at})
        content.text(*text);
    write_figures(content, figures);
    if (states_hash.empty()) return content_hash(content.take()).text();
    for (const std::string* const text :
         {&release.organisation, &release.covers_from, &release.covers_to, &release.imported_at,
          &release.policy.name, &release.policy.version, &release.measures_version, &release.made.name,
          &release.made.role, &release.reason, &release.request, &states_hash})
        content.text(*text);
    content.number(static_cast<std::uint64_t>(release.people_in_mat));
    write_published(content, figures.published);
    return content_hash(content.take()).text();
}

/// Of a withdrawal and the release it withdraws.
std::string hash_of(const ReleaseWithdrawal& withdrawal, const std::string& release_hash) {
    ByteWriter content;
    for (const std::string* const text :
         {&release_hash, &withdrawal.by.at, &withdrawal.by.name, &withdrawal.by.role, &withdrawal.reason})
        content.text(*text);
    return content_hash(content.take()).text();
}

[[noreturn]] void throw_damaged(std::int64_t number) {
    throw StoreError(
        fmt::format("the store is damaged: release {} is not what was stored; restore a backup", number));
}

/// In the order in which they are read again.
ReleaseFigures in_order(ReleaseFigures figures) {
    std::ranges::sort(figures.services, {}, &ReleaseService::service_id);
    const auto place = [](const ReleaseCell& cell) {
        return std::tie(cell.function, cell.month, cell.service_id, cell.part);
    };
    std::ranges::sort(figures.cells, {}, place);
    std::ranges::sort(figures.published, {}, [](const PublishedNumber& one) {
        return std::tie(one.place_kind, one.place_id, one.topic, one.name, one.part);
    });
    return figures;
}

std::int64_t insert_release(Database& database, const Release& release, const ReleaseFigures& figures,
                            const std::string& states_hash) {
    Statement row(database,
                  "INSERT INTO release (as_at, snapshot, organisation, covers_from, covers_to, imported_at, "
                  "policy_name, policy_version, policy_hash, policy_values, measures_version, measures_hash, "
                  "program_version, people_in_mat, made_at, made_by, made_by_role, reason, request, "
                  "content_hash, states_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                  "?, ?, ?) "
                  "RETURNING number");
    row.start(release.as_at, release.snapshot, release.organisation, release.covers_from, release.covers_to,
              release.imported_at, release.policy.name, release.policy.version, release.policy.hash,
              release.policy_values, release.measures_version, release.measures_hash, release.program_version,
              release.people_in_mat, release.made.at, release.made.name, release.made.role, release.reason,
              release.request, hash_of(release, figures, states_hash), states_hash);
    row.next();
    return row.integer(0);
}

void insert_services(Database& database, std::int64_t release, const std::vector<ReleaseService>& services) {
    Statement row(database, "INSERT INTO release_service (release, service_id, name, region, area, "
                            "peer_group) VALUES (?, ?, ?, ?, ?, ?)");
    for (const ReleaseService& service : services)
        row.run(release, service.service_id, service.name, service.region, service.area, service.peer_group);
}

void insert_measures(Database& database, std::int64_t release, const std::vector<ReleaseMeasure>& measures) {
    Statement row(database,
                  "INSERT INTO release_measure (release, place, name, title, topic, words, "
                  "denominator_words, function, value, unit, numerator, denominator) VALUES (?, ?, ?, ?, ?, "
                  "?, ?, ?, ?, ?, ?, ?)");
    std::int64_t place = 0;
    for (const ReleaseMeasure& measure : measures)
        row.run(release, place++, measure.name, measure.title, measure.group, measure.words,
                measure.denominator_words, measure.function, measure.value, measure.unit,
                joined_parts(measure.numerator), joined_parts(measure.denominator));
}

/// Many rows a statement: on PostgreSQL each statement is a way there and back.
template <class Row>
void insert_rows(Database& database, std::string_view into, std::size_t values, const std::vector<Row>& rows,
                 const std::function<void(Statement&, const Row&)>& add) {
    constexpr std::size_t rows_at_once = 64;
    const std::string places = fmt::format("({})", fmt::join(std::vector<std::string>(values, "?"), ", "));
    for (std::size_t first = 0; first < rows.size(); first += rows_at_once) {
        const std::size_t last = std::min(rows.size(), first + rows_at_once);
        Statement statement(database, fmt::format("INSERT INTO {} VALUES {}", into,
                                                  fmt::join(std::vector(last - first, places), ", ")));
        statement.begin();
        for (std::size_t i = first; i < last; ++i)
            add(statement, rows[i]);
        statement.finish();
    }
}

void insert_cells(Database& database, std::int64_t release, const std::vector<ReleaseCell>& cells) {
    insert_rows<ReleaseCell>(
        database, "release_cell (release, function, month, service_id, part, count, sum)", 7, cells,
        [&](Statement& row, const ReleaseCell& cell) {
            row.add(release);
            for (const std::string* const text : {&cell.function, &cell.month, &cell.service_id, &cell.part})
                row.add(std::string_view(*text));
            row.add(cell.count);
            row.add(cell.sum);
        });
}

void insert_published(Database& database, std::int64_t release,
                      const std::vector<PublishedNumber>& published) {
    insert_rows<PublishedNumber>(
        database, "release_published (release, place_kind, place_id, topic, name, part, number)", 7,
        published, [&](Statement& row, const PublishedNumber& one) {
            row.add(release);
            for (const std::string* const text :
                 {&one.place_kind, &one.place_id, &one.topic, &one.name, &one.part})
                row.add(std::string_view(*text));
            row.add(one.number);
        });
}

bool has_snapshot(Database& database, std::string_view id) {
    Statement row(database, "SELECT 1 FROM snapshot WHERE id = ?");
    row.start(id);
    return row.next();
}

struct StoredHashes {
    std::string content, states, withdrawal;  ///< the last empty without a withdrawal, or one of before
};

StoredHashes stored_hashes(Database& database, std::int64_t number) {
    Statement row(database,
                  "SELECT release.content_hash, states_hash, coalesce(release_withdrawal.content_hash, '') "
                  "FROM release LEFT JOIN release_withdrawal ON release_withdrawal.release = release.number "
                  "WHERE release.number = ?");
    row.start(number);
    row.next();
    return {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))};
}

void check_release(const Release& release, const ReleaseFigures& figures, const StoredHashes& hashes) {
    if (hash_of(release, figures, hashes.states) != hashes.content) throw_damaged(release.number);
    // What was withdrawn by a program that kept no hash of it has none.
    const bool hashed = !hashes.states.empty() || !hashes.withdrawal.empty();
    if (release.withdrawn && hashed && hash_of(*release.withdrawn, hashes.content) != hashes.withdrawal)
        throw_damaged(release.number);
}

}  // namespace

Release add_release(Database& database, const NewRelease& added) {
    if (!is_request(added.release.request)) throw UsageError("a release needs the random text of its form");
    const ReleaseFigures figures = in_order(added.figures);
    const std::string states = seal(BlobKind::states, added.states);
    WriteScope scope(database);
    // As who erases a snapshot: it is there until the release is whole.
    database.lock("snapshots");
    database.lock("releases");
    if (auto stored = release_where(database, "request = ?", added.release.request))
        return std::move(*stored);
    if (!has_snapshot(database, added.release.snapshot))
        throw ConflictError("the data that the release was made from have been erased meanwhile; make it "
                            "again");
    const std::int64_t number =
        insert_release(database, added.release, figures, content_hash(added.states).text());
    insert_services(database, number, figures.services);
    insert_measures(database, number, figures.measures);
    insert_cells(database, number, figures.cells);
    insert_published(database, number, figures.published);
    Statement(database, "INSERT INTO release_state (release, bytes) VALUES (?, ?)")
        .run(number, Bytes{states});
    Release stored = find_release(database, number).value();
    scope.commit();
    return stored;
}

Release withdraw_release(Database& database, std::int64_t number, const ReleaseWithdrawal& withdrawal) {
    if (withdrawal.reason.empty()) throw UsageError("write why the release is withdrawn");
    WriteScope scope(database);
    database.lock("releases");
    const auto stored = find_release(database, number);
    if (!stored) throw UsageError(fmt::format("there is no release {}", number));
    if (stored->withdrawn) throw UsageError(fmt::format("release {} has been withdrawn already", number));
    Statement(database,
              "INSERT INTO release_withdrawal (release, at, author, author_role, reason, content_hash) "
              "VALUES (?, ?, ?, ?, ?, ?)")
        .run(number, withdrawal.by.at, withdrawal.by.name, withdrawal.by.role, withdrawal.reason,
             hash_of(withdrawal, stored_hashes(database, number).content));
    Release release = find_release(database, number).value();
    scope.commit();
    return release;
}

std::vector<Release> list_releases(Database& database) {
    std::vector<Release> releases;
    Statement row(database, fmt::format("SELECT {} FROM {} ORDER BY release.number", columns, source));
    for (row.start(); row.next();)
        releases.push_back(release_of(row));
    return releases;
}

std::optional<Release> find_release(Database& database, std::int64_t number) {
    return release_where(database, "release.number = ?", number);
}

ReleaseFigures load_release_figures(Database& database, std::int64_t number) {
    const auto release = find_release(database, number);
    if (!release) throw UsageError(fmt::format("there is no release {}", number));
    ReleaseFigures figures;
    const auto text = [](const Statement& row, int column) { return std::string(row.text(column)); };
    Statement service(database, "SELECT service_id, name, region, area, peer_group FROM release_service "
                                "WHERE release = ? ORDER BY service_id");
    for (service.start(number); service.next();)
        figures.services.push_back(
            {text(service, 0), text(service, 1), text(service, 2), text(service, 3), text(service, 4)});
    Statement measure(database,
                      "SELECT name, title, topic, words, denominator_words, function, value, unit, "
                      "numerator, denominator FROM release_measure WHERE release = ? ORDER BY place");
    for (measure.start(number); measure.next();)
        figures.measures.push_back({text(measure, 0), text(measure, 1), text(measure, 2), text(measure, 3),
                                    text(measure, 4), text(measure, 5), text(measure, 6), text(measure, 7),
                                    parts_in(measure.text(8)), parts_in(measure.text(9))});
    Statement cell(database, "SELECT function, part, service_id, month, count, sum FROM release_cell WHERE "
                             "release = ? ORDER BY function, month, service_id, part");
    for (cell.start(number); cell.next();)
        figures.cells.push_back(
            {text(cell, 0), text(cell, 1), text(cell, 2), text(cell, 3), cell.integer(4), cell.integer(5)});
    Statement published(database, "SELECT place_kind, place_id, topic, name, part, number FROM "
                                  "release_published WHERE release = ? ORDER BY place_kind, place_id, topic, "
                                  "name, part");
    for (published.start(number); published.next();)
        figures.published.push_back(
            {text(published, 0), text(published, 1), text(published, 2), text(published, 3),
             text(published, 4), published.is_null(5) ? std::nullopt : std::optional(published.integer(5))});
    check_release(*release, figures, stored_hashes(database, number));
    return figures;
}

std::optional<std::string> load_release_states(Database& database, std::int64_t number) {
    Statement row(database, "SELECT bytes FROM release_state WHERE release = ?");
    row.start(number);
    if (!row.next()) return std::nullopt;
    std::string states = unseal(BlobKind::states, row.bytes(0));
    const std::string hash = stored_hashes(database, number).states;
    if (!hash.empty() && content_hash(states).text() != hash) throw_damaged(number);
    return states;
}

void erase_release_states(Database& database, std::string_view snapshot) {
    Statement(database, "DELETE FROM release_state WHERE release IN (SELECT number FROM release WHERE "
                        "snapshot = ?)")
        .run(snapshot);
}

}  // namespace optimat
