// optimat_bench_extract PEOPLE MONTHS OUT_DIR [--shuffled]: writes a large invented extract for speed
// measurements.
//
// PEOPLE clients of 60 services, MONTHS months of prescribing that end on 2018-10-31, in the native files of
// the extract's contract; valid by every rule, so that a program that checks nothing may read it too. The
// same arguments give the same bytes on every machine: all draws are whole numbers from the generator below.
// --shuffled writes the rows of each file in random order (it then holds the files in memory; else a few
// megabytes). 27,000 people and 60 months: about 3.4 million rows, 270 MB, 1.2 million person-months in MAT.
//
// A client's career is a sequence of stays at services: induction or a start on the usual dose, prescriptions
// of one to four weeks with dose changes, gaps, early re-issues, a second strength beside the first,
// injections with tablet top-ups, slow reductions, planned and recorded detoxes; an end by drop-out,
// transfer, completion or death; a return.
#include "career.hpp"

#include <charconv>
#include <vector>

namespace optimat::bench {
namespace {

void write_services(const std::filesystem::path& folder, Day first_day) {
    Sheet services(folder / "services.csv", "service_id,name,region,area,kind,prescribing_from",
                   RowOrder::as_made);
    for (int service = 1; service <= service_count; ++service)
        services.row("S{:02},Service {},Region {},Area {},community,{}", service, service, service % 6,
                     service % 15, iso(late_start(service, first_day)));
    services.close();
}

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 1) return std::nullopt;
    return value;
}

std::size_t generate(int people, int months, const std::filesystem::path& folder, RowOrder order) {
    std::filesystem::create_directories(folder);
    const std::chrono::year_month_day last{last_day};
    const Day first_day = Day{(last.year() / last.month() - std::chrono::months{months - 1}) / 1};
    std::ofstream(folder / "extract.toml")
        << fmt::format("organisation = \"Invented organisation\"\ncovers_from = \"{}\"\ncovers_to = \"{}\"\n",
                       iso(first_day), iso(last_day));
    write_services(folder, first_day);
    ExtractFiles files(folder, order);
    for (int number = 0; number < people; ++number)
        Career(files, number, first_day).write();
    return files.close() + service_count;
}

}  // namespace
}  // namespace optimat::bench

int main(int argc, char** argv) {
    using namespace optimat::bench;
    const std::vector<std::string_view> arguments(argv + 1, argv + argc);
    const auto people = arguments.size() > 2 ? whole_number(arguments[0]) : std::nullopt;
    const auto months = arguments.size() > 2 ? whole_number(arguments[1]) : std::nullopt;
    const bool shuffled = arguments.size() == 4 && arguments[3] == "--shuffled";
    if (!people || !months || (arguments.size() != 3 && !shuffled)) {
        fmt::print(stderr, "usage: optimat_bench_extract PEOPLE MONTHS OUT_DIR [--shuffled]\n");
        return 2;
    }
    try {
        const std::size_t rows =
            generate(*people, *months, arguments[2], shuffled ? RowOrder::shuffled : RowOrder::as_made);
        fmt::print("{} rows in {}\n", rows, arguments[2]);
    } catch (const std::exception& failure) {
        fmt::print(stderr, "optimat_bench_extract: cannot write {}: {}\n", arguments[2], failure.what());
        return 1;
    }
    return 0;
}
