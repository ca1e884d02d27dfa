// optimat_spec FILE…: runs spec files; optimat_spec --steps: prints spec/README.md.

#include "runner.hpp"
#include "steps.hpp"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace {

using optimat::spec::Outcome;

Outcome run_file(const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    if (!file) {
        fmt::print(stderr, "{}: cannot be opened\n", name);
        return Outcome::unusable_spec;
    }
    std::ostringstream text;
    text << file.rdbuf();
    const auto run = optimat::spec::run_spec(text.str(), name);
    for (const std::string& message : run.messages)
        fmt::print("{}\n", message);
    if (run.outcome == Outcome::as_specified) fmt::print("{}: {} cases as specified\n", name, run.cases);
    return run.outcome;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.empty()) {
        fmt::print(stderr, "usage: optimat_spec FILE… | optimat_spec --steps\n");
        return static_cast<int>(Outcome::unusable_spec);
    }
    if (arguments.front() == "--steps") {
        fmt::print("{}", optimat::spec::steps_document());
        return 0;
    }
    Outcome worst = Outcome::as_specified;
    for (const std::string& name : arguments)
        worst = std::max(worst, run_file(name));
    return static_cast<int>(worst);
}
