#pragma once
// Releases: a month's figures, fixed with what they were made from, the policy and the program. Append only:
// later data, definitions or policies never alter one; a second release of a month is another number
// (web/release_work says when one may be made), and what was released in error is withdrawn by an entry of
// its own and stays readable. Guarded by triggers on SQLite and PostgreSQL. Works inside the caller's
// transaction: killed at any moment, the store holds a release whole or not at all.

#include "model/release.hpp"
#include "snapshot/about.hpp"
#include "store/users.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// Who says so, and when.
struct ReleaseAuthor {
    std::string at;          ///< UTC, `2018-11-05T09:30:00Z`
    std::string name, role;  ///< sign-in name and text of the role; on the command line both empty
    friend bool operator==(const ReleaseAuthor&, const ReleaseAuthor&) = default;
};

struct ReleaseWithdrawal {
    ReleaseAuthor by;
    std::string reason;
    friend bool operator==(const ReleaseWithdrawal&, const ReleaseWithdrawal&) = default;
};

struct Release {
    std::int64_t number = 0;  ///< rises; given by the store
    std::string as_at;        ///< `2018-10-31`: the reference date
    std::string snapshot;     ///< id of the snapshot that it was made from
    std::string organisation, covers_from, covers_to, imported_at;  ///< of that snapshot
    PolicyName policy;
    std::string policy_values;                    ///< all of them, as intake/policy_record writes them
    std::string measures_version, measures_hash;  ///< of the definitions of measures
    std::string program_version;
    std::int64_t people_in_mat = 0;  ///< of the organisation on as_at
    ReleaseAuthor made;
    std::string reason;   ///< why it is released; may be empty
    std::string request;  ///< random text of the form: the same form sent twice is one release
    std::optional<ReleaseWithdrawal> withdrawn;
    bool snapshot_kept = false;  ///< whether the store still has the snapshot
    friend bool operator==(const Release&, const Release&) = default;
};

struct NewRelease {
    Release release;
    ReleaseFigures figures;
    std::string states;  ///< everybody in MAT on as_at, as outcome/frozen_states writes them
};

/// Adds a release and returns it as stored. A request that is stored already adds nothing: the stored release
/// is returned. Throws ConflictError when the store does not have the snapshot any more, UsageError for a
/// request that is not 1 to 64 printable ASCII characters.
Release add_release(Database& database, const NewRelease& release);

/// Withdraws a release and returns it. Throws UsageError without a reason, when there is no such release,
/// and when it has been withdrawn already.
Release withdraw_release(Database& database, std::int64_t number, const ReleaseWithdrawal& withdrawal);

std::vector<Release> list_releases(Database& database);  ///< by number
std::optional<Release> find_release(Database& database, std::int64_t number);

/// What a release fixed. Throws StoreError when it, its withdrawal or anything said about it is not what was
/// stored.
ReleaseFigures load_release_figures(Database& database, std::int64_t number);
/// Everybody's state on the release's day; nothing once its snapshot has been erased. Throws StoreError when
/// they are not what was stored.
std::optional<std::string> load_release_states(Database& database, std::int64_t number);

/// Part of erasing a snapshot: everybody's states of the releases that were made from it. The figures stay.
/// Call it when the snapshot's row has gone; the store refuses it before.
void erase_release_states(Database& database, std::string_view snapshot);

}  // namespace optimat
