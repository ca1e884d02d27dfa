#pragma once
// Runs the built program in a folder of its own and keeps what it wrote.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace optimat::testing_program {

/// A folder that lasts as long as the object.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

  private:
    std::filesystem::path m_path;
};

struct Outcome {
    int exit_code = -1;  ///< 128 + the signal that ended it
    std::string out, err;
};

/// Where the program's standard output goes.
enum class Out { captured, closed_pipe, full_disk };

struct RunOptions {
    std::filesystem::path folder;              ///< to run in; empty: a fresh one
    std::map<std::string, std::string> extra;  ///< variables of the environment
    Out out = Out::captured;
    long largest_file = 0;  ///< bytes after which the kernel kills the program; 0: no limit
};

Outcome run_program(const std::vector<std::string>& words, const RunOptions& options = {});

/// The same on a terminal of 100 columns: what both outputs show, in `out`.
Outcome run_on_terminal(const std::vector<std::string>& words,
                        const std::map<std::string, std::string>& extra = {});

std::string read_file(const std::filesystem::path& file);
void write_file(const std::filesystem::path& file, std::string_view text);
std::vector<std::string> lines_of(const std::string& text);
/// The cells of a line of CSV without quotes inside.
std::vector<std::string> cells_of(const std::string& line);

/// tests/data/NAME.
std::string data_folder(const std::string& name);
/// The dates of a data folder's expected states, as words of the command line.
std::vector<std::string> as_at_words(const std::string& name);

/// Every command of the program, read from its help.
std::vector<std::string> commands();

}  // namespace optimat::testing_program
