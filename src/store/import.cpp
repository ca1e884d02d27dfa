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

/// A piece of an original file, or a chunk: what one thread seals at a time.
struct Work {
    enum class Kind { original, chunk } kind;
    std::size_t file, place;  ///< file: of an original only
};

class Import {
  public:
    Import(Store& store, const ImportRequest& request)
        : m_database(store.database()),
          m_request(request),
          m_chunks(m_database, "chunk"),
          m_originals(m_database, "original") {
        OPTIMAT_CHECK(!request.report.refused(), "an extract with refused files was given to import");
        for (const auto& file : request.files)
            m_files.emplace_back(request.folder, file);
        require_unchanged_sizes();
    }

    ImportResult run() {
        Transaction transaction(m_database, Transaction::Kind::write);
        seal_content();
        const std::string about = encode_about(About::of(m_request.extract, m_request.policy));
        ImportResult result;
        result.snapshot_id = snapshot_id(about);
        result.already_there = is_stored(result.snapshot_id);
        result.chunks_new = m_chunks.added;
        result.chunks_known = m_chunks.known;
        result.pieces_new = m_originals.added;
        result.pieces_known = m_originals.known;
        result.bytes_written = m_chunks.bytes_written + m_originals.bytes_written;
        if (result.already_there) return result;
        const std::int64_t snapshot = insert_snapshot(result.snapshot_id, about);
        insert_content(snapshot);
        insert_report(snapshot);
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
        std::vector<Work> all;
        for (std::size_t file = 0; file < m_files.size(); ++file) {
            m_piece_hashes.emplace_back(m_files[file].piece_count());
            for (std::size_t piece = 0; piece < m_files[file].piece_count(); ++piece)
                all.push_back({Work::Kind::original, file, piece});
        }
        m_chunk_hashes.resize(m_request.extract.chunks.size());
        for (std::size_t chunk = 0; chunk < m_chunk_hashes.size(); ++chunk)
            all.push_back({Work::Kind::chunk, 0, chunk});
        return all;
    }

    /// Threads seal; whoever has sealed stores, one at a time.
    void seal_content() {
        const std::vector<Work> all = all_work();
        std::mutex mutex;
        std::uint64_t done = 0;
        for_each_piece(all.size(), m_request.threads, [&](std::size_t i, unsigned) {
            const Work& work = all[i];
            const std::string blob = seal_work(work);
            const std::string hash = content_hash(blob).text();
            const std::scoped_lock lock(mutex);
            if (work.kind == Work::Kind::chunk)
                m_chunks.keep(m_chunk_hashes[work.place] = hash, blob);
            else
                m_originals.keep(m_piece_hashes[work.file][work.place] = hash, blob);
            if (m_request.progress) m_request.progress(++done, all.size());
        });
    }

    std::string seal_work(const Work& work) const {
        if (work.kind == Work::Kind::chunk) return encode_chunk(m_request.extract.chunks[work.place]);
        return seal(BlobKind::original, m_files[work.file].read_piece(work.place));
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

    bool is_stored(const std::string& id) {
        Statement find(m_database, "SELECT 1 FROM snapshot WHERE id = ?");
        find.start(id);
        return find.next();
    }

    std::int64_t insert_snapshot(const std::string& id, const std::string& about) {
        const Extract& extract = m_request.extract;
        const Policy& policy = m_request.policy;
        const std::int64_t number = m_database.number("SELECT coalesce(max(number), 0) + 1 FROM snapshot");
        Statement(
            m_database,
            "INSERT INTO snapshot (number, id, organisation, covers_from, covers_to, imported_at, "
            "policy_name, policy_version, policy_hash, program_version, clients, format_version, about) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .run(number, id, extract.organisation, to_text(extract.covers_from), to_text(extract.covers_to),
                 m_request.imported_at, policy.name, policy.version, policy.hash, m_request.program_version,
                 static_cast<std::int64_t>(extract.client_count()), std::int64_t{snapshot_format_version},
                 Bytes{about});
        return number;
    }

    void insert_content(std::int64_t snapshot) {
        Statement chunk(m_database, "INSERT INTO snapshot_chunk (snapshot, place, hash) VALUES (?, ?, ?)");
        for (std::size_t i = 0; i < m_chunk_hashes.size(); ++i)
            chunk.run(snapshot, static_cast<std::int64_t>(i), m_chunk_hashes[i]);
        Statement piece(m_database,
                        "INSERT INTO snapshot_file (snapshot, file, piece, hash) VALUES (?, ?, ?, ?)");
        for (std::size_t file = 0; file < m_files.size(); ++file)
            for (std::size_t i = 0; i < m_piece_hashes[file].size(); ++i)
                piece.run(snapshot, m_files[file].name(), static_cast<std::int64_t>(i),
                          m_piece_hashes[file][i]);
    }

    void insert_report(std::int64_t snapshot) {
        Statement count(m_database,
                        "INSERT INTO file_count (snapshot, place, file, table_name, bytes, rows_read, "
                        "rows_accepted, rows_repeated, rows_refused) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        Statement column(m_database,
                         "INSERT INTO file_column (snapshot, file_place, place, name) VALUES (?, ?, ?, ?)");
        const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
        const std::vector<FileReport>& files = m_request.report.files;
        for (std::size_t i = 0; i < files.size(); ++i) {
            const RowCounts& rows = files[i].rows;
            count.run(snapshot, number(i), files[i].file, files[i].table, number(files[i].bytes),
                      number(rows.read), number(rows.accepted), number(rows.repeated), number(rows.refused));
            for (std::size_t c = 0; c < files[i].columns.size(); ++c)
                column.run(snapshot, number(i), number(c), files[i].columns[c]);
        }
        insert_issues(snapshot);
    }

    void insert_issues(std::int64_t snapshot) {
        Statement insert(m_database,
                         "INSERT INTO issue (snapshot, place, file_place, line, column_place, rule) "
                         "VALUES (?, ?, ?, ?, ?, ?)");
        std::int64_t place = 0;
        for (const Issue& issue : m_request.report.issues) {
            std::optional<std::int64_t> line, column;
            if (issue.line != 0) line = static_cast<std::int64_t>(issue.line);
            if (issue.column != Issue::no_column) column = std::int64_t{issue.column};
            insert.run(snapshot, place++, std::int64_t{issue.file}, line, column, issue_rule(issue.rule).id);
        }
    }

    Database& m_database;
    const ImportRequest& m_request;
    ContentTable m_chunks, m_originals;
    std::vector<OriginalFile> m_files;
    std::vector<std::string> m_chunk_hashes;
    std::vector<std::vector<std::string>> m_piece_hashes;  ///< by file
};

}  // namespace

ImportResult import_snapshot(Store& store, const ImportRequest& request) {
    return Import(store, request).run();
}

}  // namespace optimat
