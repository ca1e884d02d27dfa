// The one place where exceptions end: each becomes a message on standard error and the exit code of its kind.

#include "cli/commands.hpp"
#include "cli/output.hpp"

#include <csignal>
#include <cstdio>
#include <new>

namespace {

using namespace optimat;

int end_with(ExitCode code, const char* message) {
    std::fprintf(stderr, "optimat: %s\n", message);
    return static_cast<int>(code);
}

ExitCode run(const std::vector<std::string>& words) {
    CommandLine line;
    add_commands(line);
    return line.run(words);
}

}  // namespace

int main(int count, char** words) {
    // A reader that has gone is found by the write that fails, so that files and stores are still closed in
    // order.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return static_cast<int>(run({words + 1, words + count}));
    } catch (const ClosedPipe&) {
        return static_cast<int>(ExitCode::done);
    } catch (const Error& error) {
        return end_with(error.exit_code(), error.what());
    } catch (const std::bad_alloc&) {
        return end_with(ExitCode::unexpected,
                        "there is not enough memory; try fewer --threads, or a machine with more memory");
    } catch (const std::exception& error) {
        return end_with(ExitCode::unexpected, error.what());
    }
}
