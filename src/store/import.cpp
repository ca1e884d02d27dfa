#include "store/import.hpp"

#include "base/check.hpp"
#include "base/error.hpp"
#include "base/hash.hpp"
#include "snapshot/about.hpp"
#include "snapshot/byte_stream.hpp"
#include "snapshot/chunk_codec.hpp"
#include "store/database.hpp"
#include "store/original_files.hpp"

#include <fmt/format.h>
#include <mutex>

namespace optimat {

namespace {

/// A table of sealed bytes by their hash: chunk or original.
class ContentTable {
  public:
    ContentTable(Database& database, const std::string& table)
        : m_find(database, fmt::format("SELECT 1 FROM {} WHERE hash = ?", table)),
          m_insert(database, fmt::format("INSERT INTO {} (hash, bytes) VALUES (?, ?)", table)) {}

    /// Stores the bytes unless they are there.
    void keep(const std::string& hash, std::string_view bytes) {
        m_find.start(hash);
        const bool there = m_find.next();
        m_find.reset();
        if (there) {
            ++known;
            return;
        }
        m_insert.run(hash, Bytes{bytes});
        ++added;
        bytes_written += bytes.size();
    }

    std::size_t added = 0, known = 0;
    std::uint64_t bytes_written = 0;

  private:
    Statement m_find, m_insert;
};

/// What one thread does at a time: seal a piece of an original file or a chunk, or store some of the issues.
struct Work {
    enum class Kind { original, chunk, issues } kind;
    std::size_t place;     ///< of the piece, chunk or first issue
    std::size_t file = 0;  ///< of an original only
};
constexpr std::size_t issues_at_once = 4096;

/// Rows that one statement inserts: each statement goes to PostgreSQL and back.
constexpr std::size_t issue_rows = 512;

std::string insert_issues_sql(std::size_t rows) {
    std::string sql = "INSERT INTO issue (snapshot, place, file_place, line, column_place, rule) VALUES ";
    for (std::size_t row = 0; row < rows; ++row)
        sql += row == 0 ? "(?, ?, ?, ?, ?, ?)" : ", (?, ?, ?, ?, ?, ?)";
    return sql;
}

class Import {
  public:
    Import(Database& database, const ImportRequest& request)
        : m_database(database),
          m_request(request),
          m_chunks(m_database, "chunk"),
          m_originals(m_database, "original"),
          m_insert_issue(m_database, insert_issues_sql(1)),
          m_insert_issues(m_database, insert_issues_sql(issue_rows)) {
        OPTIMAT_CHECK(!request.report.refused(), "an extract with refused files was given to import");
        for (const auto& file : request.files)
            m_files.emplace_back(request.folder, file);
        require_unchanged_sizes();
    }

    ImportResult run() {
        Transaction transaction(m_database, Transaction::Kind::write);
        m_database.lock("snapshots");
        m_snapshot = m_database.number("SELECT coalesce(max(number), 0) + 1 FROM snapshot");
        const std::string about = encode_about(About::of(m_request.extract, m_request.policy));
        insert_snapshot(about);
        do_all_work();
        ImportResult result = result_of(snapshot_id(about));
        if (result.already_there) return result;
        Statement(m_database, "UPDATE snapshot SET id = ? WHERE number = ?")
            .run(result.snapshot_id, m_snapshot);
        insert_content();
        insert_counts();
        transaction.commit();
        return result;
    }

  private:
    void require_unchanged_sizes() const {
        for (const FileReport& report : m_request.report.files)
            for (const OriginalFile& file : m_files)
                if (!report.table.empty() && file.name() == report.file && file.size() != report.bytes)
                    throw InputError(fmt::format(
                        "{}: the file has changed since it was read; import the extract again", file.name()));
    }

    std::vector<Work> all_work() {
        std::vector<Work> sealing;
        for (std::size_t file = 0; file < m_files.size(); ++file) {
            m_piece_hashes.emplace_back(m_files[file].piece_count());
            for (std::size_t piece = 0; piece < m_files[file].piece_count(); ++piece)
                sealing.push_back({Work::Kind::original, piece, file});
        }
        m_chunk_hashes.resize(m_request.extract.chunks.size());
        for (std::size_t chunk = 0; chunk < m_chunk_hashes.size(); ++chunk)
            sealing.push_back({Work::Kind::chunk, chunk});
        return with_issues_between(sealing);
    }

    /// Issues are stored by one thread at a time: between the sealing, so that the others always have some to
    /// do.
    std::vector<Work> with_issues_between(const std::vector<Work>& sealing) const {
        const std::size_t issues = m_request.report.issues.size();
        const std::size_t batches = (issues + issues_at_once - 1) / issues_at_once;
        std::vector<Work> all;
        std::size_t batch = 0;
        for (std::size_t i = 0; i < sealing.size(); ++i) {
            all.push_back(sealing[i]);
            for (; batch < batches * (i + 1) / sealing.size(); ++batch)
                all.push_back({Work::Kind::issues, batch * issues_at_once});
        }
        OPTIMAT_CHECK(batch == batches, "an extract has no chunk");
        return all;
    }

    /// Threads seal; whoever has sealed stores, one at a time.
    void do_all_work() {
        const std::vector<Work> all = all_work();
        std::vector<std::string> pieces(std::max(1u, m_request.threads.number));
        std::mutex mutex;
        std::uint64_t done = 0;
        for_each_piece(all.size(), m_request.threads, [&](std::size_t i, unsigned worker) {
            const Work& work = all[i];
            const std::string blob = sealed(work, pieces[worker]);
            const std::string hash = blob.empty() ? "" : content_hash(blob).text();
            const std::scoped_lock lock(mutex);
            store(work, hash, blob);
            if (m_request.progress) m_request.progress(++done, all.size());
        });
    }

    /// The blob; empty for issues. `piece` is room for a piece.
    std::string sealed(const Work& work, std::string& piece) const {
        if (work.kind == Work::Kind::issues) return {};
        if (work.kind == Work::Kind::chunk) return encode_chunk(m_request.extract.chunks[work.place]);
        m_files[work.file].read_piece(work.place, piece);
        return seal(BlobKind::original, piece);
    }

    void store(const Work& work, const std::string& hash, std::string_view blob) {
        switch (work.kind) {
        case Work::Kind::original:
            return m_originals.keep(m_piece_hashes[work.file][work.place] = hash, blob);
        case Work::Kind::chunk:
            return m_chunks.keep(m_chunk_hashes[work.place] = hash, blob);
        case Work::Kind::issues:
            return insert_issues(work.place);
        }
    }

    ImportResult result_of(const std::string& id) {
        Statement find(m_database, "SELECT 1 FROM snapshot WHERE id = ?");
        find.start(id);
        return {id,
                find.next(),
                m_chunks.added,
                m_chunks.known,
                m_originals.added,
                m_originals.known,
                m_chunks.bytes_written + m_originals.bytes_written};
    }

    /// Follows from all that the snapshot holds, and from nothing else: neither the time nor the program's
    /// version.
    std::string snapshot_id(const std::string& about) const {
        ByteWriter content;
        content.number(snapshot_format_version);
        content.bytes(content_hash(about).view());
        content.number(static_cast<std::uint32_t>(m_chunk_hashes.size()));
        for (const std::string& hash : m_chunk_hashes)
            content.text(hash);
        for (std::size_t file = 0; file < m_files.size(); ++file) {
            content.text(m_files[file].name());
            content.number(static_cast<std::uint32_t>(m_piece_hashes[file].size()));
            for (const std::string& hash : m_piece_hashes[file])
                content.text(hash);
        }
        return content_hash(content.take()).text();
    }

    /// The row that all others of the snapshot refer to; its id is known when all its content is.
    void insert_snapshot(const std::string& about) {
        const Extract& extract = m_request.extract;
        const Policy& policy = m_request.policy;
        Statement(m_database,
                  "INSERT INTO snapshot (number, id, organisation, covers_from, covers_to, imported_at, "
                  "policy_name, policy_version, policy_hash, program_version, clients, format_version, "
                  "about) VALUES (?, 'not known yet', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .run(m_snapshot, extract.organisation, to_text(extract.covers_from), to_text(extract.covers_to),
                 m_request.imported_at, policy.name, policy.version, policy.hash, m_request.program_version,
                 static_cast<std::int64_t>(extract.client_count()), std::int64_t{snapshot_format_version},
                 Bytes{about});
    }

    void insert_content() {
        Statement chunk(m_database, "INSERT INTO snapshot_chunk (snapshot, place, hash) VALUES (?, ?, ?)");
        for (std::size_t i = 0; i < m_chunk_hashes.size(); ++i)
            chunk.run(m_snapshot, static_cast<std::int64_t>(i), m_chunk_hashes[i]);
        Statement piece(m_database,
                        "INSERT INTO snapshot_file (snapshot, file, piece, hash) VALUES (?, ?, ?, ?)");
        for (std::size_t file = 0; file < m_files.size(); ++file)
            for (std::size_t i = 0; i < m_piece_hashes[file].size(); ++i)
                piece.run(m_snapshot, m_files[file].name(), static_cast<std::int64_t>(i),
                          m_piece_hashes[file][i]);
    }

    void insert_counts() {
        Statement count(m_database,
                        "INSERT INTO file_count (snapshot, place, file, table_name, bytes, rows_read, "
                        "rows_accepted, rows_repeated, rows_refused) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        Statement column(m_database,
                         "INSERT INTO file_column (snapshot, file_place, place, name) VALUES (?, ?, ?, ?)");
        const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
        const std::vector<FileReport>& files = m_request.report.files;
        for (std::size_t i = 0; i < files.size(); ++i) {
            const RowCounts& rows = files[i].rows;
            count.run(m_snapshot, number(i), files[i].file, files[i].table, number(files[i].bytes),
                      number(rows.read), number(rows.accepted), number(rows.repeated), number(rows.refused));
            for (std::size_t c = 0; c < files[i].columns.size(); ++c)
                column.run(m_snapshot, number(i), number(c), files[i].columns[c]);
        }
    }

    /// issues_at_once issues from the given one on.
    void insert_issues(std::size_t first) {
        const std::size_t last = std::min(m_request.report.issues.size(), first + issues_at_once);
        std::size_t place = first;
        for (; place + issue_rows <= last; place += issue_rows)
            insert_issues(m_insert_issues, place, issue_rows);
        for (; place < last; ++place)
            insert_issues(m_insert_issue, place, 1);
    }

    void insert_issues(Statement& insert, std::size_t first, std::size_t rows) const {
        insert.begin();
        for (std::size_t place = first; place < first + rows; ++place)
            add_issue(insert, place);
        insert.finish();
    }

    void add_issue(Statement& insert, std::size_t place) const {
        const Issue& issue = m_request.report.issues[place];
        std::optional<std::int64_t> line, column;
        if (issue.line != 0) line = static_cast<std::int64_t>(issue.line);
        if (issue.column != Issue::no_column) column = std::int64_t{issue.column};
        insert.add(m_snapshot);
        insert.add(static_cast<std::int64_t>(place));
        insert.add(std::int64_t{issue.file});
        insert.add(line);
        insert.add(column);
        insert.add(issue_rule(issue.rule).id);
    }

    Database& m_database;
    const ImportRequest& m_request;
    ContentTable m_chunks, m_originals;
    Statement m_insert_issue, m_insert_issues;
    std::int64_t m_snapshot = 0;  ///< its number
    std::vector<OriginalFile> m_files;
    std::vector<std::string> m_chunk_hashes;
    std::vector<std::vector<std::string>> m_piece_hashes;  ///< by file
};

}  // namespace

ImportResult import_snapshot(Store& store, const ImportRequest& request) {
    return Import(store.database(), request).run();
}

}  // namespace optimat
