#pragma once
// Recommended responses to use on top: definitions/responses.toml. For each kind of use the risks, and
// options as a checklist. Source 000 Appendix E.

#include <string>
#include <string_view>
#include <vector>

namespace optimat {

struct ResponseText {
    std::string id;  ///< `opioid`, `cocaine`, `alcohol_or_benzodiazepine`
    std::string title;
    std::vector<std::string> risks;
    std::vector<std::string> options;  ///< a checklist; never a dose
};

struct ResponseTexts {
    std::string version, source;
    std::vector<ResponseText> responses;
};

/// Throws DefinitionError, with the line, for what is missing, not known or stands twice.
ResponseTexts response_texts(std::string_view toml, const std::string& origin);

}  // namespace optimat
