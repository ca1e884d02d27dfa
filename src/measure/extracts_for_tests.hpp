#pragma once
// Extracts that the tests of measure count: the sample, and random ones with their states.

#include "base/temporary_folder.hpp"
#include "intake/definitions.hpp"
#include "intake/extract_reader.hpp"
#include "intake/policy_file.hpp"
#include "random_extract.hpp"
#include "stage/classify.hpp"

#include <filesystem>
#include <string>

namespace optimat {

struct CountedExtract {
    Extract extract;
    Policy policy;
    States states;
};

inline Extract extract_in(const std::filesystem::path& folder) {
    const Definitions definitions;
    ReadOptions options;
    options.policy = definitions.policy();
    options.inventory_items = definitions.inventory_items();
    options.threads = {1};
    options.chunk_count = 4;
    return read_extract(folder, options).extract;
}

inline CountedExtract counted(const std::filesystem::path& folder, std::vector<Day> dates) {
    CountedExtract result{extract_in(folder), Definitions().policy(), {}};
    result.states = classify(result.extract, result.policy, std::move(dates), {1});
    return result;
}

inline CountedExtract sample_extract() {
    const auto folder = std::filesystem::path(OPTIMAT_SOURCE_DIR) / "samples/two-services";
    const Day last = extract_in(folder).covers_to;
    std::vector<Day> dates;
    for (int month = 5; month >= 0; --month)
        dates.push_back(month_end(add_months(last, -month)));
    return counted(folder, dates);
}

inline CountedExtract random_extract(std::uint64_t seed) {
    const TemporaryFolder folder;
    RandomExtractOptions options;
    options.clients = 150;
    write_random_extract(folder.path(), seed, options);
    std::vector<Day> dates;
    for (const auto& date : options.as_at)
        dates.push_back(
            Day{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())});
    return counted(folder.path(), dates);
}

/// A small extract written by a test.
inline CountedExtract written_extract(const std::vector<std::pair<std::string, std::string>>& files,
                                      std::vector<Day> dates) {
    const TemporaryFolder folder;
    folder.write("extract.toml",
                 "organisation = \"Test\"\ncovers_from = \"2017-01-01\"\ncovers_to = \"2018-12-31\"\n");
    folder.write("services.csv", "service_id,name\nS1,One\nS2,Two\nS3,Three\n");
    folder.write("clients.csv", "client_id\n");
    for (const auto& [name, text] : files)
        folder.write(name, text);
    return counted(folder.path(), std::move(dates));
}

}  // namespace optimat
