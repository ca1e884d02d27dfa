#include "web/glossary.hpp"

#include "base/embedded.hpp"
#include "base/error.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view heading = "## ", item = "- ", more = "  ", dash = " – ";

/// `a **b** c `d`` as its pieces.
std::vector<GlossaryText> pieces(std::string_view text) {
    using enum GlossaryText::Kind;
    std::vector<GlossaryText> all;
    const auto add = [&](std::string_view piece, GlossaryText::Kind kind) {
        if (!piece.empty()) all.push_back({std::string(piece), kind});
    };
    while (!text.empty()) {
        const std::size_t open = std::min(text.find("**"), text.find('`'));
        if (open == text.npos) break;
        const std::string_view mark = text[open] == '*' ? "**" : "`";
        const std::size_t close = text.find(mark, open + mark.size());
        if (close == text.npos) break;
        add(text.substr(0, open), words);
        add(text.substr(open + mark.size(), close - open - mark.size()), mark == "**" ? term : code);
        text.remove_prefix(close + mark.size());
    }
    add(text, words);
    return all;
}

GlossaryEntry entry_of(std::string_view text, const std::string& origin, std::size_t line) {
    const std::size_t at = text.find(dash);
    GlossaryEntry entry;
    if (at != text.npos) {
        for (const GlossaryText& piece : pieces(text.substr(0, at)))
            if (piece.kind == GlossaryText::Kind::term) entry.terms.push_back(piece.text);
        entry.sentence = pieces(text.substr(at + dash.size()));
    }
    if (entry.terms.empty() || entry.sentence.empty())
        throw DefinitionError(
            fmt::format("{}: line {}: write an item as `- **term** – sentence`", origin, line));
    return entry;
}

/// An item while its lines are read.
struct OpenItem {
    std::string text;
    std::size_t line = 0;
};

}  // namespace

std::vector<GlossarySection> read_glossary(std::string_view markdown, const std::string& origin) {
    std::vector<GlossarySection> sections;
    OpenItem open;
    const auto finish = [&] {
        if (!open.text.empty() && !sections.empty())
            sections.back().entries.push_back(entry_of(open.text, origin, open.line));
        open.text.clear();
    };
    for (std::size_t line = 1; !markdown.empty(); ++line) {
        const std::size_t end = std::min(markdown.find('\n'), markdown.size());
        const std::string_view text = markdown.substr(0, end);
        markdown.remove_prefix(std::min(end + 1, markdown.size()));
        if (text.starts_with(more) && !open.text.empty()) {
            open.text += fmt::format(" {}", text.substr(more.size()));
            continue;
        }
        finish();
        if (text.starts_with(heading)) sections.push_back({std::string(text.substr(heading.size())), {}});
        if (text.starts_with(item)) open = {std::string(text.substr(item.size())), line};
    }
    finish();
    return sections;
}

std::vector<GlossarySection> shipped_glossary() {
    constexpr std::string_view name = "GLOSSARY.md";
    const auto file = std::ranges::find(embedded_files(), name, &EmbeddedFile::name);
    if (file == embedded_files().end()) throw DefinitionError(fmt::format("{} is not in the program", name));
    return read_glossary(file->bytes, std::string(name));
}

}  // namespace optimat
