// optimat_reference EXTRACT_DIR DATE...: the reference classifier's states as CSV on standard output.

#include "reference.hpp"

#include <cstdio>
#include <exception>
#include <fmt/format.h>

namespace {

constexpr int bad_usage = 2;
constexpr int bad_extract = 1;

int print_states(const std::filesystem::path& extract, const std::vector<std::string>& dates) {
    std::vector<std::chrono::year_month_day> as_at;
    for (const std::string& text : dates) {
        const auto date = optimat::reference_date(text);
        if (!date) {
            fmt::print(stderr, "optimat_reference: a DATE is YYYY-MM-DD\n");
            return bad_usage;
        }
        as_at.push_back(*date);
    }
    fmt::print("{}", optimat::states_csv(optimat::reference_states(extract, as_at)));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 2) {
        fmt::print(stderr, "usage: optimat_reference EXTRACT_DIR DATE...\n");
        return bad_usage;
    }
    try {
        return print_states(arguments.front(), {arguments.begin() + 1, arguments.end()});
    } catch (const std::exception& error) {
        fmt::print(stderr, "optimat_reference: {}\n", error.what());
        return bad_extract;
    }
}
