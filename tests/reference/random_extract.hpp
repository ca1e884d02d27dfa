#pragma once

// Extracts of invented people whose histories sit on the edges of the rules: gaps as long as tolerated and a
// day longer, doses on a threshold, dates three months apart at month ends, and so on. For comparing two
// classifiers.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace optimat {

/// How the files are written. plain: columns in the contract's order, no quotes, LF, doses in milligrams to
/// the microgram, cells that are not recorded empty, every file there. varied: columns in any order, unknown
/// ones among them, quotes where none are needed, LF or CRLF, a byte order mark or none, doses in millilitres
/// or finer than a microgram, `NA`, identifiers with commas, quotes and accents, optional files absent.
enum class RandomLayout { plain, varied };

/// none: every row is accepted and every cell readable. some: a few of each hundred rows are refused by the
/// contract, repeated, share an id with another, or hold a cell that counts as not recorded.
enum class RandomFaults { none, some };

struct RandomExtractOptions {
    int clients = 80;
    int services = 5;  ///< at least 2
    /// The reference dates that the histories aim at, in order: ask for the states of these days.
    std::vector<std::chrono::year_month_day> as_at = {
        std::chrono::year{2019} / 11 / 30, std::chrono::year{2020} / 2 / 29,
        std::chrono::year{2020} / 5 / 31,  std::chrono::year{2020} / 6 / 15,
        std::chrono::year{2020} / 7 / 31,  std::chrono::year{2021} / 5 / 31};
    RandomLayout layout = RandomLayout::varied;
    RandomFaults faults = RandomFaults::some;
};

/// Writes an extract into `folder`, which is made if needed; files of an earlier one are replaced or removed.
/// The same seed and options give the same bytes on every machine. Throws std::filesystem::filesystem_error
/// or std::ios_base::failure when it cannot write.
void write_random_extract(const std::filesystem::path& folder, std::uint64_t seed,
                          const RandomExtractOptions& options = {});

}  // namespace optimat
