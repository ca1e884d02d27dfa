#pragma once
// The audit log: who saw, exported or changed what, and what was refused. Append only. Written in the
// transaction of what it tells of, so that neither is without the other. Persons in treatment appear by their
// opaque reference only.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

class Database;

enum class AuditOutcome : std::uint8_t { allowed, refused, failed };
std::string_view text_of(AuditOutcome outcome);

struct AuditEntry {
    std::int64_t number = 0;   ///< rises; given by the store
    std::string at;            ///< UTC, `2018-11-05T09:30:00Z`
    std::string sign_in_name;  ///< as it was then; empty: nobody was signed in
    std::string role;          ///< text of the role; empty likewise
    std::string action;        ///< `view_person`, `export_list`, `sign_in`, …: fixed words of the code
    AuditOutcome outcome = AuditOutcome::allowed;
    std::string place;    ///< `service:S0006`, `organisation`, …; empty: none
    std::string subject;  ///< opaque reference of a person, a sign-in name, a snapshot id; empty: none
    std::string detail;   ///< `36 people, month 2018-10`: never a value of a person's row
    std::string peer;
};

void record_audit(Database& database, const AuditEntry& entry);

struct AuditFilter {
    std::string from, to;                       ///< days, both inclusive; empty: unbounded
    std::string sign_in_name, action, subject;  ///< empty: any
    std::optional<AuditOutcome> outcome;
};
/// Newest first; `before` is the number of the last entry of the page before (0: from the newest).
std::vector<AuditEntry> list_audit(Database& database, const AuditFilter& filter, std::int64_t before,
                                   int most);
std::int64_t count_audit(Database& database, const AuditFilter& filter);
/// Every action that occurs, in byte order.
std::vector<std::string> audit_actions(Database& database);

}  // namespace optimat
