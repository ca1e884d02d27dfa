#pragma once
// What a review may record: definitions/reviews.toml. Outcomes, the reasons why somebody's dose is being
// reduced, why a review is not indicated, and which outcomes ask for a second signature.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

struct ReviewOutcome {
    std::string id;                   ///< `dose_increased`
    std::string words;                ///< `Dose increased`
    std::string hint;                 ///< may be empty
    bool alone = false;               ///< cannot be given with another: declined, not indicated, deferred
    bool needs_reason = false;        ///< one of not_indicated_reasons
    bool needs_day = false;           ///< deferred to a date
    bool needs_co_signature = false;  ///< by one of co_signing_roles, unless the author has one of them
};

struct ReviewReason {
    std::string id, words;
    bool escalates = false;    ///< tells the lead clinician
    bool asks_advice = false;  ///< whether advice against it is recorded is asked
};

struct ReviewTexts {
    std::string version, source;
    std::vector<ReviewOutcome> outcomes;
    std::vector<ReviewReason> reducing_reasons;  ///< asked for prescriptions that are being reduced
    std::vector<ReviewReason> not_indicated_reasons;
    std::vector<std::string> co_signing_roles;                ///< texts of roles
    const ReviewOutcome* outcome(std::string_view id) const;  ///< null: none (an older definition's)
    /// Words of an id that no definition has any more are the id with spaces.
    std::string words_of_outcome(std::string_view id) const;
    std::string words_of_reason(std::string_view id) const;
};

/// Throws DefinitionError, with the line, for what is missing, not known or stands twice.
ReviewTexts review_texts(std::string_view toml, const std::string& origin);

}  // namespace optimat
