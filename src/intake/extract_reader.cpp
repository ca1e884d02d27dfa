#include "intake/extract_reader.hpp"

#include "base/check.hpp"
#include "base/error.hpp"
#include "intake/assemble.hpp"
#include "intake/contract.hpp"
#include "intake/csv.hpp"
#include "intake/extract_file.hpp"
#include "intake/mapping.hpp"
#include "intake/row_reader.hpp"
#include "intake/text_file.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <mutex>

namespace optimat {

namespace {

/// A file that can be read.
struct OpenFile {
    FilePlan plan;
    std::unique_ptr<CsvReader> reader;
};

/// Reads one folder; each step of read() is one method.
class FolderReader {
  public:
    FolderReader(const std::filesystem::path& folder, const ReadOptions& options)
        : m_folder(folder), m_options(options), m_schema(options.inventory_items) {}

    ReadExtract read() {
        std::error_code error;
        if (!std::filesystem::is_directory(m_folder, error))
            throw InputError(fmt::format(
                "{}: there is no such folder; give the folder that holds extract.toml", m_folder.string()));
        m_about = read_extract_file(m_folder / "extract.toml");
        m_result.files.push_back(m_folder / "extract.toml");
        read_mapping();
        open_files();
        read_rows();
        assemble();
        finish_report();
        return std::move(m_result);
    }

  private:
    /// With the tables of a mapping, at most 100, and the contract's, the reports stay below 256.
    static constexpr std::size_t most_other_files = 100;

    void read_mapping() {
        constexpr std::string_view built_in = "built-in:";
        if (m_about.mapping.empty()) return;
        if (m_about.mapping.starts_with(built_in)) {
            const std::string name = m_about.mapping.substr(built_in.size());
            const auto text = m_options.built_in_mapping ? m_options.built_in_mapping(name) : std::nullopt;
            if (!text) throw InputError(fmt::format("extract.toml: there is no built-in mapping '{}'", name));
            m_mapping = parse_mapping(*text, m_about.mapping);
            return;
        }
        const std::filesystem::path file = m_folder / m_about.mapping;
        m_mapping = parse_mapping(read_text_file(file), m_about.mapping);
        m_result.files.push_back(file);
    }

    /// Opens every file of the folder that the contract or the mapping knows, in the contract's order.
    void open_files() {
        std::vector<std::string> names = {std::string(services_table) + ".csv"};
        for (std::size_t i = 0; i < table_count; ++i)
            names.push_back(std::string(table_name(static_cast<TableKind>(i))) + ".csv");
        for (const FileMapping& file : m_mapping.files)
            if (std::ranges::find(names, file.file) == names.end()) names.push_back(file.file);
        for (const std::string& name : names) {
            if (is_there(m_folder / name))
                open_file(name);
            else if (m_mapping.of_file(name) != nullptr)
                throw InputError(
                    fmt::format("{}: the mapping covers this file, but it is missing from the folder", name));
        }
        require_tables();
        note_other_files(names);
    }

    /// A broken link counts as there: opening it says what is wrong.
    static bool is_there(const std::filesystem::path& file) {
        std::error_code error;
        return std::filesystem::exists(std::filesystem::symlink_status(file, error));
    }

    void open_file(const std::string& name) {
        OpenFile file;
        try {
            file.reader = std::make_unique<CsvReader>(m_folder / name, m_options.block_size);
            file.plan = plan_file(m_schema, name, file.reader->header(), m_mapping.of_file(name));
        } catch (const InputError& error) {
            refuse(name, error.what());
            return;
        }
        if (may_be_kept(file.plan)) m_result.files.push_back(m_folder / name);
        const auto first_report = static_cast<std::uint8_t>(m_result.report.files.size());
        for (TablePlan& table : file.plan.tables) {
            table.report = static_cast<std::uint8_t>(m_result.report.files.size());
            m_result.report.files.push_back(
                {name, table.table, file.reader->file_size(), {}, file.reader->header(), {}});
            m_reading.reports.push_back(place_of(table));
        }
        OPTIMAT_CHECK(m_result.report.files.size() < 256, "an extract has more than 255 tables to report on");
        if (!file.plan.unknown_columns.empty())
            m_issues.push_back({Rule::file_unknown_columns, first_report, Issue::no_column, 1});
        if (file.plan.discarded_columns != 0)
            m_issues.push_back({Rule::file_discarded_columns, first_report, Issue::no_column, 1});
        m_all_bytes += file.reader->file_size();
        m_files.push_back(std::move(file));
    }

    /// A file with values that a mapping discards, or reduces to a year, must not outlive its reading.
    static bool may_be_kept(const FilePlan& plan) {
        if (plan.discarded_columns != 0) return false;
        for (const TablePlan& table : plan.tables)
            for (const FieldPlan& field : table.fields)
                if (field.source != nullptr && field.source->part == SourcePart::year) return false;
        return true;
    }

    /// A mapped file stands in the report once a table that it would fill, so that none of them seems to be
    /// missing.
    void refuse(const std::string& name, const std::string& why) {
        m_issues.push_back({Rule::file_refused, static_cast<std::uint8_t>(m_result.report.files.size()),
                            Issue::no_column, 1});
        std::vector<std::string> tables;
        if (const FileMapping* mapping = m_mapping.of_file(name))
            for (const TableMapping& table : mapping->tables)
                tables.push_back(table.table);
        else
            tables.push_back(name.substr(0, name.size() - 4));
        for (const std::string& table : tables) {
            m_result.report.files.push_back({name, table, 0, {}, {}, why});
            m_reading.reports.push_back({});
        }
    }

    ReportPlace place_of(const TablePlan& table) const {
        ReportPlace place;
        place.file = m_files.size();
        place.repeats = table.repeats;
        place.kind = table.kind;
        place.columns.assign(table.kind ? m_schema.fields(*table.kind).size() : service_fields().size(),
                             no_column);
        if (table.kind) place.columns[table.client.field] = table.client.column;
        if (table.record) place.columns[table.record->field] = table.record->column;
        for (const FieldPlan& field : table.fields)
            place.columns[field.field] = field.column;
        return place;
    }

    void require_tables() const {
        for (const std::string_view table :
             {services_table, table_name(TableKind::clients), table_name(TableKind::prescriptions)}) {
            const bool found = std::ranges::any_of(
                m_result.report.files, [&](const FileReport& file) { return file.table == table; });
            if (!found)
                throw InputError(fmt::format("{}: {}.csv is missing. An extract needs services.csv, "
                                             "clients.csv and prescriptions.csv, "
                                             "or a mapping that fills them",
                                             m_folder.string(), table));
        }
    }

    void note_other_files(const std::vector<std::string>& known) {
        std::vector<std::string> others;
        std::error_code error;
        const std::filesystem::directory_iterator entries(m_folder, error);
        if (error)
            throw InputError(
                fmt::format("{}: the folder cannot be listed ({})", m_folder.string(), error.message()));
        for (const auto& entry : entries) {
            const std::string name = entry.path().filename().string();
            if (entry.path().extension() != ".csv" || std::ranges::find(known, name) != known.end()) continue;
            others.push_back(name);
        }
        if (others.size() > most_other_files)
            throw InputError(fmt::format("{}: the folder holds {} CSV files that are none of an extract's; "
                                         "give the folder of the extract alone",
                                         m_folder.string(), others.size()));
        std::ranges::sort(others);
        for (const std::string& name : others) {
            const auto report = static_cast<std::uint8_t>(m_result.report.files.size());
            m_result.report.files.push_back({name, "", 0, {}, {}, {}});
            m_reading.reports.push_back({});
            m_issues.push_back({Rule::file_not_in_contract, report, Issue::no_column, 1});
        }
    }

    void read_rows() {
        const ReadingContext context{m_about.covers_from, m_about.covers_to, &m_options.policy};
        const unsigned threads = std::max(1u, m_options.threads.number);
        for (unsigned t = 0; t < threads; ++t) {
            m_reading.threads.push_back(std::make_unique<ThreadRows>());
            m_reading.threads.back()->thread = static_cast<std::uint16_t>(t);
            m_reading.threads.back()->counts.resize(m_result.report.files.size());
        }
        std::size_t current = 0;
        std::mutex mutex;
        for_each_piece(threads, m_options.threads, [&](std::size_t t, unsigned) {
            SegmentBuffer buffer;
            ThreadRows& rows = *m_reading.threads[t];
            while (true) {
                std::unique_lock lock(mutex);
                if (current == m_files.size()) return;
                OpenFile& file = m_files[current];
                const auto segment = file.reader->next(buffer);
                if (!segment) {
                    ++current;
                    continue;
                }
                m_done_bytes += segment->bytes.size();
                if (m_options.progress) m_options.progress(std::min(m_done_bytes, m_all_bytes), m_all_bytes);
                lock.unlock();
                RowReader(file.plan, context, rows).read(*segment);
            }
        });
    }

    void assemble() {
        sum_thread_counts();
        merge_services(m_reading, m_issues, m_row_counts);
        find_suspected_ids(m_reading, m_schema);
        std::size_t clients = 0;
        for (std::size_t p = 0; p < partition_count; ++p)
            clients += distinct_clients(p);
        const std::size_t chunks = m_options.chunk_count.value_or(chunk_count_for(clients));
        OPTIMAT_CHECK(std::has_single_bit(chunks) && chunks <= partition_count,
                      "chunks are a power of two up to 256");
        Extract& extract = m_result.extract;
        extract.chunks.resize(chunks);
        std::vector<AssemblyFindings> findings(chunks);
        const ChunkAssembler assembler(m_schema, m_reading);
        const std::size_t each = partition_count / chunks;
        extract.memory = std::make_shared<Slab>();
        std::vector<ChunkRows> scratch(std::max(1u, m_options.threads.number));
        for_each_piece(chunks, m_options.threads, [&](std::size_t i, unsigned worker) {
            extract.chunks[i] =
                assembler.assemble(i * each, (i + 1) * each, scratch[worker], *extract.memory, findings[i]);
        });
        extract.organisation = m_about.organisation;
        extract.covers_from = m_about.covers_from;
        extract.covers_to = m_about.covers_to;
        extract.services = m_reading.services;
        extract.inventory_items = m_options.inventory_items;
        take_findings(findings);
    }

    std::size_t distinct_clients(std::size_t partition) const {
        std::vector<std::string_view> ids;
        for (const auto& thread : m_reading.threads)
            for (const std::uint32_t number : thread->clients_of_partition[partition])
                ids.push_back(thread->clients[number]);
        std::ranges::sort(ids);
        return static_cast<std::size_t>(std::ranges::unique(ids).begin() - ids.begin());
    }

    void sum_thread_counts() {
        m_row_counts.resize(m_result.report.files.size());
        for (const auto& thread : m_reading.threads) {
            for (std::size_t i = 0; i < thread->counts.size(); ++i) {
                m_row_counts[i].read += thread->counts[i].read;
                m_row_counts[i].refused += thread->counts[i].refused;
            }
        }
    }

    void take_findings(std::vector<AssemblyFindings>& findings) {
        std::vector<KeptSuspect> suspects;
        for (AssemblyFindings& found : findings) {
            for (std::size_t i = 0; i < table_count; ++i)
                m_table_rows[i] += found.rows[i];
            for (std::size_t i = 0; i < m_row_counts.size(); ++i) {
                m_row_counts[i].repeated += found.repeated[i];
            }
            m_issues.insert(m_issues.end(), found.issues.begin(), found.issues.end());
            std::ranges::move(found.suspects, std::back_inserter(suspects));
        }
        const auto id = [](const KeptSuspect& suspect) { return std::tie(suspect.kind, suspect.id); };
        std::ranges::sort(suspects, {}, [](const KeptSuspect& one) {
            return std::tie(one.kind, one.id, one.report, one.line);
        });
        for (std::size_t i = 1; i < suspects.size(); ++i)
            if (id(suspects[i]) == id(suspects[i - 1]))
                m_issues.push_back({Rule::id_repeated_different,
                                    static_cast<std::uint8_t>(suspects[i].report),
                                    m_reading.reports[suspects[i].report].columns[0], suspects[i].line});
    }

    void finish_report() {
        for (const auto& thread : m_reading.threads)
            m_issues.insert(m_issues.end(), thread->issues.begin(), thread->issues.end());
        std::ranges::sort(m_issues, {}, [](const Issue& issue) {
            return std::tie(issue.file, issue.line, issue.column, issue.rule);
        });
        m_result.report.issues = std::move(m_issues);
        balance();
    }

    /// What was read and neither refused nor repeated must be what the tables hold, to the row.
    void balance() {
        std::array<std::uint64_t, table_count> accepted{};
        for (std::size_t i = 0; i < m_row_counts.size(); ++i) {
            RowCounts& rows = m_row_counts[i];
            const auto& kind = m_reading.reports[i].kind;
            if (kind) {
                rows.accepted = rows.read - rows.refused - rows.repeated;
                accepted[index_of(*kind)] += rows.accepted;
            }
            OPTIMAT_CHECK(rows.read == rows.accepted + rows.repeated + rows.refused,
                          "the counts of rows do not balance");
            m_result.report.files[i].rows = rows;
        }
        for (std::size_t i = 0; i < table_count; ++i)
            OPTIMAT_CHECK(accepted[i] == m_table_rows[i],
                          "rows were lost or counted twice between the file and its table");
    }

    const std::filesystem::path& m_folder;
    const ReadOptions& m_options;
    Schema m_schema;
    ExtractFile m_about;
    Mapping m_mapping;
    std::vector<OpenFile> m_files;
    Reading m_reading;
    ReadExtract m_result;
    std::vector<Issue> m_issues;
    std::vector<RowCounts> m_row_counts;
    std::array<std::uint64_t, table_count> m_table_rows{};
    std::uint64_t m_all_bytes = 0, m_done_bytes = 0;
};

}  // namespace

ReadExtract read_extract(const std::filesystem::path& folder, const ReadOptions& options) {
    return FolderReader(folder, options).read();
}

ReadExtract read_usable_extract(const std::filesystem::path& folder, const ReadOptions& options) {
    ReadExtract result = read_extract(folder, options);
    if (!result.report.refused()) return result;
    std::string message = "the extract cannot be used:";
    const std::string* last = nullptr;
    for (const FileReport& file : result.report.files) {
        if (file.refusal.empty() || (last != nullptr && *last == file.refusal)) continue;
        message += "\n  " + file.refusal;
        last = &file.refusal;
    }
    throw InputError(message);
}

}  // namespace optimat
