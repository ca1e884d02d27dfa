#pragma once
// A sound little extract in a folder of its own, for tests that damage it, and what a reading made of it.

#include "base/error.hpp"
#include "base/temporary_folder.hpp"
#include "intake/definitions.hpp"
#include "intake/extract_reader.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>

namespace optimat {

struct Place {
    std::string file;
    std::uint64_t line;
    std::string column;  ///< empty: the row
    friend bool operator==(const Place&, const Place&) = default;
};

inline void PrintTo(const Place& place, std::ostream* out) {
    *out << place.file << ':' << place.line << ' ' << place.column;
}

class FaultyExtract {
  public:
    FaultyExtract() {
        write("extract.toml",
              "organisation = \"Invented\"\ncovers_from = \"2018-01-01\"\ncovers_to = \"2018-12-31\"\n");
        write("services.csv", "service_id,name\nS1,One\n");
        write("clients.csv", "client_id,year_of_birth\nC1,1980\nC2,1990\n");
        write("prescriptions.csv",
              prescriptions_header +
                  "P1,C1,S1,methadone,60,2018-01-10,2018-03-01\nP2,C2,S1,methadone,40,2018-02-10,\n");
    }

    inline static const std::string prescriptions_header =
        "prescription_id,client_id,service_id,medicine,daily_dose_mg,start_date,end_date\n";

    std::filesystem::path path() const { return m_folder.path(); }
    void write(const std::string& name, std::string_view bytes) const { m_folder.write(name, bytes); }
    void prescriptions(const std::string& rows) const {
        write("prescriptions.csv", prescriptions_header + rows);
    }

    /// Reads it three ways, which must agree; every file's counts must balance.
    ReadExtract read() const {
        ReadExtract result = read_extract(path(), options());
        for (const FileReport& file : result.report.files)
            EXPECT_EQ(file.rows.read, file.rows.accepted + file.rows.repeated + file.rows.refused)
                << file.file;
        ReadOptions split = options();
        split.threads = {2};
        split.chunk_count = 16;
        split.block_size = 100'000;
        const ReadExtract other = read_extract(path(), split);
        EXPECT_EQ(other.report.issues, result.report.issues);
        EXPECT_EQ(other.extract.client_count(), result.extract.client_count());
        return result;
    }

    /// What a command that needs the data would say, which must be an InputError.
    std::string refusal() const {
        try {
            read_usable_extract(path(), options());
        } catch (const InputError& error) {
            EXPECT_EQ(error.exit_code(), ExitCode::input_refused);
            return error.what();
        }
        return "not refused";
    }

    static ReadOptions options() {
        static const Definitions definitions;
        ReadOptions options;
        options.policy = definitions.policy();
        options.inventory_items = definitions.inventory_items();
        options.threads = {1};
        return options;
    }

  private:
    TemporaryFolder m_folder;
};

/// Where a rule was broken.
inline std::vector<Place> places(const CheckReport& report, Rule rule) {
    std::vector<Place> found;
    for (const Issue& issue : report.issues) {
        if (issue.rule != rule) continue;
        const FileReport& file = report.files.at(issue.file);
        found.push_back(
            {file.file, issue.line, issue.column == Issue::no_column ? "" : file.columns.at(issue.column)});
    }
    return found;
}

inline RowCounts rows_of(const CheckReport& report, std::string_view file) {
    for (const FileReport& one : report.files)
        if (one.file == file) return one.rows;
    return {};
}

}  // namespace optimat
