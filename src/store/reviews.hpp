#pragma once
// What the team writes down about people: who takes somebody on, what a review decided, who signed it too.
// Append only: a correction is a new entry, and nothing is ever changed or removed, in SQL neither. People in
// treatment appear by their opaque reference (store/secrets, person_reference). Works on SQLite and
// PostgreSQL, inside the caller's transaction.

#include "store/users.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// Stored by its text.
enum class EntryKind : std::uint8_t {
    claim,            ///< somebody takes the person on, or gives them to somebody
    release,          ///< nobody has them any more
    review,           ///< what a review decided; with `about`, in the place of an earlier review
    withdrawal,       ///< `about` was entered in error and counts no more
    co_signature,     ///< somebody else signs `about` too
    acknowledgement,  ///< the lead clinician has seen what was escalated in `about`
};
std::string_view text_of(EntryKind kind);

struct ReviewEntry {
    std::int64_t number = 0;  ///< rises over all people; given by the store
    std::string person;       ///< opaque reference
    EntryKind kind = EntryKind::review;
    std::string at;                   ///< UTC, `2018-11-05T09:30:00Z`
    std::string author, author_role;  ///< sign-in name and text of the role, as they were then
    std::string service;              ///< service_id of the person then
    std::string as_at;  ///< `2018-10-31`: the reference date of the list that the author saw; may be empty
    std::string day;    ///< of the review, or by when a claim is due: `2018-11-05`; empty for other kinds
    std::vector<std::string> lists;     ///< of a review: texts of WorkList, in their order
    std::vector<std::string> outcomes;  ///< of a review: ids of definitions/reviews.toml, in their order
    std::string reason;                 ///< id of a reason for reducing; empty: none
    std::string not_indicated_reason;   ///< id of why a review is not indicated; empty: none
    std::string
        advice;  ///< `recorded`, `not_recorded`, or empty: whether advice against reducing is in the record
    std::string deferred_to;          ///< a day; empty: not deferred
    std::string assigned_to;          ///< of a claim: sign-in name
    std::string note;                 ///< free text without names
    std::int64_t about = 0;           ///< the number of another entry; 0: none
    bool needs_co_signature = false;  ///< as the policy asked then
    bool escalated = false;           ///< to the lead clinician, likewise
    std::string request;              ///< random text of the form: the same form sent twice is one entry
    friend bool operator==(const ReviewEntry&, const ReviewEntry&) = default;
};

/// Adds an entry and returns it as stored. `seen` is the number of the person's newest entry that the author
/// saw (0: there was none): throws ConflictError, with nothing written, when there is a newer one; nothing
/// given: not looked at. An entry whose request is stored already is not added again; the stored one is
/// returned when it says the same, and else it is a ConflictError too. Throws UsageError for an `about` that
/// is not of this person, not of a kind that fits, or of a review that stands no more (an acknowledgement may
/// be of one that was corrected), a second co-signature or acknowledgement, either of them by the author of
/// what it is about, a request that is not 1 to 64 printable ASCII characters, and one stored for another
/// person or author. Numbers become visible in their order: with a number, all below it.
ReviewEntry add_review_entry(Database& database, const ReviewEntry& entry, std::optional<std::int64_t> seen);

/// Of one person, oldest first.
std::vector<ReviewEntry> review_entries_of(Database& database, std::string_view person);
/// Of everybody, those numbered above `after`, oldest first.
std::vector<ReviewEntry> review_entries_after(Database& database, std::int64_t after);
std::optional<ReviewEntry> find_review_entry(Database& database, std::int64_t number);
/// The newest number; 0: none.
std::int64_t newest_review_entry(Database& database);

}  // namespace optimat
