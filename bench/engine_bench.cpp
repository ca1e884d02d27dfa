// optimat_bench EXTRACT_DIR [--threads N] [--months M] [--last DATE] [--only classify|end_to_end|measures]
//               [--functions A,B,…] [--cells FILE]: times the engine on one extract and prints one line of
// JSON. One run; bench/run and bench/measures repeat and interleave it with the peer. Without --only classify
// and end_to_end are timed. The measures are all functions unless --functions names some; --cells writes
// them.

#include "intake/definitions.hpp"
#include "intake/extract_reader.hpp"
#include "measure/tracker.hpp"
#include "measures_bench.hpp"
#include "stage/classify.hpp"
#include "timing.hpp"

#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace {

using namespace optimat;

std::vector<std::filesystem::path> csv_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".csv") files.push_back(entry.path());
    return files;
}

/// The limit of reading: every byte of every file through read(), nothing done with them; files shared by the
/// threads.
double plain_read(const std::vector<std::filesystem::path>& files, ThreadCount threads) {
    const auto read = [&] {
        constexpr std::size_t block = 2 << 20;
        std::vector<std::pair<std::filesystem::path, off_t>> blocks;
        for (const auto& file : files)
            for (std::uintmax_t at = 0; at < std::filesystem::file_size(file); at += block)
                blocks.emplace_back(file, static_cast<off_t>(at));
        std::vector<std::vector<char>> buffers(threads.number, std::vector<char>(block));
        for_each_piece(blocks.size(), threads, [&](std::size_t i, unsigned worker) {
            const int descriptor = ::open(blocks[i].first.c_str(), O_RDONLY);
            if (::pread(descriptor, buffers[worker].data(), block, blocks[i].second) < 0) std::abort();
            ::close(descriptor);
        });
    };
    return timed(read).wall_ms;
}

/// The limit of classifying: every cell of the columns that it reads, summed once.
double plain_pass(const Extract& extract, ThreadCount threads, std::int64_t& sum) {
    std::vector<std::int64_t> sums(threads.number);
    const auto pass = [&] {
        for_each_piece(extract.chunks.size(), threads, [&](std::size_t i, unsigned worker) {
            for (const Table& table : extract.chunks[i].tables) {
                for (const Column& column : table.columns) {
                    std::int64_t total = 0;
                    const auto bytes = column.raw();
                    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
                        std::int64_t word;
                        std::memcpy(&word, bytes.data() + at, 8);
                        total ^= word;
                    }
                    sums[worker] ^= total;
                }
            }
        });
    };
    const double time = timed(pass).wall_ms;
    for (const std::int64_t part : sums)
        sum ^= part;
    return time;
}

long peak_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024;
}

struct Arguments {
    std::filesystem::path folder;
    std::string only, last = "2018-10-31";
    int months = 60;
    MeasuresRun measures;  ///< its dates are those of everything, its threads too
};

std::optional<Arguments> read_arguments(int count, char** texts) {
    Arguments arguments;
    arguments.measures.threads = ThreadCount{2};
    for (int i = 1; i < count; ++i) {
        const std::string argument = texts[i];
        const auto value = [&] { return i + 1 < count ? std::string(texts[++i]) : std::string(); };
        if (argument == "--threads")
            arguments.measures.threads.number = static_cast<unsigned>(std::stoul(value()));
        else if (argument == "--months")
            arguments.months = std::stoi(value());
        else if (argument == "--last")
            arguments.last = value();
        else if (argument == "--only")
            arguments.only = value();
        else if (argument == "--functions")
            arguments.measures.functions = value();
        else if (argument == "--cells")
            arguments.measures.cells = value();
        else
            arguments.folder = argument;
    }
    const auto last_day = parse_iso_day(arguments.last);
    if (arguments.folder.empty() || !last_day || arguments.measures.threads.number == 0) return std::nullopt;
    arguments.measures.dates = tracker_dates(*last_day, arguments.months);
    return arguments;
}

std::string time_end_to_end(const Arguments& arguments, const ReadOptions& options) {
    std::int64_t people = 0;
    Timing intake{}, states_and_tracker{};
    const Timing all = timed([&] {
        ReadExtract read;
        intake = timed([&] { read = read_usable_extract(arguments.folder, options); });
        states_and_tracker = timed([&] {
            const States states =
                classify(read.extract, options.policy, arguments.measures.dates, options.threads);
            const TrackerTable tracker = make_tracker(read.extract, states, options.threads);
            for (const auto& cells : tracker.cells)
                for (const TrackerCell& cell : cells)
                    people += cell.in_mat();
        });
    });
    return fmt::format(", \"end_to_end_ms\": {:.1f}, \"end_to_end_processor_ms\": {:.1f}, "
                       "\"intake_ms\": {:.1f}, \"states_and_tracker_ms\": {:.1f}, \"tracker_people\": {}, "
                       "\"peak_bytes\": {}",
                       all.wall_ms, all.processor_ms, intake.wall_ms, states_and_tracker.wall_ms, people,
                       peak_bytes());
}

std::string time_classify(const Arguments& arguments, const ReadOptions& options) {
    const ReadExtract read = read_usable_extract(arguments.folder, options);
    std::int64_t sum = 0;
    const double pass = plain_pass(read.extract, options.threads, sum);
    std::size_t person_months = 0;
    const Timing time = timed([&] {
        person_months =
            classify(read.extract, options.policy, arguments.measures.dates, options.threads).count();
    });
    return fmt::format(", \"classify_ms\": {:.2f}, \"classify_processor_ms\": {:.2f}, "
                       "\"pass_over_columns_ms\": {:.2f}, \"pass_check\": {}, \"person_months\": {}, "
                       "\"ns_per_person_month\": {:.1f}",
                       time.wall_ms, time.processor_ms, pass, sum & 0xff, person_months,
                       time.wall_ms * 1e6 / static_cast<double>(std::max<std::size_t>(1, person_months)));
}

std::string time_reading_and_measures(const Arguments& arguments, const ReadOptions& options) {
    ReadExtract read;
    const Timing intake = timed([&] { read = read_usable_extract(arguments.folder, options); });
    std::size_t clients = 0;
    for (const Chunk& chunk : read.extract.chunks)
        clients += chunk.client_count();
    return fmt::format(", \"intake_ms\": {:.1f}, \"clients\": {}", intake.wall_ms, clients) +
           time_measures(read.extract, options.policy, arguments.measures) +
           fmt::format(", \"peak_bytes\": {}", peak_bytes());
}

}  // namespace

int main(int count, char** texts) {
    const auto arguments = read_arguments(count, texts);
    if (!arguments) {
        std::fputs("usage: optimat_bench EXTRACT_DIR [--threads N] [--months M] [--last DATE] [--only "
                   "classify|end_to_end|measures] [--functions A,B,...] [--cells FILE]\n",
                   stderr);
        return 2;
    }
    const Definitions definitions;
    ReadOptions options;
    options.policy = definitions.policy();
    options.inventory_items = definitions.inventory_items();
    options.threads = arguments->measures.threads;
    const auto files = csv_files(arguments->folder);
    std::uintmax_t csv_bytes = 0;
    for (const auto& file : files)
        csv_bytes += std::filesystem::file_size(file);

    std::string json = fmt::format("{{\"csv_bytes\": {}", csv_bytes);
    const std::string& only = arguments->only;
    if (only == "measures") json += time_reading_and_measures(*arguments, options);
    if (only.empty() || only == "end_to_end") json += time_end_to_end(*arguments, options);
    if (only.empty() || only == "classify") json += time_classify(*arguments, options);
    json += fmt::format(", \"read_files_ms\": {:.1f}}}\n", plain_read(files, options.threads));
    std::fputs(json.c_str(), stdout);
}
