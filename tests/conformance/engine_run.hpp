#pragma once

// The whole engine on a folder: intake, states, their CSV, and everything the intake reported.

#include "intake/extract_reader.hpp"
#include "stage/classify.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace optimat::conformance {

/// How a run is split and what it decides by. Only the policy may change a result.
struct Settings {
    Policy policy;
    ThreadCount threads{1};
    std::optional<std::size_t> chunk_count;
    std::size_t block_size = 2 << 20;
    Settings();  ///< the policy that ships
};

struct EngineRun {
    ReadExtract read;
    States states;

    std::string states_csv() const;
    /// Issues and rows, with every line: the same for every split of one folder.
    std::string report_text() const;
    /// Issues by file and rule, and rows by file: the same for every order of the rows too.
    std::string report_counts() const;
};

/// Reads the folder and classifies everybody at the days. Throws what intake throws.
EngineRun run_engine(const std::filesystem::path& folder, const std::vector<Day>& days,
                     const Settings& settings = {});

/// The reference dates that a CSV of states names in its first column.
std::vector<Day> days_in(const std::string& states_csv);

/// A file's bytes.
std::string bytes_of(const std::filesystem::path& file);

/// Where two texts first differ, for a message: the line's number and both lines; empty when they are equal.
std::string first_difference(const std::string& expected, const std::string& actual);

}  // namespace optimat::conformance
