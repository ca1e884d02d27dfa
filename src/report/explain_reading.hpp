#pragma once
// What the tests of explanations share: reading an extract and the sentences of a rule.

#include "intake/definitions.hpp"
#include "intake/extract_reader.hpp"
#include "report/explain.hpp"

#include <filesystem>
#include <string>

namespace optimat {

inline ReadExtract read_folder(const std::filesystem::path& folder) {
    ReadOptions options;
    options.policy = Definitions().policy();
    options.inventory_items = Definitions().inventory_items();
    options.threads = {1};
    return read_usable_extract(folder, options);
}

/// All sentences of a rule, one after the other.
inline std::string sentences(const Explanation& explanation, std::string_view rule) {
    std::string text;
    for (const Reason& reason : explanation.reasons)
        if (reason.rule == rule) text += (text.empty() ? "" : " ") + reason.sentence;
    return text;
}

}  // namespace optimat
