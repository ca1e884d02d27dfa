#include "engine_run.hpp"
#include "folder_copy.hpp"
#include "random_extract.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

// What must never change a result: the order of rows, threads, chunks, blocks.

namespace optimat::conformance {
namespace {

const std::filesystem::path data = std::filesystem::path(OPTIMAT_SOURCE_DIR) / "tests/data";

/// An extract and the dates to look at: a known data set, or a random one with faults.
struct Source {
    std::string name;
    std::optional<std::uint64_t> seed;
};
void PrintTo(const Source& source, std::ostream* stream) { *stream << source.name; }

std::vector<Day> random_days() {
    std::vector<Day> days;
    for (const auto& date : RandomExtractOptions{}.as_at)
        days.push_back(
            Day{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())});
    return days;
}

class Invariance : public testing::TestWithParam<Source> {
  protected:
    Invariance() {
        if (!GetParam().seed) {
            m_folder.emplace(data / GetParam().name);
            m_days = days_in(bytes_of(m_folder->path() / "expected_states.csv"));
            std::filesystem::remove(m_folder->path() / "expected_states.csv");
            return;
        }
        m_folder.emplace();
        RandomExtractOptions options;
        options.layout = RandomLayout::plain;
        write_random_extract(m_folder->path(), *GetParam().seed, options);
        m_days = random_days();
    }

    EngineRun run(const Settings& settings = {}) const {
        return run_engine(m_folder->path(), m_days, settings);
    }

    void expect_same(const Settings& settings, const std::string& what) const {
        const EngineRun plain = run(), other = run(settings);
        EXPECT_EQ(first_difference(plain.states_csv(), other.states_csv()), "") << what;
        EXPECT_EQ(first_difference(plain.report_text(), other.report_text()), "") << what;
    }

    std::optional<FolderCopy> m_folder;
    std::vector<Day> m_days;
};

TEST_P(Invariance, FindsSomethingToCompare) {
    const EngineRun plain = run();
    EXPECT_GT(plain.states.count(), 50u);
    EXPECT_FALSE(plain.read.report.issues.empty());
}

TEST_P(Invariance, OrderOfRowsDoesNotMatter) {
    const EngineRun plain = run();
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        FolderCopy shuffled(m_folder->path());
        shuffled.shuffle_rows(seed);
        const EngineRun other = run_engine(shuffled.path(), m_days);
        EXPECT_EQ(first_difference(plain.states_csv(), other.states_csv()), "") << "order " << seed;
        EXPECT_EQ(first_difference(plain.report_counts(), other.report_counts()), "") << "order " << seed;
    }
}

TEST_P(Invariance, NumberOfThreadsDoesNotMatter) {
    for (const unsigned threads : {1u, 2u, 3u, 7u}) {
        Settings settings;
        settings.threads = {threads};
        settings.block_size = 4096;  // many segments, so that every thread gets some
        expect_same(settings, fmt::format("{} threads", threads));
    }
}

TEST_P(Invariance, NumberOfChunksDoesNotMatter) {
    for (const std::size_t chunks : {1u, 4u, 64u, 256u}) {
        Settings settings;
        settings.chunk_count = chunks;
        settings.threads = {2};
        expect_same(settings, fmt::format("{} chunks", chunks));
    }
}

TEST_P(Invariance, SizeOfBlocksDoesNotMatter) {
    for (const std::size_t size : {1u, 7u, 64u, 4096u, 2u << 20}) {
        Settings settings;
        settings.block_size = size;
        settings.threads = {2};
        expect_same(settings, fmt::format("blocks of {} bytes", size));
    }
}

INSTANTIATE_TEST_SUITE_P(Extracts, Invariance,
                         testing::Values(Source{"adversarial", {}}, Source{"ctn0094", {}},
                                         Source{"random_1", 1}, Source{"random_2", 2}, Source{"random_3", 3},
                                         Source{"random_4", 4}),
                         [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace optimat::conformance
