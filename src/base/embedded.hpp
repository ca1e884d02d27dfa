#pragma once
// Files compiled into the program (the folder definitions/ and GLOSSARY.md), so that one executable needs
// nothing beside it. Generated at build time by cmake/embed_files.cmake.

#include <span>
#include <string_view>

namespace optimat {

struct EmbeddedFile {
    std::string_view name;  ///< path relative to definitions/, with forward slashes; GLOSSARY.md
    std::string_view bytes;
};

/// Every embedded file, in no particular order.
std::span<const EmbeddedFile> embedded_files();

}  // namespace optimat
