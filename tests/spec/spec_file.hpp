#pragma once

// A spec file as read: Markdown that people read as documentation and the runner reads as tests.
// Its whole grammar: `# title`; a list of facts (`- rule: …`, `- source: …`); prose; cases (`## title`), each
// a series of steps beginning Given, When or Then, each followed by at most one table or one fenced block.
// Inside a case, lines beginning `>` are for people. Anything else is an error: nothing is ever skipped.

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace optimat::spec {

/// A spec that cannot be run as it is written: an unknown step, column, code or rule. Exit code 2.
class SpecError : public std::runtime_error {
  public:
    SpecError(int line, const std::string& what) : std::runtime_error(what), m_line(line) {}
    int line() const { return m_line; }

  private:
    int m_line;
};

struct SpecRow {
    int line;
    std::vector<std::string> cells;  ///< as many as the table has columns; empty: not recorded
};

struct SpecTable {
    int line;  ///< of its header
    std::vector<std::string> columns;
    std::vector<SpecRow> rows;
    /// The column's place; none when the table has not got it.
    std::optional<std::size_t> find(std::string_view column) const;
};

/// A fenced block: "```toml" or, with the word escapes behind the language, "```csv escapes".
struct SpecBlock {
    int line;
    std::string language;
    bool escapes = false;
    std::string text;  ///< every line ends with LF
};

struct SpecStep {
    int line;
    std::string text;  ///< `Given services`, with its first word
    std::optional<SpecTable> table;
    std::optional<SpecBlock> block;
};

struct SpecCase {
    int line;
    std::string title;
    std::vector<SpecStep> steps;
};

struct SpecFile {
    std::string title;
    std::vector<std::string> rules;  ///< ids; at least one
    std::string source;
    std::vector<SpecCase> cases;  ///< at least one, each with at least one Then
};

/// Reads a spec file. Throws SpecError for whatever the grammar has no place for.
SpecFile parse_spec(std::string_view text);

}  // namespace optimat::spec
