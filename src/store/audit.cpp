#include "store/audit.hpp"

#include "base/error.hpp"
#include "store/database.hpp"
#include "store/stored_texts.hpp"

#include <array>
#include <fmt/format.h>
#include <limits>

namespace optimat {

namespace {

constexpr std::array<std::string_view, 3> outcome_texts = {"allowed", "refused", "failed"};

constexpr std::string_view condition =
    "at >= ? AND at < ? AND (? = '' OR lower(sign_in_name) = lower(?)) AND (? = '' OR action = ?) "
    "AND (? = '' OR subject = ?) AND (? = '' OR outcome = ?)";

/// Binds what `condition` asks for, and then the rest.
template <class... Rest> void start(Statement& row, const AuditFilter& filter, const Rest&... rest) {
    // Every time of a day stands before the day with a letter behind T.
    const std::string end = filter.to.empty() ? "~" : filter.to + "~";
    const std::string_view outcome = filter.outcome ? text_of(*filter.outcome) : "";
    row.start(filter.from, end, filter.sign_in_name, filter.sign_in_name, filter.action, filter.action,
              filter.subject, filter.subject, outcome, outcome, rest...);
}

AuditEntry entry_of(const Statement& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    const auto outcome = value_of<AuditOutcome>(outcome_texts, row.text(5));
    if (!outcome) throw StoreError("the store is damaged: an audit entry has no outcome; restore a backup");
    return {row.integer(0), text(1), text(2), text(3), text(4), *outcome, text(6), text(7), text(8), text(9)};
}

}  // namespace

std::string_view text_of(AuditOutcome outcome) { return outcome_texts[static_cast<std::size_t>(outcome)]; }

void record_audit(Database& database, const AuditEntry& entry) {
    Statement(database,
              "INSERT INTO audit (at, sign_in_name, role, action, outcome, place, subject, detail, peer) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .run(entry.at, entry.sign_in_name, entry.role, entry.action, text_of(entry.outcome), entry.place,
             entry.subject, entry.detail, entry.peer);
}

std::vector<AuditEntry> list_audit(Database& database, const AuditFilter& filter, std::int64_t before,
                                   int most) {
    Statement row(
        database,
        fmt::format("SELECT number, at, sign_in_name, role, action, outcome, place, subject, detail, peer "
                    "FROM audit WHERE {} AND number < ? ORDER BY number DESC LIMIT ?",
                    condition));
    std::vector<AuditEntry> entries;
    const std::int64_t end = before == 0 ? std::numeric_limits<std::int64_t>::max() : before;
    for (start(row, filter, end, std::int64_t{most}); row.next();)
        entries.push_back(entry_of(row));
    return entries;
}

std::int64_t count_audit(Database& database, const AuditFilter& filter) {
    Statement row(database, fmt::format("SELECT count(*) FROM audit WHERE {}", condition));
    start(row, filter);
    row.next();
    return row.integer(0);
}

std::vector<std::string> audit_actions(Database& database) {
    std::vector<std::string> actions;
    Statement row(database, "SELECT DISTINCT action FROM audit ORDER BY action");
    for (row.start(); row.next();)
        actions.emplace_back(row.text(0));
    return actions;
}

}  // namespace optimat
