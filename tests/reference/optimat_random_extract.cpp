// optimat_random_extract DIR SEED [CLIENTS [plain]]: writes a random extract and prints the dates it aims at.
// With `plain`, every row is faultless and plainly laid out, for programs that read less than the whole
// contract.

#include "random_extract.hpp"
#include "reference.hpp"

#include <cstdio>
#include <exception>
#include <fmt/format.h>
#include <string>

namespace {

void write(const std::vector<std::string>& arguments) {
    optimat::RandomExtractOptions options;
    if (arguments.size() > 2) options.clients = std::stoi(arguments[2]);
    if (arguments.size() > 3) {
        options.layout = optimat::RandomLayout::plain;
        options.faults = optimat::RandomFaults::none;
    }
    optimat::write_random_extract(arguments[0], std::stoull(arguments[1]), options);
    for (const auto& date : options.as_at)
        fmt::print("{}\n", optimat::reference_date_text(date));
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 2 || arguments.size() > 4 || (arguments.size() == 4 && arguments[3] != "plain")) {
        fmt::print(stderr, "usage: optimat_random_extract DIR SEED [CLIENTS [plain]]\n");
        return 2;
    }
    try {
        write(arguments);
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "optimat_random_extract: {}\n", error.what());
        return 1;
    }
}
