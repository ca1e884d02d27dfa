// optimat_bench EXTRACT_DIR [--threads N] [--months M] [--last DATE] [--only classify|end_to_end]: times the
// engine on one extract and prints one line of JSON. One run; bench/run repeats and interleaves it with the
// peer.

#include "intake/definitions.hpp"
#include "intake/extract_reader.hpp"
#include "measure/tracker.hpp"
#include "stage/classify.hpp"

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

double milliseconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// Processor time of all threads: what the work costs whatever else the machine is doing.
double processor_milliseconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

template <class Work> double timed(Work work, double* processor = nullptr) {
    const double processor_start = processor_milliseconds();
    const auto start = std::chrono::steady_clock::now();
    work();
    const double time = milliseconds_since(start);
    if (processor != nullptr) *processor = processor_milliseconds() - processor_start;
    return time;
}

std::vector<std::filesystem::path> csv_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".csv") files.push_back(entry.path());
    return files;
}

/// The limit of reading: every byte of every file through read(), nothing done with them; files shared by the
/// threads.
double plain_read(const std::vector<std::filesystem::path>& files, ThreadCount threads) {
    return timed([&] {
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
    });
}

/// The limit of classifying: every cell of the columns that it reads, summed once.
double plain_pass(const Extract& extract, ThreadCount threads, std::int64_t& sum) {
    std::vector<std::int64_t> sums(threads.number);
    const double time = timed([&] {
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
    });
    for (const std::int64_t part : sums)
        sum ^= part;
    return time;
}

long peak_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024;
}

}  // namespace

int main(int count, char** arguments) {
    std::filesystem::path folder;
    std::string only, last = "2018-10-31";
    int months = 60;
    ThreadCount threads{2};
    for (int i = 1; i < count; ++i) {
        const std::string argument = arguments[i];
        const auto value = [&] { return i + 1 < count ? std::string(arguments[++i]) : std::string(); };
        if (argument == "--threads")
            threads.number = static_cast<unsigned>(std::stoul(value()));
        else if (argument == "--months")
            months = std::stoi(value());
        else if (argument == "--last")
            last = value();
        else if (argument == "--only")
            only = value();
        else
            folder = argument;
    }
    const auto last_day = parse_iso_day(last);
    if (folder.empty() || !last_day || threads.number == 0) {
        std::fputs("usage: optimat_bench EXTRACT_DIR [--threads N] [--months M] [--last DATE] [--only "
                   "classify|end_to_end]\n",
                   stderr);
        return 2;
    }
    const Definitions definitions;
    ReadOptions options;
    options.policy = definitions.policy();
    options.inventory_items = definitions.inventory_items();
    options.threads = threads;
    const auto dates = tracker_dates(*last_day, months);
    const auto files = csv_files(folder);
    std::uintmax_t csv_bytes = 0;
    for (const auto& file : files)
        csv_bytes += std::filesystem::file_size(file);

    std::string json = fmt::format("{{\"csv_bytes\": {}", csv_bytes);
    if (only != "classify") {
        std::int64_t people = 0;
        double read_ms = 0, classify_ms = 0;
        double processor = 0;
        const double all = timed(
            [&] {
                const auto start = std::chrono::steady_clock::now();
                const ReadExtract read = read_usable_extract(folder, options);
                read_ms = milliseconds_since(start);
                const auto classify_start = std::chrono::steady_clock::now();
                const States states = classify(read.extract, options.policy, dates, threads);
                const TrackerTable tracker = make_tracker(read.extract, states, threads);
                for (const auto& cells : tracker.cells)
                    for (const TrackerCell& cell : cells)
                        people += cell.in_mat();
                classify_ms = milliseconds_since(classify_start);
            },
            &processor);
        json += fmt::format(", \"end_to_end_ms\": {:.1f}, \"end_to_end_processor_ms\": {:.1f}, "
                            "\"intake_ms\": {:.1f}, \"states_and_tracker_ms\": "
                            "{:.1f}, \"tracker_people\": {}, \"peak_bytes\": {}",
                            all, processor, read_ms, classify_ms, people, peak_bytes());
    }
    if (only != "end_to_end") {
        const ReadExtract read = read_usable_extract(folder, options);
        std::int64_t sum = 0;
        const double pass = plain_pass(read.extract, threads, sum);
        std::size_t person_months = 0;
        double processor = 0;
        const double time =
            timed([&] { person_months = classify(read.extract, options.policy, dates, threads).count(); },
                  &processor);
        json += fmt::format(", \"classify_ms\": {:.2f}, \"classify_processor_ms\": {:.2f}, "
                            "\"pass_over_columns_ms\": {:.2f}, \"pass_check\": "
                            "{}, \"person_months\": {}, "
                            "\"ns_per_person_month\": {:.1f}",
                            time, processor, pass, sum & 0xff, person_months,
                            time * 1e6 / static_cast<double>(std::max<std::size_t>(1, person_months)));
    }
    json += fmt::format(", \"read_files_ms\": {:.1f}}}\n", plain_read(files, threads));
    std::fputs(json.c_str(), stdout);
}
