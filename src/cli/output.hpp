#pragma once
// Where results go: standard output, or a file that appears whole or not at all.

#include "cli/settings.hpp"
#include "report/states_text.hpp"
#include "report/terminal.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace optimat {

/// The reader of our standard output has gone (`| head`): end quietly.
struct ClosedPipe {};

/// A result on its way out. Nothing is at the destination before commit(); a run that ends earlier leaves
/// what was there.
class Output {
  public:
    /// Without a file: standard output. Throws OutputError when the file's folder cannot be written.
    explicit Output(const std::optional<std::filesystem::path>& file);
    ~Output();
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    TextSink sink() {
        return [this](std::string_view text) { write(text); };
    }
    /// Throws OutputError when it cannot be written, ClosedPipe when nobody reads standard output any more.
    void write(std::string_view text);
    /// Puts a file in its place under its name.
    void commit();

  private:
    void write_all(std::string_view text);
    void give_name();
    [[noreturn]] void fail(const std::string& what) const;

    std::optional<std::filesystem::path> m_file;  ///< where it goes; none: standard output
    std::filesystem::path m_partial;  ///< where it is until then; empty when it has no name or is in place
    bool m_nameless = false;          ///< a file without a name until commit()
    std::string m_buffer;
    int m_descriptor;
};

/// What standard output or the file can show.
Terminal terminal_for(const std::optional<std::filesystem::path>& file, ColourChoice colour);

/// One line on standard error, unless the command is to be quiet. Never of a person.
void tell(const Settings& settings, std::string_view line);

}  // namespace optimat
