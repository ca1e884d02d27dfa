#include "tests/cli/program.hpp"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <pty.h>
#include <set>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace optimat::testing_program {

namespace {

int exit_code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

[[noreturn]] void become_program(const std::vector<std::string>& words,
                                 const std::map<std::string, std::string>& extra) {
    ::unsetenv("OPTIMAT_STORE");
    ::unsetenv("NO_COLOR");
    for (const auto& [name, value] : extra)
        ::setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> arguments = {const_cast<char*>("optimat")};
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::execv(OPTIMAT_PROGRAM, arguments.data());
    ::_exit(127);
}

void limit_files(long bytes) {
    if (bytes == 0) return;
    const rlimit limit{static_cast<rlim_t>(bytes), static_cast<rlim_t>(bytes)};
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

int open_output(Out out, const std::filesystem::path& file) {
    if (out == Out::full_disk) return ::open("/dev/full", O_WRONLY);
    if (out == Out::captured) return ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int ends[2];
    if (::pipe(ends) != 0) return -1;
    ::close(ends[0]);
    return ends[1];
}

}  // namespace

Folder::Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "optimat_cli_XXXXXX").string();
    m_path = ::mkdtemp(name.data());
}
Folder::~Folder() { std::filesystem::remove_all(m_path); }

Outcome run_program(const std::vector<std::string>& words, const RunOptions& options) {
    const Folder captured, fresh;
    const auto out = captured / "out", err = captured / "err";
    const int out_descriptor = open_output(options.out, out);
    const int err_descriptor = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const std::filesystem::path folder = options.folder.empty() ? fresh.path() : options.folder;
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(out_descriptor, STDOUT_FILENO);
        ::dup2(err_descriptor, STDERR_FILENO);
        if (::chdir(folder.c_str()) != 0) ::_exit(126);
        limit_files(options.largest_file);
        become_program(words, options.extra);
    }
    ::close(out_descriptor);
    ::close(err_descriptor);
    int status = 0;
    ::waitpid(child, &status, 0);
    return {exit_code_of(status), options.out == Out::captured ? read_file(out) : "", read_file(err)};
}

Outcome run_on_terminal(const std::vector<std::string>& words,
                        const std::map<std::string, std::string>& extra) {
    const Folder fresh;
    const winsize size{50, 100, 0, 0};
    int terminal = -1;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
    if (child == 0) {
        ::setenv("TERM", "xterm-256color", 1);
        if (::chdir(fresh.path().c_str()) != 0) ::_exit(126);
        become_program(words, extra);
    }
    Outcome run;
    char buffer[4096];
    for (ssize_t size_read = 0; (size_read = ::read(terminal, buffer, sizeof buffer)) > 0;)
        run.out.append(buffer, static_cast<std::size_t>(size_read));
    ::close(terminal);
    int status = 0;
    ::waitpid(child, &status, 0);
    run.exit_code = exit_code_of(status);
    std::erase(run.out, '\r');
    return run;
}

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::filesystem::path& file, std::string_view text) {
    std::ofstream(file, std::ios::binary) << text;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
        if (c == ',')
            cells.emplace_back();
        else
            cells.back() += c;
    }
    return cells;
}

std::string data_folder(const std::string& name) {
    return std::string(OPTIMAT_SOURCE_DIR) + "/tests/data/" + name;
}

std::vector<std::string> as_at_words(const std::string& name) {
    std::set<std::string> dates;
    for (const std::string& line : lines_of(read_file(data_folder(name) + "/expected_states.csv")))
        dates.insert(line.substr(0, 10));
    dates.erase("as_at,clie");
    std::vector<std::string> words;
    for (const std::string& date : dates)
        words.insert(words.end(), {"--as-at", date});
    return words;
}

std::vector<std::string> commands() {
    std::vector<std::string> names;
    bool among_commands = false;
    for (const std::string& line : lines_of(run_program({"--help"}).out)) {
        if (line.ends_with(':')) among_commands = line.find("Options") == line.npos;
        const bool entry =
            among_commands && line.size() > 2 && line[0] == ' ' && line[1] == ' ' && line[2] != ' ';
        if (entry) names.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
    return names;
}

}  // namespace optimat::testing_program
