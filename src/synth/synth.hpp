#pragma once
// The synthetic organisation: a believable national provider of MAT, all of it invented, written as an
// extract that follows docs/extract.md. It stands beside the flow: what it writes goes in at intake like any
// other extract. What it reproduces, how nearly, and how it is made is docs/synthetic.md; the figures are
// src/synth/published_figures.hpp.

#include "base/day.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

/// Whether to plant the known faults of real exports. With `no` the extract has no errors and no warnings.
enum class Defects : std::uint8_t { no, yes };

struct SynthOptions {
    int clients = 27'080;  ///< people in MAT on the last day, exactly; 1 to 1,000,000
    int services = 60;     ///< rows of services.csv; 1 to 1,000
    int months =
        36;  ///< calendar months of prescribing that the extract covers, the last one included; 1 to 120
    std::uint64_t seed = 1;     ///< same seed and numbers: the same bytes, on every machine
    std::filesystem::path out;  ///< folder of the extract; made if it is not there, its files overwritten
    std::optional<Day> last_month_end;  ///< the last day covered, a month's end; 2018-10-31 when not given
    Defects defects = Defects::no;
};

/// Rows of one file, without its header.
struct SynthFile {
    std::string name;
    std::uint64_t rows = 0, bytes = 0;
};

struct SynthSummary {
    Day covers_from, covers_to;
    std::vector<SynthFile> files;  ///< in the order of docs/extract.md; defects.csv last, if written
    /// The service that reproduces Figure 8 on the last day, and the one that reproduces Figure 4 eleven
    /// months before; missing when the organisation is too small or its history too short (docs/synthetic.md
    /// says when).
    std::optional<std::string> figure_8_service, figure_4_service;
};

/// Writes the extract. Takes a few seconds for a national provider; memory follows the number of clients, not
/// of rows. Throws UsageError when an option is out of its range, OutputError when the folder or a file
/// cannot be written.
SynthSummary write_synthetic_extract(const SynthOptions& options);

}  // namespace optimat
