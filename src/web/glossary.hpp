#pragma once
// The glossary: GLOSSARY.md, which is compiled into the program, as sections of terms with their sentences.

#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// A piece of a sentence.
struct GlossaryText {
    std::string text;
    enum class Kind : std::uint8_t { words, term, code } kind = Kind::words;
    friend bool operator==(const GlossaryText&, const GlossaryText&) = default;
};

struct GlossaryEntry {
    std::vector<std::string> terms;  ///< those that the sentence explains together, at least one
    std::vector<GlossaryText> sentence;
};

struct GlossarySection {
    std::string title;
    std::vector<GlossaryEntry> entries;
};

/// Reads headings `## …` and items `- **term**, **term** – sentence`, which may go on in indented lines; what
/// stands before the first heading is for readers of the file. Throws DefinitionError, with the line, for an
/// item without a term or a sentence.
std::vector<GlossarySection> read_glossary(std::string_view markdown, const std::string& origin);

/// The one that ships.
std::vector<GlossarySection> shipped_glossary();

}  // namespace optimat
