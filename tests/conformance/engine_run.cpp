#include "engine_run.hpp"

#include "intake/definitions.hpp"
#include "report/states_text.hpp"

#include <fmt/format.h>
#include <fstream>
#include <set>
#include <sstream>

namespace optimat::conformance {

namespace {

std::string rows_text(const CheckReport& report) {
    std::string text;
    for (const FileReport& file : report.files)
        text += fmt::format("{} {}: read {}, accepted {}, repeated {}, refused {}\n", file.file, file.table,
                            file.rows.read, file.rows.accepted, file.rows.repeated, file.rows.refused);
    return text;
}

}  // namespace

Settings::Settings() : policy(Definitions().policy()) {}

std::string EngineRun::states_csv() const {
    std::string text;
    write_states_csv(read.extract, states, [&](std::string_view piece) { text += piece; });
    return text;
}

std::string EngineRun::report_text() const {
    std::string text = rows_text(read.report);
    for (const Issue& issue : read.report.issues)
        text += fmt::format("{}:{} column {} {}\n", read.report.files[issue.file].file, issue.line,
                            issue.column, issue_rule(issue.rule).id);
    return text;
}

std::string EngineRun::report_counts() const {
    std::map<std::string, std::size_t> counts;
    for (const Issue& issue : read.report.issues)
        ++counts[fmt::format("{} {}", read.report.files[issue.file].file, issue_rule(issue.rule).id)];
    std::string text = rows_text(read.report);
    for (const auto& [what, count] : counts)
        text += fmt::format("{}: {}\n", what, count);
    return text;
}

EngineRun run_engine(const std::filesystem::path& folder, const std::vector<Day>& days,
                     const Settings& settings) {
    ReadOptions options;
    options.policy = settings.policy;
    options.inventory_items = Definitions().inventory_items();
    options.threads = settings.threads;
    options.chunk_count = settings.chunk_count;
    options.block_size = settings.block_size;
    EngineRun run{read_usable_extract(folder, options), {}};
    run.states = classify(run.read.extract, settings.policy, days, settings.threads);
    return run;
}

std::vector<Day> days_in(const std::string& states_csv) {
    std::set<Day> days;
    std::istringstream lines(states_csv);
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line))
        days.insert(parse_iso_day(line.substr(0, 10)).value());
    return {days.begin(), days.end()};
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    stream.exceptions(std::ios::failbit | std::ios::badbit);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::string first_difference(const std::string& expected, const std::string& actual) {
    std::istringstream expected_lines(expected), actual_lines(actual);
    std::string left, right;
    for (int number = 1;; ++number) {
        const bool more_left = static_cast<bool>(std::getline(expected_lines, left));
        const bool more_right = static_cast<bool>(std::getline(actual_lines, right));
        if (!more_left && !more_right) return {};
        if (more_left && more_right && left == right) continue;
        return fmt::format("line {}\n  expected {}\n  actual   {}", number,
                           more_left ? left : "no more lines", more_right ? right : "no more lines");
    }
}

}  // namespace optimat::conformance
